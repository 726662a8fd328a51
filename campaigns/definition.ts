import { load } from 'js-yaml';
import { z } from 'zod';
import { type Campaign, type CampaignLaw, TRIGGERS } from '../core/campaign';
import { DomdomError } from '../core/errors';

const text = (max = 400) => z.string().trim().min(1).max(max).normalize('NFC');
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'is no name: lower-case letters, digits, dashes');
const head = z.string().regex(/^P[A-Z][0-9A-Z]{0,4}$/, 'is no beginning of customer codes');
const count = (max = 1_000_000) => z.int().min(1).max(max);
const confidence = z.enum(['V', 'S', 'O', '?']);

const selection = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ordinal'),
    first: count(),
    step: count(),
    repeat: z.enum(['passes', 'lapses']),
  }),
  z.strictObject({ kind: z.literal('first'), count: count(), conditions: z.array(id).max(20) }),
  z.strictObject({
    kind: z.literal('stratified'),
    strata: z
      .array(z.strictObject({ name: text(60), heads: z.array(head).min(1) }))
      .min(1)
      .max(200),
    shortage: z.enum(['unawarded', 'pooled']),
  }),
  z.strictObject({ kind: z.literal('score'), questions: count(1000) }),
  z.strictObject({ kind: z.literal('none') }),
]);

const prize = z.strictObject({
  tier: id,
  name: text(60),
  quota: count().optional(),
  per: z.enum(['stratum', 'campaign']).default('campaign'),
  value: count(1e12).optional(),
  thing: text(120).optional(),
});

const campaignFile = z
  .strictObject({
    name: text(120),
    choice: text(20),
    called: z.array(text(60)).max(20).default([]),
    sample: z.boolean().default(false),
    organiser: text(120),
    umbrella: id.optional(),
    period: z.strictObject({ from: z.iso.date(), to: z.iso.date().optional(), doubtful: z.boolean().default(false) }),
    territory: z.strictObject({ heads: z.array(head).min(1).max(60), words: text(120) }),
    audience: z.array(z.enum(['household', 'business', 'production', 'administrative'])).default([]),
    entry: z.array(z.enum(TRIGGERS)).default([]),
    channels: z.array(z.string().regex(/^[a-z]{2,20}$/)).default([]),
    per: z.enum(['day', 'campaign']).default('day'),
    excluded: z.array(text(200)).default([]),
    selection,
    prizes: z.array(prize).max(20).default([]),
    reserves: z.int().min(0).max(1000).default(0),
    confirmation: z.boolean().default(false),
    publicNumber: z.strictObject({ what: text(200), on: z.iso.date() }).optional(),
    claimDays: count(400).default(30),
    appealDays: count(400).default(15),
    registration: text(120).optional(),
    about: text(),
    join: text(),
    how: text(),
    results: text(),
    claim: text(),
    hotline: z
      .string()
      .regex(/^\d{3,12}$/, 'is no phone number: digits, in quotes')
      .optional(),
    site: z
      .string()
      .regex(/^[a-z0-9.-]{4,80}$/)
      .optional(),
    rules: z.array(text(600)).max(40),
    /** what the prizes must come to, so that a slip in a quota is seen */
    totals: z.strictObject({ prizes: count(), value: count(1e13).optional() }).optional(),
    citation: text(),
    confidence,
  })
  .superRefine((one, issues) => {
    const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message });
    const { period, selection, prizes, totals, publicNumber } = one;
    if (period.to && period.to < period.from) wrong('period', 'ends before it begins');
    if (BY_LOT.has(selection.kind)) {
      if (!publicNumber) wrong('publicNumber', 'is missing: a draw needs one that nobody knows before entries close');
      else if (!period.to || publicNumber.on <= period.to) wrong('publicNumber', 'is known before entries close');
    }
    if (selection.kind !== 'none') {
      if (!prizes.length) wrong('prizes', 'are missing');
      if (!one.entry.length) wrong('entry', 'is missing: nothing would make a ticket');
    }
    if (selection.kind === 'stratified') {
      const heads = selection.strata.flatMap(({ heads }) => heads);
      const clash = heads.find((a, n) => heads.some((b, m) => n !== m && b.startsWith(a)));
      if (clash) wrong('selection', `has two strata for codes that begin with ${clash}`);
      if (prizes.some(({ per }) => per === 'campaign'))
        wrong('prizes', 'are per campaign, and the draw is per stratum');
    } else if (prizes.some(({ per }) => per === 'stratum')) wrong('prizes', 'are per stratum, and there are no strata');
    if (selection.kind !== 'ordinal' && prizes.some(({ quota }) => quota === undefined))
      wrong('prizes', 'lack a quota, which only a step over tickets may');
    if (selection.kind === 'ordinal' && (prizes.length !== 1 || prizes[0]!.quota !== undefined))
      wrong('prizes', 'of a step over tickets are one tier without a quota');
    if (selection.kind === 'ordinal' && one.reserves) wrong('reserves', 'are none where tickets are stepped over');
    if (selection.kind === 'first' && prizes.reduce((n, { quota = 0 }) => n + quota, 0) !== selection.count)
      wrong('prizes', 'are not as many as the first');
    const sum = totalsOf(one as unknown as Campaign);
    if (totals && (totals.prizes !== sum.prizes || (totals.value ?? sum.value) !== sum.value))
      wrong('totals', `do not hold: the prizes are ${sum.prizes}, worth ${sum.value} đồng`);
  });

const BY_LOT = new Set<string>(['stratified', 'score']);
/** Whether chance has a part in it, so that a seed and a public number are needed. */
export const byLot = ({ selection }: Pick<Campaign, 'selection'>): boolean => BY_LOT.has(selection.kind);

/** How many prizes there are in all and what they are worth in đồng; undefined where as many as the tickets give. */
export const totalsOf = ({ prizes, selection }: Campaign): { prizes?: number; value?: number } => {
  const strata = selection.kind === 'stratified' ? selection.strata.length : 1;
  if (!prizes.length || prizes.some(({ quota }) => quota === undefined)) return {};
  const counts = prizes.map(({ quota = 0, per }) => quota * (per === 'stratum' ? strata : 1));
  return {
    prizes: counts.reduce((sum, n) => sum + n, 0),
    ...(prizes.every(({ value }) => value !== undefined) && {
      value: counts.reduce((sum, n, at) => sum + n * prizes[at]!.value!, 0),
    }),
  };
};

const wrong = (file: string, why: string) =>
  new DomdomError('BAD_SETTING', `The campaign file ${file} is wrong: ${why}.`);

const read = <T>(file: string, content: string, schema: z.ZodType<T>): T => {
  let given: unknown;
  try {
    given = load(content, { maxAliases: 0 });
  } catch (cause) {
    throw wrong(file, `it is not YAML (${(cause as Error).message.split('\n')[0]})`);
  }
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  const { path, message } = checked.error.issues[0]!;
  throw wrong(file, `${path.join('.') || 'the file'} – ${message}`);
};

/** One campaign from the text of its file `<id>.yaml`. @throws DomdomError BAD_SETTING naming the file and field that is wrong */
export const readCampaign = (file: string, content: string): Campaign => {
  const { totals: _, ...given } = read(file, content, campaignFile);
  return JSON.parse(JSON.stringify({ id: id.parse(file.replace(/\.yaml$/, '')), ...given })) as Campaign;
};

const lawFile = z.array(
  z.strictObject({
    key: z.enum(['tax.over', 'tax.rate', 'unclaimed.state_share', 'advert.label', 'registration']),
    value: z.union([z.number(), text()]),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    citation: text(),
    confidence,
  }),
);

/** @throws DomdomError BAD_SETTING naming the field that is wrong */
export const readLaw = (file: string, content: string): CampaignLaw[] =>
  read(file, content, lawFile).map((row) => JSON.parse(JSON.stringify(row)) as CampaignLaw);
