import { startGraph } from '../fakes/graph';
import { FakeEsms } from '../fakes/sms-http';
import { FakeTelegram } from '../fakes/telegram';
import { VirtualClock } from '../fakes/virtual-clock';
import { startZalo } from '../fakes/zalo';

const TICK_MS = 50;
const TELEGRAM_SECRET = 'webhook-secret-of-the-fake';

/** Every platform as a fake whose time runs with the wall clock, and the settings of a server that uses them. */
export const startPlatforms = async () => {
  const begun = Date.now();
  const clock = new VirtualClock(begun);
  const zalo = await startZalo({ clock });
  const graph = await startGraph({ now: begun });
  const telegram = new FakeTelegram();
  const telegramBase = await telegram.start();
  const esms = await new FakeEsms().open();
  await telegram.clock.advance(wholeSeconds(begun - telegram.clock.now().getTime()));

  let going = true;
  const running = (async () => {
    while (going) {
      await new Promise((next) => setTimeout(next, TICK_MS));
      const now = Date.now();
      graph.advance(now - graph.now());
      await Promise.all([
        clock.advance(now - clock.now().getTime()),
        telegram.clock.advance(wholeSeconds(now - telegram.clock.now().getTime())),
        graph.hooks.due() > 0 && graph.hooks.deliver(),
      ]).catch(() => {
        // the house is not there yet, or no longer
      });
    }
  })();

  return {
    zalo,
    graph,
    telegram,
    esms,
    telegramSecret: TELEGRAM_SECRET,
    settings: {
      ...zalo.settings(),
      MESSENGER_APP_ID: graph.app.id,
      MESSENGER_APP_SECRET: graph.app.secret,
      MESSENGER_VERIFY_TOKEN: graph.verifyToken,
      MESSENGER_PAGE_TOKEN: graph.page.token,
      GRAPH_API_BASE: graph.base,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_WEBHOOK_SECRET: TELEGRAM_SECRET,
      TELEGRAM_API_BASE: telegramBase,
      SMS_ESMS_PRIVATE_KEY: esms.keys.privateKey,
      SMS_ESMS_CPID: esms.keys.cpid,
      SMS_ESMS_API_KEY: esms.keys.apiKey,
      SMS_ESMS_SECRET_KEY: esms.keys.secretKey,
      SMS_ESMS_BRANDNAME: 'DOMDOM',
      SMS_ESMS_API_BASE: esms.address,
    },
    /** tells the platforms where the server is, as an operator does in their consoles */
    async register(server: string): Promise<void> {
      esms.house = server;
      telegram.webhook = { url: `${server}/hooks/telegram`, secret_token: TELEGRAM_SECRET };
      const zaloTakes = await zalo.webhook.register(`${server}/hooks/zalo`);
      const graphTakes = await graph.hooks.subscribe(`${server}/hooks/messenger`, graph.verifyToken);
      if (!zaloTakes || !graphTakes) throw new Error('the server does not take a webhook');
    },
    async close(): Promise<void> {
      going = false;
      await running;
      await Promise.all([zalo.close(), graph.stop(), telegram.stop(), esms.close()]);
    },
  };
};

export type Platforms = Awaited<ReturnType<typeof startPlatforms>>;

const wholeSeconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000) * 1000);
