import type { Activity } from '../../core/activity';
import type { Campaigns } from '../../core/campaign';
import type { ConversationState, Decision } from '../../core/dialog';
import { DISCLOSURE } from '../../core/disclosure';
import type { Bill, Customer, Debt, Reading } from '../../core/records';
import type { Records } from '../../core/services';
import type { Entity, EntityType, IntentName, Understanding } from '../../core/understanding';
import type { Utility } from '../../core/utility';
import { decide } from '../../dialogs/decide';
import { createKnowledge } from '../../nlu/knowledge';
import { tariff } from '../../tariff';

export const NO_CAMPAIGNS: Campaigns = {
  all: [],
  law: [],
  stands: async () => ({ is: 'planned' }),
  won: async () => undefined,
  tickets: async () => [],
};

/** A conversation with the flow alone: meanings are given, not read from text, and records are a few rows in memory. */
export const CODE = 'PP05000974006';
export const OTHER = 'PP05000974014';

const source = { kind: 'document', name: 'EVNCPC 8088', at: '2016-09-29T02:00:00.000Z' } as const;
const customer = (code: string): Customer => ({
  source,
  code,
  name: 'Nguyễn Văn An',
  address: '12 Lê Lợi',
  unit: code.slice(0, 6),
  kind: 'household',
  households: 1,
});
const bill = (code: string, month: number, total: number, period = 1): Bill => ({
  source,
  customer: code,
  year: 2016,
  month,
  period,
  lines: [],
  total,
  kwh: Math.round(total / 1300),
});

const customers = [customer(CODE), customer(OTHER)];
const bills = [
  bill(CODE, 10, 500_550),
  bill(CODE, 9, 462_000),
  bill(CODE, 8, 431_200),
  bill(OTHER, 10, 199_450),
  bill(OTHER, 9, 120_000, 2),
  bill(OTHER, 9, 110_000),
];
const debts: Debt[] = [
  { source, customer: CODE, year: 2016, month: 10, period: 1, net: 650_000, tax: 65_000, total: 715_000, stage: 'due' },
];
const readings: Reading[] = [];

const within = <T extends { customer: string; year: number; month: number; period: number }>(
  rows: T[],
  code: string,
  when?: { year: number; month: number; period?: number },
  limit = 24,
) =>
  rows
    .filter(
      (row) =>
        row.customer === code &&
        (!when || (row.year === when.year && row.month === when.month && (!when.period || row.period === when.period))),
    )
    .slice(0, limit);

const records: Records = {
  customer: async (code) => customers.find((one) => one.code === code),
  points: async () => [],
  bills: async (code, when, limit) => within(bills, code, when, limit),
  readings: async (code, when, limit) => within(readings, code, when, limit),
  debts: async (code) => debts.filter((debt) => debt.customer === code),
  plannedOutages: async () => [],
  incidents: async () => [],
};

const utility: Utility = {
  id: 'stage',
  name: 'Điện lực Thử',
  smsName: 'EVNCPC',
  sample: true,
  prefixes: ['PP'],
  units: [],
  hotlines: [{ kind: 'care', number: '19001909', citation: 'test', confidence: 'V' }],
  offices: [],
  rules: [],
  payments: [],
  sms: [
    {
      number: '8088',
      command: 'TD',
      intent: 'bill.lookup',
      syntax: 'TD MaKH Ky MM YYYY',
      citation: 'test',
      confidence: 'V',
    },
  ],
};

type Given = Partial<Understanding['cues']> & {
  wants?: IntentName[];
  best?: IntentName;
} & { [T in EntityType]?: unknown };

const CUES = { incomplete: false, angry: false, correcting: false, following: false, totalling: false, comparing: false, question: false, houses: [] }; // biome-ignore format: flags

/** An understanding whose entities stand one after the other. */
export const meaning = ({ wants = [], best, ...given }: Given): Understanding => {
  const entities: Entity[] = [];
  const cues = { ...CUES } as Understanding['cues'];
  for (const [key, value] of Object.entries(given)) {
    if (key in CUES || key === 'address') Object.assign(cues, { [key]: value });
    else
      for (const one of [value].flat())
        entities.push({ type: key, value: one, start: 0, end: 0, text: '', sureness: 1 } as Entity);
  }
  return {
    intents: [{ name: best ?? wants[0] ?? 'out_of_scope', sureness: 0.9 }],
    wants: wants.map((intent) => ({ intent, sureness: 0.9, start: 0, end: 100 })),
    entities,
    cues,
    because: [],
  };
};

export interface Stage {
  say(text: string, meant?: Given, more?: Partial<Activity>): Promise<Decision>;
  state(): ConversationState | undefined;
  /** codes that were let through the gate */
  admitted: string[];
}

export const stage = ({
  sms = false,
  closed = false,
  now = '2016-10-20T09:00:00+07:00',
  disclosure = DISCLOSURE,
  from = undefined as ConversationState | undefined,
} = {}): Stage => {
  let state = from;
  const admitted: string[] = [];
  return {
    admitted,
    state: () => state,
    async say(text, meant = {}, more = {}) {
      const decision = await decide(state, {
        heard: [{ type: 'message', text, ...more }],
        now: new Date(now),
        channel: {
          name: sms ? 'sms' : 'web',
          abilities: {
            textLimit: 4000,
            choices: sms ? 'none' : 'buttons',
            maxChoices: 8,
            pictures: !sms,
            tables: !sms,
            unaccented: sms,
            oneReply: sms,
            gatherMs: 0,
            cost: 'free',
            honoursSendKey: false,
            readsLog: false,
          },
        },
        understand: () => meaning(meant),
        utility,
        disclosure,
        services: {
          records,
          admit: async (code) => {
            admitted.push(code);
            return closed ? 'closed' : 'open';
          },
          tariff,
          knowledge: createKnowledge([]),
          latestClaim: async () => undefined,
          latestReport: async () => undefined,
          campaigns: NO_CAMPAIGNS,
        },
      });
      state = JSON.parse(JSON.stringify(decision.state));
      return decision;
    },
  };
};

export const texts = (decision: Decision): string[] => decision.say.map(({ text }) => text ?? '');
