import type { Activity as BotActivity, CloudAdapter, ConversationReference } from 'botbuilder';
import type { Activity } from '../../core/activity';
import type { Ports } from '../../core/channel';
import { type App, tokensOf } from './credentials';
import type { Route } from './read';

interface Pipeline {
  removePolicy(policy: { name: string }): unknown;
}

export interface Cloud {
  /** throws what the SDK throws: statusCode 401 for a token that does not verify */
  authenticate(activity: Record<string, unknown>, header: string): Promise<void>;
  send(route: Route, conversation: string, person: string, activity: Activity): Promise<string | undefined>;
  token(): Promise<string>;
}

const OAUTH = 'https://api.botframework.com';
const ISSUER = 'https://api.botframework.com';
const EMULATOR_KEYS = 'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration';

/** botbuilder's CloudAdapter, loaded with the first request; its credentials are ours, for its own speak to fixed hosts only. */
export const cloudOf = (app: App, openIdUrl: string, ports: Ports): Cloud => {
  const token = tokensOf(app, ports);
  const load = async () => {
    const { CloudAdapter } = await import('botbuilder');
    const { AuthenticationConfiguration, BotFrameworkAuthenticationFactory } = await import('botframework-connector');
    const credentials = {
      isValidAppId: async (id: string) => id === app.id,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({
        async signRequest(request: { headers: { set(name: string, value: string): void } }) {
          request.headers.set('authorization', `Bearer ${await token()}`);
          return request;
        },
      }),
    };
    const authentication = BotFrameworkAuthenticationFactory.create(
      '',
      true,
      app.loginBase,
      OAUTH,
      ISSUER,
      OAUTH,
      openIdUrl,
      EMULATOR_KEYS,
      '',
      credentials as never,
      new AuthenticationConfiguration(),
    );
    return { authentication, adapter: new CloudAdapter(authentication) as CloudAdapter };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const sdk = () => (loaded ??= load());
  return {
    token,
    async authenticate(activity, header) {
      await (await sdk()).authentication.authenticateRequest(activity as never, header);
    },
    async send({ serviceUrl, channelId, bot }, conversation, person, activity) {
      const { adapter } = await sdk();
      const reference = {
        channelId,
        serviceUrl,
        bot: { id: bot, name: '' },
        user: { id: person, name: '' },
        conversation: { id: conversation, name: '', isGroup: false, conversationType: '' },
      } as Partial<ConversationReference>;
      let id: string | undefined;
      await adapter.continueConversationAsync(app.id, reference, async (context) => {
        // a retry of the SDK's own would say things twice
        const client = context.turnState.get<{ client?: { pipeline?: Pipeline } }>(adapter.ConnectorClientKey);
        client?.client?.pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
        id = (await context.sendActivity(activity as unknown as Partial<BotActivity>))?.id;
      });
      return id;
    },
  };
};
