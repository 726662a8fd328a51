#!/usr/bin/env python3
"""Checks a published draw of Đom Đóm from its files alone: python3 verify_draw.py <folder>

Needs nothing but Python 3. Exit code 0: everything holds. 1: something does not, each fault on a line.
How the draw works stands in docs/campaigns.md; this page is the same rules, written a second time.
"""
import hashlib, heapq, json, os, sys

ALGORITHM = 'domdom-draw-1'
faults = []

def sha(data):
    return hashlib.sha256(data).hexdigest()

def read(name):
    with open(os.path.join(folder, name), 'rb') as file:
        return file.read()

def optional(name):
    return read(name) if os.path.exists(os.path.join(folder, name)) else None

def check(holds, fault):
    if not holds:
        faults.append(fault)

def rows(columns):
    """Rows of the list, one by one: the list may be large."""
    with open(os.path.join(folder, 'entrants.csv'), 'rb') as file:
        check(next(file, b'') == columns.encode() + b'\n', 'the list has another heading')
        for line in file:
            yield line.rstrip(b'\n').decode().split(',')

def numbered():
    for n, (number, key, eligible) in enumerate(rows('number,key,eligible'), 1):
        check(number == str(n), 'ticket %d is not where it should be' % n)
        yield n, key, eligible == 'yes'

def by_key(columns):
    last = ''
    for key, *rest in rows(columns):
        check(key > last, 'the keys are not in order, or one is there twice')
        last = key
        yield key, rest

def ordinal(rule):
    pending, won = [], set()
    for number, key, eligible in numbered():
        if number == rule['first'] or number % rule['step'] == 0:
            pending.append(number)
        if not pending or not eligible or (key in won and rule['repeat'] == 'passes'):
            continue
        slot = pending.pop(0)
        if key not in won:
            won.add(key)
            yield tiers[0], slot, 0, number, key

def first(rule):
    won = set()
    for number, key, eligible in numbered():
        n = len(won)
        if eligible and key not in won and n < len(tiers) + reserves:
            won.add(key)
            yield tiers[min(n, len(tiers) - 1)], '', int(n >= len(tiers)), number, key

def stratified(rule):
    names, pooled = [s['name'] for s in rule['strata']], rule['shortage'] == 'pooled'
    size = len(tiers) * (len(names) if pooled else 1) + reserves
    heaps = {name: [] for name in names}  # of (inverted place, key): the last of the foremost is on top
    for key, (name,) in by_key('key,stratum'):
        item = (-int(place(key), 16), key)
        if len(heaps[name]) < size:
            heapq.heappush(heaps[name], item)
        elif item > heaps[name][0]:
            heapq.heapreplace(heaps[name], item)
    order = {name: sorted((-p, key) for p, key in heaps[name]) for name in names}
    for name in names:
        for tier, (_, key) in zip(tiers, order[name]):
            yield tier, name, 0, '', key
    left = {name: order[name][len(tiers):] for name in names}
    if pooled:
        unfilled = [(tier, name) for name in names for tier in tiers[len(order[name]):]]
        rest = sorted(item for name in names for item in left[name])[:len(unfilled)]
        for (tier, name), (_, key) in zip(unfilled, rest):
            yield tier, name, 0, '', key
        left = {name: [item for item in left[name] if item not in rest] for name in names}
    for name in names:
        for _, key in left[name][:reserves]:
            yield tiers[-1], name, 1, '', key

def score(rule):
    players = [(key, int(points), int(guess)) for key, (points, guess) in by_key('key,points,guess')]
    right = sum(points == rule['questions'] for _, points, _ in players)
    players.sort(key=lambda p: (-p[1], abs(p[2] - right), place(p[0]), p[0]))
    for n, (key, _, _) in enumerate(players[:len(tiers) + reserves]):
        yield tiers[min(n, len(tiers) - 1)], '', int(n >= len(tiers)), '', key

def place(key):
    return sha((start + ':' + key).encode())

sys.excepthook = lambda kind, error, _: print('FAULT: a file is missing or cannot be read (%s: %s)' % (kind.__name__, error))
if len(sys.argv) != 2:
    sys.exit(__doc__)
folder = sys.argv[1]
rules, opened, closed = (json.loads(read(name)) for name in ('rules.json', 'opened.json', 'closed.json'))
digest = hashlib.sha256()
with open(os.path.join(folder, 'entrants.csv'), 'rb') as file:
    for block in iter(lambda: file.read(1 << 20), b''):
        digest.update(block)
listed, seed, number = digest.hexdigest(), optional('seed.txt'), optional('public-number.txt')
check(sha(read('rules.json')) == opened['rules'], 'the rules are not those published on opening')
check(sha(read('opened.json')) == closed['opened'], 'opened.json is not the one that the list was closed under')
check(listed == closed['entrants'], 'the list is not the one frozen on closing')
check(seed is None or sha(seed) == opened['seed'], 'the seed is not the one whose hash was published on opening')
kind, reserves = rules['selection']['kind'], rules['reserves']
if kind in ('stratified', 'score'):
    seed, number_text = (text.decode().removesuffix('\n') for text in (seed, number))
    start = sha('\n'.join([ALGORITHM, seed, number_text, listed, '']).encode())
tiers = [p['tier'] for p in rules['prizes'] for _ in range(p.get('quota', 1))]
winners = list({'ordinal': ordinal, 'first': first, 'stratified': stratified, 'score': score}[kind](rules['selection']))
text = 'place,tier,slot,reserve,number,key\n' + ''.join(
    ','.join(map(str, (n,) + winner)) + '\n' for n, winner in enumerate(winners, 1))
check(text.encode() == read('winners.csv'), 'the winners are not those that the draw gives')
shown = [line.split(',')[0] for line in read('table.csv').decode().split('\n')[1:-1]]
real = [w for w in winners if not w[2]]
check(shown == [str(w[3] or n) for n, w in enumerate(real, 1)], 'the table does not show the winners')
drawn = {'campaign': rules['id'], 'algorithm': ALGORITHM, 'closed': sha(read('closed.json')),
         'publicNumber': number and sha(number), 'winners': sha(read('winners.csv')), 'table': sha(read('table.csv'))}
check(json.dumps(drawn, indent=2).encode() + b'\n' == read('draw.json'), 'draw.json does not belong to these files')
for fault in dict.fromkeys(faults):
    print('FAULT:', fault)
if not faults:
    print('The draw of %s holds: %d winners; public number %s.' % (rules['id'], len(real), number and number.decode().strip()))
sys.exit(bool(faults))
