import type { Accept, Channel, ChannelName, ConversationLog } from '../core/channel';
import { DISCLOSURE } from '../core/disclosure';
import type { Knowledge } from '../core/knowledge';
import type { Tariff } from '../core/tariff';
import type { Clock, Timers } from '../core/time';
import type { Understand } from '../core/understanding';
import type { Gateway } from '../data/gateway';
import { noSends, type Sends } from '../data/sends';
import { decide } from '../dialogs/decide';
import { tariff } from '../tariff';
import { acceptInto } from './accept';
import type { Definitions } from './campaigns';
import { conversationLog } from './conversation-log';
import { retry } from './deliver';
import type { Log } from './logger';
import type { Opened } from './open';
import { paceOf } from './pace';
import type { Settings } from './settings';
import { holdRequests, type Synchronous } from './synchronous';
import type { Workbench } from './workbench';
import { makeWorker, PORTION, type Worker } from './worker';

export interface House {
  accept: Accept;
  log: ConversationLog;
  worker: Worker;
  synchronous: Synchronous;
  /** takes over what dead workers left, then keeps looking from time to time; returns how to stop */
  watch(everyMs: number): Promise<() => void>;
}

export interface HouseOptions {
  opened: Opened;
  understand: Understand;
  knowledge: Knowledge;
  /** none where absent */
  campaigns?: Definitions;
  log: Log;
  settings: Pick<Settings, 'LEASE_MS' | 'CODES_PER_PERSON' | 'CODES_PER_NETWORK'>;
  pool?: string;
  clock?: Clock;
  timers?: Timers;
  channels: Record<ChannelName, Channel>;
  gatherMs?: number;
  tariff?: Tariff;
  gateway?: Gateway;
  sends?: Sends;
  after?: Workbench['after'];
}

/** After a long stop thousands of messages wait: so many portions are taken over at once, the rest at the next look. */
const MOST_SWEEPS = 10;

/** Joins the rooms into one working house; `serve`, `chat` and the tests differ only in what they pass in. */
export const makeHouse = ({ opened, settings, ...options }: HouseOptions): House => {
  const { stores, utility, boot, hash, secret } = opened;
  const clock = options.clock ?? (() => new Date());
  const timers: Timers = options.timers ?? {
    set: (run, ms) => setTimeout(run, ms),
    clear: (timer) => clearTimeout(timer),
  };
  const synchronous = holdRequests(stores, options.channels, clock, timers);
  const bench: Workbench = {
    stores,
    utility,
    tariff: options.tariff ?? tariff,
    boot,
    hash,
    secret,
    decide,
    channels: options.channels,
    pace: paceOf(options.channels),
    sends: options.sends ?? noSends,
    synchronous,
    understand: remembering(options.understand),
    knowledge: options.knowledge,
    campaigns: options.campaigns ?? { all: [], law: [] },
    disclosure: {
      ...DISCLOSURE,
      codesPerPerson: settings.CODES_PER_PERSON,
      codesPerNetwork: settings.CODES_PER_NETWORK,
    },
    clock,
    timers,
    log: options.log,
    pool: options.pool ?? 'serve',
    leaseMs: settings.LEASE_MS,
    ...(options.gateway && { gateway: options.gateway }),
    ...(options.gatherMs !== undefined && { gatherMs: options.gatherMs }),
    after: options.after ?? (() => {}),
  };
  const worker = makeWorker(bench);
  const sweep = async () => {
    for (let sweeps = 0; sweeps < MOST_SWEEPS && (await worker.sweep()) >= PORTION; ) sweeps += 1;
    const as = { pool: bench.pool, by: boot, leaseMs: bench.leaseMs, now: bench.clock().getTime(), limit: 100 };
    await retry(bench, await stores.outbox.takeDue(as));
  };
  return {
    accept: acceptInto(bench, worker),
    log: conversationLog(stores.turns, worker, utility.name),
    worker,
    synchronous,
    async watch(everyMs) {
      await sweep();
      let sweeping = false;
      const timer = setInterval(() => {
        if (sweeping) return;
        sweeping = true;
        sweep()
          .catch((error) => bench.log.error({ err: error }, 'looking for abandoned work failed'))
          .finally(() => {
            sweeping = false;
          });
      }, everyMs);
      return () => clearInterval(timer);
    },
  };
};

/** Waiting for the rest of a message and deciding on it ask for the same understanding; it is worked out once. */
const remembering = (understand: Understand): Understand => {
  let key = '';
  let answer: ReturnType<Understand> | undefined;
  return (text, context) => {
    const asked = `${context.now.getTime()}|${context.expects?.join() ?? ''}|${text}`;
    if (asked !== key || !answer) {
      answer = understand(text, context);
      key = asked;
    }
    return answer;
  };
};
