import type { Day } from './time';
import type { IntentName, Understanding } from './understanding';
import type { Dated } from './utility';

/** A short text that answers one question of customers, as its file in `data/knowledge/` holds it. */
export interface Article {
  /** name of its file: ASCII, at most 40 characters */
  id: string;
  /** what it is about; of one topic, territory and day there is one article */
  topic: string;
  title: string;
  /** how it is called as a choice, at most 20 characters */
  choice: string;
  /** wants that it answers */
  intents: IntentName[];
  /** how customers ask for it */
  asks: string[];
  /** the short answer, whole by itself. `{{key}}` stands for a figure of the dated rows (rules, hotlines, prices) */
  brief: string;
  /** what is said after `brief` where there is room */
  more: string;
  /** on request */
  details: string;
  /** everywhere, or the first letters of the customer codes that it is for */
  territory: 'all' | string[];
  from?: Day;
  to?: Day;
  source: string;
  url?: string;
  /** when the source was last read */
  checked: Day;
  confidence: Dated<unknown>['confidence'];
  /** ids of articles that are offered after it */
  related: string[];
}

/** Articles of one utility, for one day. */
export interface AskedWhere {
  on: Day;
  /** first letters of the utility's customer codes */
  prefixes: readonly string[];
}

export interface Found {
  article: Article;
  /** 0 to 1: that this article answers the question */
  sureness: number;
}

/** The articles. What is not in force on the day, or is for another territory, is never returned. */
export interface Knowledge {
  /** Best first, at most five, none below the sureness under which nothing may be said. `intents` as the parser ranked them. Never throws. */
  find(question: string, where: AskedWhere & { intents?: Understanding['intents'] }): Found[];
  article(id: string, where: AskedWhere): Article | undefined;
}
