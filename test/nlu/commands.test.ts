import fc from 'fast-check';
import { createUnderstanding } from '../../nlu/index';
import { modelForTests, understandingForTests } from './model';

const understand = understandingForTests();
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

test('TC is help', () => {
  for (const text of ['TC', 'tc', ' Tc. ']) expect(read(text)).toMatchObject({ intent: 'help.menu', sureness: 1 });
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

describe('each utility has its own', () => {
  const by = Object.fromEntries(
    ['sample', 'evnhanoi', 'evnhcmc', 'evnspc'].map((utility) => [utility, understandingForTests(utility)]),
  );
  const readBy = (utility: string, text: string, at = '2026-03-12T09:00:00+07:00') => {
    const { intents, entities, wants, because } = by[utility]!(text, { now: new Date(at) });
    const values = entities.map(({ type, value }) => [type, value]);
    return { intent: intents[0]!.name, sureness: intents[0]!.sureness, wants: wants.length, because, values };
  };
  const PD = ['customer_code', 'PD01000123456'];
  const PE = ['customer_code', 'PE01000123456'];
  const PB = ['customer_code', 'PB06010001234'];
  const TIME = [
    ['month', 5],
    ['year', 2024],
  ];

  test.each<[string, string, string, string, unknown[]]>([
    ['evnhanoi', 'EVNHANOI DK PD01000123456', 'notify.preferences', 'DK', [PD]],
    ['evnhanoi', 'evnhanoi_dk_pd01000123456', 'notify.preferences', 'DK', [PD]],
    ['evnhanoi', 'EVN HANOI  DK  PD01000123456', 'notify.preferences', 'DK', [PD]],
    ['evnhanoi', 'DK PD01000123456', 'notify.preferences', 'DK', [PD]],
    ['evnhanoi', 'EVNHANOI DV', 'help.menu', 'DV', []],
    ['evnhanoi', 'EVNHANOI HUY', 'notify.preferences', 'HUY', []],
    [
      'evnhanoi',
      'EVNHANOI DS PD01000123456 0912345678 0987654321',
      'account.update_contact',
      'DS',
      [PD, ['phone', '84912345678'], ['phone', '84987654321']],
    ],
    ['evnhanoi', 'EVNHANOI CD GK0123456789', 'service.status', 'CD', [['request_no', 'GK0123456789']]],
    ['evnhanoi', 'evnhanoi cd gk0123456789', 'service.status', 'CD', [['request_no', 'GK0123456789']]],
    ['evnhcmc', 'TD PE01000123456 05/24', 'bill.lookup', 'TD', [PE, ...TIME]],
    ['evnhcmc', 'td.pe01000123456.5.2024', 'bill.lookup', 'TD', [PE, ...TIME]],
    ['evnhcmc', 'NO PE01000123456', 'debt.lookup', 'NO', [PE]],
    ['evnhcmc', 'LMD PE01000123456', 'outage.planned', 'LMD', [PE]],
    ['evnhcmc', 'MD PE01000123456', 'outage.status', 'MD', [PE]],
    ['evnhcmc', 'LGD PE01000123456 05/24', 'reading.schedule', 'LGD', [PE, ...TIME]],
    ['evnspc', 'SPCDK PB06010001234', 'notify.preferences', 'SPCDK', [PB]],
    ...['LG', 'CS', 'TD', 'NO', 'NG'].map((option): [string, string, string, string, unknown[]] => [
      'evnspc',
      `SPCDK PB06010001234 ${option}`,
      'notify.preferences',
      `SPCDK ${option}`,
      [PB],
    ]),
    ['evnspc', 'spcdk_pb06010001234_no', 'notify.preferences', 'SPCDK NO', [PB]],
  ])('%s: %s', (utility, text, intent, keyword, values) => {
    expect(readBy(utility, text)).toEqual({
      intent,
      sureness: 1,
      wants: 1,
      because: [`SMS command ${keyword}`],
      values,
    });
  });

  test.each([
    ['sample', 'NO PE01000123456'],
    ['sample', 'EVNHANOI HUY'],
    ['evnhanoi', 'huy'],
    ['evnhanoi', 'dv'],
    ['evnhanoi', 'NTD PD01000123456'],
    ['evnhcmc', 'no'],
    ['evnhcmc', 'CS PE01000123456'],
    ['evnspc', 'TD PB06010001234 05/24'],
  ])('%s has none of: %s', (utility, text) => {
    expect(readBy(utility, text).because.join()).not.toMatch(/SMS command/);
  });

  test('a syntax is read from its first day, and afterwards where no newer one has its keyword', () => {
    const row = { number: '8088', citation: 'a test', confidence: 'O' as const };
    const understood = createUnderstanding(modelForTests(), [
      { ...row, command: 'XX', intent: 'bill.lookup', syntax: 'XX MaKH', to: '2020-12-31' },
      { ...row, command: 'XX', intent: 'debt.lookup', syntax: 'XX MaKH', from: '2022-01-01', to: '2024-12-31' },
    ]);
    const wanted = (on: string) => {
      const { intents, because } = understood('XX PE01000123456', { now: new Date(`${on}T09:00:00+07:00`) });
      return because[0] === 'SMS command XX' ? intents[0]!.name : undefined;
    };
    expect(['2019-05-05', '2021-05-05', '2023-05-05'].map(wanted)).toEqual([
      'bill.lookup',
      'bill.lookup',
      'debt.lookup',
    ]);
    const soon = createUnderstanding(modelForTests(), [
      { ...row, command: 'XX', intent: 'bill.lookup', syntax: 'XX MaKH', from: '2026-01-01' },
    ]);
    expect(soon('XX PE01000123456', { now: new Date('2025-12-31T09:00:00+07:00') }).because.join()).not.toMatch(/SMS/);
  });
});
