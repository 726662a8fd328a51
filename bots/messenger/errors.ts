import type { Delivery } from '../../core/channel';
import type { Dated } from '../../core/utility';

/** One answer of the Graph API to a send: told apart by code and subcode, a row without subcode stands for the rest of its code. */
interface Row {
  code: number;
  subcode?: number;
  is: 'refused' | 'later';
  /** our word for it */
  name: string;
  /** how long to wait, ms */
  afterMs?: number;
  /** somebody must act before anything more can be sent */
  alarm?: true;
}

const SOON = 5_000;
const MINUTE = 60_000;
/** until somebody has put new credentials or permissions in place */
const MENDING = 10 * MINUTE;

const observed = { citation: 'recorded answers of the Graph API, in public code', confidence: 'S' } as const;
const page = { citation: 'Messenger Platform, error-codes', confidence: 'V' } as const;
const own = { citation: 'own knowledge', confidence: 'O' } as const;

export const ERROR_ROWS: readonly Dated<Row>[] = [
  { code: 10, subcode: 2018278, is: 'refused', name: 'OUTSIDE_WINDOW', ...observed },
  { code: 10, subcode: 2534022, is: 'refused', name: 'OUTSIDE_WINDOW', ...observed },
  { code: 10, subcode: 2018065, is: 'refused', name: 'OUTSIDE_WINDOW', ...observed },
  { code: 10, subcode: 2018108, is: 'refused', name: 'PERSON_UNAVAILABLE', ...observed },
  { code: 10, subcode: 2018300, is: 'refused', name: 'NOT_THREAD_OWNER', ...observed },
  {
    code: 10,
    subcode: 1893063,
    is: 'refused',
    name: 'PAGE_RESTRICTED',
    alarm: true,
    from: '2026-06-25',
    citation: 'Messenger Platform, changelog of 2026-06-25',
    confidence: 'V',
  },
  { code: 10, is: 'later', name: 'PERMISSION', afterMs: MENDING, alarm: true, ...own },
  { code: 551, is: 'refused', name: 'PERSON_UNAVAILABLE', ...observed },
  { code: 200, subcode: 1545041, is: 'refused', name: 'PERSON_UNAVAILABLE', ...observed },
  { code: 200, is: 'later', name: 'PERMISSION', afterMs: MENDING, alarm: true, ...observed },
  { code: 100, subcode: 2018001, is: 'refused', name: 'UNKNOWN_PERSON', ...own },
  { code: 100, subcode: 2018008, is: 'refused', name: 'PICTURE_NOT_TAKEN', ...own },
  { code: 100, subcode: 2018047, is: 'refused', name: 'PICTURE_NOT_TAKEN', ...observed },
  { code: 100, is: 'refused', name: 'INVALID', ...observed },
  { code: 190, is: 'later', name: 'TOKEN', afterMs: MENDING, alarm: true, ...observed },
  { code: 368, is: 'refused', name: 'BLOCKED_FOR_POLICY', alarm: true, ...own },
  { code: 10900, is: 'refused', name: 'ONE_PRIVATE_REPLY', ...own },
  { code: 10903, is: 'refused', name: 'NO_PRIVATE_REPLY', ...own },
  { code: 4, is: 'later', name: 'RATE', afterMs: MINUTE, ...page },
  { code: 17, is: 'later', name: 'RATE', afterMs: MINUTE, ...observed },
  { code: 32, is: 'later', name: 'RATE', afterMs: MINUTE, ...observed },
  { code: 613, is: 'later', name: 'RATE', afterMs: MINUTE, ...page },
  { code: 80006, is: 'later', name: 'RATE', afterMs: MINUTE, ...own },
  { code: 2, subcode: 2018344, is: 'later', name: 'TERMS_NOT_ACCEPTED', afterMs: MENDING, alarm: true, ...page },
  { code: 1, is: 'later', name: 'TEMPORARY', afterMs: SOON, ...page },
  { code: 2, is: 'later', name: 'TEMPORARY', afterMs: SOON, ...page },
  { code: -1, is: 'later', name: 'TEMPORARY', afterMs: SOON, ...page },
  { code: 1200, is: 'later', name: 'TEMPORARY', afterMs: SOON, ...page },
];

export interface GraphError {
  code: number;
  subcode?: number;
  isTransient: boolean;
}

export type Verdict = Exclude<Delivery, { is: 'accepted' }> & { name: string; alarm: boolean };

/**
 * What an error of the Graph API makes of a send. `regainMs` is what the platform says of the wait. A code that no row knows is final,
 * unless the platform calls it transient. Its sentence is not repeated: it may hold what the customer wrote.
 */
export const verdictOf = ({ code, subcode, isTransient }: GraphError, regainMs = 0): Verdict => {
  const rows = ERROR_ROWS.filter((row) => row.code === code);
  const row = rows.find((one) => one.subcode === subcode) ?? rows.find((one) => one.subcode === undefined);
  const name = row?.name ?? 'UNKNOWN';
  const why = `${name} (${code}${subcode === undefined ? '' : `/${subcode}`})`;
  const alarm = row?.alarm === true;
  if (row ? row.is === 'refused' : !isTransient) return { is: 'refused', code: name, why, name, alarm };
  return { is: 'later', afterMs: Math.max(row?.afterMs ?? SOON, regainMs), why, name, alarm };
};
