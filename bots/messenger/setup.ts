import type { Channel, Finding, Ports } from '../../core/channel';
import { verdictOf } from './errors';
import { idOf, type Json, list, text } from './fields';
import type { Answer, Graph } from './graph';
import { profileOf } from './profile';

/** What we ask the platform to tell us. (Messenger Platform, webhooks; `feed` carries the comments) */
export const FIELDS = [
  'messages',
  'messaging_postbacks',
  'messaging_referrals',
  'messaging_optins',
  'messaging_handovers',
  'messaging_policy_enforcement',
  'message_deliveries',
  'message_reads',
  'message_echoes',
  'message_reactions',
  'message_edits',
  'standby',
];

export interface SetupOptions {
  /** in the name of the page */
  graph: Graph;
  /** in the name of an app, by its id and secret */
  asApp(appId: string): Graph;
  ports: Pick<Ports, 'publicUrl' | 'utility'>;
  hook: string;
  verifyToken: string;
  appId?: string;
  comments: boolean;
}

const TODO: Finding[] = [
  {
    is: 'todo',
    what: 'App dashboard, App Review: pages_messaging and pages_manage_metadata at Advanced Access, and the app set to Live.',
  },
  {
    is: 'todo',
    what: 'App dashboard, App Review: the Human Agent feature, so that people may answer for 7 days after the last message.',
  },
  { is: 'todo', what: 'App dashboard, Settings, Advanced: switch on "Require app secret".' },
  {
    is: 'todo',
    what: 'Page settings, Messenger, Conversation Routing: make this app the default app, and Page Inbox the one for people.',
  },
  {
    is: 'todo',
    what: 'Page Inbox, Automations: switch off instant replies and away messages; each of them silences the assistant for a while.',
  },
];

/** `domdom channel check|setup messenger`. Findings name settings and consoles, never a secret. */
export const setupOver = (options: SetupOptions): Required<Pick<Channel, 'check' | 'setup'>> => {
  const { graph, asApp, ports, hook, verifyToken } = options;
  const fields = [...FIELDS, ...(options.comments ? ['feed'] : [])];
  const profile = profileOf(ports.utility);

  /** The page and the app that the token belongs to. */
  const who = async (): Promise<{ findings: Finding[]; appId?: string }> => {
    const page = await graph('GET', 'me?fields=id,name');
    if (page.is !== 'ok') return { findings: [wrong('MESSENGER_PAGE_TOKEN and MESSENGER_APP_SECRET', page)] };
    const findings: Finding[] = [
      { is: 'ok', what: `The page token is good for the page ${text(page.body.name, 80) ?? idOf(page.body.id)}.` },
    ];
    const app = await graph('GET', 'app?fields=id');
    const appId = app.is === 'ok' ? idOf(app.body.id) : undefined;
    if (!appId) return { findings: [...findings, wrong('the app of the token', app)] };
    if (options.appId && options.appId !== appId)
      findings.push({ is: 'wrong', what: `MESSENGER_APP_ID is not the app of the page token, which is ${appId}.` });
    if (!options.appId) findings.push({ is: 'todo', what: `Set MESSENGER_APP_ID=${appId}.` });
    return { findings, appId };
  };

  const profileFinding = async (): Promise<Finding> => {
    const answer = await graph('GET', `me/messenger_profile?fields=${Object.keys(profile).join(',')}`);
    if (answer.is !== 'ok') return wrong('the Messenger profile', answer);
    const set = list(answer.body.data, 20);
    const missing = Object.keys(profile).filter((key) => !set.some((one) => one[key] !== undefined));
    return missing.length === 0
      ? { is: 'ok', what: 'Get started, greeting, ice breakers and menu are set.' }
      : { is: 'wrong', what: `Not set: ${missing.join(', ')}. Run: domdom channel setup messenger` };
  };

  const webhookFinding = async (appId: string): Promise<Finding> => {
    const answer = await asApp(appId)('GET', `${appId}/subscriptions`);
    if (answer.is !== 'ok') return wrong('the webhook of the app', answer);
    const ours = list(answer.body.data, 50).find(({ object }) => object === 'page');
    const url = ports.publicUrl(hook);
    if (!ours || ours.active === false) return { is: 'wrong', what: 'The app has no active webhook for pages.' };
    if (url && ours.callback_url !== url)
      return { is: 'wrong', what: `The webhook of the app is not ${url}, the address of this server.` };
    return missing(
      fields,
      list(ours.fields, 200).map(({ name }) => String(name)),
      'The webhook of the app',
    );
  };

  const pageFinding = async (appId: string): Promise<Finding> => {
    const answer = await graph('GET', 'me/subscribed_apps');
    if (answer.is !== 'ok') return wrong('the apps of the page', answer);
    const ours = list(answer.body.data, 50).find(({ id }) => idOf(id) === appId);
    if (!ours) return { is: 'wrong', what: 'The page is not subscribed to the app.' };
    const subscribed = Array.isArray(ours.subscribed_fields) ? ours.subscribed_fields.map(String) : [];
    return missing(fields, subscribed, 'The page');
  };

  const done = (what: string, answer: Answer): Finding =>
    answer.is === 'ok' ? { is: 'ok', what } : wrong(what, answer);

  return {
    async check() {
      const { findings, appId } = await who();
      if (!appId) return findings;
      return [...findings, await webhookFinding(appId), await pageFinding(appId), await profileFinding()];
    },
    async setup() {
      const { findings, appId } = await who();
      if (!appId) return findings;
      const url = ports.publicUrl(hook);
      const webhook: Finding = url?.startsWith('https://')
        ? done(
            `The app calls ${url}.`,
            await asApp(appId)('POST', `${appId}/subscriptions`, {
              object: 'page',
              callback_url: url,
              verify_token: verifyToken,
              fields: fields.join(','),
              include_values: true,
            }),
          )
        : {
            is: 'wrong',
            what: 'PUBLIC_URL is not set to an https address, so the platform cannot be told where to call.',
          };
      const page = await graph('POST', 'me/subscribed_apps', { subscribed_fields: fields.join(',') });
      // one call, for a menu is refused where "get started" is not there yet
      const set = await graph('POST', 'me/messenger_profile', profile as Json);
      return [
        ...findings,
        webhook,
        done('The page tells the app of its messages.', page),
        done('Get started, greeting, ice breakers and menu are set.', set),
        ...TODO,
      ];
    },
  };
};

const missing = (wanted: string[], there: string[], whose: string): Finding => {
  const lacking = wanted.filter((field) => !there.includes(field));
  return lacking.length === 0
    ? { is: 'ok', what: `${whose} is subscribed to every field that we read.` }
    : {
        is: 'wrong',
        what: `${whose} is not subscribed to: ${lacking.join(', ')}. Run: domdom channel setup messenger`,
      };
};

const wrong = (what: string, answer: Answer): Finding => {
  if (answer.is === 'error') {
    const why = answer.error ? verdictOf(answer.error).why : `HTTP ${answer.status}`;
    return { is: 'wrong', what: `${what}: refused, ${why}.` };
  }
  return { is: 'wrong', what: `${what}: ${answer.is === 'ok' ? 'an answer that says nothing' : answer.why}.` };
};
