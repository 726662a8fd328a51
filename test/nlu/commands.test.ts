import fc from 'fast-check';
import { createUnderstanding } from '../../nlu/index';
import { modelForTests } from './model';

const understand = createUnderstanding(modelForTests());
const now = new Date('2016-09-30T09:00:00+07:00');
const CODE = 'PP05000974006';

const read = (text: string) => {
  const { intents, entities, wants } = understand(text, { now });
  return {
    intent: intents[0]!.name,
    sureness: intents[0]!.sureness,
    wants: wants.length,
    ...Object.fromEntries(entities.map((e) => [e.type, e.value])),
  };
};
const slots = { customer_code: CODE, period: 1, month: 10, year: 2016 };
const INTENT = {
  LGD: 'reading.schedule',
  CS: 'reading.lookup',
  TD: 'bill.lookup',
  NTD: 'debt.lookup',
  LCD: 'outage.planned',
} as const;

test.each(Object.entries(INTENT))('%s in many spellings', (keyword, intent) => {
  const dated = keyword.length !== 3 || keyword === 'LGD';
  for (const text of dated
    ? [
        `${keyword} ${CODE} 1 10 2016`,
        `${keyword}_${CODE}_1_10_2016`,
        `${keyword.toLowerCase()} ${CODE.toLowerCase()} 1 10 2016`,
        `${keyword}.${CODE}.1.10.2016`,
        `${keyword}/${CODE}/1/10/2016`,
        `${keyword}-${CODE}-1-10-2016`,
        `${keyword} ${CODE} 1 10/2016`,
        `${keyword} ${CODE} 1 2016 10`,
        `${keyword} ${CODE} 1 10 16`,
        `${keyword} ${CODE} ky 1 thang 10 nam 2016`,
        `${keyword} ${CODE} ky1 t10 2016`,
        `  ${keyword}   ${CODE}   1   10   2016  `,
        `${keyword} PPO5OOO974OO6 1 10 2016`,
        `${keyword} PP05 000 974 006 1 10 2016`,
        `"${keyword} ${CODE} 1 10 2016"`,
        `${keyword}${CODE} 1 10 2016`,
        `EVN ${keyword} ${CODE} 1 10 2016`,
        `${keyword}: ${CODE}, ky 1, 10/2016 nhe em`,
      ]
    : [])
    expect({ text, ...read(text) }).toEqual({ text, intent, sureness: 1, wants: 1, ...slots });
  for (const text of [
    `${keyword} ${CODE}`,
    `${keyword}_${CODE}`,
    `${keyword}.${CODE}`,
    `${keyword.toLowerCase()} ${CODE.toLowerCase()}`,
    `${keyword} ${CODE} cam on em`,
  ])
    expect({ text, ...read(text) }).toEqual({ text, intent, sureness: 1, wants: 1, customer_code: CODE });
});

test('month and year without the period', () => {
  for (const text of [
    `TD ${CODE} 10 2016`,
    `td ${CODE} 10/2016`,
    `TD ${CODE} 2016/10`,
    `TD ${CODE} 10.2016`,
    `TD ${CODE} 10/16`,
  ])
    expect({ text, ...read(text) }).toMatchObject({
      text,
      intent: 'bill.lookup',
      customer_code: CODE,
      month: 10,
      year: 2016,
    });
  expect(read(`TD ${CODE} 9`)).toMatchObject({ month: 9, year: 2016 });
});

test('TC is help; the other utilities that print unmistakable keywords', () => {
  for (const text of ['TC', 'tc', ' Tc. ']) expect(read(text)).toMatchObject({ intent: 'help.menu', sureness: 1 });
  expect(read('NO PE01000123456')).toMatchObject({ intent: 'debt.lookup', sureness: 1 });
  expect(read('LMD PE01000123456')).toMatchObject({ intent: 'outage.planned', sureness: 1 });
});

test('the keyword alone is the want, a wrong code keeps it', () => {
  expect(read('NTD')).toMatchObject({ intent: 'debt.lookup', sureness: 1 });
  expect(read('TD PP0500097400 1 10 2016')).toMatchObject({ intent: 'bill.lookup', sureness: 1 });
});

test.each([
  'số cs mới của tôi',
  'em ở td city',
  'tc công ty ơi cho hỏi tiền điện tháng 9',
  'no roi khong an nua',
  'bán tivi LCD cũ',
])('ordinary talk: %s', (text) => {
  expect(understand(text, { now }).because.join()).not.toMatch(/SMS command/);
});

test('200 corrupted spellings parse right', () => {
  const keywords = Object.keys(INTENT) as (keyof typeof INTENT)[];
  const anyCase = (text: string, flips: boolean[]) =>
    [...text].map((c, i) => (flips[i % flips.length] ? c.toLowerCase() : c.toUpperCase())).join('');
  const gap = fc.constantFrom(' ', '  ', '_', '.', '/', '-', ' - ', ', ', '__');
  fc.assert(
    fc.property(
      fc.constantFrom(...keywords),
      fc.array(fc.boolean(), { minLength: 5, maxLength: 30 }),
      fc.array(gap, { minLength: 4, maxLength: 4 }),
      fc.constantFrom('1 10 2016', '10 2016', '10/2016', '2016 10', '1 10/2016', 'ky 1 thang 10 nam 2016', '1 10 16'),
      fc.boolean(),
      fc.constantFrom('', ' ', '.', ' !', '\n'),
      (keyword, flips, gaps, when, zeroes, tail) => {
        const code = zeroes
          ? CODE.replace(/0(?=\d*$)/g, (_, at: number) => (flips[at % flips.length] ? 'O' : '0'))
          : CODE;
        const dated = keyword !== 'NTD' && keyword !== 'LCD';
        let n = 1;
        const text = anyCase(
          `${keyword}${gaps[0]}${code}${dated ? gaps[1] + when.replace(/ /g, () => gaps[2 + (n++ % 2)]!) : ''}${tail}`,
          flips,
        );
        const meant = read(text);
        expect({ text, ...meant }).toMatchObject({
          text,
          intent: INTENT[keyword],
          customer_code: CODE,
          ...(dated ? { month: 10, year: 2016 } : {}),
        });
      },
    ),
    { numRuns: 200, seed: 8088 },
  );
});
