import type { PDU, Pdu, Session } from 'smpp';
import type { Ports } from '../../../core/channel';

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
const ENQUIRE_MS = 30_000;
const LONGEST_WAIT_MS = 60_000;
const QUEUED = 1_000;

export interface LinkSettings {
  host: string;
  port: number;
  tls: boolean;
  bind: Record<string, unknown>;
  window: number;
}

/** What came of one request: its answer; or nothing, after it was written or before. */
export type Answered = { is: 'answered'; pdu: Pdu } | { is: 'unwritten' } | { is: 'unanswered' };

export interface Link {
  /** Waits for a place in the window. `late` hears an answer that came after patience had run out. */
  request(command: string, fields: Record<string, unknown>, late?: (pdu: Pdu) => void): Promise<Answered>;
  isBound(): boolean;
  stop(): Promise<void>;
}

/**
 * One SMPP 3.4 session kept alive: bound as transceiver, asked every 30 s, made again with growing pauses, at most `window`
 * requests without an answer. `hear` is told each deliver_sm with the number of its session, and answers its status.
 */
export const openLink = (
  { connect, PDU: Pdus }: { connect: typeof import('smpp').connect; PDU: typeof PDU },
  settings: LinkSettings,
  { wait, alarm }: Pick<Ports, 'wait' | 'alarm'>,
  hear: (pdu: Pdu, session: number) => Promise<number>,
): Link => {
  const stopping = new AbortController();
  const waiting: (() => void)[] = [];
  let session: Session | undefined;
  let bound = false;
  let outstanding = 0;
  let count = 0;

  /** Writes a request and waits for its answer, the end of the session, or the end of patience. */
  const ask = (
    on: Session,
    command: string,
    fields: Record<string, unknown>,
    late?: (pdu: Pdu) => void,
  ): Promise<Answered> =>
    new Promise((resolve) => {
      const over = new AbortController();
      let open = true;
      const settle = (outcome: Answered) => {
        if (!open) return;
        open = false;
        over.abort();
        on.off('close', broken);
        resolve(outcome);
      };
      const broken = () => settle({ is: 'unanswered' });
      on.once('close', broken);
      const written = on.send(new Pdus(command, fields), (pdu) => {
        if (!open) late?.(pdu);
        settle({ is: 'answered', pdu });
      });
      if (!written) settle({ is: 'unwritten' });
      else void wait(ANSWER_MS, over.signal).then(() => settle({ is: 'unanswered' }));
    });

  const connected = (on: Session): Promise<boolean> =>
    new Promise((resolve) => {
      const over = new AbortController();
      const settle = (is: boolean) => {
        over.abort();
        resolve(is);
      };
      on.once(settings.tls ? 'secureConnect' : 'connect', () => settle(true));
      on.once('close', () => settle(false));
      void wait(CONNECT_MS, over.signal).then(() => settle(false));
    });

  const next = () => {
    while (bound && waiting.length > 0 && outstanding < settings.window) {
      outstanding += 1;
      waiting.shift()!();
    }
  };

  const answerDelivery = async (on: Session, pdu: Pdu, number: number): Promise<void> => {
    // 0x64: a temporary fault of ours, to be sent again
    const command_status = await hear(pdu, number).catch(() => 0x64);
    on.send(pdu.response({ command_status, message_id: '' }));
  };

  /** One session from connecting to its end; whether it was ever bound. */
  const serve = async (): Promise<boolean> => {
    const on = connect({ host: settings.host, port: settings.port, tls: settings.tls });
    session = on;
    count += 1;
    const number = count;
    on.setMaxListeners(0);
    const closed = new Promise<void>((resolve) => on.once('close', () => resolve()));
    // an error event that nobody hears would end the process, and after one the parser reads no more
    on.on('error', () => on.destroy());
    on.on('deliver_sm', (pdu: Pdu) => void answerDelivery(on, pdu, number));
    on.on('enquire_link', (pdu: Pdu) => on.send(pdu.response()));
    on.on('unbind', (pdu: Pdu) => {
      on.send(pdu.response());
      on.close();
    });
    const ended = () => on.destroy();
    stopping.signal.addEventListener('abort', ended);
    try {
      if (!(await connected(on))) return false;
      const answer = await ask(on, 'bind_transceiver', settings.bind);
      if (answer.is !== 'answered' || answer.pdu.command_status !== 0) {
        const status = answer.is === 'answered' ? `0x${answer.pdu.command_status.toString(16)}` : 'none';
        alarm('the SMSC does not let us bind', { status });
        return false;
      }
      bound = true;
      next();
      const over = new AbortController();
      void closed.then(() => over.abort());
      for (;;) {
        await wait(ENQUIRE_MS, over.signal);
        if (over.signal.aborted) return true;
        const alive = await ask(on, 'enquire_link', {});
        if (alive.is !== 'answered') return true;
      }
    } finally {
      bound = false;
      session = undefined;
      stopping.signal.removeEventListener('abort', ended);
      on.destroy();
      // what waits for a place has not been written
      for (const go of waiting.splice(0)) {
        outstanding += 1;
        go();
      }
    }
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      failures = (await serve()) ? 0 : failures + 1;
      await wait(Math.min(1000 * 2 ** failures, LONGEST_WAIT_MS), stopping.signal);
    }
  };
  const running = run();

  return {
    isBound: () => bound,
    async request(command, fields, late) {
      if (!bound || waiting.length >= QUEUED) return { is: 'unwritten' };
      if (outstanding >= settings.window) await new Promise<void>((go) => waiting.push(go));
      else outstanding += 1;
      try {
        return bound && session ? await ask(session, command, fields, late) : { is: 'unwritten' };
      } finally {
        outstanding -= 1;
        next();
      }
    },
    async stop() {
      const on = session;
      if (bound && on) {
        bound = false;
        const over = new AbortController();
        await Promise.race([ask(on, 'unbind', {}), wait(1_000, over.signal)]);
        over.abort();
      }
      stopping.abort();
      await running;
    },
  };
};
