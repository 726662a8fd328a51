import { FakeConnector } from '../fakes/bot-connector';
import { startGraph } from '../fakes/graph';
import { FakeTelegram } from '../fakes/telegram';
import { VirtualClock } from '../fakes/virtual-clock';
import { startZalo } from '../fakes/zalo';
import { esmsPlatform, vcomPlatform } from './paid-platforms';
import type { Platform } from './platform';
import { webPlatform } from './web-platform';

const MINUTE = 60_000;

const zaloPlatform = async (): Promise<Platform> => {
  const clock = new VirtualClock(Date.now());
  const zalo = await startZalo({ clock });
  const settings = zalo.settings();
  const brought = new Map<number, Record<string, unknown>[]>();
  const idOf = (person: number) => `24684588352919${String(person).padStart(4, '0')}`;
  return {
    name: 'zalo',
    settings,
    async house(address) {
      if (!(await zalo.webhook.register(`${address}/hooks/zalo`))) throw new Error('the webhook was not taken');
    },
    async says(person, text) {
      const event = await zalo.person(idOf(person)).says(text);
      brought.set(person, [event, ...(brought.get(person) ?? [])]);
    },
    // the second rung of its ladder
    later: () => clock.advance(6 * MINUTE),
    async again(person) {
      for (const event of brought.get(person) ?? []) await zalo.webhook.deliver(event);
    },
    keepsSilent: () => zalo.hosts.oa.fail('/v3.0/oa/message/cs', 'hang'),
    shown: async (person) =>
      zalo
        .person(idOf(person))
        .heard()
        .map(({ message }) => message.text ?? ''),
    close: () => zalo.close(),
  };
};

const messengerPlatform = async (): Promise<Platform> => {
  const graph = await startGraph({ now: Date.now() });
  const personOf = (person: number) => graph.person(String(7_340_226_000_000 + person));
  return {
    name: 'messenger',
    settings: {
      MESSENGER_APP_ID: graph.app.id,
      MESSENGER_APP_SECRET: graph.app.secret,
      MESSENGER_VERIFY_TOKEN: graph.verifyToken,
      MESSENGER_PAGE_TOKEN: graph.page.token,
      GRAPH_API_BASE: graph.base,
    },
    async house(address) {
      if (!(await graph.hooks.subscribe(`${address}/hooks/messenger`, graph.verifyToken)))
        throw new Error('the webhook was not taken');
    },
    async says(person, text) {
      personOf(person).says(text);
      await graph.hooks.deliver();
    },
    async later() {
      graph.advance(6 * MINUTE);
      // every POST twice, the newest first, and with them the echoes of what we said
      while (graph.hooks.due() > 0) await graph.hooks.deliver({ twice: true, backwards: true });
    },
    async again() {
      await graph.hooks.replay();
    },
    keepsSilent: () => graph.trouble({ silent: 'after' }),
    shown: async (person) => personOf(person).shown.map(({ text }) => text ?? ''),
    close: () => graph.stop(),
  };
};

const telegramPlatform = async (): Promise<Platform> => {
  const telegram = new FakeTelegram();
  const base = await telegram.start();
  const secret = 'webhook-secret-of-the-fake';
  const brought = new Map<number, Record<string, unknown>[]>();
  const chatOf = (person: number) => 770_000 + person;
  await telegram.clock.advance(Math.floor((Date.now() - telegram.clock.now().getTime()) / 1000) * 1000);
  return {
    name: 'telegram',
    settings: { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_API_BASE: base },
    async house(address) {
      telegram.webhook = { url: `${address}/hooks/telegram`, secret_token: secret };
    },
    async says(person, text) {
      const update = telegram.message(chatOf(person), { text });
      brought.set(person, [update, ...(brought.get(person) ?? [])]);
      await telegram.deliver(update);
    },
    later: () => telegram.clock.advance(6 * MINUTE),
    async again(person) {
      for (const update of brought.get(person) ?? []) await telegram.deliver(update);
    },
    keepsSilent: () => void telegram.faults.push({ method: 'sendMessage', breaks: 'silent' }),
    shown: async (person) => telegram.sent(chatOf(person)).map(({ text, caption }) => String(text ?? caption ?? '')),
    close: () => telegram.stop(),
  };
};

const connectorPlatform = async (): Promise<Platform> => {
  const connector = new FakeConnector();
  const base = await connector.start();
  const brought = new Map<number, Record<string, unknown>[]>();
  let address = '';
  let untaken: Record<string, unknown>[] = [];
  let serial = 0;
  const bring = async (activity: Record<string, unknown>) => {
    const answer = await fetch(`${address}/api/messages`, {
      method: 'POST',
      headers: { authorization: connector.authorization(), 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    }).catch(() => undefined);
    if (!answer?.ok) untaken.push(activity);
  };
  return {
    name: 'botframework',
    settings: {
      MicrosoftAppId: connector.app.id,
      MicrosoftAppPassword: connector.app.password,
      ToChannelFromBotLoginUrl: base,
      ToBotFromChannelOpenIdMetadataUrl: `${base}/openid`,
    },
    async house(at) {
      address = at;
    },
    async says(person, text) {
      const timestamp = new Date().toISOString();
      const activity = connector.activity({ text, id: `m${(serial += 1)}`, timestamp }, `u${person}`);
      brought.set(person, [activity, ...(brought.get(person) ?? [])]);
      await bring(activity);
    },
    async later() {
      const again = untaken.reverse();
      untaken = [];
      for (const activity of again) await bring(activity);
    },
    async again(person) {
      for (const activity of brought.get(person) ?? []) await bring(activity);
    },
    keepsSilent: () => void connector.faults.push('silent'),
    shown: async (person) =>
      connector.taken
        .filter(({ conversation, activity }) => conversation === `conv-u${person}` && activity.type === 'message')
        .map(({ activity }) => String(activity.text ?? '')),
    close: () => connector.stop(),
  };
};

/** The widget, and the platforms that call a webhook of ours, each of these a real server on its own port. */
export const startPlatforms = (): Promise<Platform[]> =>
  Promise.all([
    zaloPlatform(),
    messengerPlatform(),
    telegramPlatform(),
    connectorPlatform(),
    esmsPlatform(),
    vcomPlatform(),
    webPlatform(),
  ]);
