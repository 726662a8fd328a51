import { randomBytes } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { type DirectLineOptions, directLine } from '../../bots/web';
import { type Activity, choices, picture, say, table } from '../../core/activity';
import type { Accept, ConversationLog, Inbound } from '../../core/channel';

/** What the bot of the harness says to a text: a real log, a real plugin, and a bot simple enough to check by eye. */
export const answer = (text: string): Activity[] => {
  if (/bảng|2 tháng/i.test(text))
    return [
      table('Dạ em gửi anh/chị hóa đơn các tháng gần đây ạ.', {
        title: 'PP01000000101',
        columns: ['Tháng', 'Sản lượng', 'Thành tiền'],
        rows: [
          ['10/2026', '312 kWh', '742.150 đ'],
          ['09/2026', '286 kWh', '668.020 đ'],
        ],
      }),
    ];
  if (/hình|ở đâu/i.test(text))
    return [
      picture('Mã khách hàng nằm ở góc trên hóa đơn ạ.', {
        url: '/assets/where-is-the-code.png',
        alt: 'Hóa đơn mẫu, mũi tên chỉ vào dòng Mã khách hàng',
      }),
    ];
  if (/chọn|tiền điện/i.test(text))
    return [
      choices('Anh/chị muốn xem gì ạ?', [
        { title: 'Tiền điện', value: 'bill' },
        { title: 'Lịch cúp điện', value: 'outage' },
        { title: 'Gặp nhân viên', value: 'agent' },
      ]),
    ];
  return [say(`Dạ, em nghe: ${text}`)];
};

/** An inbox and a turn log in memory: dedupes on (conversation, event id), answers each message once, in order. */
export const memoryBot = (reply: (text: string, activity: Activity) => Activity[] = answer) => {
  const turns = new Map<string, Activity[][]>();
  const watchers = new Map<string, Set<() => void>>();
  const seen = new Set<string>();
  const inbound: Inbound[] = [];
  const turnsOf = (conversation: string) => {
    const found = turns.get(conversation) ?? [];
    turns.set(conversation, found);
    return found;
  };
  const append = (conversation: string, activities: Activity[]) => {
    turnsOf(conversation).push(activities);
    for (const changed of watchers.get(conversation) ?? []) changed();
  };
  const accept: Accept = async (event) => {
    const key = `${event.address.conversation}|${event.eventId}`;
    if (seen.has(key)) return 'seen';
    seen.add(key);
    inbound.push(event);
    const heard = event.activity;
    const said = reply(heard.text ?? '', heard).map((activity, n) => ({
      ...activity,
      id: `${heard.id}.${n}`,
      replyToId: heard.id,
      from: { id: 'domdom', name: 'Đom Đóm', role: 'bot' },
      timestamp: heard.timestamp,
      conversation: heard.conversation,
    }));
    setImmediate(() => append(event.address.conversation, [heard, ...said]));
    return 'kept';
  };
  const log: ConversationLog = {
    async since(conversation, watermark, limit = 100) {
      const all = turnsOf(conversation);
      const reached = Math.max(watermark, Math.min(all.length, watermark + limit));
      return { activities: all.slice(watermark, reached).flat(), watermark: reached };
    },
    subscribe(conversation, changed) {
      const set = watchers.get(conversation) ?? new Set();
      watchers.set(conversation, set.add(changed));
      return () => set.delete(changed);
    },
  };
  const watching = (conversation: string) => watchers.get(conversation)?.size ?? 0;
  return { accept, log, inbound, append, watching };
};

export interface Harness extends ReturnType<typeof memoryBot> {
  app: FastifyInstance;
  /** what the server's log would hold */
  failures: unknown[];
  /** moves the clock of tokens and limits */
  later: (ms: number) => void;
  /** cuts every open socket, as a network does: no closing handshake */
  cut: () => number;
  url: string;
  stop: () => Promise<void>;
}

export const startHarness = async (
  options: Partial<DirectLineOptions> & {
    bot?: ReturnType<typeof memoryBot>;
    listen?: boolean;
    more?: (app: FastifyInstance) => Promise<unknown>;
  } = {},
): Promise<Harness> => {
  const { bot = memoryBot(), listen = true, more, ...rest } = options;
  let shift = 0;
  const app = Fastify({ forceCloseConnections: true });
  const failures: unknown[] = [];
  app.setErrorHandler((error, _request, reply) => {
    failures.push(error);
    return reply.code(500).send({ error: { code: 'INTERNAL', message: 'Dạ em xin lỗi.' } });
  });
  await app.register(
    directLine({
      accept: bot.accept,
      log: bot.log,
      clock: () => new Date(Date.parse('2026-11-22T02:00:00Z') + shift),
      random: randomBytes,
      signingSecret: 'a signing secret of the tests',
      allowedOrigins: [],
      ready: () => true,
      failed: (error) => failures.push(error),
      ...rest,
    }),
    { prefix: '/v3/directline' },
  );
  await more?.(app);
  const sockets = new Set<import('node:net').Socket>();
  app.server.on('upgrade', (_request, socket) => {
    sockets.add(socket as import('node:net').Socket);
    socket.on('close', () => sockets.delete(socket as import('node:net').Socket));
  });
  const url = listen ? await app.listen({ port: 0, host: '127.0.0.1' }) : '';
  if (!listen) await app.ready();
  return {
    ...bot,
    app,
    failures,
    url,
    later: (ms) => {
      shift += ms;
    },
    cut: () => {
      const open = sockets.size;
      for (const socket of sockets) socket.destroy();
      return open;
    },
    stop: () => app.close(),
  };
};
