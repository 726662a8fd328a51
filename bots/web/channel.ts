import type { Activity } from '../../core/activity';
import type { Abilities, Channel, RawRequest } from '../../core/channel';
import { clientIdOf, heard, idOf, parseObject } from './inbound';
import { type Holder, same, type Tokens } from './tokens';

export interface Keys {
  tokens: Tokens;
  /** whoever holds it speaks for any conversation (Direct Line's own rule) */
  secret?: string;
}

/** The conversation that a request's path names. */
const conversationOf = (url: string): string | undefined => /\/conversations\/([\w-]+)/.exec(url)?.[1];

export const bearerOf = (headers: RawRequest['headers']): string | undefined => {
  const header = headers.authorization;
  return typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header)?.[1] : undefined;
};

export type Standing =
  | { is: 'holder'; holder: Holder }
  | { is: 'expired'; holder: Holder; seconds: number }
  | { is: 'stranger' }
  | { is: 'unknown' };

/** Who may speak in a conversation: the holder of its token, or of the secret. `unknown`: not a conversation of ours. */
export const standing = ({ tokens, secret }: Keys, bearer: string | undefined, conversation: string): Standing => {
  if (bearer === undefined) return { is: 'stranger' };
  if (secret !== undefined && same(bearer, secret))
    return tokens.isConversation(conversation)
      ? { is: 'holder', holder: { conversation, user: tokens.userOf(conversation) } }
      : { is: 'unknown' };
  const verdict = tokens.check(bearer);
  if (verdict.is === 'bad') return { is: 'stranger' };
  // A token of another conversation is told what an expired one is told: get a new one.
  if (verdict.holder.conversation !== conversation) return { is: 'expired', holder: verdict.holder, seconds: Infinity };
  return verdict.is === 'good' ? { is: 'holder', holder: verdict.holder } : verdict;
};

export const ABILITIES: Abilities = {
  textLimit: Number.MAX_SAFE_INTEGER,
  choices: 'buttons',
  maxChoices: 13,
  pictures: true,
  tables: true,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  cost: 'free',
  honoursSendKey: true,
  readsLog: true,
};

/**
 * The web channel: POST /v3/directline/conversations/:id/activities in, the durable log out. Clients stream replies from the log,
 * so whatever is kept is sent, and nothing needs splitting. Without keys (rendering only) every request is refused.
 */
export const webChannel = (keys?: Keys): Channel<Activity> => ({
  name: 'web',
  abilities: ABILITIES,
  hooks: [],
  verify(request) {
    const conversation = conversationOf(request.url);
    if (!keys || !conversation) return { is: 'refused', why: 'no conversation' };
    const who = standing(keys, bearerOf(request.headers), conversation);
    return who.is === 'holder' ? { is: 'genuine' } : { is: 'refused', why: who.is };
  },
  read(request) {
    const conversation = conversationOf(request.url);
    const raw = parseObject(request.body);
    if (!keys || !conversation || !raw) return [];
    const who = standing(keys, bearerOf(request.headers), conversation);
    if (who.is !== 'holder') return [];
    const given = clientIdOf(raw);
    if (given === null) return [];
    const clientId = given ?? String(request.headers['x-request-id'] ?? request.body.toString('base64'));
    return heard(raw, who.holder, idOf(conversation, clientId));
  },
  render: (activity) => [activity],
  send: async (_address, wire) => ({ is: 'accepted', platformId: wire.id }),
});
