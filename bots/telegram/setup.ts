import type { Finding, Ports } from '../../core/channel';
import { type Call, failureOf } from './api';
import { COMMANDS } from './commands';

export const HOOK = '/hooks/telegram';
/** what we are told of; everything else stays at Telegram */
export const HEARD = ['message', 'callback_query', 'my_chat_member'];

export interface SetupOptions {
  call: Call;
  secret?: string;
  ports: Pick<Ports, 'publicUrl' | 'utility'>;
}

const ok = (what: string): Finding => ({ is: 'ok', what });
const wrong = (what: string): Finding => ({ is: 'wrong', what });
const todo = (what: string): Finding => ({ is: 'todo', what });
const BY_HAND = [
  todo(
    'In @BotFather: /setuserpic puts the utility’s picture on the bot, /setjoingroups Disable keeps it out of groups.',
  ),
  todo('Put the bot’s address t.me/<username> on the utility’s own site, so that customers know which bot is real.'),
];

/** `domdom channel check|setup telegram`. */
export const setupOver = ({ call, secret, ports }: SetupOptions) => {
  const address = ports.publicUrl(HOOK);
  const attempt = async (what: string, run: () => Promise<unknown>): Promise<Finding> => {
    try {
      await run();
      return ok(what);
    } catch (error) {
      const { status, description, code } = failureOf(error);
      return wrong(`${what}: ${status ?? code ?? ''} ${description}`.slice(0, 300));
    }
  };
  const me = async (): Promise<Finding> => {
    let name = '';
    const found = await attempt('TELEGRAM_BOT_TOKEN is accepted', async () => {
      name = String((await call<{ username?: string }>('getMe')).username ?? '');
    });
    return name ? { ...found, what: `${found.what}: the bot is @${name}` } : found;
  };
  const addressed = (): Finding[] => {
    if (!secret)
      return [todo('TELEGRAM_WEBHOOK_SECRET is not set: updates are polled for, which suits development only.')];
    if (!address) return [wrong('PUBLIC_URL is not set, so Telegram cannot be told where to call.')];
    if (!address.startsWith('https://')) return [wrong('PUBLIC_URL is not https, which Telegram asks for.')];
    return [];
  };
  const hook = async (): Promise<Finding[]> => {
    const findings: Finding[] = [];
    const read = await attempt('The webhook could be asked for', async () => {
      const info = await call<{ url?: string; pending_update_count?: number; last_error_message?: string }>(
        'getWebhookInfo',
      );
      if (secret && info.url !== address)
        findings.push(wrong('The webhook is not ours: run `domdom channel setup telegram`.'));
      else if (!secret && info.url) findings.push(wrong('A webhook is set, so polling hears nothing.'));
      else findings.push(ok(secret ? `The webhook is ${address}` : 'No webhook is set, as polling needs it'));
      if (info.last_error_message)
        findings.push(wrong(`Telegram’s last call failed: ${info.last_error_message.slice(0, 200)}`));
      if (info.pending_update_count) findings.push(ok(`${info.pending_update_count} updates wait at Telegram`));
    });
    return read.is === 'ok' ? findings : [read];
  };
  return {
    async check(): Promise<Finding[]> {
      const who = await me();
      return who.is === 'ok' ? [who, ...addressed(), ...(await hook())] : [who];
    },
    async setup(): Promise<Finding[]> {
      const who = await me();
      if (who.is !== 'ok') return [who];
      const commands = COMMANDS.map(({ command, description }) => ({ command, description }));
      const { name } = ports.utility;
      const about = `Trợ lý tự động của ${name}: tiền điện, nợ, chỉ số, lịch cắt điện, báo mất điện.`;
      const done = [who, ...addressed()];
      if (secret && address?.startsWith('https://'))
        done.push(
          await attempt(`The webhook is ${address}`, () =>
            call('setWebhook', { url: address, secret_token: secret, allowed_updates: HEARD, max_connections: 40 }),
          ),
        );
      else if (!secret) done.push(await attempt('No webhook is set', () => call('deleteWebhook', {})));
      done.push(
        await attempt(`${commands.length} commands are in the menu`, () => call('setMyCommands', { commands })),
        await attempt('The description is set', () => call('setMyDescription', { description: about.slice(0, 512) })),
        await attempt('The short description is set', () =>
          call('setMyShortDescription', { short_description: about.slice(0, 120) }),
        ),
      );
      return [...done, ...BY_HAND];
    },
  };
};
