import type { Attachment, Table } from '../../../core/activity';
import type { Texts } from './texts';

/** An element with attributes and children. Text is always text, never markup. */
export const el = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const link = (href: string, ...children: (Node | string)[]) =>
  el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);

/** Text with its http and https addresses made links; trailing punctuation stays outside. */
export const linked = (text: string): (Node | string)[] =>
  text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/).map((part, n) => (n % 2 ? link(part, part) : part));

/** Our own pictures and those of https sites; anything else is no address. */
const webAddress = (url: unknown): string | undefined => {
  try {
    const { protocol, href } = new URL(String(url), location.href);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
};

const tableCard = ({ title, columns, rows }: Table) => {
  const numeric = columns.map(
    (_, n) => n > 0 && rows.every((row) => /^[\s\d.,/–-]+(đ|đồng|kWh|VND)?$/i.test(row[n] ?? '')),
  );
  const cell = (name: 'td' | 'th', text: string, n: number) =>
    el(name, { ...(name === 'th' && { scope: 'col' }), ...(numeric[n] && { class: 'number' }) }, text);
  const table = el(
    'table',
    {},
    ...(title ? [el('caption', {}, title)] : []),
    el('thead', {}, el('tr', {}, ...columns.map((text, n) => cell('th', text, n)))),
    el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map((text, n) => cell('td', text, n))))),
  );
  // A wide table scrolls sideways, and the keyboard must be able to scroll it.
  return el(
    'div',
    { class: 'card table', role: 'region', 'aria-label': title ?? columns.join(', '), tabindex: '0' },
    table,
  );
};

const pictureCard = (url: string, alt: string, loaded: () => void) => {
  const image = el('img', { src: url, alt });
  image.onload = loaded;
  image.onerror = () => image.replaceWith(el('span', { class: 'alt' }, alt));
  return el('div', { class: 'card picture' }, link(url, image));
};

interface Hero {
  title?: string;
  subtitle?: string;
  text?: string;
  images?: { url: string; alt?: string }[];
  buttons?: { type?: string; title?: string; value?: unknown }[];
}

const heroCard = (hero: Hero, choose: (title: string, value: string) => void, loaded: () => void) =>
  el(
    'div',
    { class: 'card' },
    ...(hero.images ?? []).flatMap(({ url, alt }) =>
      webAddress(url) ? [pictureCard(webAddress(url)!, alt ?? hero.title ?? '', loaded)] : [],
    ),
    ...(hero.title ? [el('strong', {}, hero.title)] : []),
    ...[hero.subtitle, hero.text].flatMap((text) => (text ? [el('p', {}, ...linked(text))] : [])),
    ...(hero.buttons ?? []).flatMap(({ type, title = '', value }): HTMLElement[] => {
      if (type === 'openUrl') return webAddress(value) ? [link(webAddress(value)!, title)] : [];
      const button = el('button', { type: 'button', class: 'choice' }, title);
      button.onclick = () => choose(title, String(value ?? title));
      return [button];
    }),
  );

/** What we can show of an attachment: our table, a picture, a hero card, else a link to it or its name. */
export const card = (
  attachment: Attachment,
  texts: Texts,
  choose: (title: string, value: string) => void,
  loaded: () => void,
): Node => {
  const { contentType, contentUrl, content, name } = attachment;
  if (content?.table?.columns) return tableCard(content.table);
  if (contentType === 'application/vnd.microsoft.card.hero' && content)
    return heroCard(content as Hero, choose, loaded);
  const url = contentUrl && webAddress(contentUrl);
  if (url && contentType.startsWith('image/')) return pictureCard(url, name ?? '', loaded);
  return el('div', { class: 'card' }, url ? link(url, name || texts.file) : name || texts.file);
};
