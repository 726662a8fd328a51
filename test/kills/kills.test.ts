import type { Activity } from '../../core/activity';
import { DirectLineClient } from '../direct-line-client';
import { bundled, eventually, isReady, type ServerProcess, startServer } from '../processes';
import { ENGINES, type Store } from './engines';

const KILLS = Number(process.env.KILLS ?? 25);
/** the short run shares the machine with other tests, and its MongoDB is a slow stand-in */
const LOAD = { conversations: KILLS > 25 ? 6 : 3, messages: 11 };
/** on one store: the stand-in for MongoDB reads whole collections where a server has an index, so a long run takes fresh ones */
const ROUND = 50;
const QUESTIONS = [
  'TD PP05000974006 1 10 2016',
  'NTD PP05000974006',
  'xin chào',
  'mã PP05000974006 tháng 10/2016 hết bao nhiêu tiền điện',
  'cảm ơn em nhiều nha',
];

let scripts: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  scripts = await bundled();
});

/** Each message once in what was heard, each answered by exactly one turn, and nothing else said. */
const expectAnsweredOnce = (activities: Activity[], posted: string[]): void => {
  const heard = activities.filter(({ from }) => from?.role !== 'bot').map(({ id }) => id);
  expect([...heard].sort()).toEqual([...posted].sort());
  const replies = activities.filter(({ from }) => from?.role === 'bot');
  expect(new Set(replies.map(({ id }) => id)).size).toBe(replies.length);
  const turnsPer = new Map<string, Set<string>>();
  for (const { replyToId, id } of replies) {
    const turn = id!.slice(0, id!.lastIndexOf('.'));
    turnsPer.set(replyToId!, (turnsPer.get(replyToId!) ?? new Set()).add(turn));
  }
  expect([...turnsPer.keys()].sort()).toEqual([...posted].sort());
  expect([...turnsPer.values()].map((turns) => turns.size)).toEqual(posted.map(() => 1));
};

describe.each(ENGINES.map(({ name, fresh }) => [name, fresh] as const))('killed on %s', (name, fresh) => {
  /** so many kills of servers on one store; how many messages they were given */
  const round = async (env: Store['env'], most: number): Promise<number> => {
    let server: Promise<ServerProcess> = startServer(scripts.cli, env);
    const address = async () => (await server).address;
    await isReady(await address());
    let over = false;
    const clients = await Promise.all(
      Array.from({ length: LOAD.conversations }, () => DirectLineClient.start(address)),
    );
    const posted = clients.map(() => [] as string[]);
    const talking = clients.map(async (client, n) => {
      for (let i = 0; !over; i += 1)
        posted[n]!.push(await client.post(QUESTIONS[i % QUESTIONS.length]!, `c${n}-m${i}`));
    });
    for (let kills = 0; kills < most; kills += 1) {
      const before = posted.flat().length;
      const wanted = 1 + ((kills * 7919) % LOAD.messages);
      await eventually(async () => (posted.flat().length >= before + wanted ? true : undefined), 60_000);
      const killed = (await server).kill();
      server = killed.then(() => startServer(scripts.cli, env));
      await server;
    }
    over = true;
    await Promise.all(talking);
    for (const [n, client] of clients.entries()) {
      // a server that was killed all the time may be far behind, but it gets on
      for (let answered = -1; answered < posted[n]!.length; )
        answered = await eventually(async () => {
          const ids = new Set((await client.activities()).map(({ replyToId }) => replyToId));
          const now = posted[n]!.filter((id) => ids.has(id)).length;
          return now > answered ? now : undefined;
        }, 60_000);
      expectAnsweredOnce(await client.activities(), posted[n]!);
    }
    await (await server).kill('SIGTERM');
    return posted.flat().length;
  };

  test(
    `${KILLS} times at random moments under load: every accepted message is answered exactly once, none is lost`,
    async () => {
      for (let done = 0; done < KILLS; done += ROUND) {
        const store = await fresh();
        if (!store) return console.warn(`not exercised, there is no server: ${name}`);
        const kills = Math.min(ROUND, KILLS - done);
        expect(await round(store.env, kills).finally(() => store.remove())).toBeGreaterThan(kills);
        if (KILLS > ROUND) process.stderr.write(`${done + kills} of ${KILLS} kills\n`);
      }
    },
    60_000 + KILLS * 20_000,
  );
});
