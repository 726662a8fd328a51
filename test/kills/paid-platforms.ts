import { FakeEsms, FakeVcom } from '../fakes/sms-http';
import { bringing } from './bringing';
import type { Platform } from './platform';

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
    shown: async (person) => esms.shown(phoneOf(person)),
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
    shown: async (person) => vcom.shown(phoneOf(person + 500)),
    close: () => vcom.close(),
  };
};
