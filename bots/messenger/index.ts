import { z } from 'zod';
import type { Abilities, Bot, Channel, Ports } from '../../core/channel';
import { webAddress, wholeNumber } from '../../core/setting';
import { unconnected } from '../unconnected';
import { commentOf } from './comments';
import { eventsOf, type Reading } from './events';
import { graphAt } from './graph';
import { GRAPH_VERSION, LIMITS } from './limits';
import { renderWith, type Wire } from './render';
import { senderOver } from './send';
import { setupOver } from './setup';
import { proofOf, verifier } from './signature';

export type { Wire } from './render';

const abilities: Abilities = {
  textLimit: LIMITS.text.is,
  choices: 'buttons',
  maxChoices: LIMITS.quickReplies.is,
  pictures: true,
  tables: false,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  replyWindowHours: 24,
  personWindowHours: 7 * 24,
  cost: 'free',
  pace: { perSecond: LIMITS.callsPerSecond.is },
  honoursSendKey: false,
  provesWithinMs: LIMITS.echoMs.is,
  readsLog: false,
};

/** A comment gets one private message, and nothing more until its author writes back there. */
const ofComments: Abilities = {
  ...abilities,
  choices: 'none',
  maxChoices: 0,
  pictures: false,
  inOne: true,
  gatherMs: 0,
};

const HOOK = '/hooks/messenger';
const flag = z.enum(['0', '1']).transform((value) => value === '1');
const appId = z.string().regex(/^\d{5,20}$/, 'must be the number of an app');

const SETTINGS = {
  MESSENGER_APP_SECRET: z.string().min(8).optional(),
  MESSENGER_VERIFY_TOKEN: z.string().min(8, 'must have at least 8 characters').optional(),
  MESSENGER_PAGE_TOKEN: z.string().min(8).optional(),
  MESSENGER_APP_ID: appId.optional(),
  MESSENGER_INBOX_APP_ID: appId.optional(),
  MESSENGER_PERSON_MINUTES: wholeNumber(0, 10_080).default(60),
  MESSENGER_COMMENTS: flag.default(true),
  MESSENGER_TIMEOUT_MS: wholeNumber(10, 60_000).default(10_000),
  GRAPH_API_BASE: webAddress().default('https://graph.facebook.com'),
  GRAPH_API_VERSION: z
    .string()
    .regex(/^v\d{1,2}\.\d$/, 'must look like v26.0')
    .default(GRAPH_VERSION),
};
type Settings = z.infer<z.ZodObject<typeof SETTINGS>>;

const connect = (settings: Record<string, unknown>, ports: Ports): Channel<Wire> => {
  const given = settings as Settings;
  const { MESSENGER_APP_SECRET: secret, MESSENGER_VERIFY_TOKEN: verifyToken, MESSENGER_PAGE_TOKEN: token } = given;
  const render = renderWith(abilities);
  if (!secret || !verifyToken || !token)
    return { ...(unconnected('messenger', abilities) as unknown as Channel<Wire>), render };
  const at = {
    base: given.GRAPH_API_BASE,
    version: given.GRAPH_API_VERSION,
    ports,
    patienceMs: given.MESSENGER_TIMEOUT_MS,
  };
  const graph = graphAt({ ...at, token, proof: proofOf(secret, token) });
  const asApp = (id: string) => graphAt({ ...at, token: `${id}|${secret}` });
  const app = given.MESSENGER_APP_ID ? { appId: given.MESSENGER_APP_ID } : {};
  const reading: Reading = {
    ...app,
    personMs: given.MESSENGER_PERSON_MINUTES * 60_000,
    comments: given.MESSENGER_COMMENTS,
  };
  return {
    name: 'messenger',
    abilities,
    abilitiesAt: ({ route }) => (commentOf(route) ? ofComments : abilities),
    hooks: [{ path: HOOK, refused: ({ method }) => ({ status: method === 'GET' ? 403 : 401 }) }],
    verify: verifier(secret, verifyToken),
    read: ({ method, body }) => (method === 'POST' ? eventsOf(body, reading) : []),
    render,
    passesThreads: given.MESSENGER_INBOX_APP_ID !== undefined,
    send: senderOver({
      graph,
      ports,
      ...(given.MESSENGER_INBOX_APP_ID && { inboxApp: given.MESSENGER_INBOX_APP_ID }),
    }),
    ...setupOver({ ...app, graph, asApp, ports, hook: HOOK, verifyToken, comments: given.MESSENGER_COMMENTS }),
  };
};

/** Facebook Messenger: a Page's conversations through the Graph API. docs/channels/messenger.md sets it up. */
export const messenger: Bot<Wire> = { abilities, settings: SETTINGS, connect };
