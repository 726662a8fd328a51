import type { Activity } from '../../core/activity';
import { idOf, type Json, msOf, record, text } from './fields';

const CODE = /(?<![0-9a-z])P[A-Z][0-9A-Z]{4}\d{7}(?![0-9a-z])/i;
const PHONE = /(?<!\d)(?:\+?84|0)\d{9}(?!\d)/;

/** Whether a text holds a customer code or a Vietnamese phone number, spaced or dotted as people do. */
export const isPersonal = (said: string): boolean => {
  const closed = said.replace(/(?<=[0-9A-Za-z])[ .\-_]{1,2}(?=\d)/g, '');
  return CODE.test(closed) || PHONE.test(closed);
};

const ROUTE = 'comment:';

/** The comment that an address stands for. */
export const commentOf = (route: string | undefined): string | undefined =>
  route?.startsWith(ROUTE) ? route.slice(ROUTE.length) : undefined;

/**
 * A comment under a post of the Page (`changes`, field `feed`). One that holds a customer code or a phone number becomes a
 * conversation of its own, answered by one private reply and never in public; every other is left to people, and not kept.
 */
export const commentIn = (page: string, change: Json, at: number | undefined): Activity[] => {
  const value = record(change.value);
  const author = idOf(record(value.from).id);
  const comment = idOf(value.comment_id);
  const said = text(value.message, 10_000);
  const isNew = change.field === 'feed' && value.item === 'comment' && value.verb === 'add';
  if (!isNew || !author || author === page || !comment || !said || !isPersonal(said)) return [];
  const when = msOf(value.created_time, 1000) ?? at;
  return [
    {
      type: 'message',
      id: `comment:${comment}`,
      channelId: 'messenger',
      conversation: { id: `${page}:${ROUTE}${comment}` },
      from: { id: author, role: 'user' },
      recipient: { id: page },
      ...(when !== undefined && { timestamp: new Date(when).toISOString() }),
      text: said,
      channelData: { route: `${ROUTE}${comment}` },
    },
  ];
};
