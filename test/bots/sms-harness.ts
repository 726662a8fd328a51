import { z } from 'zod';
import { sms } from '../../bots/sms';
import type { Ports } from '../../core/channel';
import { loadUtility } from '../../data/utilities';
import { noPorts } from '../channels';
import { FakeEsms, FakeSpeedSms, FakeVcom } from '../fakes/sms-http';
import { FakeSmsc } from '../fakes/sms-smsc';
import { VirtualClock } from '../fakes/virtual-clock';

export const PUBLIC = 'https://cskh.example.vn';

/** Every SMS provider as a fake, with the settings that reach them, and ports whose time is in the test's hand. */
export const smsProviders = async () => {
  const [esms, vcom, speedsms] = await Promise.all([
    new FakeEsms().open(),
    new FakeVcom().open(),
    new FakeSpeedSms().open(),
  ]);
  const smsc = await new FakeSmsc().open();
  const clock = new VirtualClock(Date.parse('2026-03-12T02:00:00.000Z'));
  const alarms: { what: string; facts?: Record<string, unknown> }[] = [];
  const ports: Ports = {
    ...noPorts,
    clock: clock.now,
    fetch,
    utility: await loadUtility('sample'),
    publicUrl: (path) => PUBLIC + path,
    alarm: (what, facts) => alarms.push({ what, ...(facts && { facts }) }),
    wait: (ms, signal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted) return resolve();
        signal?.addEventListener('abort', () => resolve(), { once: true });
        clock.in(ms, resolve);
      }),
  };
  const settings = {
    esms: {
      SMS_ESMS_PRIVATE_KEY: esms.keys.privateKey,
      SMS_ESMS_CPID: esms.keys.cpid,
      SMS_ESMS_API_KEY: esms.keys.apiKey,
      SMS_ESMS_SECRET_KEY: esms.keys.secretKey,
      SMS_ESMS_BRANDNAME: 'EVNCPC',
      SMS_ESMS_API_BASE: esms.address,
    },
    vcom: {
      SMS_VCOM_CLIENT_ID: vcom.keys.client,
      SMS_VCOM_SECURE_KEY: vcom.keys.secureKey,
      SMS_VCOM_API_BASE: vcom.address,
    },
    speedsms: { SMS_SPEEDSMS_TOKEN: speedsms.token, SMS_SPEEDSMS_API_BASE: speedsms.address },
    smpp: {
      SMS_SMPP_URL: smsc.url,
      SMS_SMPP_SYSTEM_ID: smsc.keys.systemId,
      SMS_SMPP_PASSWORD: smsc.keys.password,
      SMS_SMPP_SOURCE: '8088',
    },
  };
  return {
    esms,
    vcom,
    speedsms,
    smsc,
    clock,
    alarms,
    ports,
    settings,
    all: { ...settings.esms, ...settings.vcom, ...settings.speedsms, ...settings.smpp },
    secrets: [esms.keys.privateKey, esms.keys.secretKey, vcom.keys.secureKey, speedsms.token, smsc.keys.password],
    connect: (given: Record<string, string>, own: Partial<Ports> = {}) =>
      sms.connect(z.object(sms.settings).parse(given), { ...ports, ...own }),
    async close() {
      await Promise.all([esms.close(), vcom.close(), speedsms.close(), smsc.close()]);
    },
  };
};
