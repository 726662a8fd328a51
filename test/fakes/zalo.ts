import { VirtualClock } from './virtual-clock';
import { serveFake } from './zalo-http';
import { fakeOa, type SentByOa } from './zalo-oa';
import { fakeOauth } from './zalo-oauth';
import { fakeWebhook, type WebhookOptions } from './zalo-webhook';
import { fakeZbs } from './zalo-zbs';

export const APP_ID = '360846524940903967';
export const APP_SECRET = 'app-secret-of-the-fake';
export const OA_SECRET = 'oa-secret-of-the-fake';
export const OA_ID = '388613280878808645';

export interface FakeZaloOptions extends Partial<Pick<WebhookOptions, 'signWith' | 'stampHeader'>> {
  clock?: VirtualClock;
  expiresIn?: string;
  named?: string;
  echo?: 'before' | 'after' | 'never';
  /** sender and recipient of receipts; some public handlers read them straight */
  receipts?: 'inverted' | 'straight' | 'never';
}

/** Zalo's platform as far as an OA meets it: three hosts on ports of their own, and the webhook. See "Fake must" of the reference. */
export const startZalo = async (options: FakeZaloOptions = {}) => {
  const clock = options.clock ?? new VirtualClock(Date.parse('2026-03-12T01:00:00.000Z'));
  const oauth = fakeOauth({
    now: clock.now,
    appId: APP_ID,
    appSecret: APP_SECRET,
    ...(options.expiresIn && { expiresIn: options.expiresIn }),
    ...(options.named && { named: options.named }),
  });
  const webhook = fakeWebhook({ clock, appId: APP_ID, oaSecret: OA_SECRET, appSecret: APP_SECRET, ...options });
  let events = 0;
  const event = (name: string, fields: Record<string, unknown>): Record<string, unknown> => ({
    app_id: APP_ID,
    event_name: name,
    // two events of one person never share a millisecond here
    timestamp: String(clock.now().getTime() + events++),
    ...fields,
  });

  /** the echo of a message of ours, and what its receiver's phone tells of it */
  const toldOf = async ({ id, to, message }: SentByOa): Promise<void> => {
    const ends = { sender: { id: OA_ID }, recipient: { id: to } };
    const anonymous = to.startsWith('anonymous:') ? 'oa_send_anonymous_text' : 'oa_send_text';
    webhook.soon(event(anonymous, { ...ends, message: { msg_id: id, text: message.text ?? '' } }));
    if (options.receipts === 'never') return webhook.settled();
    const inverted = options.receipts === 'straight' ? { sender: ends.recipient, recipient: ends.sender } : ends;
    webhook.soon(event('user_received_message', { ...inverted, message: { msg_id: id } }));
    await webhook.settled();
  };
  const oa = fakeOa({ clock, oauth, oaId: OA_ID, echo: options.echo ?? 'after', sent: toldOf });
  const zbs = fakeZbs({ clock, oauth });
  const [oauthHost, oaHost, zbsHost] = await Promise.all([
    serveFake(oauth.handle),
    serveFake(oa.handle),
    serveFake(zbs.handle),
  ]);

  let received = 0;
  /** somebody who has the OA in their Zalo */
  const person = (id: string) => {
    const one = oa.people.get(id) ?? { id, follows: true, name: `Khách ${id.slice(-3)}` };
    oa.people.set(id, one);
    const ends = { sender: { id }, recipient: { id: OA_ID }, user_id_by_app: `55${id.slice(2)}` };
    const emit = async (name: string, fields: Record<string, unknown>) => {
      one.lastInteraction = clock.now().getTime();
      const made = event(name, fields);
      await webhook.deliver(made);
      return made;
    };
    const message = (kind: string, fields: Record<string, unknown>) => {
      received += 1;
      return emit(`user_send_${kind}`, {
        ...ends,
        message: { msg_id: `${Date.UTC(2026, 0, 1)}${received}f${id.slice(-4)}`, ...fields },
      });
    };
    return {
      id,
      says: (text: string) => message('text', { text }),
      sends: (kind: string, payload: Record<string, unknown>, text?: string) =>
        message(kind, { ...(text && { text }), attachments: [{ type: kind, payload }] }),
      /** taps a button of the newest message that has one with this title */
      async taps(title: string) {
        const buttons = oa.messages
          .filter(({ to }) => to === id)
          .reverse()
          .flatMap(({ message }) =>
            message.attachment && 'buttons' in message.attachment.payload ? message.attachment.payload.buttons : [],
          );
        const found = buttons.find((button) => button.title === title);
        if (!found || !('payload' in found) || typeof found.payload !== 'string')
          throw new Error(`no button ${title}: ${buttons.map((button) => button.title).join(', ')}`);
        return message('text', { text: found.payload });
      },
      follows: () => emit('follow', { oa_id: OA_ID, follower: { id }, source: 'oa_profile' }),
      submits: (info: Record<string, unknown>) => emit('user_submit_info', { ...ends, info }),
      /** Receipts do not extend the window. */
      async sees(ids: string[]) {
        const straight = options.receipts === 'straight';
        const [from, to] = straight ? [id, OA_ID] : [OA_ID, id];
        await webhook.deliver(
          event('user_seen_message', { sender: { id: from }, recipient: { id: to }, message: { msg_ids: ids } }),
        );
      },
      /** what the OA said to this person */
      heard: () => oa.messages.filter(({ to }) => to === id),
    };
  };

  return {
    clock,
    oauth,
    oa,
    zbs,
    webhook,
    event,
    person,
    hosts: { oauth: oauthHost, oa: oaHost, zbs: zbsHost },
    /** the environment of a house that uses this platform, after the admin's consent */
    settings: (first = oauth.consent()) => ({
      ZALO_APP_ID: APP_ID,
      ZALO_APP_SECRET: APP_SECRET,
      ZALO_OA_SECRET: OA_SECRET,
      ZALO_REFRESH_TOKEN: first,
      ZALO_OAUTH_BASE: oauthHost.base,
      ZALO_API_BASE: oaHost.base,
      ZALO_ZBS_BASE: zbsHost.base,
    }),
    async close() {
      await webhook.settled();
      await Promise.all([oauthHost.close(), oaHost.close(), zbsHost.close()]);
    },
  };
};

export type FakeZalo = Awaited<ReturnType<typeof startZalo>>;
