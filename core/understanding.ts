/** The public contract of `nlu/` (shared/intents.md). More may be added; none is renamed without a decision record. */
export const INTENTS = [
  'bill.lookup', 'bill.explain', 'bill.invoice', 'bill.pay', 'bill.payment_status',
  'reading.lookup', 'reading.schedule', 'reading.submit', 'usage.lookup',
  'debt.lookup', 'debt.cutoff', 'debt.reconnect',
  'outage.planned', 'outage.report', 'outage.status',
  'safety.hazard', 'safety.advice', 'saving.advice',
  'tariff.lookup', 'tariff.estimate', 'tariff.tenant',
  'service.new_connection', 'service.contract', 'service.meter_check', 'service.relocate', 'service.capacity',
  'service.solar', 'service.autopay', 'service.status', 'service.office',
  'theft.report', 'complaint',
  'campaign.info', 'campaign.join', 'campaign.prizes', 'campaign.result', 'campaign.claim',
  'account.link', 'account.unlink', 'account.update_contact', 'account.delegate', 'notify.preferences',
  'scam.check', 'privacy.request', 'agent.request', 'help.menu',
  'chat.greet', 'chat.thanks', 'chat.bye', 'chat.identity',
  'dialog.affirm', 'dialog.deny', 'dialog.cancel', 'dialog.back', 'dialog.repeat',
  'out_of_scope',
] as const; // biome-ignore format: one topic a line
export type IntentName = (typeof INTENTS)[number];

export interface EntityValues {
  customer_code: string;
  period: number;
  month: number;
  year: number;
  date: string;
  date_range: { from: string; to: string };
  phone: string;
  email: string;
  kwh: number;
  meter_index: number;
  money: number;
  households: number;
  place: string;
  /** one name for each kind of thing: "điều hòa" is "máy lạnh" */
  appliance: string;
  /** a full name as written */
  person: string;
  request_no: string;
  channel: string;
  url: string;
}
export type EntityType = keyof EntityValues;

/** `start` and `end` are UTF-16 offsets into the text as received; `sureness` is 0 to 1. */
export type Entity = {
  [T in EntityType]: {
    type: T;
    value: EntityValues[T];
    start: number;
    end: number;
    text: string;
    sureness: number;
    /** administrative parts of a place, when known */
    parts?: Record<string, string>;
    /** the reading of the words is a guess that should be confirmed (a lunar month, a code in spoken digits) */
    confirm?: boolean;
    /** of a `year`: it was not said; the value is the likeliest for the want, and another one may be meant */
    assumed?: boolean;
    /** of a `month` ("tháng trước đó", "so với tháng trước"): steps from the month spoken of before; the value counts from today */
    relative?: number;
    /** there is no such value: "tháng 13" is month 13 */
    impossible?: boolean;
  };
}[EntityType];

/** What the wording says besides wants and values. All of it comes from the text alone. */
export interface Cues {
  /** nothing complete is said yet, the rest is likely to follow ("con ơi", "cho bà hỏi", "tiền điện") */
  incomplete: boolean;
  angry: boolean;
  /** takes back something just said: "à không", "lộn", "ý em là", "mã khác" */
  correcting: boolean;
  /** the same want for another slot: "còn tháng 9?", "thế nhà kia thì sao" */
  following: boolean;
  /** asks for a sum over houses or months: "cộng lại", "tổng", "cả hai" */
  totalling: boolean;
  /** holds our answer against another source: "app ghi 742k sao bạn nói 687k", "hồi nãy em nói 15h" */
  comparing: boolean;
  /** is phrased as a question */
  question: boolean;
  /** labels of houses, as written: "nhà", "quán", "nhà trọ", "nhà ba má" */
  houses: { label: string; start: number; end: number }[];
  /** how the customer speaks of self and of us, lower case with diacritics: bà/con, cô/cháu, chú/cháu, anh/em, chị/em … */
  address?: { customer: string; us: string };
}

/** One want of a message with the part of the text that carries it; entities inside the part belong to it. */
export interface Want {
  intent: IntentName;
  sureness: number;
  start: number;
  end: number;
}

export interface Understanding {
  /** best first; always at least one (`out_of_scope` when nothing fits) */
  /** `called`: words that follow "việc", of a want that was added in the training files and has no dialog yet; or the printed title of an SMS syntax */
  intents: { name: IntentName; sureness: number; called?: string }[];
  /** the wants to act on, in the order in which they were said: one for most messages, two or more for a message of several, [] when unsure */
  wants: Want[];
  entities: Entity[];
  cues: Cues;
  /** the telling features, for the console and failing tests */
  because: string[];
}

export interface ListeningContext {
  now: Date;
  /** entity types that the dialog waits for: a bare "9" is a month when a month is awaited */
  expects?: EntityType[];
}

/** Never throws, on any string up to 10,000 characters (longer ones are read to that length). */
export type Understand = (text: string, context: ListeningContext) => Understanding;
