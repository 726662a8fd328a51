import fc from 'fast-check';
import { choices, offeredChoices, say } from '../../core/activity';
import type { Turn } from '../../core/dialog';
import { INTENTS } from '../../core/understanding';
import { isBare } from '../../dialogs/bare';
import { chosenFrom, meaningOf, want } from '../../dialogs/choosing';
import { remembered } from '../../dialogs/memory';
import { DEFAULT_PRONOUNS, pronounsAfter, speak, spoken } from '../../dialogs/pronouns';
import { money, number } from '../../dialogs/show';
import { whenOf } from '../../dialogs/when';
import { CODE, meaning, stage } from './stage';

describe('pronouns', () => {
  const bà = { customer: 'bà', us: 'con' };
  test.each([
    ['Dạ anh/chị cho em xin mã ạ.', 'Dạ bà cho con xin mã ạ.'],
    ['Anh/chị xem giúp em. Em cảm ơn.', 'Bà xem giúp con. Con cảm ơn.'],
    ['Giữ trẻ em tránh xa, xem hình em gửi', 'Giữ trẻ em tránh xa, xem hình con gửi'],
  ])('%s', (text, expected) => expect(speak(text, bà)).toBe(expected));

  test('a customer who is junior to us stays anh/chị, an elder is answered in kind, and silence keeps what was', () => {
    expect(pronounsAfter(DEFAULT_PRONOUNS, { customer: 'em', us: 'anh' })).toEqual(DEFAULT_PRONOUNS);
    expect(pronounsAfter(DEFAULT_PRONOUNS, { customer: 'cô', us: 'cháu' })).toEqual({ customer: 'cô', us: 'cháu' });
    expect(pronounsAfter(bà, undefined)).toEqual(bà);
  });

  test('titles of choices are spoken too, their values stay', () => {
    const [choice] = offeredChoices(spoken(choices('?', [{ title: 'Em làm được gì', value: 'help.menu' }]), bà));
    expect(choice).toEqual({ title: 'Con làm được gì', value: 'help.menu' });
  });
});

describe('choices', () => {
  const offered = [
    { title: 'Tiền điện', value: 'bill.lookup' },
    { title: 'Còn nợ không?', value: 'debt.lookup' },
    { title: 'Chỉ nhà mình bị', value: 'alone' },
  ];
  test.each([
    ['2', 'debt.lookup'],
    ['số 1', 'bill.lookup'],
    ['2.', 'debt.lookup'],
    ['con no khong', 'debt.lookup'],
    ['TIỀN ĐIỆN', 'bill.lookup'],
    ['chỉ nhà mình thôi', 'alone'],
    ['chỉ nhà', undefined],
    ['4', undefined],
    ['tiền điện tháng 2', undefined],
  ])('"%s" chooses %s', (text, value) => expect(chosenFrom([say(text)], text, offered)?.value).toBe(value));

  test('every want survives the way through a button of 64 bytes', () => {
    const months = fc.record({
      year: fc.integer({ min: 2000, max: 2099 }),
      month: fc.integer({ min: 1, max: 12 }),
      period: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...INTENTS), months, (intent, month) => {
        const { value } = want('x', intent, { code: CODE, month });
        expect(Buffer.byteLength(value)).toBeLessThanOrEqual(64);
        const meant = meaningOf(value)!;
        expect(meant.wants[0]!.intent).toBe(intent);
        expect(meant.entities.map((entity) => entity.value)).toEqual([CODE, month.month, month.year, month.period]);
      }),
    );
  });

  test('a made-up value is not a choice', () => {
    expect(chosenFrom([{ type: 'message', value: 'drop.table;code=x' }], '', offered)).toBeUndefined();
  });
});

describe('months', () => {
  const NOW = new Date('2026-03-12T02:00:00Z');
  const when = (meant: Parameters<typeof meaning>[0], text = '', memory = {}) =>
    whenOf({
      text,
      now: NOW,
      meaning: meaning(meant),
      memory: { pronouns: DEFAULT_PRONOUNS, houses: [], facts: [], ...memory },
    } as unknown as Turn);

  test('a month without a year is this year up to two months ahead, else last year', () => {
    expect(when({ month: 2 }).months).toEqual([{ year: 2026, month: 2 }]);
    expect(when({ month: 4 }).months).toEqual([{ year: 2026, month: 4 }]);
    expect(when({ month: 12 }).months).toEqual([{ year: 2025, month: 12 }]);
  });

  test('a range, the last few, a whole year', () => {
    expect(when({ month: [11, 1] }, 'từ tháng 11 đến tháng 1').months.map(({ month }) => month)).toEqual([1, 12, 11]);
    expect(when({}, '3 thang gan day')).toEqual({ months: [], latest: 3 });
    expect(when({ year: 2025 })).toEqual({ months: [], year: 2025 });
    expect(when({ date_range: { from: '2026-01-01', to: '2026-02-28' } }).months).toHaveLength(2);
  });

  test('the month of a figure said within the hour is carried, and no longer', () => {
    const month = { year: 2026, month: 1 };
    const fact = { what: 'bill.total', value: 1, month, record: 'bills/x', asOf: '' };
    const said = (saidAt: string) => ({ month, facts: [{ ...fact, saidAt }] });
    expect(when({}, '', said('2026-03-12T01:30:00Z'))).toEqual({ months: [month], carried: true });
    expect(when({}, '', said('2026-03-11T01:30:00Z'))).toEqual({ months: [] });
    expect(when({ year: 2025, period: 1 }, '', said('2026-03-12T01:30:00Z')).months).toEqual([
      { year: 2025, month: 1, period: 1 },
    ]);
  });
});

test('a message that holds only values is told from one with a want', () => {
  const bare = (text: string, code?: string) => {
    const given = meaning({});
    const start = code ? text.indexOf(code) : 0;
    const entities = code
      ? [{ type: 'customer_code' as const, value: code, start, end: start + code.length, text: code, sureness: 1 }]
      : [];
    return isBare(text, { ...given, entities });
  };
  expect(bare(`dạ mã đây em ${CODE}`, CODE)).toBe(true);
  expect(bare(`${CODE} còn nợ không`, CODE)).toBe(false);
  expect(bare('cho xem chỉ số')).toBe(false);
});

test('memory stays bounded whatever a conversation does', () => {
  let memory = remembered({ pronouns: DEFAULT_PRONOUNS, houses: [], facts: [] });
  for (let n = 0; n < 200; n += 1)
    memory = remembered(memory, {
      houses: [{ code: `PP010001${String(n).padStart(5, '0')}` }],
      facts: [{ what: 'x', value: n, record: 'x', asOf: '', saidAt: '' }],
    });
  expect(memory.houses).toHaveLength(6);
  expect(memory.facts).toHaveLength(12);
  expect(memory.facts[0]!.value).toBe(199);
});

test('amounts are grouped by dots, and plain by SMS', () => {
  expect(money(500_550)).toBe('500.550 đ');
  expect(money(500_550, true)).toBe('500550 đồng');
  expect(number(1_234_567)).toBe('1.234.567');
});

test('any text gets an answer of bounded state, and by SMS exactly one', async () => {
  const intents = fc.constantFrom(...INTENTS);
  const turns = fc.array(fc.tuple(fc.string({ maxLength: 60 }), intents, fc.boolean(), fc.boolean()), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(turns, fc.boolean(), async (said, sms) => {
      const conversation = stage({ sms });
      for (const [text, intent, sure, coded] of said) {
        const decision = await conversation.say(`${text} x`, {
          ...(sure ? { wants: [intent] } : { best: intent }),
          ...(coded ? { customer_code: CODE } : {}),
        });
        if (sms) expect(decision.say.map((reply) => reply.text?.includes('?'))).toEqual([false]);
        else expect(decision.say.length).toBeGreaterThan(0);
        for (const reply of decision.say) expect(reply.text?.length || reply.attachments?.length).toBeTruthy();
        expect(decision.state.frames.length).toBeLessThanOrEqual(4);
        expect(JSON.stringify(decision.state.memory).length).toBeLessThan(20_000);
      }
    }),
    { numRuns: 150 },
  );
});
