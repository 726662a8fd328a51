import { type Activity, offeredChoices, tableOf } from '../core/activity';
import type { Abilities } from '../core/channel';

/**
 * A reply as the abilities sheet allows it: tables and pictures fall back to text, choices become numbered lines, long
 * texts are split at sentences, and no character of what was said is lost (diacritics apart, where the channel has none).
 */
export const shape = (activity: Activity, abilities: Abilities): Activity[] => {
  if (activity.type !== 'message') return [activity];
  const kept = (activity.attachments ?? []).filter((attachment) =>
    tableOf(attachment) ? abilities.tables : abilities.pictures,
  );
  const printed = (activity.attachments ?? []).filter((attachment) => !kept.includes(attachment)).map(inWords);
  const offered = offeredChoices(activity);
  const buttons = abilities.choices === 'buttons' && offered.length <= abilities.maxChoices;
  const numbered = offered.length > 0 && !buttons && abilities.choices !== 'none';
  const lines = numbered ? offered.map(({ title }, n) => `${n + 1}. ${title}`) : [];
  const text = [activity.text ?? '', ...printed, ...lines].filter(Boolean).join('\n');
  const pieces = split(abilities.unaccented ? unaccented(text) : text, abilities.textLimit);
  const { suggestedActions, attachments: _attachments, text: _text, ...rest } = activity;
  return pieces.map((piece, n) => ({
    ...rest,
    ...(piece && { text: piece }),
    ...(n === pieces.length - 1 && kept.length > 0 && { attachments: kept }),
    ...(n === pieces.length - 1 && buttons && suggestedActions && { suggestedActions }),
  }));
};

/** "Bậc 1", "Tổng cộng": what begins with letters says itself what its row is, a bare figure or time does not */
const namesRow = (cell: string): boolean => !/^\d/.test(cell);

const inWords = (attachment: NonNullable<Activity['attachments']>[number]): string => {
  const table = tableOf(attachment);
  if (!table) return attachment.name ?? '';
  const rows = table.rows.map((cells) =>
    cells
      .map((cell, n) => (cell && !(n === 0 && namesRow(cell)) ? `${table.columns[n]}: ${cell}` : cell))
      .filter(Boolean)
      .join(', '),
  );
  return [...(table.title ? [table.title] : []), ...rows].join('\n');
};

/** Vietnamese without diacritics, in characters that every handset shows: GSM 03.38 where it has them. */
export const unaccented = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, (d) => (d === 'đ' ? 'd' : 'D'))
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[–—−]/g, '-')
    .replace(/…/g, '...')
    .replace(/[·•]/g, '-')
    .replace(/×/g, 'x')
    .replace(/→/g, '->')
    .replace(/\u00a0/g, ' ')
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, '')
    .replace(/₫/g, 'd')
    .normalize('NFC');

/** Pieces of at most `limit` UTF-16 units, cut after a sentence, else a line or word, else between characters; joined they are the text. */
export const split = (text: string, limit: number): string[] => {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const head = rest.slice(0, limit);
    const at = [/^[\s\S]*[.!?…:;]\s/, /^[\s\S]*\n/, /^[\s\S]*\s/]
      .map((cut) => head.match(cut)?.[0].length ?? 0)
      .find((n) => n > limit / 3);
    const end = at ?? (/[\ud800-\udbff]$/.test(head) ? limit - 1 : limit);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
};
