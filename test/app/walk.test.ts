import { makeHouse } from '../../app/house';
import { openEmbedded, storesOf } from '../../data';
import { sampleUtility } from '../../data/sample';
import { loadUtility } from '../../data/utilities';
import { createKnowledge } from '../../nlu/knowledge';
import { computeBill } from '../../tariff';
import { unconnectedChannels } from '../channels';
import { understandingForTests } from '../nlu/model';
import { scratch } from '../processes';

const NOW = '2026-03-12T02:00:00.000Z';
const CODES = 10_000;
const TOGETHER = 50;
const store = scratch();
const warnings: unknown[] = [];
let house: ReturnType<typeof makeHouse>;
let stores: ReturnType<typeof storesOf>;
let known: string[];

beforeAll(async () => {
  const utility = await loadUtility('sample');
  stores = storesOf(await openEmbedded({ dir: store.dir }), utility.id);
  known = [];
  for (const { kind, rows } of sampleUtility({
    until: { year: 2026, month: 3 },
    now: NOW,
    customers: 400,
    utility,
    computeBill,
  })) {
    if (kind === 'customers' || kind === 'debts' || kind === 'bills') await stores.writer.put(kind, rows as never);
    if (kind === 'customers') known.push(...(rows as { code: string }[]).map(({ code }) => code));
  }
  const boot = 'walk';
  await stores.boots.start({ id: boot, role: 'chat', pid: process.pid, host: 'test', at: NOW });
  house = makeHouse({
    channels: unconnectedChannels(),
    opened: { stores, utility, boot, secret: 's', hash: (text) => text, close: () => stores.close() },
    understand: understandingForTests(),
    knowledge: createKnowledge([]),
    log: {
      info() {},
      debug() {},
      error: console.error,
      fatal: console.error,
      warn: (...line: unknown[]) => warnings.push(line),
    } as never,
    settings: { LEASE_MS: 60_000, CODES_PER_PERSON: 5, CODES_PER_NETWORK: 50 },
    clock: () => new Date(NOW),
  });
});
afterAll(async () => {
  await stores.close();
  store.remove();
});

interface Question {
  conversation: string;
  code: string;
  person: string;
  network?: string;
}

/** Asks for the debts of codes, all at once; what was said to each, with the code itself blanked out. */
const ask = async (questions: Question[]): Promise<string[]> => {
  const accept = ({ conversation, code, person, network }: Question) =>
    house.accept({
      address: { channel: 'web', conversation, person },
      eventId: 'e',
      activity: { type: 'message', text: `mã ${code} còn nợ bao nhiêu` },
      ...(network && { network }),
    });
  await Promise.all(questions.map(accept));
  await house.worker.idle(true);
  const turns = await Promise.all(questions.map(({ conversation }) => stores.turns.last(conversation)));
  return turns.map((turn, n) => turn!.said.map(({ text }) => text?.replaceAll(questions[n]!.code, 'MÃ')).join('\n'));
};

test(`a walk over ${CODES} codes from one address, each as a new person, learns nothing past the limit`, async () => {
  const unknown = Array.from(
    { length: CODES },
    (_, n) => `PP0901${String((n * 7_654_321 + 11) % 10_000_000).padStart(7, '0')}`,
  );
  // every twentieth code is a real one, so that the walk has something to find
  const walk = unknown.map((code, n) => (n % 20 === 0 ? known[(n / 20) % known.length]! : code));
  const isKnown = new Set(known);
  const replies: { code: string; said: string }[] = [];
  for (let from = 0; from < CODES; from += TOGETHER) {
    const some = walk.slice(from, from + TOGETHER);
    const strangers = some.map((code, n) => ({ code, person: `stranger-${from + n}`, network: 'one-address' }));
    const said = await ask(strangers.map((stranger) => ({ ...stranger, conversation: stranger.person })));
    replies.push(...some.map((code, n) => ({ code, said: said[n]! })));
  }
  const closed = replies.at(-1)!.said;
  const told = replies.filter(({ said }) => said !== closed);
  expect(new Set(told.map(({ code }) => code)).size).toBeLessThanOrEqual(50);
  expect(told.length).toBeGreaterThan(0);
  const refused = replies.filter(({ said }) => said === closed);
  expect(refused.some(({ code }) => isKnown.has(code)) && refused.some(({ code }) => !isKnown.has(code))).toBe(true);
  expect(warnings.length).toBeGreaterThan(CODES / 2);
  expect(JSON.stringify(warnings)).not.toMatch(/P[A-Z]\d{11}/);
}, 240_000);

test('one person reaches five codes a day, and a run of neighbouring codes closes the gate sooner', async () => {
  const codes = known.slice(0, 12).filter((_, n) => n % 2 === 0);
  const askedBy = async (person: string, code: string, n: number) =>
    (await ask([{ conversation: `${person}-${n}`, code, person }]))[0]!;
  const said: string[] = [];
  for (const [n, code] of codes.entries()) said.push(await askedBy('one', code, n));
  expect(new Set(said.slice(0, 5)).has(said[5]!)).toBe(false);
  const run: string[] = [];
  for (let n = 0; n < 5; n += 1) run.push(await askedBy('neighbour', `PP0200000010${n}`, n));
  expect(run[4]).toBe(said[5]);
  expect(run[0]).not.toBe(said[5]);
});
