import { z } from 'zod';
import type { Activity } from '../../core/activity';
import type { Abilities, Bot, Channel, Delivery, Finding, Ports } from '../../core/channel';
import { webAddress } from '../../core/setting';
import { unconnected } from '../unconnected';
import { UNSENT } from '../unsent';
import { cloudOf } from './cloud';
import { parsed, readActivity, routeOf } from './read';
import { renderWith } from './render';

const abilities: Abilities = {
  textLimit: 10_000,
  choices: 'buttons',
  maxChoices: 6,
  pictures: true,
  tables: true,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  cost: 'free',
  honoursSendKey: false,
  readsLog: false,
};

/** Named as Bot Framework names them. */
const SETTINGS = {
  MicrosoftAppId: z.string().min(1).max(100).optional(),
  MicrosoftAppPassword: z.string().min(1).max(300).optional(),
  MicrosoftAppTenantId: z
    .string()
    .regex(/^[\w.-]+$/, 'must be a tenant')
    .default('botframework.com'),
  ToChannelFromBotLoginUrl: webAddress().default('https://login.microsoftonline.com'),
  ToBotFromChannelOpenIdMetadataUrl: webAddress().default(
    'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ),
};
type Settings = z.infer<z.ZodObject<typeof SETTINGS>>;

const HOOK = '/api/messages';
const PATIENCE_MS = 15_000;
const render = renderWith(abilities);

const connect = (settings: Record<string, unknown>, ports: Ports): Channel<Activity> => {
  const given = settings as Settings;
  const { MicrosoftAppId: id, MicrosoftAppPassword: password } = given;
  if (!id || !password) return { ...unconnected('botframework', abilities), render };
  const app = { id, password, tenant: given.MicrosoftAppTenantId, loginBase: given.ToChannelFromBotLoginUrl };
  const cloud = cloudOf(app, given.ToBotFromChannelOpenIdMetadataUrl, ports);
  return {
    name: 'botframework',
    abilities,
    hooks: [{ path: HOOK }],
    async verify({ method, headers: { authorization }, body }) {
      const activity = parsed(body);
      if (method !== 'POST' || !activity || typeof activity.channelId !== 'string')
        return { is: 'refused', why: 'no activity' };
      if (typeof authorization !== 'string' || authorization.length > 8_000 || typeof activity.serviceUrl !== 'string')
        return { is: 'refused', why: 'no token, or no service address that it could be for' };
      // its tokens are checked against settings of another hosting
      if (activity.channelId === 'AseChannel') return { is: 'refused', why: 'a channel that is not served' };
      try {
        await cloud.authenticate(activity, authorization);
        return { is: 'genuine' };
      } catch (error) {
        const { statusCode, name } = error as { statusCode?: number; name?: string };
        // the keys could not be had: the request may be genuine
        if (statusCode === 500 || name === 'FetchError') throw new Error('the keys of Bot Framework cannot be fetched');
        return { is: 'refused', why: 'the token does not verify' };
      }
    },
    read: ({ body }) => readActivity(body),
    render,
    async send({ conversation, person, route }, wire) {
      const way = routeOf(route);
      if (!way) return { is: 'refused', code: 'NO_ROUTE', why: 'nobody wrote from this conversation yet' };
      const late = ports.deadline(PATIENCE_MS);
      const patience = new Promise<never>((_, give) => {
        late.addEventListener('abort', () => give(new Error('no answer in time')), { once: true });
      });
      try {
        const platformId = await Promise.race([
          cloud.send(way, conversation, person, addressed(wire, ports)),
          patience,
        ]);
        return { is: 'accepted', ...(platformId && { platformId }) };
      } catch (error) {
        const delivery = deliveryOf(error);
        if (delivery.why === UNACCEPTED) ports.alarm('Bot Framework does not accept the app’s credentials');
        return delivery;
      }
    },
    async check(): Promise<Finding[]> {
      const found: Finding = await cloud.token().then(
        () => ({ is: 'ok', what: 'MicrosoftAppId and MicrosoftAppPassword give a token' }),
        () => ({ is: 'wrong', what: 'MicrosoftAppId and MicrosoftAppPassword give no token' }),
      );
      return [found, byHand(ports)];
    },
    async setup() {
      return this.check!();
    },
  };
};

const byHand = ({ publicUrl }: Ports): Finding => {
  const address = publicUrl(HOOK);
  return address
    ? { is: 'todo', what: `In the Azure Bot resource, Configuration: the messaging endpoint is ${address}` }
    : { is: 'wrong', what: 'PUBLIC_URL is not set, so there is no messaging endpoint to name.' };
};

/** Pictures of ours by their public address; where there is none, their alternative text. */
const addressed = (wire: Activity, { publicUrl }: Ports): Activity => {
  const words: string[] = [];
  const attachments = (wire.attachments ?? []).flatMap((one) => {
    if (!one.contentUrl || /^https?:/.test(one.contentUrl)) return [one];
    const contentUrl = publicUrl(one.contentUrl);
    if (!contentUrl && one.name) words.push(one.name);
    return contentUrl ? [{ ...one, contentUrl }] : [];
  });
  return {
    ...wire,
    ...(words.length > 0 && { text: [wire.text, ...words].filter(Boolean).join('\n') }),
    ...(wire.attachments && { attachments }),
  };
};

const UNACCEPTED = 'the app’s credentials are not accepted';

const deliveryOf = (error: unknown): Exclude<Delivery, { is: 'accepted' }> => {
  const { statusCode, code, message = '' } = (error ?? {}) as { statusCode?: number; code?: string; message?: string };
  if (statusCode === 429) return { is: 'later', afterMs: 5_000, why: '429' };
  if (statusCode === 401) return { is: 'later', afterMs: 60_000, why: UNACCEPTED };
  if (statusCode !== undefined && statusCode >= 500) return { is: 'later', afterMs: 1_000, why: String(statusCode) };
  if (statusCode === 403) return { is: 'refused', code: 'BLOCKED', why: '403' };
  if (statusCode === 404) return { is: 'refused', code: 'NO_SUCH_CHAT', why: '404' };
  if (statusCode !== undefined) return { is: 'refused', code: 'BAD_REQUEST', why: String(statusCode) };
  const unsent = [...UNSENT].find((one) => code === one || message.includes(one));
  return unsent ? { is: 'later', afterMs: 0, why: unsent } : { is: 'unsure', why: 'no answer' };
};

export const botframework: Bot<Activity> = { abilities, settings: SETTINGS, connect };
