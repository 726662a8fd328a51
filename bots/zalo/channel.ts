import type { Address, Channel, Delivery, Ports, RawRequest } from '../../core/channel';
import { type ZaloApi, zaloApi } from './api';
import { findingsOf } from './check';
import { errorOf } from './errors';
import { ANONYMOUS, readEvent, staffNotice } from './events';
import type { Fields } from './ids';
import { deliveryOf } from './outcome';
import { picturesThrough } from './pictures';
import type { ZaloSettings } from './settings';
import { ABILITIES } from './settings';
import { verifySignature } from './signature';
import { tapsUnder } from './taps';
import { sendTemplate } from './templates';
import { type ConsultationWire, messageOf, plainTextOf, rendererOf, type ZaloWire } from './wire';

export const PATH = '/hooks/zalo';
const QUIET_MS = 600_000;

/** The Official Account as a channel. */
export const zaloChannel = (settings: ZaloSettings, lent: Ports): Channel<ZaloWire> => {
  const ports = { ...lent, alarm: calm(lent) };
  const { ZALO_APP_ID: appId, ZALO_APP_SECRET: appSecret, ZALO_OA_SECRET: oaSecret, ZALO_OA_ID: oaId } = settings;
  const api = zaloApi({
    appId,
    appSecret,
    refreshToken: settings.ZALO_REFRESH_TOKEN,
    oauthBase: settings.ZALO_OAUTH_BASE,
    apiBase: settings.ZALO_API_BASE,
    zbsBase: settings.ZALO_ZBS_BASE,
    ports,
  });
  const taps = tapsUnder(oaSecret);
  const picture = picturesThrough(api, ports);
  const check = () => findingsOf(api, settings, ports);

  const verify = (request: RawRequest) => {
    const verdict = verifySignature(request, { appId, secrets: [oaSecret, appSecret] });
    if (verdict.is === 'refused')
      ports.alarm('a request to the Zalo webhook was refused; after two hours of refusals Zalo disables it', {
        why: verdict.why,
      });
    return verdict;
  };

  return {
    name: 'zalo',
    abilities: ABILITIES,
    hooks: [
      {
        path: PATH,
        refused: () => ({ status: settings.ZALO_BAD_SIGNATURE === 'drop' ? 200 : 401 }),
        accepted(request) {
          const notice = staffNotice(request);
          if (notice) ports.alarm(notice.what, notice.facts);
          return { status: 200 };
        },
      },
    ],
    verify,
    read: (request) => readEvent(request, { taps, ...(oaId && { oaId }) }),
    render: rendererOf(ABILITIES, taps),
    send: (address, wire, sendKey) =>
      wire.kind === 'template' ? sendTemplate(api, ports, wire, sendKey) : consult(api, ports, picture, address, wire),
    check,
    setup: check,
  };
};

/** The same alarm at most once in ten minutes, however many messages or strangers set it off. */
const calm = ({ alarm, clock }: Pick<Ports, 'alarm' | 'clock'>): Ports['alarm'] => {
  const quietUntil = new Map<string, number>();
  return (what, facts) => {
    const key = JSON.stringify([what, facts]);
    const now = clock().getTime();
    if ((quietUntil.get(key) ?? 0) > now) return;
    if (quietUntil.size > 200) quietUntil.clear();
    quietUntil.set(key, now + QUIET_MS);
    alarm(what, facts);
  };
};

const consult = async (
  api: ZaloApi,
  ports: Ports,
  picture: ReturnType<typeof picturesThrough>,
  { person }: Address,
  wire: ConsultationWire,
): Promise<Delivery> => {
  const [, anonymous, conversation] = ANONYMOUS.exec(person) ?? [];
  if (anonymous) {
    const recipient = { anonymous_id: anonymous, conversation_id: conversation };
    const body = { recipient, message: { text: plainTextOf(wire) } };
    return deliveryOf(await api.call({ host: 'oa', path: '/v2.0/oa/message', body }), ports);
  }
  const post = (message: Fields) =>
    api.call({ host: 'oa', path: '/v3.0/oa/message/cs', body: { recipient: { user_id: person }, message } });
  if (!wire.picture) return deliveryOf(await post(messageOf(wire)), ports);

  for (const last of [false, true]) {
    const shown = await picture(wire.picture.url);
    if (shown.is === 'none') break;
    if (shown.is !== 'shown') return deliveryOf(shown, ports);
    const answer = await post(messageOf(wire, shown.element));
    const error = answer.is === 'error' ? errorOf('oa', answer.code) : undefined;
    if (error?.then === 'attachment' && !last) shown.forget?.();
    else if (error?.then === 'attachment' || (error && PICTURE_FAULTS.includes(error.code))) break;
    else return deliveryOf(answer, ports);
  }
  const text = plainTextOf(wire);
  return text ? deliveryOf(await post({ text }), ports) : { is: 'accepted' };
};

/** errors that the same message without its picture may not meet */
const PICTURE_FAULTS = [-201, -210, -233, -237, -238];
