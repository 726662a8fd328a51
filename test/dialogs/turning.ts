import type { Activity } from '../../core/activity';
import type { Memory, Step, Turn } from '../../core/dialog';
import { DISCLOSURE } from '../../core/disclosure';
import type { Customer, Debt, Incident, MeteringPoint, OutageReport, PlannedOutage } from '../../core/records';
import type { IntentName } from '../../core/understanding';
import type { Utility } from '../../core/utility';
import { createKnowledge } from '../../nlu/knowledge';
import { tariff } from '../../tariff';
import { meaning, NO_CAMPAIGNS } from './stage';

/** One turn of one dialog, with a utility, records and a clock of the test's own. */
export const CODE = 'PP05000974006';
export const STATION = 'PP0500-T03';
export const source = { kind: 'import', name: 'outages.csv', at: '2026-03-12T00:30:00.000Z' } as const;

const row = { citation: 'test', confidence: 'V' } as const;

export const utility: Utility = {
  id: 'test',
  name: 'Điện lực Thử',
  smsName: 'THU',
  sample: true,
  prefixes: ['PP'],
  units: [
    { code: 'PP0500', name: 'Đội quản lý điện Liên Chiểu', province: 'Đà Nẵng', places: ['Liên Chiểu', 'Hòa Khánh', 'Hòa Minh'], ...row },
    { code: 'PC0501', name: 'Đội quản lý điện Tam Kỳ', province: 'Đà Nẵng', places: ['Tam Kỳ', 'Hương Trà'], ...row },
    { code: 'PC0301', name: 'Đội quản lý điện Bắc Huế', province: 'Huế', places: ['Kim Long', 'Hương Trà'], ...row },
  ],
  hotlines: [
    { kind: 'care', number: '19001909', to: '2026-06-30', ...row },
    { kind: 'care', number: '1558', from: '2026-07-01', ...row },
    { kind: 'ambulance', number: '115', ...row },
    { kind: 'fire', number: '114', ...row },
  ],
  offices: [],
  rules: [{ key: 'safety.distance', value: 10, unit: 'm', ...row }],
  payments: [],
  sms: [{ number: '8088', command: 'LCD', intent: 'outage.planned', syntax: 'LCD MaKH', ...row }],
}; // biome-ignore format: a table

export interface Given {
  text?: string;
  wants?: IntentName[];
  /** entities by type, and cues */
  meant?: Record<string, unknown>;
  chosen?: string;
  now?: string;
  sms?: boolean;
  memory?: Partial<Memory>;
  heard?: Activity[];
  utility?: Partial<Utility>;
  incidents?: Partial<Incident>[];
  planned?: Partial<PlannedOutage>[];
  debts?: Debt[];
  report?: OutageReport;
}

const customer: Customer = {
  source,
  code: CODE,
  name: 'A',
  address: 'B',
  unit: 'PP0500',
  kind: 'household',
  households: 1,
};
const point = { source, id: `${CODE}001`, customer: CODE, station: STATION, unit: 'PP0500' } as MeteringPoint;
const at = { unit: 'PP0500', station: STATION, area: 'Một phần Hòa Khánh, Đà Nẵng', source };

export const turning = (given: Given): Turn => {
  const text = given.text ?? '';
  const here = (where: { stations: string[] } | { unit: string }, one: { station: string; unit: string }) =>
    'unit' in where ? where.unit === one.unit : where.stations.includes(one.station);
  const incidents = (given.incidents ?? []).map(
    (one, n): Incident => ({ id: `SC/${n}`, startedAt: '', ...at, ...one }),
  );
  const planned = (given.planned ?? []).map(
    (one, n): PlannedOutage => ({ id: `KH/${n}`, from: '', to: '', reason: 'Bảo trì', ...at, ...one }),
  );
  return {
    text,
    heard: given.heard ?? [{ type: 'message', text }],
    toldNow: [],
    ...(given.chosen ? { chosen: given.chosen } : {}),
    meaning: meaning({ ...(given.wants ? { wants: given.wants } : {}), ...given.meant }),
    now: new Date(given.now ?? '2026-03-12T09:00:00+07:00'),
    channel: {
      name: given.sms ? 'sms' : 'web',
      abilities: {
        textLimit: 4000,
        choices: given.sms ? 'none' : 'buttons',
        maxChoices: 8,
        pictures: !given.sms,
        tables: !given.sms,
        unaccented: given.sms === true,
        oneReply: given.sms === true,
        gatherMs: 0,
        cost: 'free',
        honoursSendKey: false,
        readsLog: false,
      },
    },
    memory: { pronouns: { customer: 'anh/chị', us: 'em' }, houses: [], facts: [], ...given.memory },
    disclosure: DISCLOSURE,
    utility: { ...utility, ...given.utility },
    services: {
      admit: async () => 'open',
      tariff,
      knowledge: createKnowledge([]),
      latestClaim: async () => undefined,
      latestReport: async () => given.report,
      campaigns: NO_CAMPAIGNS,
      records: {
        customer: async (code) => (code === CODE ? customer : undefined),
        points: async (code) => (code === CODE ? [point] : []),
        bills: async () => [],
        readings: async () => [],
        debts: async () => given.debts ?? [],
        plannedOutages: async (where) => planned.filter((one) => here(where, one)),
        incidents: async (where) => incidents.filter((one) => here(where, one)),
      },
    },
  };
};

/** What was said, joined. */
export const spokenIn = (step: Step): string => step.say.map(({ text }) => text ?? '').join('\n');
