import type { Pdu } from 'smpp';
import type { Finding, Ports } from '../../../core/channel';
import type { Receipt } from '../../../core/events';
import { phoneOf, serviceOf } from '../phone';
import { heard, type Provider, receiptOf } from '../provider';
import type { SmsSettings } from '../settings';
import { Hearing } from '../smpp/hearing';
import { Joining, partOf, textOf } from '../smpp/joining';
import { type Link, openLink } from '../smpp/link';
import { receiptIn } from '../smpp/receipt';
import { Sending } from '../smpp/sending';
import type { Sms } from '../wire';

const MO = 'smpp:mo';
const RECEIPT = 'smpp:receipt';
/** What of a deliver_sm goes into the house: our own words, made below. */
type Delivered = { id: string; phone: string } & ({ text: string; service: string } | { receipt: Receipt });

type Hear = Parameters<NonNullable<Provider['listen']>>[0];

/** SMPP 3.4 over the `smpp` package, which is loaded when the link is opened. */
export const smppProvider = (settings: SmsSettings, ports: Ports): Provider | undefined => {
  const { SMS_SMPP_URL: address, SMS_SMPP_SYSTEM_ID: systemId } = settings;
  if (!address || !systemId) return undefined;
  const url = new URL(address);
  const tls = url.protocol === 'ssmpp:';
  const sending = new Sending(ports.wait);
  const hearing = new Hearing(ports.clock);
  let link: Link | undefined;

  const listen = async (hear: Hear): Promise<() => Promise<void>> => {
    const smpp = await import('smpp');
    const stopping = new AbortController();
    const joining = new Joining(ports, stopping.signal);

    const tell = (path: string, delivered: Delivered) =>
      hear({ method: 'POST', url: path, headers: {}, body: Buffer.from(JSON.stringify(delivered)) });

    const tellMessage = async (session: number, phone: string, service: string, text: string, ref: string) => {
      const named = hearing.name(session, [phone, service, ref, text]);
      await tell(MO, { id: named.id, phone, service, text });
      named.answered();
    };

    const tellReceipt = async (phone: string, pdu: Pdu, text: string) => {
      const receipt = receiptIn(pdu, text);
      const about = receipt && (await sending.about(phone, receipt));
      if (!receipt || !about) return;
      const { state, why, ids } = receipt;
      await tell(RECEIPT, { id: ids[0]!, phone, receipt: { state, ...about, ...(why && { why }) } });
    };

    const onDelivery = async (pdu: Pdu, session: number): Promise<number> => {
      const text = textOf(pdu);
      const phone = phoneOf(pdu.source_addr);
      const service = serviceOf(pdu.destination_addr) ?? '';
      if (!phone) return 0;
      if ((Number(pdu.esm_class) & 0x3c) === 0x04) {
        await tellReceipt(phone, pdu, text);
        return 0;
      }
      const part = partOf(pdu);
      if (!part) {
        if (text) await tellMessage(session, phone, service, text, '');
        return 0;
      }
      const key = `${phone} ${service} ${part.ref} ${part.total}`;
      await joining.add(key, part, text, (whole) => tellMessage(session, phone, service, whole, String(part.ref)));
      return 0;
    };

    const opened = openLink(
      smpp,
      {
        host: url.hostname,
        port: Number(url.port) || (tls ? 3550 : 2775),
        tls,
        bind: {
          system_id: systemId,
          password: settings.SMS_SMPP_PASSWORD ?? '',
          system_type: settings.SMS_SMPP_SYSTEM_TYPE,
          interface_version: 0x34,
        },
        window: settings.SMS_SMPP_WINDOW,
      },
      ports,
      onDelivery,
    );
    link = opened;
    return async () => {
      link = undefined;
      await opened.stop();
      stopping.abort();
    };
  };

  return {
    hooks: [],
    takes: ({ url }) => url === MO || url === RECEIPT,
    // made by ourselves out of what the bound session brought; no HTTP request has such an address
    verify: () => ({ is: 'genuine' }),
    read({ url, body }) {
      let told: Delivered;
      try {
        told = JSON.parse(body.toString('utf8'));
      } catch {
        return [];
      }
      if (typeof told?.id !== 'string' || !phoneOf(told.phone)) return [];
      if (url === RECEIPT) return 'receipt' in told ? [receiptOf(told.id, told.phone, told.receipt)] : [];
      return 'text' in told && typeof told.text === 'string'
        ? [heard(told.id, told.phone, told.text, { provider: 'smpp', service: told.service })]
        : [];
    },
    listen,
    async send(phone: string, { text }: Sms, sendKey: string, route) {
      if (!link?.isBound()) return { is: 'later', afterMs: 5_000, why: 'the SMSC is not connected' };
      const source = route?.service || settings.SMS_SMPP_SOURCE || settings.SMS_SHORT_CODE || '';
      return sending.send(link, source, phone, text, sendKey);
    },
    async check() {
      const findings: Finding[] = [];
      if (!settings.SMS_SMPP_SOURCE && !settings.SMS_SHORT_CODE)
        findings.push({ is: 'wrong', what: 'SMS_SMPP_SOURCE or SMS_SHORT_CODE: messages need a sender' });
      findings.push({
        is: 'todo',
        what: `SMPP: have the SMSC let this server bind, window ${settings.SMS_SMPP_WINDOW}`,
      });
      return findings;
    },
  };
};
