import { createHash } from 'node:crypto';
import type { Delivery, Ports } from '../../core/channel';
import type { ZaloApi } from './api';
import { errorOf } from './errors';
import type { Fields } from './ids';
import { SIZES } from './limits';
import { deliveryOf } from './outcome';
import { phoneOf } from './phone';
import type { TemplateWire } from './wire';

export type TemplateDelivery = Delivery & {
  /** the message did not get there, and an SMS may take its place */
  smsInstead?: true;
};

/** Our key as the platform takes it: at most 48 characters. Receipts by phone carry it back. */
export const trackingIdOf = (sendKey: string): string =>
  /^[\w.:-]+$/.test(sendKey) && sendKey.length <= SIZES.trackingId
    ? sendKey
    : createHash('sha256').update(sendKey).digest('hex').slice(0, SIZES.trackingId);

/** A ZBS template: by phone on its own host, by user id (cheaper) on the OA's, where no tracking id is accepted (UNSURE). */
export const sendTemplate = async (
  api: ZaloApi,
  ports: Pick<Ports, 'clock' | 'alarm'>,
  { to, template, data, trial }: TemplateWire,
  sendKey: string,
): Promise<TemplateDelivery> => {
  const common: Fields = { template_id: template, template_data: data };
  if ('user' in to) {
    const body = { user_id: to.user, ...common };
    return deliveryOf(await api.call({ host: 'oa', path: '/v3.0/oa/message/template', body }), ports);
  }
  const hashed = /^[0-9a-f]{64}$/.test(to.phone);
  const phone = hashed ? to.phone : phoneOf(to.phone);
  if (!phone) return { is: 'refused', code: '-108', why: 'the phone is invalid' };
  const answer = await api.call({
    host: 'zbs',
    path: hashed ? '/message/template/hashphone' : '/message/template',
    body: {
      ...(hashed ? { hash_phone: phone } : { phone }),
      ...common,
      tracking_id: trackingIdOf(sendKey),
      ...(trial && { mode: 'development' }),
    },
  });
  const delivery = deliveryOf(answer, ports);
  return answer.is === 'error' && errorOf('zbs', answer.code).sms ? { ...delivery, smsInstead: true } : delivery;
};
