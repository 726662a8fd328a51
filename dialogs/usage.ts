import { choices, say, table } from '../core/activity';
import type { Fact, Step, Turn } from '../core/dialog';
import type { PeriodOf, Reading, Source } from '../core/records';
import { monthIndex, monthOf } from '../core/time';
import { type Asked, accountDialog, houseName } from './account';
import { charted, daysChart, monthsChart } from './charts';
import { want } from './choosing';
import { comparisonOf } from './comparison';
import { assumed, newestMeant, nothingFor, rowsFor } from './months';
import { PERSON } from './offers';
import { outstanding, spanFor, spokenOf } from './outstanding';
import { fact, monthText, number, recordKey } from './show';
import { entityOf } from './slots';
import { mentions, phrases } from './words';

const DAILY = phrases(
  'mỗi ngày, theo ngày, hàng ngày, hằng ngày, từng ngày, một ngày, ngày nào, trung bình ngày, bình quân ngày',
);

const BY_MONTH = 'Dạ em chỉ có sản lượng theo tháng, chưa có theo ngày ạ.';

interface Usage extends PeriodOf {
  customer: string;
  kwh: number;
  source: Source;
}

/** Active energy of a month: the sum over its registers and periods; reactive energy (VC) is not consumption. */
const byMonth = (readings: Reading[]): Usage[] => {
  const months = new Map<string, Usage>();
  for (const { customer, year, month, period, register, kwh, source } of readings) {
    if (register === 'VC') continue;
    const key = `${customer}/${year}-${month}`;
    const before = months.get(key);
    months.set(key, { customer, year, month, period, source, kwh: kwh + (before?.kwh ?? 0) });
  }
  return [...months.values()];
};

const against = (now: Usage, before: Usage | undefined, called: string): string => {
  if (!before) return '';
  const change = now.kwh - before.kwh;
  const more =
    change === 0
      ? 'bằng'
      : change > 0
        ? `nhiều hơn ${number(change)} kWh so với`
        : `ít hơn ${number(-change)} kWh so với`;
  return ` ${more} ${called} (${number(before.kwh)} kWh)`;
};

const factOf = (turn: Turn, { customer, year, month, period, ...usage }: Usage): Fact =>
  fact(turn.now, usage, {
    what: 'usage.kwh',
    value: usage.kwh,
    customer,
    month: { year, month },
    record: recordKey('readings', customer, { year, month, period }),
  });

const HELD = { more: 'nhiều hơn', less: 'ít hơn', show: (kwh: number) => `${number(kwh)} kWh` };
const USE = { most: 'Dùng nhiều nhất', least: 'Dùng ít nhất', show: (kwh: number) => `${number(kwh)} kWh` };

const answer = async (turn: Turn, { accounts, when: said, totalling, comparing }: Asked): Promise<Step> => {
  const when = spanFor(turn, said);
  const daily = entityOf(turn, 'date') !== undefined || mentions(turn.text, DAILY);
  const notes = daily ? [BY_MONTH] : [];
  const all: Usage[] = [];
  const compared: Usage[] = [];
  const texts: string[] = [];
  for (const { house } of accounts) {
    const read = turn.services.records.readings;
    const usages = byMonth(await rowsFor(when, (month, limit) => read(house.code, month, limit)));
    all.push(...usages);
    const [one] = usages;
    if (!one) notes.push(nothingFor(turn, when, 'sản lượng', house.code, (await read(house.code, undefined, 1))[0]));
    if (!one || usages.length > 1) continue;
    const at = monthIndex(one.year, one.month);
    const [previous, yearBefore] = await Promise.all(
      [at - 1, at - 12].map(async (index) => byMonth(await read(house.code, monthOf(index)))[0]),
    );
    compared.push(...[previous, yearBefore].filter((usage) => usage !== undefined));
    const differences = [against(one, previous, 'tháng trước'), against(one, yearBefore, 'cùng tháng năm trước')]
      .filter(Boolean)
      .join(',');
    const which = newestMeant(when) ? `tháng gần nhất là ${monthText(one)}, mã` : `${monthText(one)} mã`;
    texts.push(`Dạ ${which} ${house.code} dùng ${number(one.kwh)} kWh${differences ? `,${differences}` : ''}.`);
  }
  const facts = [...all, ...compared].slice(0, 12).map((usage) => factOf(turn, usage));
  const rest = { remember: { ...spokenOf(turn.text, all), facts }, then: { is: 'done' } } as const;
  const [first] = all;
  if (!first) return { say: [choices(notes.join('\n'), [PERSON])], ...rest };
  if (turn.channel.abilities.oneReply) {
    const each = all.map(({ month, year, kwh }) => `T${month}/${year} ${kwh} kWh`).join(', ');
    const whose = [...new Set(all.map(({ customer }) => customer))].join(', ');
    const text = `${turn.utility.smsName} thông báo sản lượng KH ${whose}: ${each}${assumed(turn, when, 'usage.lookup')}`;
    return { say: [...notes, text].map(say), ...rest };
  }
  const newest = all.reduce((a, b) => (monthIndex(b.year, b.month) > monthIndex(a.year, a.month) ? b : a));
  const whose = first.customer;
  const chart =
    accounts.length > 1
      ? undefined
      : daily
        ? await daysChart(turn, whose)
        : await monthsChart(turn, whose, newest, when.latest ?? all.length);
  if (all.length === 1 && texts.length === 1) {
    const offers = [
      want('Tiền điện tháng đó', 'bill.lookup', {
        code: first.customer,
        month: { year: first.year, month: first.month },
      }),
      want('Chỉ số công tơ', 'reading.lookup', {
        code: first.customer,
        month: { year: first.year, month: first.month },
      }),
    ];
    return {
      say: [
        charted(
          choices(
            [...notes, ...texts.map((line) => (notes.length ? line.replace(/^Dạ t/, 'T') : line))].join('\n'),
            offers,
          ),
          chart,
        ),
      ],
      ...rest,
    };
  }
  const sides = all.map(({ customer, kwh: value, ...month }) => ({
    month,
    value,
    ...(accounts.length > 1 && { house: houseName(accounts, customer) }),
  }));
  const held = comparing && comparisonOf(sides, HELD);
  if (held) {
    const whose = held.first.house ?? `mã ${first.customer}`;
    const text = `Dạ ${monthText(held.first.month)} ${whose} dùng ${number(held.first.value)} kWh, ${held.text}.`;
    return { say: [charted(choices([...notes, text].join('\n'), [PERSON]), chart)], ...rest };
  }
  const sum = all.reduce((total, { kwh }) => total + kwh, 0);
  const several = accounts.length > 1;
  const called = (code: string) => accounts.find(({ house }) => house.code === code)?.house.label ?? code;
  const rows = all.map((usage) => [...(several ? [called(usage.customer)] : []), monthText(usage), number(usage.kwh)]);
  const columns = [...(several ? ['Nơi dùng điện'] : []), 'Tháng', 'kWh'];
  const months = all.map(({ kwh: value, ...month }) => ({ ...month, value }));
  const stands = several ? '' : outstanding(turn.text, months, USE);
  const text = `${totalling ? 'Dạ cộng lại là' : 'Dạ tổng cộng'} ${number(sum)} kWh${stands ? `. ${stands}` : ':'}`;
  return { say: [charted(table([...notes, text].join('\n'), { columns, rows }), chart)], ...rest };
};

export const usage = accountDialog({ id: 'usage', version: 1, intents: ['usage.lookup'] }, answer);
