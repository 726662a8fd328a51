import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../../app/knowledge';
import { INTENTS } from '../../core/understanding';
import { loadUtility } from '../../data/utilities';
import { DIALOGS } from '../../dialogs';
import { chat } from '../../dialogs/chat';
import { handover } from '../../dialogs/handover';
import { knowledge } from '../../dialogs/knowledge';
import { media } from '../../dialogs/media';
import { menu } from '../../dialogs/menu';
import { syntaxOf } from '../../dialogs/syntax';
import { unavailable } from '../../dialogs/unavailable';
import { mentions } from '../../dialogs/words';
import { understandingForTests } from '../nlu/model';
import { spokenIn, turning } from './turning';

const STEERING = /^dialog\.|^out_of_scope$/;

test.each(INTENTS.filter((intent) => !STEERING.test(intent)))('%s has a dialog, or is named honestly', (intent) => {
  expect(DIALOGS.filter(({ intents }) => intents.includes(intent)).map(({ id }) => id)).not.toEqual([]);
});

test('every file that exports a dialog is listed, and ids are unique', () => {
  const ids = DIALOGS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const root = join(__dirname, '../../dialogs');
  const defined = readdirSync(root).flatMap((name) =>
    Object.values(require(join(root, name)) as Record<string, unknown>).filter(
      (one): one is (typeof DIALOGS)[number] =>
        typeof one === 'object' && one !== null && 'intents' in one && 'start' in one && 'resume' in one,
    ),
  );
  expect(defined.filter((one) => !DIALOGS.includes(one)).map(({ id }) => id)).toEqual([]);
});

test.each(unavailable.intents)('%s is named in words, with the line and the offer of a person', async (intent) => {
  const step = await unavailable.start(turning({ wants: [intent] }));
  expect(spokenIn(step)).toMatch(/việc .{8,} thì em chưa làm được ở đây ạ\. .*19001909/);
  expect(step.say[0]?.suggestedActions?.actions.map(({ title }) => title)).toContain('Gặp nhân viên');
});

test('the hand-over is an order, and promises no time', async () => {
  const step = await handover.start(turning({ wants: ['agent.request'], memory: { lastIntent: 'debt.lookup' } }));
  expect(step.orders).toEqual([
    { kind: 'hand-over', handOver: { why: 'Khách muốn gặp nhân viên, sau khi hỏi: Nợ tiền điện' } },
  ]);
  expect(spokenIn(step)).not.toMatch(/\d+ (phút|giờ|tiếng)/);
});

test('a sample utility says so; a real one does not', async () => {
  for (const [dialog, intent] of [
    [menu, 'help.menu'],
    [chat, 'chat.greet'],
    [chat, 'chat.identity'],
  ] as const) {
    expect(spokenIn(await dialog.start(turning({ wants: [intent] })))).toMatch(/dữ liệu mẫu/);
    expect(spokenIn(await dialog.start(turning({ wants: [intent], utility: { sample: false } })))).not.toMatch(/mẫu/);
  }
});

test('several media at once: the most telling is answered, once', async () => {
  const attachments = ['image/png', 'audio/ogg', 'application/zip'].map((contentType) => ({ contentType }));
  const step = await media.start(turning({ heard: [{ type: 'message', attachments }] }));
  expect(step.say).toHaveLength(1);
  expect(spokenIn(step)).toMatch(/tin nhắn thoại/);
});

test.each([
  ['day dien dut', 'đứt', true],
  ['Dây điện ĐỨT', 'đứt', true],
  ['dây điện đụt', 'đứt', false],
  ['máy giặt', 'giật', false],
  ['chay tham', 'cháy', true],
  ['cháyy', 'cháy', false],
  ['vẫn  chưa,có', 'chưa có', true],
  ['', 'có', false],
])('"%s" mentions "%s": %s', (text, phrase, whether) => {
  expect(mentions(text, [phrase])).toBe(whether);
});

test.each([
  ['evnhanoi', 'Soạn tin gửi 8088:', 'Hủy dịch vụ: EVNHANOI HUY', 4],
  ['evnhcmc', 'Soạn tin gửi 8655:', ': LMD MaKH', 5],
  ['evnspc', 'Soạn tin gửi 8655:', 'Nợ tiền điện 6 tháng: SPCDK MaKH NO', 6],
])('the help of %s by SMS is what it prints', async (id, head, line, lines) => {
  const { sms } = await loadUtility(id);
  const said = spokenIn(await menu.start(turning({ sms: true, utility: { sms } })));
  expect(said.split('\n')[0]).toBe(head);
  expect(said).toContain(line);
  expect(said.split('\n')).toHaveLength(lines + 1);
});

test.each([
  ['evnhanoi', 'EVNHANOI DK PD01000123456', 'đăng ký dịch vụ cho mã PD01000123456'],
  ['evnhanoi', 'EVNHANOI HUY', 'hủy dịch vụ'],
  ['evnhanoi', 'EVNHANOI DS PD01000123456 0912345678 0987654321', 'đổi số điện thoại cho mã PD01000123456'],
  ['evnhanoi', 'EVNHANOI CD GK0123456789', 'tiến độ cấp điện'],
  ['evnspc', 'SPCDK PB05010012345', 'đăng ký mọi thông báo 1 tháng cho mã PB05010012345'],
  ['evnspc', 'SPCDK PB05010012345 NO', 'nợ tiền điện 6 tháng cho mã PB05010012345'],
  ['evnspc', 'SPCDK', 'đăng ký mọi thông báo 1 tháng'],
])('%s: "%s" is named, not served, and where to go is said, with no question back', async (id, text, asked) => {
  const { sms, hotlines, articles } = { ...(await loadUtility(id)), articles: await loadKnowledge() };
  const meaning = understandingForTests(id)(text, { now: new Date('2026-03-12T09:00:00+07:00') });
  const turn = turning({ text, sms: true, utility: { sms, hotlines } });
  const step = await knowledge.start({ ...turn, meaning, services: { ...turn.services, knowledge: articles } });
  expect(step).toMatchObject({ say: [], then: { is: 'goto', dialog: 'unavailable' } });
  const said = spokenIn(await unavailable.start({ ...turn, meaning }));
  const care = hotlines.find(({ kind }) => kind === 'care')!.number;
  expect(said).toBe(`Em hiểu tin xin ${asked}, nhưng chưa làm được qua kênh này. Gọi tổng đài ${care}.`);
});

test('a syntax that is not served is never offered in a correction', async () => {
  const { sms, hotlines } = await loadUtility('evnspc');
  const { sms: hanoi } = await loadUtility('evnhanoi');
  const now = new Date('2026-03-12T09:00:00+07:00');
  const here = (of: { sms: typeof sms }) => ({ now, utility: { ...turning({}).utility, hotlines, ...of } });
  expect(syntaxOf(here({ sms }), 'bill.lookup')).toBe('Gọi tổng đài 19001006.');
  expect(syntaxOf(here({ sms: hanoi }), 'notify.preferences')).toBe('Soạn EVNHANOI DV gửi 8088.');
});
