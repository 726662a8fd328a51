import type { Debt, OutageReport } from '../../core/records';
import { outage } from '../../dialogs/outage';
import { outagePlanned } from '../../dialogs/outage-planned';
import { CODE, type Given, source, spokenIn, turning } from './turning';

const known = { meant: { customer_code: CODE } };
const report = (given: Given) => outage.start(turning({ wants: ['outage.report'], ...known, ...given }));
const status = (given: Given) => outage.start(turning({ wants: ['outage.status'], ...known, ...given }));
const planned = (given: Given) => outagePlanned.start(turning({ wants: ['outage.planned'], ...known, ...given }));
const since = '2026-03-11T23:20:00.000Z';

test('an incident: cause, since when, expected end, each with its record and how old that was', async () => {
  const step = await status({
    incidents: [{ startedAt: since, cause: 'Cây ngã', expectedAt: '2026-03-12T05:00:00.000Z' }],
  });
  expect(spokenIn(step)).toMatch(
    /Cây ngã, từ 6:20 ngày 12\/03\/2026\. Dự kiến có điện lại lúc 12:00 ngày 12\/03\/2026/,
  );
  expect(step.remember?.facts).toEqual([
    expect.objectContaining({
      what: 'outage.since',
      value: since,
      record: 'incidents/SC/0',
      asOf: source.at,
      customer: CODE,
    }),
    expect.objectContaining({ what: 'outage.expected', value: '2026-03-12T05:00:00.000Z' }),
  ]);
});

test.each([
  [{ startedAt: since }, /\(chưa ghi nguyên nhân\).*Chưa có giờ dự kiến/],
  [{ startedAt: since, expectedAt: '2026-03-12T01:00:00.000Z' }, /8:00 ngày 12\/03\/2026, đã qua mà chưa có giờ mới/],
])('no time is invented: %j', async (incident, said) => {
  const step = await report({ text: 'mất điện', incidents: [incident] });
  expect(spokenIn(step)).toMatch(said);
  expect(step.orders).toBeUndefined();
});

const debt = {
  source,
  customer: CODE,
  year: 2026,
  month: 1,
  period: 1,
  net: 1,
  tax: 0,
  total: 1,
  stage: 'suspended',
} as Debt;

test('suspended for debt is said kindly, unless amounts are kept from strangers', async () => {
  expect(spokenIn(await report({ text: 'mất điện', debts: [debt] }))).toMatch(
    /còn tiền điện chưa thanh toán.*19001909/,
  );
  const closed = turning({ wants: ['outage.report'], ...known, text: 'mất điện', debts: [debt] });
  const step = await outage.start({ ...closed, disclosure: { ...closed.disclosure, amounts: false } });
  expect(spokenIn(step)).not.toMatch(/thanh toán/);
});

test('diagnosis, then the report: neighbours, breaker, order', async () => {
  const asked = await report({ text: 'mất điện' });
  expect(spokenIn(asked)).toMatch(/chưa thấy sự cố hay lịch cắt điện.*Nhà hàng xóm có điện không ạ\?/);
  const state = asked.then.is === 'wait' ? asked.then.state : {};
  const breaker = await outage.resume(state, turning({ text: 'hàng xóm vẫn sáng' }));
  expect(spokenIn(breaker)).toMatch(/cầu dao/);
  const later = breaker.then.is === 'wait' ? breaker.then.state : {};
  const taken = await outage.resume(later, turning({ text: 'gạt rồi vẫn không lên' }));
  expect(taken.orders).toEqual([
    { kind: 'report-outage', report: { what: 'no-supply:fine', customer: CODE, unit: 'PP0500' } },
  ]);
  expect(spokenIn(taken)).toMatch(/không dám hẹn/);
  const back = await outage.resume(later, turning({ text: 'co lai roi' }));
  expect(back.orders).toBeUndefined();
});

test.each([
  ['có', 'wait'],
  ['không', 'done'],
  ['mấy nhà xung quanh cũng mất', 'done'],
  ['chỉ mỗi nhà tôi', 'wait'],
  ['ừ', 'wait'],
])('the neighbours, answered "%s"', async (text, is) => {
  const step = await outage.resume({ trouble: 'no-supply', code: CODE, asking: 'around', asked: 1 }, turning({ text }));
  expect(step.then.is).toBe(is);
});

test('asked twice in vain, the report is taken without it', async () => {
  const state = { trouble: 'no-supply', code: CODE, asking: 'around', asked: 2 };
  const step = await outage.resume(state, turning({ text: 'abc xyz' }));
  expect(step.orders).toEqual([
    { kind: 'report-outage', report: { what: 'no-supply', customer: CODE, unit: 'PP0500' } },
  ]);
});

test('medical need goes to the hazard dialog before anything is looked up', async () => {
  expect((await report({ text: 'mất điện, nhà có người chạy thận' })).then).toEqual({
    is: 'goto',
    dialog: 'safety.hazard',
  });
});

const reported: OutageReport = {
  id: 't:1',
  conversation: 'c',
  person: 'p',
  customer: CODE,
  what: 'no-supply:same',
  at: '2026-03-11T11:30:00.000Z',
};

test("yesterday's report answers, with what the records have said since", async () => {
  const nothing = await status({ text: 'hôm qua báo mất điện sao rồi', report: reported });
  expect(spokenIn(nothing)).toMatch(/tin báo mất điện.*18:30 ngày 11\/03\/2026.*chưa thấy ghi nhận sự cố/s);
  const restored = { startedAt: '2026-03-11T11:00:00.000Z', restoredAt: '2026-03-11T13:05:00.000Z' };
  const over = await status({ text: 'hôm qua báo mất điện sao rồi', report: reported, incidents: [restored] });
  expect(spokenIn(over)).toMatch(/18:30 ngày 11\/03\/2026.*khắc phục lúc 20:05 ngày 11\/03\/2026/s);
});

test('an old report is not meant by a new question, and a report of danger never is', async () => {
  const old = { ...reported, at: '2026-03-08T11:30:00.000Z' };
  expect(spokenIn(await status({ text: 'chừng nào có điện', report: old }))).toMatch(/Nhà hàng xóm/);
  expect(spokenIn(await status({ text: 'tôi báo mất điện rồi mà', report: old }))).toMatch(/tin báo mất điện/);
  const hazard = { ...reported, what: 'hazard' };
  expect(spokenIn(await status({ text: 'chừng nào có điện', report: hazard }))).toMatch(/Nhà hàng xóm/);
});

test('a request that was never made here is named as not available', async () => {
  const step = await outage.start(turning({ wants: ['service.status'], text: 'hồ sơ của tôi tới đâu' }));
  expect(step.then).toEqual({ is: 'goto', dialog: 'knowledge' });
});

const october = { from: '2016-10-01T02:30:00.000Z', to: '2016-10-20T08:00:00.000Z' };

test('LCD as the document prints it, without diacritics left to the channel', async () => {
  const step = await planned({ sms: true, now: '2016-09-30T09:00:00+07:00', planned: [october] });
  expect(spokenIn(step)).toBe(
    'THU thông báo lịch tạm ngừng cung cấp điện của quý khách là từ: 01/10/2016 9:30 đến: 20/10/2016 15:00.',
  );
});

test('a range filters; none within it names the next', async () => {
  const given = { now: '2016-09-30T09:00:00+07:00', planned: [october] };
  const within = await planned({
    ...given,
    meant: { ...known.meant, date_range: { from: '2016-10-15', to: '2016-10-21' } },
  });
  expect(spokenIn(within)).toMatch(/từ 9:30 ngày 01\/10\/2016 đến 15:00 ngày 20\/10\/2016/);
  const outside = await planned({ ...given, meant: { ...known.meant, date: '2016-09-30' } });
  expect(spokenIn(outside)).toMatch(/không có lịch.*ngày 30\/09\/2016\. Lịch gần nhất là từ 9:30 ngày 01\/10\/2016/);
  // the next one was said, so it is kept; it can be asked about
  expect(outside.remember?.facts?.map(({ record }) => record)).toEqual([
    'planned_outages/KH/0',
    'planned_outages/KH/0',
  ]);
});

test('by place: only what touches it, every unit of that name, and a place of nobody has its own sentence', async () => {
  const by = (text: string, planned: Given['planned']) =>
    outagePlanned.start(turning({ wants: ['outage.planned'], text, meant: { place: text }, planned: planned ?? [] }));
  const when = { from: '2026-03-13T00:30:00.000Z', to: '2026-03-13T04:00:00.000Z' };
  expect(spokenIn(await by('phường Hòa Khánh', [when]))).toMatch(/phường Hòa Khánh có lịch/);
  expect(spokenIn(await by('Hòa Minh', [when]))).toMatch(/Hòa Minh không có lịch/);
  expect(spokenIn(await by('Liên Chiểu', [when]))).toMatch(/Liên Chiểu có lịch.*Một phần Hòa Khánh/);
  const both = [
    { ...when, unit: 'PC0501', area: 'Hương Trà, Đà Nẵng' },
    { ...when, unit: 'PC0301', area: 'Hương Trà, Huế' },
  ];
  expect(spokenIn(await by('Hương Trà', both))).toMatch(/có 2 lịch/);
  expect(spokenIn(await by('Hương Trà, Huế', both))).toMatch(/có lịch.*Hương Trà, Huế/);
  const nowhere = await by('phường Bến Nghé', []);
  expect(spokenIn(nowhere)).toMatch(/chưa tìm thấy phường Bến Nghé/);
  expect(nowhere.then.is).toBe('wait');
});

test('an incident near a place is told with its area, for the house may lie outside it', async () => {
  const given = { wants: ['outage.status' as const], text: 'Hòa Khánh mất điện', meant: { place: 'Hòa Khánh' } };
  const step = await outage.start(turning({ ...given, incidents: [{ startedAt: since, cause: 'Cây ngã' }] }));
  expect(spokenIn(step)).toMatch(
    /một phần Hòa Khánh, Đà Nẵng đang bị mất điện.*không thuộc khu vực này.*mã khách hàng/,
  );
});
