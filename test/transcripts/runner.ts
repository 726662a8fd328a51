import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANNELS, type ChannelName } from '../../core/channel';

/**
 * Conversations as text, which a care manager can read and correct (README.md beside this file has the format). Here they
 * are read and held against what was really said; `transcripts.test.ts` runs them through the real house.
 */
export interface Script {
  file: string;
  title: string;
  channel: ChannelName;
  at: Date;
  line: number;
  steps: Step[];
}

export type Step =
  | { kind: 'heard'; line: number; pieces: Piece[]; expected: Expected[] }
  | { kind: 'passes'; line: number; ms: number };

export interface Piece {
  text?: string;
  /** title of a choice on offer */
  tap?: string;
  media?: (typeof MEDIA)[number];
}

export type Expected = { line: number } & (
  | { kind: 'reply'; text: string }
  | { kind: 'choices'; titles: string[] }
  | { kind: 'row'; cells: string[] }
  | { kind: 'picture'; alt: string }
  | { kind: 'meant'; what: string; value: string }
);

export const MEDIA = ['nhãn dán', 'ảnh', 'ghi âm', 'tệp', 'video', 'vị trí', 'thả tim', 'theo dõi', 'danh bạ'] as const;

const WHERE = new RegExp(`^(${CHANNELS.join('|')}) · (\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2})$`);
const UNITS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const MEANT = ['intent', 'dialog', 'waits', 'order', 'segments'];

/** Every script of a folder, in the order of the file names. @throws Error naming file and line of what cannot be read */
export const scriptsIn = (folder: string): Script[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.chat'))
    .sort()
    .flatMap((name) => readScripts(name, readFileSync(join(folder, name), 'utf8')));

export const readScripts = (file: string, text: string): Script[] => {
  const scripts: Script[] = [];
  text
    .normalize('NFC')
    .split(/\r?\n/)
    .forEach((raw, at) => {
      const line = at + 1;
      const wrong = (why: string) => new Error(`${file}:${line}: ${why}: ${raw}`);
      const rest = raw.slice(1).trim();
      const script = scripts.at(-1);
      if (!raw.trim() || raw.startsWith('//')) return;
      if (raw.startsWith('# ')) {
        scripts.push({ file, title: rest, channel: 'web', at: new Date(Number.NaN), line, steps: [] });
        return;
      }
      if (!script) throw wrong('a conversation begins with "# title"');
      const last = script.steps.at(-1);
      const expect = (expected: Expected) => {
        if (last?.kind !== 'heard') throw wrong('nothing was said before this');
        last.expected.push(expected);
      };
      switch (raw[0]) {
        case '@': {
          const [, channel, on, time] = WHERE.exec(rest) ?? [];
          if (!channel) throw wrong(`expected "@ ${CHANNELS.join('|')} · 2026-03-02 09:00"`);
          script.channel = channel as ChannelName;
          script.at = new Date(`${on}T${time}:00+07:00`);
          return;
        }
        case '>':
          script.steps.push({ kind: 'heard', line, pieces: [pieceOf(rest)], expected: [] });
          return;
        case '+':
          if (last?.kind !== 'heard') throw wrong('a piece follows a message');
          last.pieces.push(pieceOf(rest));
          return;
        case '<':
          expect({ kind: 'reply', text: rest, line });
          return;
        case '[':
          expect({
            kind: 'choices',
            titles: [...raw.matchAll(/\[([^\]]*)\]/g)].map(([, title]) => title!.trim()),
            line,
          });
          return;
        case '|':
          expect({
            kind: 'row',
            cells: raw
              .split('|')
              .slice(1, -1)
              .map((cell) => cell.trim()),
            line,
          });
          return;
        case '(':
          expect({
            kind: 'picture',
            alt: raw
              .trim()
              .slice(1, -1)
              .replace(/^hình: */, ''),
            line,
          });
          return;
        case '*':
          for (const part of rest.split(' · ')) {
            const [what, ...value] = part.split(' ');
            if (!MEANT.includes(what!)) throw wrong(`expected one of ${MEANT.join(', ')}`);
            expect({ kind: 'meant', what: what!, value: value.join(' '), line });
          }
          return;
        case '~': {
          const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(rest) ?? [];
          if (!unit) throw wrong('expected "~ 2 days"');
          script.steps.push({ kind: 'passes', line, ms: Number(count) * UNITS[unit]! });
          return;
        }
        default:
          throw wrong('a line begins with one of # @ > + < [ | ( * ~ //');
      }
    });
  for (const { title, at, line } of scripts)
    if (Number.isNaN(at.getTime())) throw new Error(`${file}:${line}: "${title}" has no "@" line`);
  return scripts;
};

const pieceOf = (text: string): Piece => {
  const tapped = /^\[(.+)\]$/.exec(text);
  if (tapped) return { tap: tapped[1]! };
  const media = /^\((.+)\)(?: (.*))?$/.exec(text);
  const medium = media && MEDIA.find((one) => one === media[1]);
  if (medium) return { media: medium, ...(media?.[2] ? { text: media[2] } : {}) };
  return { text };
};

/** Line breaks count as spaces; "…" stands for any run of characters. */
export const fits = (pattern: string, said: string): boolean => {
  const parts = pattern.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(`^\\s*${parts.join('.*')}\\s*$`, 'su').test(said.replace(/\s+/g, ' '));
};
