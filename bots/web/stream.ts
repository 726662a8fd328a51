import type { WebSocket } from 'ws';
import type { ConversationLog } from '../../core/channel';

export interface StreamOptions {
  log: ConversationLog;
  conversation: string;
  /** what the client has seen */
  watermark: number;
  /** another process may have written: look this often */
  pollMs: number;
  /** proxies cut a silent socket at 60 s */
  heartbeatMs: number;
  failed: (error: unknown) => void;
}

const TURNS_A_SET = 50;

/**
 * Pumps the log into one socket. The cursor moves only forward and there is one pump a socket, so each activity goes out once;
 * the next set is read when the last one is written, so a slow reader holds one set in memory and no more.
 */
export const stream = (
  socket: WebSocket,
  { log, conversation, watermark, pollMs, heartbeatMs, failed }: StreamOptions,
): void => {
  let cursor = watermark;
  let pumping = false;
  let again = false;
  let alive = true;

  const write = (data: string) =>
    new Promise<void>((done, fail) => socket.send(data, (error) => (error ? fail(error) : done())));

  const pump = async () => {
    again = true;
    if (pumping) return;
    pumping = true;
    try {
      while (again && socket.readyState === socket.OPEN) {
        again = false;
        const { activities, watermark: reached } = await log.since(conversation, cursor, TURNS_A_SET);
        if (reached <= cursor) continue;
        again ||= reached - cursor >= TURNS_A_SET;
        if (activities.length > 0) await write(JSON.stringify({ activities, watermark: String(reached) }));
        cursor = reached;
      }
    } catch (error) {
      // The client comes back with its watermark; what was written and never arrived is sent to it then.
      if (socket.readyState === socket.OPEN) failed(error);
      socket.terminate();
    } finally {
      pumping = false;
    }
  };

  const unsubscribe = log.subscribe(conversation, pump);
  const poll = setInterval(pump, pollMs);
  const heartbeat = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
    // Browsers cannot see a ping; an empty frame is Direct Line's keep-alive.
    socket.send('');
  }, heartbeatMs);
  const heardFrom = () => {
    alive = true;
  };
  socket
    .on('pong', heardFrom)
    .on('message', heardFrom)
    .on('error', () => socket.terminate());
  socket.on('close', () => {
    unsubscribe();
    clearInterval(poll);
    clearInterval(heartbeat);
  });
  void pump();
};
