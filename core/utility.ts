import type { Day } from './time';

/** A fact that holds from one day to another (inclusive; open when absent), with where it was read and how sure that is. */
export type Dated<T> = T & {
  from?: Day;
  to?: Day;
  citation: string;
  /** V read in a primary page or two sources, S one secondary source, O own knowledge, ? doubtful */
  confidence: 'V' | 'S' | 'O' | '?';
};

export const inForce = <T>(rows: readonly Dated<T>[], on: Day): Dated<T>[] =>
  rows.filter((row) => (row.from === undefined || row.from <= on) && (row.to === undefined || row.to >= on));

export interface Unit {
  /** first six characters of its customer codes */
  code: string;
  name: string;
  province: string;
  /** wards and communes it serves, as customers write them */
  places: string[];
}

/** A way to pay. `vietqr` and `link` are made for the open debts of one code; `named` ways are told. */
export type PaymentWay =
  /** account at a NAPAS member (its six-digit BIN); `holder` as banks show it, without diacritics; `most` đồng one transfer carries */
  | { way: 'vietqr'; bin: string; bank: string; account: string; holder: string; most: number }
  /** {reference} and {amount} are filled in */
  | { way: 'link'; url: string }
  /** in words that follow "bằng" */
  | { way: 'named'; name: string };

/** One process serves one utility. Read from `data/utilities/<id>/`; nothing of it stands in code. */
export interface Utility {
  id: string;
  name: string;
  /** as the SMS answers sign: no diacritics */
  smsName: string;
  /** true: everything is invented, and every page and menu says so */
  sample: boolean;
  /** first two letters of its customer codes */
  prefixes: string[];
  units: Dated<Unit>[];
  /** care: the utility's own line. Emergency lines are national. */
  hotlines: Dated<{ kind: 'care' | 'ambulance' | 'fire'; number: string }>[];
  offices: Dated<{ unit: string; name: string; address: string; hours: string; phone?: string }>[];
  /** rules and quantities said to customers: metres to keep away, days of notice, tolerance of the reading day … */
  rules: Dated<{ key: string; value: string | number; unit?: string }>[];
  payments: Dated<PaymentWay>[];
  /** the SMS syntaxes that it has printed: what is read as a command, shown as help and in corrections; `title` where the want's own says too little */
  sms: Dated<{ number: string; command: string; intent: string; syntax: string; title?: string }>[];
}
