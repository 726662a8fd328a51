import type { Channel, Ports } from '../../core/channel';
import { type Call, failureOf } from './api';
import { HEARD } from './setup';

const LISTEN_S = 25;
const REST_MS = 3_000;
/** an answer with nothing in it that came at once is not asked for again at once */
const BREATH_MS = 300;

/** Long polling, for development: no public address is needed. An update is confirmed by asking for the next, once it is safe. */
export const pollWith =
  (call: Call, { wait, alarm, clock }: Pick<Ports, 'wait' | 'alarm' | 'clock'>): NonNullable<Channel['listen']> =>
  async (hear) => {
    const stopping = new AbortController();
    const { signal } = stopping;
    let offset = 0;
    const once = async (): Promise<void> => {
      const since = clock().getTime();
      const asked = { offset, timeout: LISTEN_S, allowed_updates: HEARD };
      const updates = await call<{ update_id: number }[]>('getUpdates', asked, (LISTEN_S + 10) * 1000, signal);
      for (const update of updates) {
        await hear({ method: 'POST', url: '', headers: {}, body: Buffer.from(JSON.stringify(update)) });
        offset = update.update_id + 1;
      }
      if (updates.length === 0 && clock().getTime() - since < 1000) await wait(BREATH_MS, signal);
    };
    const run = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          await once();
        } catch (error) {
          if (signal.aborted) return;
          const failure = failureOf(error);
          if (failure.status === 409) alarm('Telegram has a webhook, or another process polls: no update is heard');
          else if (failure.status === 401) alarm('Telegram does not accept the token of the bot');
          await wait(failure.retryAfterMs ?? REST_MS, signal);
        }
      }
    };
    const running = run();
    return async () => {
      stopping.abort();
      await running;
    };
  };
