import type { Campaign, Winner } from '../core/campaign';
import type { Instant } from '../core/time';
import { byLot } from './definition';
import { ALGORITHM, type Chance, draw, type Lines, sha256, winnersFile } from './draw';

/**
 * What a stranger needs, as files of one folder. Each step holds the hash of the one before, so that no byte of any can
 * change later: rules and seed (hash only) on opening, the list on closing, the winners after the public number is known.
 */
export const FILES = {
  rules: 'rules.json',
  opened: 'opened.json',
  entrants: 'entrants.csv',
  closed: 'closed.json',
  seed: 'seed.txt',
  publicNumber: 'public-number.txt',
  winners: 'winners.csv',
  table: 'table.csv',
  draw: 'draw.json',
} as const;
export type FileName = keyof typeof FILES;

const json = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;

export const rulesFile = (campaign: Campaign): string => json({ algorithm: ALGORITHM, ...campaign });

/** Seed and public number are files of one line; both are hashed and mixed as text without its line end. */
export const lineFile = (text: string): string => `${text}\n`;
export const lineOf = (file: string): string => file.replace(/\n$/, '');

export const openedFile = (of: { campaign: string; rules: string; seed?: string; at: Instant }): string =>
  json({
    campaign: of.campaign,
    at: of.at,
    rules: sha256(of.rules),
    seed: of.seed === undefined ? null : sha256(of.seed),
  });

export const closedFile = (of: {
  campaign: string;
  opened: string;
  listHash: string;
  rows: number;
  at: Instant;
}): string =>
  json({ campaign: of.campaign, at: of.at, opened: sha256(of.opened), entrants: of.listHash, rows: of.rows });

export const drawFile = (of: {
  campaign: string;
  closed: string;
  publicNumber?: string;
  winners: string;
  table: string;
}): string =>
  json({
    campaign: of.campaign,
    algorithm: ALGORITHM,
    closed: sha256(of.closed),
    publicNumber: of.publicNumber === undefined ? null : sha256(of.publicNumber),
    winners: sha256(of.winners),
    table: sha256(of.table),
  });

/** How a published folder is read; the list in portions of lines, for it may be large. */
export interface Folder {
  read(name: string): Promise<string | undefined>;
  hash(name: string): Promise<string | undefined>;
  lines(name: string): Lines;
}

export interface Verified {
  ok: boolean;
  /** what does not hold, as sentences; empty when all does */
  faults: string[];
  rows: number;
  winners: number;
  publicNumber?: string;
}

/** Draws again from the published files alone, and holds everything published against it. */
export const verify = async (folder: Folder, onRows?: (rows: number) => void): Promise<Verified> => {
  const faults: string[] = [];
  const failed = (why: string): Verified => ({ ok: false, faults: [...faults, why], rows: 0, winners: 0 });
  const texts: Partial<Record<FileName, string>> = {};
  for (const name of Object.keys(FILES) as FileName[])
    if (name !== 'entrants') {
      const text = await folder.read(FILES[name]);
      if (text !== undefined) texts[name] = text;
    }
  const { rules = '', opened = '', closed = '', winners = '', table = '' } = texts;
  let campaign: Campaign;
  let promised: { campaign: string; rules: string; seed: string | null };
  let frozen: { campaign: string; opened: string; entrants: string; rows: number };
  try {
    campaign = JSON.parse(rules);
    promised = JSON.parse(opened);
    frozen = JSON.parse(closed);
  } catch {
    return failed('rules.json, opened.json or closed.json is missing or is not JSON.');
  }
  const listHash = await folder.hash(FILES.entrants);
  if (sha256(rules) !== promised.rules) faults.push('The rules are not those that were published on opening.');
  if (sha256(opened) !== frozen.opened) faults.push('opened.json is not the one that the list was closed under.');
  if (listHash !== frozen.entrants) faults.push('The list is not the one that was frozen on closing.');
  let chance: Chance | undefined;
  if (campaign.selection?.kind !== undefined && byLot(campaign)) {
    const { seed, publicNumber } = texts;
    if (seed === undefined || publicNumber === undefined) return failed('seed.txt or public-number.txt is missing.');
    if (sha256(seed) !== promised.seed) faults.push('The seed is not the one whose hash was published on opening.');
    chance = { seed: lineOf(seed), publicNumber: lineOf(publicNumber) };
  }
  let rows = 0;
  try {
    const drawn = await draw({
      rules: campaign,
      lines: folder.lines(FILES.entrants),
      listHash: listHash ?? '',
      ...(chance && { chance }),
      onPortion: (count) => {
        rows = count;
        onRows?.(count);
      },
    });
    if (rows !== frozen.rows) faults.push('The list has not as many rows as were frozen.');
    if (winnersFile(drawn) !== winners) faults.push('The winners are not those that the draw gives.');
    const numbers = drawn.filter(({ reserve }) => !reserve).map(({ number }, n) => String(number ?? n + 1));
    const shown = table
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',', 1)[0]);
    if (numbers.join() !== shown.join()) faults.push('The table does not show the winners.');
  } catch (error) {
    return failed((error as Error).message);
  }
  const expected = drawFile({
    campaign: campaign.id,
    closed,
    ...(texts.publicNumber !== undefined && { publicNumber: texts.publicNumber }),
    winners,
    table,
  });
  if (texts.draw !== expected) faults.push('draw.json does not belong to these files.');
  return {
    ok: faults.length === 0,
    faults,
    rows,
    winners: winners.split('\n').filter((line) => /^\d+,[^,]*,[^,]*,0,/.test(line)).length,
    ...(chance && { publicNumber: chance.publicNumber }),
  };
};

/** A winner as everybody may see: the first two letters of the code, three digits of the phone, no place. */
export interface Shown {
  name: string;
  code: string;
  phone: string;
}

export const HIDDEN = '****';
export const maskedCode = (code: string): string => `${code.slice(0, 2)}**********`;
export const maskedPhone = (phone: string | undefined): string =>
  phone ? `${phone.replace(/^\+?84/, '0').slice(0, 3)}*******` : HIDDEN;

/** Headings as printed in 2017; the last only where there is more than one prize. */
export const TABLE_COLUMNS = [
  'Thứ tự ghi nhận trên hệ thống CRM',
  'Họ và tên',
  'Mã khách hàng',
  'Số điện thoại',
  'Địa chỉ khách hàng',
  'Địa chỉ Điện lực/ Công ty Điện lực quản lý',
  'Giải thưởng',
] as const;

/** Rows of the masked table, reserves left out. `nameOf` gives the name and phone of who won. */
export const tableRows = (
  campaign: Pick<Campaign, 'prizes'>,
  winners: readonly Winner[],
  who: (winner: Winner) => { name: string; phone?: string },
): string[][] =>
  winners
    .filter(({ reserve }) => !reserve)
    .map((winner) => {
      const { name, phone } = who(winner);
      const prize = campaign.prizes.find(({ tier }) => tier === winner.tier)?.name ?? winner.tier;
      const number = String(winner.number ?? winner.place);
      return [number, name, maskedCode(winner.customer), maskedPhone(phone), HIDDEN, HIDDEN, prize];
    });

const cell = (text: string): string => text.replace(/^[=+\-@\t]/, "'$&").replace(/[",\r\n]/g, ' ');

/** The masked table as a file; cells hold no comma, so that every reader takes it the same way. */
export const tableFile = (rows: readonly string[][]): string =>
  [TABLE_COLUMNS.map(cell), ...rows.map((row) => row.map(cell))]
    .map((row) => row.join(','))
    .join('\n')
    .concat('\n');
