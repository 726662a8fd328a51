import type { House, Turn } from '../core/dialog';
import { entitiesOf } from './said';
import { fold } from './words';

/** Whose records a turn is about, as far as houses are named in it. */
export interface Named {
  houses: House[];
  /** labels of houses whose code nobody gave yet */
  unknown: string[];
  /** what the customer calls the houses of this question */
  labels: string[];
}

interface Label {
  label: string;
  start: number;
  end: number;
}

const MOST_HOUSES = 6;
const LABELS_REACH = 25;
/** "2 nhà", "ba căn nhà", "cả nhà lẫn", "nhà nào": houses, but none by name */
const EVERY = /\b(?:\d|hai|ba|ca|cac|may|tong) (?:\S+ )?(?:can |cai )?nha\b|\bnha nao\b/;
const JOINED = /\b(?:voi|va|cong|lan)\b|[+&]/;
const OTHER = / (?:kia|khac)$/;
const WHICH =
  /^ (?:bên kia|ben kia|bên ấy|bên đó|ben do|dưới quê|duoi que|ở quê|o que|khác|khac|thứ hai|thu hai)(?![\p{L}])/iu;
const THIS = / (?:nay|day|ni)$/;
const NTH = /^nha ([1-6])$/;
const OWN = /\bnha (?:toi|tui|minh|em|anh|chi|con|chau)\b/;
const ACCENTED = [
  'nhà',
  'quán',
  'tiệm',
  'xưởng',
  'nhà trọ',
  'phòng trọ',
  'nhà kia',
  'nhà mới',
  'nhà cũ',
  'cửa hàng',
  'công ty',
];
const labelText = (label: string) => ACCENTED.find((one) => fold(one) === label) ?? label;
const same = (a: string | undefined, b: string) => a !== undefined && fold(a) === fold(b);

type Code = { value: string; start: number };

/** "nhà PP0…", "quán có mã PP0…": a label that stands right before a code. */
const standsBefore = (text: string, { end }: Label, { start }: Code): boolean =>
  end >= 0 && end <= start && start - end < LABELS_REACH && !JOINED.test(fold(text.slice(end, start)));

/**
 * The labels of this turn, else those of the question that is being answered; an answer may name some of them again. What is said
 * twice counts where it names a code.
 */
const labelsOf = ({ meaning, text }: Turn, codes: Code[], kept: string[] = []): Label[] => {
  const said = meaning.cues.houses.map(({ label, start, end }) => {
    // "nhà bên kia", "nhà ở quê" is another house than the one in use
    const which = fold(label) === 'nha' ? (WHICH.exec(text.slice(end))?.[0] ?? '') : '';
    return { label: labelText(label) + which.toLowerCase(), start, end: end + which.length };
  });
  const naming = said.filter((label) => codes.some((code) => standsBefore(text, label, code)));
  const alike = (labels: Label[], { label }: Label) => labels.find((one) => same(one.label, label));
  const before = kept.map((label) => ({ label, start: -1, end: -1 }));
  const answering = said.every(({ label }) => kept.some((one) => same(one, label)));
  const both = answering
    ? before.map((one) => alike(said, one) ?? one)
    : said.filter((one) => one === (alike(naming, one) ?? alike(said, one)));
  return both.slice(0, MOST_HOUSES);
};

/** Which label each code has: the one that stands right before it; where not all have one, in order if there are as many. */
const claimed = (turn: Turn, codes: Code[], labels: Label[]): (Label | undefined)[] => {
  const known = ({ label }: Label) => turn.memory.houses.some((house) => same(house.label, label));
  const free = new Set(labels);
  const near = codes.map((code) => {
    const label = [...free].findLast((one) => standsBefore(turn.text, one, code));
    if (label) free.delete(label);
    return label;
  });
  if (codes.length === 1) return [near[0] ?? [...free].find((one) => !known(one))];
  if (near.every(Boolean)) return near;
  const open = labels.length === codes.length ? labels : labels.filter((one) => !known(one));
  return open.length === codes.length ? open : near;
};

const numberOf = (label: string | undefined): number | undefined => {
  const digit = label === undefined ? undefined : NTH.exec(fold(label))?.[1];
  return digit === undefined ? undefined : Number(digit);
};

/** "nhà thứ hai" of codes that were given together, without names: in their order, as far as they have no number yet. */
const nthOf = (known: readonly House[], nth: number): House | undefined => {
  const named = known.filter(({ label }) => label);
  if (known.length < 2 || named.some(({ label }) => numberOf(label) === undefined)) return undefined;
  const numbers = known.map((_, n) => n + 1).filter((n) => !named.some(({ label }) => numberOf(label) === n));
  return known.filter(({ label }) => !label)[numbers.indexOf(nth)];
};

/** The house of this conversation that a label means; a name that nobody gave to one means none of them. */
const houseOf = ({ label, start, end }: Label, turn: Turn, taken: House[], alone: boolean): House | undefined => {
  const { houses: known, code } = turn.memory;
  const exact = known.find((house) => same(house.label, label));
  if (exact) return exact;
  const inUse = known.find((house) => house.code === code);
  if (THIS.test(fold(label))) return inUse;
  if (OTHER.test(fold(label)) && known.length === 2) return known.find((house) => house.code !== code);
  const nth = numberOf(label);
  if (nth !== undefined) return nthOf(known, nth);
  if (fold(label) !== 'nha') return undefined;
  const free = known.filter((house) => !house.label && !taken.some((one) => one.code === house.code));
  if (inUse && free.includes(inUse)) return inUse;
  // "nhà" said alone may be the one in use, if that is a house and nobody else's
  const own = OWN.test(fold(turn.text.slice(start, end)));
  return free[0] ?? (alone && inUse && !own && fold(inUse.label ?? 'nha').startsWith('nha') ? inUse : undefined);
};

/** The houses that a turn names, by code or by label; `kept` are the labels that a question asked about. */
export const housesNamed = (turn: Turn, totalling: boolean, kept?: string[]): Named => {
  const { memory, meaning, text } = turn;
  const said = entitiesOf(turn, 'customer_code');
  const labels = labelsOf(turn, said, kept);
  const distinct = said.filter(({ value }, n) => said.findIndex((one) => one.value === value) === n);
  const codes = meaning.cues.correcting && !totalling ? distinct.slice(-1) : distinct.slice(0, MOST_HOUSES);
  const only = labels.every(({ label }) => fold(label) === 'nha');
  // beside codes, or for all that were used here, the word is no label
  const plural = only && (codes.length > labels.length || EVERY.test(fold(text)));
  if (plural && !codes.length && EVERY.test(fold(text)) && memory.houses.length > 1)
    return { houses: memory.houses, unknown: [], labels: [] };
  const named = plural && codes.length !== labels.length ? [] : labels;
  const claims = claimed(turn, codes, named);
  const houses = codes.map(({ value: code }, n): House => {
    const label = claims[n]?.label;
    return { code, ...(label ? { label } : {}) };
  });
  const rest = named.filter((label) => !claims.includes(label));
  const unknown: string[] = [];
  for (const one of rest) {
    const house = houseOf(one, turn, houses, named.length === 1 && !totalling);
    if (!house) unknown.push(one.label);
    else if (!houses.some(({ code }) => code === house.code))
      houses.push({ ...house, label: house.label ?? one.label });
  }
  const place = ({ label }: House) => named.findIndex((one) => same(label, one.label));
  return {
    houses: houses.sort((a, b) => place(a) - place(b)),
    // one label beside a code that it did not claim says nothing more
    unknown: named.length === 1 && houses.length ? [] : unknown,
    labels: named.map(({ label }) => label),
  };
};
