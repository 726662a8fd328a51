import { choices, say, table } from '../core/activity';
import type { Fact, Step, Turn } from '../core/dialog';
import type { Reading } from '../core/records';
import { showDay } from '../core/time';
import { type Asked, accountDialog } from './account';
import { want } from './choosing';
import { assumed, newestMeant, nothingFor, rowsFor } from './months';
import { PERSON } from './offers';
import { fact, monthText, number, recordKey } from './show';
import type { When } from './slots';

const sms = (turn: Turn, when: When, r: Reading): string =>
  `${turn.utility.smsName} thông báo chỉ số KH ${r.customer} kỳ ${r.period} tháng ${r.month}/${r.year}: BCS: ${r.register}, HSN: ${r.multiplier}, chỉ số cũ: ${r.old}, chỉ số mới: ${r.new}, điện năng tiêu thụ: ${r.kwh} kWh${assumed(turn, when, 'reading.lookup')}`;

const oneReading = (r: Reading, chosenByUs: boolean): string => {
  const when = chosenByUs ? `tháng gần nhất là ${monthText(r)}, chỉ số công tơ` : `chỉ số công tơ ${monthText(r)}`;
  const how = r.how === 'estimated' ? ' Chỉ số này là tạm tính.' : '';
  return `Dạ ${when} của mã ${r.customer} (BCS ${r.register}, HSN ${r.multiplier}): cũ ${number(r.old)}, mới ${number(r.new)}, tiêu thụ ${number(r.kwh)} kWh, ghi ngày ${showDay(r.readOn)}.${how}`;
};

export const readingFacts = (turn: Turn, r: Reading): Fact[] => {
  const { customer, year, month, period } = r;
  const of = { customer, month: { year, month, period }, record: recordKey('readings', customer, r) };
  return [
    fact(turn.now, r, { what: 'reading.kwh', value: r.kwh, ...of }),
    fact(turn.now, r, { what: 'reading.new', value: r.new, ...of }),
    fact(turn.now, r, { what: 'reading.old', value: r.old, ...of }),
  ];
};

const answer = async (turn: Turn, { accounts, when }: Asked): Promise<Step> => {
  const notes: string[] = [];
  const readings: Reading[] = [];
  for (const { house } of accounts) {
    const read = turn.services.records.readings;
    const found = await rowsFor(when, (month, limit) => read(house.code, month, limit));
    readings.push(...found);
    if (!found.length)
      notes.push(nothingFor(turn, when, 'chỉ số', house.code, (await read(house.code, undefined, 1))[0]));
  }
  const rest = {
    remember: { facts: readings.slice(0, 6).flatMap((reading) => readingFacts(turn, reading)) },
    then: { is: 'done' },
  } as const;
  if (turn.channel.abilities.oneReply)
    return { say: [...readings.map((reading) => say(sms(turn, when, reading))), ...notes.map(say)], ...rest };
  const [only] = readings;
  if (!only) return { say: [choices(notes.join('\n'), [PERSON])], ...rest };
  const offers = [
    want('Tiền điện tháng đó', 'bill.lookup', { code: only.customer, month: only }),
    want('So với tháng trước', 'usage.lookup', { code: only.customer, month: only }),
    want('Lịch ghi điện', 'reading.schedule', { code: only.customer }),
  ];
  if (readings.length === 1)
    return { say: [choices([...notes, oneReading(only, newestMeant(when))].join('\n'), offers)], ...rest };
  const rows = readings.map((r) => [
    ...(accounts.length > 1 ? [r.customer] : []),
    monthText(r, r.period > 1),
    `${r.register} × ${r.multiplier}`,
    number(r.old),
    number(r.new),
    number(r.kwh),
  ]);
  const columns = [...(accounts.length > 1 ? ['Mã'] : []), 'Kỳ', 'BCS × HSN', 'Cũ', 'Mới', 'kWh'];
  return { say: [table([...notes, 'Dạ chỉ số công tơ đây ạ:'].join('\n'), { columns, rows })], ...rest };
};

export const reading = accountDialog({ id: 'reading', version: 1, intents: ['reading.lookup'] }, answer);
