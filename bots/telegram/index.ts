import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Abilities, Address, Bot, Channel, Delivery, Ports } from '../../core/channel';
import { webAddress } from '../../core/setting';
import { unconnected } from '../unconnected';
import { apiAt, type Call, deliveryOf, failureOf } from './api';
import { pollWith } from './poll';
import { readUpdate } from './read';
import { renderWith, type Wire } from './render';
import { HOOK, setupOver } from './setup';

export type { Wire } from './render';

const abilities: Abilities = {
  textLimit: 4096,
  choices: 'buttons',
  maxChoices: 20,
  pictures: true,
  tables: false,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  cost: 'free',
  pace: { perSecond: 30 },
  honoursSendKey: false,
  readsLog: false,
};

const SETTINGS = {
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^[\w:-]{5,100}$/, 'must be a token such as 123456:ABC…')
    .optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'must be 16 to 256 letters, digits, _ or -')
    .optional(),
  TELEGRAM_API_BASE: webAddress().default('https://api.telegram.org'),
};
type Settings = z.infer<z.ZodObject<typeof SETTINGS>>;

const render = renderWith(abilities);
const digest = (text: string) => createHash('sha256').update(text).digest();

/** With a webhook secret Telegram calls us; without one, as in development, we poll. */
const connect = (settings: Record<string, unknown>, ports: Ports): Channel<Wire> => {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_API_BASE: base } = settings as Settings;
  if (!token) return { ...(unconnected('telegram', abilities) as unknown as Channel<Wire>), render };
  const call = apiAt(token, base, ports);
  const expected = secret && digest(secret);
  return {
    name: 'telegram',
    abilities,
    hooks: secret ? [{ path: HOOK }] : [],
    verify({ method, headers }) {
      const given = headers['x-telegram-bot-api-secret-token'];
      if (!expected || method !== 'POST' || typeof given !== 'string') return { is: 'refused', why: 'no secret token' };
      return timingSafeEqual(digest(given), expected)
        ? { is: 'genuine' }
        : { is: 'refused', why: 'wrong secret token' };
    },
    read: readUpdate,
    render,
    send: sendOver(call, ports),
    async acknowledge({ channelData }) {
      const callback = channelData?.callback;
      if (typeof callback === 'string') await call('answerCallbackQuery', { callback_query_id: callback });
    },
    ...(!secret && { listen: pollWith(call, ports) }),
    ...setupOver({ call, ports, ...(secret && { secret }) }),
  };
};

const sendOver = (call: Call, ports: Pick<Ports, 'picture' | 'publicUrl' | 'alarm'>): Channel<Wire>['send'] => {
  const attempt = async (
    chat: Address['conversation'],
    { method, ...payload }: { method: string },
  ): Promise<Delivery> => {
    if (!Number.isSafeInteger(Number(chat)))
      return { is: 'refused', code: 'NO_SUCH_CHAT', why: 'this is no chat of Telegram' };
    try {
      const said = await call<{ message_id?: number } | true>(method, { chat_id: Number(chat), ...payload });
      const id = said === true ? undefined : said.message_id;
      return { is: 'accepted', ...(id !== undefined && { platformId: String(id) }) };
    } catch (error) {
      const failure = failureOf(error);
      const delivery = deliveryOf(failure);
      if (failure.status === 401 || failure.status === 404)
        ports.alarm('Telegram does not accept the token of the bot');
      else if (failure.status === 400) ports.alarm('Telegram takes a message for malformed', { why: delivery.why });
      return delivery;
    }
  };
  return async ({ conversation }, wire) => {
    if (wire.method !== 'sendPhoto') return attempt(conversation, wire);
    const { alt, photo, ...rest } = wire;
    const inWords = { method: 'sendMessage', text: [rest.caption, alt].filter(Boolean).join('\n') || '…' };
    const words = { ...inWords, ...(rest.reply_markup && { reply_markup: rest.reply_markup }) };
    const own = await ports.picture(photo);
    const address = /^https?:\/\//.test(photo) ? photo : ports.publicUrl(photo);
    if (!own && !address) return attempt(conversation, words);
    const picture = own ? { source: own.bytes, filename: photo.split('/').at(-1) } : address;
    const delivery = await attempt(conversation, { ...rest, photo: picture } as never);
    return delivery.is === 'refused' && delivery.code === 'BAD_PICTURE' ? attempt(conversation, words) : delivery;
  };
};

export const telegram: Bot<Wire> = { abilities, settings: SETTINGS, connect };
