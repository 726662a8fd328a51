import { LOCATION, offeredChoices } from '../../core/activity';
import { hazard } from '../../dialogs/hazard';
import { stage, texts } from './stage';
import { CODE, type Given, spokenIn, turning } from './turning';

const start = (given: Given) => hazard.start(turning({ wants: ['safety.hazard'], ...given }));

test('the line in force that day is said, with its record', async () => {
  const before = await start({ text: 'dây điện đứt' });
  expect(spokenIn(before)).toMatch(/19001909/);
  expect(before.remember?.facts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ record: 'hotlines/care', value: '19001909' }),
      expect.objectContaining({ record: 'rules/safety.distance', value: 10 }),
      expect.objectContaining({ record: 'hotlines/ambulance', value: '115' }),
      expect.objectContaining({ record: 'hotlines/fire', value: '114' }),
    ]),
  );
  const after = await start({ text: 'dây điện đứt', now: '2026-07-01T00:10:00+07:00' });
  expect(spokenIn(after)).toMatch(/1558/);
  expect(spokenIn(after)).not.toMatch(/19001909/);
});

test.each(['dây điện đứt', 'có người bị điện giật', 'trạm điện đang cháy', 'mất điện mà ba tôi đang thở máy'])(
  'without rows no number is invented: %s',
  async (text) => {
    for (const sms of [false, true]) {
      const step = await start({ text, sms, utility: { hotlines: [], rules: [] } });
      expect(spokenIn(step)).not.toMatch(/\d/);
      expect(spokenIn(step).length).toBeGreaterThan(60);
    }
  },
);

test.each([
  ['có người bị điện giật', /^⚠️ Anh\/chị gọi ngay cấp cứu 115.*Đừng chạm vào người/s],
  ['co nguoi bi dien giat', /^⚠️ Anh\/chị gọi ngay cấp cứu 115/],
  ['tram bien ap chay', /^⚠️ .*cứu hỏa 114/],
  ['mat dien ma noi dang tho oxy', /^⚠️ .*cấp cứu 115.*19001909/],
  ['trụ điện nghiêng sắp đổ', /^⚠️ Anh\/chị tránh xa chỗ đó ít nhất 10 m/],
])('what comes first: %s', async (text, first) => {
  expect(spokenIn(await start({ text }))).toMatch(first);
});

test('recorded at once and asks one thing, where it is; a code is never asked for', async () => {
  const step = await start({ text: 'dây điện đứt', memory: { code: CODE, houses: [{ code: CODE }] } });
  expect(step.orders).toEqual([{ kind: 'report-outage', report: { what: 'hazard' } }]);
  expect(
    step.say
      .map(({ text }) => text)
      .join(' ')
      .match(/\?/g),
  ).toHaveLength(1);
  expect(spokenIn(step)).not.toMatch(/mã khách hàng/);
  expect(step.say.flatMap(offeredChoices).map(({ value }) => value)).toEqual(['agent.request']);
});

test('a place that a crew can find is not asked for again', async () => {
  const step = await start({ text: 'dây đứt ở phường Hòa Khánh', meant: { place: 'phường Hòa Khánh' } });
  expect(step.then).toEqual({ is: 'done' });
  expect(step.orders).toEqual([
    { kind: 'report-outage', report: { what: 'hazard', place: 'phường Hòa Khánh', unit: 'PP0500' } },
  ]);
  const vague = await start({ text: 'dây đứt giữa đường', meant: { place: 'giữa đường' } });
  expect(vague.then.is).toBe('wait');
});

test('the place comes in free words, or as a shared location', async () => {
  const words = await hazard.resume({ danger: 'wire' }, turning({ text: 'đối diện chợ, trụ T12/4' }));
  expect(words.orders).toEqual([
    { kind: 'report-outage', report: { what: 'hazard', place: 'đối diện chợ, trụ T12/4' } },
  ]);
  const content = { type: 'Point', coordinates: [108.2208, 16.0678] };
  const heard = [{ type: 'message' as const, attachments: [{ contentType: LOCATION, content }] }];
  const shared = await hazard.resume({ danger: 'wire' }, turning({ heard }));
  expect(shared.orders?.[0]).toMatchObject({ report: { place: 'vị trí 16.06780, 108.22080' } });
});

test('back on top it asks again; "không biết" ends it kindly', async () => {
  expect((await hazard.resume({ danger: 'wire' }, turning({}))).then.is).toBe('wait');
  const step = await hazard.resume({ danger: 'wire' }, turning({ text: 'không biết đường gì' }));
  expect(step.then).toEqual({ is: 'done' });
  expect(step.orders).toBeUndefined();
});

test('one SMS of at most two segments, and nothing is waited for', async () => {
  for (const text of ['dây đứt', 'người bị điện giật', 'cháy trạm', 'má tôi thở oxy']) {
    const step = await start({ text, sms: true });
    expect(step.say).toHaveLength(1);
    expect(step.then).toEqual({ is: 'done' });
    expect(spokenIn(step)).not.toMatch(/\?/);
    expect(spokenIn(step).length).toBeLessThanOrEqual(306);
  }
});

test.each(['bill.lookup', 'debt.lookup', 'reading.lookup', 'usage.lookup', 'outage.planned', 'outage.report'] as const)(
  'in any state: while %s waits for an answer the danger comes first, and nothing is asked of the rest',
  async (intent) => {
    const { say, state } = stage();
    await say('', { wants: [intent] }, { text: 'x' });
    expect(state()?.frames).toHaveLength(1);
    const decision = await say('dây điện đứt xẹt lửa', { wants: [intent, 'safety.hazard'], best: intent });
    expect(texts(decision)[0]).toMatch(/^⚠️.*19001909/s);
    expect(texts(decision).join(' ')).not.toMatch(/mã khách hàng/);
    expect(decision.orders).toEqual([{ kind: 'report-outage', report: { what: 'hazard' } }]);
    expect(
      state()
        ?.frames.map(({ dialog }) => dialog)
        .at(-1),
    ).toBe('safety.hazard');
  },
);
