import { zalo } from '../../bots/zalo';
import { openEmbedded, openMongo, storesOf } from '../../data';

/**
 * A process of the tests that sends: `node zalo-process.js <dir or uri> <name> <settings as JSON> <sends> <ms that its clock is ahead> <ms between sends>`. It prints one
 * line for each outcome, and each alarm.
 */
const run = async (
  where: string,
  name: string,
  settings: string,
  sends: number,
  ahead: number,
  restMs: number,
): Promise<void> => {
  const engine = await (where.startsWith('mongodb') ? openMongo({ uri: where }) : openEmbedded({ dir: where }));
  const stores = storesOf(engine, 'sample');
  const clock = () => new Date(Date.now() + ahead);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const rest = (ms: number) => new Promise<void>((go) => setTimeout(go, ms));
  const channel = zalo.connect(JSON.parse(settings), {
    clock,
    fetch,
    tokens: stores.tokens({ by: name, clock }),
    utility: undefined as never,
    publicUrl: () => undefined,
    picture: async () => undefined,
    alarm: (what, facts) => say(`alarm ${what} ${JSON.stringify(facts ?? {})}`),
    wait: rest,
    deadline: (ms) => AbortSignal.timeout(ms),
  });
  const address = { channel: 'zalo' as const, conversation: '24684588', person: '24684588' };
  for (let n = 0; n < sends; n += 1) {
    const delivery = await channel.send(address, { kind: 'message', text: `${name} ${n}` }, `${name}:${n}`);
    say(`${delivery.is} ${'why' in delivery ? delivery.why : ''}`);
    await rest(restMs);
  }
  await stores.close();
};

const [where, name, settings, sends, ahead, restMs] = process.argv.slice(2);
if (where && name && settings && require.main === module)
  void run(where, name, settings, Number(sends), Number(ahead), Number(restMs));
