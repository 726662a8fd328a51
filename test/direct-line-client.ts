import type { Activity } from '../core/activity';
import { eventually } from './processes';

/** The server's address; a promise where the client is to wait until one is there. */
type Where = () => string | Promise<string>;

/** A plain Direct Line client over HTTP: sends again until it is told that a message is kept. */
export class DirectLineClient {
  private constructor(
    private readonly where: Where,
    readonly conversation: string,
    public token: string,
  ) {}

  static async start(where: Where): Promise<DirectLineClient> {
    return eventually(async () => {
      const response = await fetch(`${await where()}/v3/directline/conversations`, { method: 'POST' });
      if (!response.ok) throw new Error(`conversations: ${response.status}`);
      const { conversationId, token } = (await response.json()) as { conversationId: string; token: string };
      return new DirectLineClient(where, conversationId, token);
    });
  }

  private async call(path: string, init: RequestInit = {}): Promise<Response> {
    const send = async () =>
      fetch(`${await this.where()}/v3/directline/conversations/${this.conversation}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(5_000),
      });
    const response = await send();
    if (response.status !== 403 || path === '') return response;
    // the token has run out: resuming gives a new one
    const resumed = await this.call('');
    if (!resumed.ok) return resumed;
    this.token = ((await resumed.json()) as { token: string }).token;
    return send();
  }

  /** the id that the server gave the message */
  post(text: string, clientActivityID: string): Promise<string> {
    const body = JSON.stringify({ type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID } });
    return eventually(async () => {
      const response = await this.call('/activities', { method: 'POST', body });
      if (!response.ok) throw new Error(`activities: ${response.status}`);
      return ((await response.json()) as { id: string }).id;
    }, 60_000);
  }

  /** everything that the conversation holds */
  async activities(): Promise<Activity[]> {
    const all: Activity[] = [];
    for (let watermark = '0'; ; ) {
      const response = await this.call(`/activities?watermark=${watermark}`);
      if (!response.ok) throw new Error(`activities: ${response.status}`);
      const set = (await response.json()) as { activities: Activity[]; watermark: string };
      if (set.activities.length === 0) return all;
      all.push(...set.activities);
      watermark = set.watermark;
    }
  }
}
