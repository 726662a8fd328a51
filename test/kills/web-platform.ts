import type { Activity } from '../../core/activity';
import { bringing } from './bringing';
import type { Platform } from './platform';

/** The widget's side of Direct Line: what was not acknowledged is posted again, and the screen shows what the log holds. */
export const webPlatform = (): Platform => {
  const conversations = new Map<number, { path: string; headers: Record<string, string> }>();
  let address = '';
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    const answer = await fetch(`${address}/v3/directline/conversations${path}`, init);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.json()) as T;
  };
  const opened = async (person: number) => {
    const known = conversations.get(person);
    if (known) return known;
    const { conversationId, token } = await call<{ conversationId: string; token: string }>('', { method: 'POST' });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const conversation = { path: `/${conversationId}/activities`, headers };
    conversations.set(person, conversation);
    return conversation;
  };
  return {
    name: 'web',
    settings: {},
    async house(at) {
      address = at;
    },
    ...bringing(async (person, n, text) => {
      const { path, headers } = await opened(person);
      const message = { type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID: `m${n}` } };
      await call(path, { method: 'POST', headers, body: JSON.stringify(message) });
    }),
    // the log is read, nothing is sent
    keepsSilent() {},
    async shown(person) {
      const { path, headers } = await opened(person);
      const { activities } = await call<{ activities: Activity[] }>(path, { headers });
      return activities.filter(({ from }) => from?.role === 'bot').map(({ text }) => text ?? '');
    },
    async close() {},
  };
};
