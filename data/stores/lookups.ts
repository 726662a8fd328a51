import type { Disclosure } from '../../core/disclosure';
import { type Day, dayOf } from '../../core/time';
import type { Doc, Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';
import type { Lookups } from '../stores';

/** One place of those that somebody has on a day, taken by a customer code. */
interface Slot extends Doc {
  who: string;
  day: Day;
  /** 0, 1, 2 … in the order of asking; CLOSED_SLOT marks that the gate is shut for the rest of the day */
  slot: number;
  code: string;
}

const CLOSED_SLOT = -1;

const LOOKUPS: Shape<Slot> = {
  name: 'lookups',
  version: 1,
  indexes: [
    { name: 'slot', fields: ['who', 'day', 'slot'], unique: true },
    { name: 'code', fields: ['who', 'day', 'code'], unique: true },
  ],
};

const REMEMBERED = 10_000;

/** Codes of one unit whose numbers lie at most this far apart are neighbours. */
const NEXT_DOOR = 3;

/** The longest run of neighbours among these codes that holds `code`. Codes are alike but for their last 7 digits. */
const runAround = (code: string, others: readonly string[]): number => {
  const head = code.slice(0, -7);
  const number = (of: string) => Number(of.slice(-7));
  const numbers = [...new Set([code, ...others].filter((other) => other.slice(0, -7) === head).map(number))];
  numbers.sort((a, b) => a - b);
  const at = numbers.indexOf(number(code));
  let from = at;
  let to = at;
  while (from > 0 && numbers[from]! - numbers[from - 1]! <= NEXT_DOOR) from--;
  while (to + 1 < numbers.length && numbers[to + 1]! - numbers[to]! <= NEXT_DOOR) to++;
  return to - from + 1;
};

/** `next`: the slot that this code would take; undefined when it has one already. */
type Verdict = { is: 'open'; next?: number } | { is: 'closed'; why: 'limit' | 'neighbours' };

export const lookupsStore = (engine: Engine, utility: string): Lookups => {
  const slots = engine.collection(ofUtility(utility, LOOKUPS));

  /** what was open stays open, and nobody takes a slot away: those seen lately need not be read again */
  const open = new Set<string>();
  const isOpen = (key: string): Verdict => {
    if (open.size >= REMEMBERED) open.clear();
    open.add(key);
    return { is: 'open' };
  };

  const judge = async (who: string, day: Day, code: string, limit: number, neighbours: number): Promise<Verdict> => {
    const key = `${who}|${day}|${code}`;
    // for the customer who asks again about an own house
    if (open.has(key) || (await slots.first({ index: 'code', equal: { who, day, code } }))) return isOpen(key);
    const taken = await slots.find({ index: 'slot', equal: { who, day } });
    if (taken[0]?.slot === CLOSED_SLOT) return { is: 'closed', why: 'neighbours' };
    if (taken.length >= limit) return { is: 'closed', why: 'limit' };
    const codes = taken.map((slot) => slot.code);
    if (runAround(code, codes) < neighbours) return { is: 'open', next: taken.length };
    await slots.insert({ id: `${who}|${day}|${CLOSED_SLOT}`, who, day, slot: CLOSED_SLOT, code: '' });
    return { is: 'closed', why: 'neighbours' };
  };

  /** Each slot exists once, so of two who ask at the same time one sees the other's code and is judged again. */
  const enter = async (who: string, day: Day, code: string, limit: number, neighbours: number): Promise<Verdict> => {
    for (;;) {
      const verdict = await judge(who, day, code, limit, neighbours);
      if (verdict.is === 'closed' || verdict.next === undefined) return verdict;
      const slot = verdict.next;
      const inserted = await slots.insert({ id: `${who}|${day}|${slot}`, who, day, slot, code });
      if (inserted.is === 'inserted') return { is: 'open' };
    }
  };

  return {
    async admit({ person, network }, code, now, policy: Disclosure) {
      const day = dayOf(now);
      const gates: { who: string; limit: number; why: 'person' | 'network' }[] = [
        { who: `p:${person}`, limit: policy.codesPerPerson, why: 'person' },
      ];
      if (network !== undefined) gates.push({ who: `n:${network}`, limit: policy.codesPerNetwork, why: 'network' });
      // first both are asked, so that a code refused by one takes no slot of the other; then both are entered
      let open = gates;
      for (const pass of [judge, enter]) {
        const fresh: typeof gates = [];
        for (const gate of open) {
          const verdict = await pass(gate.who, day, code, gate.limit, policy.neighbours);
          if (verdict.is === 'closed') return { is: 'closed', why: verdict.why === 'limit' ? gate.why : 'neighbours' };
          if (verdict.next !== undefined) fresh.push(gate);
        }
        open = fresh;
      }
      return { is: 'open' };
    },
  };
};
