import { FakeEsms, FakeVcom } from '../fakes/sms-http';
import type { Platform } from './platform';

/** What a provider was not told that we took, it brings again. Two answers to one message are a failure of the house. */
const bringing = (ask: (person: number, n: number, text: string) => Promise<unknown>) => {
  const brought = new Map<number, string[]>();
  let untaken: (() => Promise<void>)[] = [];
  const bring = (person: number, n: number, text: string): Promise<void> =>
    ask(person, n, text).then(
      () => {},
      (error: Error) => {
        if (error.message.startsWith('two answers')) throw error;
        untaken.push(() => bring(person, n, text));
      },
    );
  return {
    says(person: number, text: string) {
      const texts = [...(brought.get(person) ?? []), text];
      brought.set(person, texts);
      return bring(person, texts.length, text);
    },
    async later() {
      const again = untaken.reverse();
      untaken = [];
      for (const one of again) await one();
    },
    async again(person: number) {
      for (const [n, text] of [...(brought.get(person) ?? []).entries()].reverse()) await bring(person, n + 1, text);
    },
  };
};

const phoneOf = (person: number) => String(84_912_000_000 + person);

/** The reply travels in the answer to the request, so nothing of it is ever in flight. */
export const esmsPlatform = async (): Promise<Platform> => {
  const esms = await new FakeEsms().open();
  return {
    name: 'sms by eSMS',
    settings: {
      SMS_ESMS_PRIVATE_KEY: esms.keys.privateKey,
      SMS_ESMS_API_KEY: esms.keys.apiKey,
      SMS_ESMS_SECRET_KEY: esms.keys.secretKey,
      SMS_ESMS_BRANDNAME: 'EVNCPC',
      SMS_ESMS_API_BASE: esms.address,
    },
    async house(address) {
      esms.house = address;
    },
    ...bringing((person, n, content) => {
      const sender = phoneOf(person);
      return esms.mo({ sender, content, smsid: `S-${sender}-${n}` });
    }),
    keepsSilent() {},
    shown: (person) => esms.shown(phoneOf(person)),
    close: () => esms.close(),
  };
};

export const vcomPlatform = async (): Promise<Platform> => {
  const vcom = await new FakeVcom().open();
  return {
    name: 'sms by V-COM',
    settings: {
      SMS_VCOM_CLIENT_ID: vcom.keys.client,
      SMS_VCOM_SECURE_KEY: vcom.keys.secureKey,
      SMS_VCOM_API_BASE: vcom.address,
    },
    async house(address) {
      vcom.house = address;
    },
    ...bringing(async (person, n, message) => {
      // numbers of their own: what is listed shows the last three digits
      const phone = phoneOf(person + 500);
      await vcom.mo({ phone, message, request: `R-${phone}-${n}` });
    }),
    keepsSilent: () => void vcom.faults.push('silent'),
    drops: () => void vcom.faults.push('dropped'),
    shown: (person) => vcom.shown(phoneOf(person + 500)),
    close: () => vcom.close(),
  };
};
