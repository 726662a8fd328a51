import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Choice } from '../../core/activity';

const PAYLOAD = /^#chon:([\w-]{16}):([^:\s]{1,200}):([\s\S]*)$/;
/** longest payload of oa.query.hide, in characters; longest title of a button (developers.zalo.me, tin tư vấn) */
const LONGEST_PAYLOAD = 1000;
const LONGEST_TITLE = 100;

export type Tapped =
  | { is: 'tap'; value: string; title: string }
  /** looks like a payload of ours and is not, or was made under a secret that has changed: its label counts as typed */
  | { is: 'typed'; title: string };

/**
 * Zalo has no event for a tapped button: its payload comes back as the customer's text. So a payload carries its value under
 * a mark that only we can make, and nothing that is typed can pass for a tap. It begins with `#`, so that it passes the
 * console's syntax filter, should somebody switch it on.
 */
export const tapsUnder = (secret: string) => {
  const markOf = (value: string) =>
    createHmac('sha256', secret).update(`zalo tap\n${value}`).digest('base64url').slice(0, 16);
  return {
    /** undefined when it does not fit a button; it is offered as a numbered line then */
    payload({ title, value }: Choice): string | undefined {
      if (!/^[\x20-\x7e]{1,64}$/.test(value) || !title.trim() || title.length > LONGEST_TITLE) return undefined;
      const encoded = encodeURIComponent(value);
      const payload = `#chon:${markOf(encoded)}:${encoded}:${title}`;
      return payload.length <= LONGEST_PAYLOAD ? payload : undefined;
    },
    read(text: string): Tapped | undefined {
      const [, mark, encoded, title] = PAYLOAD.exec(text.trim()) ?? [];
      if (mark === undefined || encoded === undefined || title === undefined) return undefined;
      const ours = timingSafeEqual(Buffer.from(mark), Buffer.from(markOf(encoded)));
      return ours ? { is: 'tap', value: decodeURIComponent(encoded), title } : { is: 'typed', title };
    },
  };
};

export type Taps = ReturnType<typeof tapsUnder>;
