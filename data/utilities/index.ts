import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { DomdomError } from '../../core/errors';
import { INTENTS } from '../../core/understanding';
import type { Utility } from '../../core/utility';
import { packageRoot } from '../package-root';

const text = z.string().trim().min(1).max(400).normalize('NFC');
const day = z.iso.date();
const unitCode = z.string().regex(/^P[A-Z][0-9A-Z]{4}$/, 'is no unit code: six characters, P and a letter first');
const phone = z.string().regex(/^\d{3,12}$/, 'is no phone number: digits, in quotes');

const dating = {
  from: day.optional(),
  to: day.optional(),
  citation: text,
  confidence: z.enum(['V', 'S', 'O', '?']),
};

const utilityFile = z.strictObject({
  name: text,
  smsName: z.string().regex(/^[ -~]{1,20}$/, 'holds letters that an SMS cannot carry'),
  sample: z.boolean(),
  prefixes: z.array(z.string().regex(/^P[A-Z]$/)).min(1),
});

const unitRow = z.strictObject({ code: unitCode, name: text, province: text, places: z.array(text).min(1), ...dating });
const hotlineRow = z.strictObject({ kind: z.enum(['care', 'ambulance', 'fire']), number: phone, ...dating });
const officeRow = z.strictObject({
  unit: unitCode,
  name: text,
  address: text,
  hours: text,
  phone: phone.optional(),
  ...dating,
});
const ruleRow = z.strictObject({
  key: z.string().regex(/^[a-z]+\.[a-z_]+$/),
  value: z.union([z.number(), text]),
  unit: text.optional(),
  ...dating,
});
const smsRow = z.strictObject({
  number: phone,
  command: z.string().regex(/^[A-Z]{2,8}$/),
  intent: z.enum(INTENTS),
  syntax: z.string().regex(/^[ -~]{1,80}$/),
  title: text.optional(),
  ...dating,
});

const paymentRow = z.discriminatedUnion('way', [
  z.strictObject({
    way: z.literal('vietqr'),
    bin: z.string().regex(/^\d{6}$/, 'is no BIN: six digits, in quotes'),
    bank: text,
    account: z.string().regex(/^[0-9A-Z]{4,19}$/, 'is no account number'),
    holder: z.string().regex(/^[ -~]{1,60}$/, 'holds letters that banks do not show'),
    most: z.int().positive(),
    ...dating,
  }),
  z.strictObject({
    way: z.literal('link'),
    url: z
      .string()
      .max(400)
      .regex(/^https:\/\/[^{}\s]+\{reference\}[^\s]*$/, 'is no https address with {reference} in it'),
    ...dating,
  }),
  z.strictObject({ way: z.literal('named'), name: text, ...dating }),
]);

/** One file per list: `rows`, and `defaults` that each row may leave out. */
const listFile = z.strictObject({
  defaults: z.record(z.string(), z.unknown()).default({}),
  rows: z.array(z.record(z.string(), z.unknown())),
});

const wrong = (file: string, why: string, cause?: unknown) =>
  new DomdomError('BAD_SETTING', `The utility file ${file} is wrong: ${why}.`, { cause });

const where = (path: readonly PropertyKey[]) => (path.length === 0 ? 'the file' : path.join('.'));

const check = <T>(file: string, schema: z.ZodType<T>, content: unknown, at: readonly PropertyKey[] = []): T => {
  const checked = schema.safeParse(content);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  throw wrong(file, `${where([...at, ...issue.path])} – ${issue.message}`);
};

const readYaml = async (folder: string, id: string, name: string): Promise<{ file: string; content: unknown }> => {
  const file = `${id}/${name}.yaml`;
  const bytes = await readFile(join(folder, `${name}.yaml`), 'utf8').catch((cause) => {
    throw wrong(file, 'it cannot be read', cause);
  });
  try {
    return { file, content: load(bytes, { maxAliases: 0 }) };
  } catch (cause) {
    throw wrong(file, `it is not YAML (${(cause as Error).message.split('\n')[0]})`);
  }
};

/**
 * A utility as its files in `data/utilities/<id>/` describe it: utility.yaml, and units, hotlines, offices, rules, payments, sms.
 * @throws DomdomError BAD_SETTING naming the file and field that is wrong
 */
export const loadUtility = async (id: string, root = join(packageRoot(), 'data', 'utilities')): Promise<Utility> => {
  const folder = join(root, id);
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id) || !existsSync(folder))
    throw new DomdomError('BAD_SETTING', `There is no utility of the name that UTILITY gives in data/utilities.`);

  const head = await readYaml(folder, id, 'utility');
  const rowsOf = async <T extends { from?: string; to?: string }>(name: string, schema: z.ZodType<T>) => {
    const { file, content } = await readYaml(folder, id, name);
    const { defaults, rows } = check(file, listFile, content);
    return rows.map((row, n) => {
      const checked = check(file, schema, { ...defaults, ...row }, ['rows', n]);
      if (checked.from && checked.to && checked.to < checked.from) throw wrong(file, `rows.${n}.to – is before from`);
      return checked;
    });
  };

  const utility: Utility = {
    id,
    ...check(head.file, utilityFile, head.content),
    units: await rowsOf('units', unitRow),
    hotlines: await rowsOf('hotlines', hotlineRow),
    offices: await rowsOf('offices', officeRow),
    rules: await rowsOf('rules', ruleRow),
    payments: await rowsOf('payments', paymentRow),
    sms: await rowsOf('sms', smsRow),
  };
  const stray = utility.units.find(({ code }) => !utility.prefixes.includes(code.slice(0, 2)));
  if (stray) throw wrong(`${id}/units.yaml`, `${stray.code} begins with none of the prefixes`);
  const lost = utility.offices.find(({ unit }) => !utility.units.some(({ code }) => code === unit));
  if (lost) throw wrong(`${id}/offices.yaml`, `there is no unit ${lost.unit}`);
  if (!utility.hotlines.some(({ kind }) => kind === 'care')) throw wrong(`${id}/hotlines.yaml`, 'it has no care line');
  return utility;
};
