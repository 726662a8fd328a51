import type { Activity } from '../../core/activity';
import type { Abilities, Bot, Channel } from '../../core/channel';
import { shape } from '../shape';
import { unconnected } from '../unconnected';
import { phoneOf } from './phone';
import { PROVIDERS, type Provider, type ProviderName, routeFrom } from './provider';
import { esms } from './providers/esms';
import { smppProvider } from './providers/smpp';
import { speedsms } from './providers/speedsms';
import { vcom } from './providers/vcom';
import { segmentsOf } from './segments';
import { SETTINGS, type SmsSettings } from './settings';
import { type Sms, smsOf } from './wire';

export const ABILITIES: Abilities = {
  // one MT per MO: long answers are concatenated by the network, never sent as two messages
  textLimit: 10_000,
  choices: 'none',
  maxChoices: 0,
  pictures: false,
  tables: false,
  unaccented: true,
  oneReply: true,
  gatherMs: 0,
  cost: 'paid',
  honoursSendKey: false,
  readsLog: false,
};

/** One SMS as `chat --channel sms` shows it, with the segments that it takes. */
export const preview = (activity: Activity): Activity[] =>
  shape(activity, ABILITIES).map((message) => ({ ...message, channelData: { ...segmentsOf(message.text ?? '') } }));

const MAKERS: Record<ProviderName, (...given: Parameters<typeof esms>) => Provider | undefined> = {
  esms,
  vcom,
  speedsms,
  smpp: smppProvider,
};

/** SMS over every provider whose keys are set; an answer goes back the way its MO came. */
export const sms: Bot<Sms> = {
  abilities: ABILITIES,
  settings: SETTINGS,
  connect(given, ports) {
    const settings = given as SmsSettings;
    const abilities = { ...ABILITIES, unaccented: !settings.SMS_ACCENTED };
    const render = (activity: Activity) => smsOf(activity, abilities);
    const providers = new Map(
      PROVIDERS.flatMap((name) => {
        const made = MAKERS[name](settings, ports);
        return made ? [[name, made] as const] : [];
      }),
    );
    if (providers.size === 0) {
      const { send, ...rest } = unconnected('sms', abilities);
      return { ...rest, render, send: (address, { text }, key) => send(address, { type: 'message', text }, key) };
    }
    const all = [...providers.values()];
    const listening = all.filter(({ listen }) => listen);
    const mt = settings.SMS_MT ?? PROVIDERS.find((name) => name !== 'vcom' && providers.get(name)?.send);

    return {
      name: 'sms',
      abilities,
      hooks: all.flatMap(({ hooks }) => hooks),
      verify: (request) =>
        all.find((provider) => provider.takes(request))?.verify(request) ?? { is: 'refused', why: 'no provider' },
      read: (request) => all.find((provider) => provider.takes(request))?.read(request) ?? [],
      render,
      async send(address, wire, sendKey) {
        const phone = phoneOf(address.person);
        if (!phone) return { is: 'refused', code: 'NO_PHONE', why: 'the address is no phone number' };
        const route = routeFrom(address.route);
        const by = providers.get(route?.provider ?? ('' as ProviderName));
        const send = by?.send ?? (mt && providers.get(mt)?.send);
        if (!send) return { is: 'refused', code: 'NOT_SET_UP', why: 'no provider carries messages' };
        return send(phone, wire, sendKey, by?.send ? route : undefined);
      },
      ...(listening.length > 0 && {
        listen: async (hear: Parameters<NonNullable<Channel['listen']>>[0]) => {
          const stops = await Promise.all(listening.map(({ listen }) => listen!(hear)));
          return async () => {
            await Promise.all(stops.map((stop) => stop()));
          };
        },
      }),
      check: async () => (await Promise.all(all.map((provider) => provider.check()))).flat(),
    };
  },
};
