import type { Activity, Attachment } from './activity';
import type { Day } from './time';

/** What a picture shows, as data: it is kept with the turn and drawn when somebody looks. No names, no customer codes. */
export type Figure = MonthsFigure | DaysFigure | TiersFigure | QrFigure;

/** Use and amount of up to 24 months, oldest first; what no record has is absent. */
export interface MonthsFigure {
  kind: 'months';
  months: readonly { year: number; month: number; kwh?: number; total?: number }[];
}

/** Mean use a day of each reading period, oldest first; `kwh` is that of the whole period. */
export interface DaysFigure {
  kind: 'days';
  periods: readonly { from: Day; to: Day; kwh: number }[];
}

/** How far one bill fills the tiers; `before`: the bill that it is held against. Amounts in đồng before VAT. */
export interface TiersFigure {
  kind: 'tiers';
  title: string;
  beforeTitle?: string;
  tiers: readonly {
    tier: number;
    /** kWh that fit into it; the last tier has none */
    width?: number;
    kwh: number;
    before?: number;
    amount: number;
    /** đồng per kWh; two where a price changed inside the period */
    prices: readonly number[];
  }[];
  kwh: number;
  amount?: number;
  vat?: number;
  vatRate?: number;
  total: number;
}

/** A code to scan, under a title and above lines of a name and a value. */
export interface QrFigure {
  kind: 'qr';
  text: string;
  title: string;
  lines: readonly (readonly [name: string, value: string])[];
  /** in red, below everything */
  warning?: string;
}

export const PNG = 'image/png';

/** A message with a picture made of data. Its address is given to it when the turn is kept; the alternative text says what it shows. */
export const withFigure = (message: Activity, { figure, alt }: { figure: Figure; alt: string }): Activity => ({
  ...message,
  attachments: [...(message.attachments ?? []), { contentType: PNG, name: alt, content: figure }],
});

/** What a picture of ours is drawn from; undefined for every other attachment. */
export const figureOf = ({ contentType, content }: Attachment): Figure | undefined =>
  contentType === PNG && content && typeof content === 'object' && 'kind' in content ? (content as Figure) : undefined;
