import type { Channel, ChannelName } from '../core/channel';
import type { Decide } from '../core/dialog';
import type { Disclosure } from '../core/disclosure';
import type { Knowledge } from '../core/knowledge';
import type { Tariff } from '../core/tariff';
import type { Clock, Timers } from '../core/time';
import type { Understand } from '../core/understanding';
import type { Utility } from '../core/utility';
import type { Gateway } from '../data/gateway';
import type { Sends } from '../data/sends';
import type { Stores } from '../data/stores';
import type { Definitions } from './campaigns';
import type { Log } from './logger';
import type { Pace } from './pace';
import type { Synchronous } from './synchronous';

/** What every step of a message's path works with; made once by `app/house.ts`. */
export interface Workbench {
  stores: Stores;
  /** the utility's own system, where there is one to ask */
  gateway?: Gateway;
  channels: Record<ChannelName, Channel>;
  pace: Pace;
  /** what became of what a killed process was sending */
  sends: Sends;
  synchronous: Synchronous;
  understand: Understand;
  decide: Decide;
  knowledge: Knowledge;
  campaigns: Definitions;
  utility: Utility;
  tariff: Tariff;
  disclosure: Disclosure;
  clock: Clock;
  timers: Timers;
  /** addresses of pictures are made with it */
  secret: string;
  /** turns a network address or a person's id into what the gate may store */
  hash(secret: string): string;
  log: Log;
  /** which events are ours: `serve`, or `chat:<conversation>` */
  pool: string;
  /** id of this boot: the holder of its leases */
  boot: string;
  leaseMs: number;
  /** overrides a channel's own waiting for the rest of a message */
  gatherMs?: number;
  /** called after each numbered step of docs/path-of-a-message.md; kill tests hold a message here, and stop */
  after(step: number): void | Promise<void>;
}
