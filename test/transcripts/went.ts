import { type Activity, offeredChoices, tableOf } from '../../core/activity';
import type { TurnDoc } from '../../data/stores';
import { type Expected, fits, type Piece } from './runner';

/** A turn as it really went. */
export interface Went {
  turn: TurnDoc;
  wires: Activity[];
}

const rowsOf = (activity: Activity): string[][] =>
  (activity.attachments ?? []).flatMap((attachment) => {
    const table = tableOf(attachment);
    return table ? [table.columns, ...table.rows] : [];
  });

const picturesOf = (activity: Activity): string[] =>
  (activity.attachments ?? []).filter((one) => !tableOf(one)).map(({ name }) => name ?? '');

/** What differs between what was expected and what went, one line each; [] when all is as written. */
export const differences = (expected: Expected[], { turn, wires }: Went): string[] => {
  const wrong: string[] = [];
  let at = -1;
  let row = 0;
  for (const one of expected) {
    const say = (what: string) => wrong.push(`line ${one.line}: ${what}`);
    const reply = wires[at];
    if (one.kind === 'reply') {
      at += 1;
      row = 0;
      const said = wires[at]?.text;
      if (said === undefined) say(`expected a reply: ${one.text}`);
      else if (!fits(one.text, said)) say(`expected: ${one.text}\n        was: ${said}`);
    } else if (one.kind === 'meant') {
      const was = meantOf(one.what, turn, wires);
      if (!was.includes(one.value)) say(`expected ${one.what} ${one.value}, was ${was.join(', ') || 'nothing'}`);
    } else if (!reply) say('stands under no reply');
    else if (one.kind === 'choices') {
      const titles = offeredChoices(turn.said[at] ?? ({} as Activity)).map(({ title }) => title);
      if (titles.join('|') !== one.titles.join('|'))
        say(`expected choices [${one.titles.join('] [')}], were [${titles.join('] [')}]`);
    } else if (one.kind === 'row') {
      const cells = rowsOf(reply)[row];
      row += 1;
      if (!cells || !fits(one.cells.join(' | '), cells.join(' | ')))
        say(`expected row ${one.cells.join(' | ')}, was ${cells?.join(' | ') ?? 'none'}`);
    } else if (!picturesOf(reply).some((alt) => fits(one.alt, alt)))
      say(`expected picture ${one.alt}, were ${picturesOf(reply).join(' / ') || 'none'}`);
  }
  if (at + 1 < wires.length) wrong.push(...wires.slice(at + 1).map(({ text }) => `not expected: ${text}`));
  return wrong;
};

const meantOf = (what: string, turn: TurnDoc, wires: Activity[]): string[] => {
  switch (what) {
    case 'intent':
      return turn.meant?.intents.slice(0, 1).map(({ name }) => name) ?? [];
    case 'dialog':
      return turn.meant?.dialog ? [turn.meant.dialog] : ['nothing'];
    case 'waits': {
      const expects = turn.state.frames.at(-1)?.expects;
      const waited = [
        ...(expects?.entities ?? []),
        ...(expects?.choices ? ['choice'] : []),
        ...(expects?.confirm ? ['confirm'] : []),
      ];
      return expects ? (waited.length ? waited : ['anything']) : ['nothing'];
    }
    case 'order':
      return turn.orders.length ? turn.orders.map(({ kind }) => kind) : ['nothing'];
    default:
      return wires.map(({ channelData }) => String(channelData?.segments ?? 1));
  }
};

/** The turn in the format of the scripts, for a person to read. */
export const written = (pieces: Piece[], { turn, wires }: Went): string => {
  const lines = pieces.map(
    (piece, n) =>
      `${n ? '+' : '>'} ${piece.tap ? `[${piece.tap}]` : piece.media ? `(${piece.media}) ${piece.text ?? ''}`.trim() : piece.text}`,
  );
  wires.forEach((wire, n) => {
    lines.push(`< ${(wire.text ?? '').replace(/\s+/g, ' ')}`);
    lines.push(...rowsOf(wire).map((cells) => `| ${cells.join(' | ')} |`));
    lines.push(...picturesOf(wire).map((alt) => `(hình: ${alt})`));
    const offered = offeredChoices(turn.said[n] ?? ({} as Activity));
    if (offered.length) lines.push(offered.map(({ title }) => `[${title}]`).join(' '));
  });
  const meant = ['intent', 'dialog', 'waits', 'order'].map((what) => `${what} ${meantOf(what, turn, wires).join(' ')}`);
  return [...lines, `* ${meant.filter((one) => !one.endsWith(' nothing')).join(' · ')}`].join('\n');
};
