import type { Frame, Memory } from '../../core/dialog';
import type { IntentName } from '../../core/understanding';
import { want } from '../../dialogs/choosing';
import { movesFor, type Situation } from '../../dialogs/moves';
import { meaning } from './stage';

const MEMORY: Memory = { pronouns: { customer: 'anh/chị', us: 'em' }, houses: [], facts: [] };
const WAITING: Frame = { dialog: 'bill', version: 1, state: {}, expects: { entities: ['customer_code'] } };

const at = (text: string, meant: Parameters<typeof meaning>[0], more: Partial<Situation> = {}) =>
  movesFor({
    text,
    chosen: undefined,
    meaning: meaning(meant),
    media: false,
    located: false,
    placed: false,
    frames: [],
    memory: MEMORY,
    now: new Date('2026-03-12T02:00:00Z'),
    dialogOf: (intent: IntentName) => intent,
    awaited: more.frames?.length ? ['bill.lookup'] : [],
    ...more,
  }).map((move) => ('dialog' in move ? `${move.do} ${move.dialog}` : move.do));

test('a danger goes before everything, also before an answer that is awaited', () => {
  const meant = { wants: ['safety.hazard' as const], customer_code: 'PP01000123456' };
  expect(at('dây đứt', meant, { frames: [WAITING] })).toEqual(['start safety.hazard']);
});

test('an awaited value is the answer, and a sure want beside it is answered too', () => {
  const frames = [WAITING];
  expect(at('dạ', { best: 'account.link', customer_code: 'PP01000123456' }, { frames })).toEqual(['resume']);
  expect(at('mất điện luôn nè', { wants: ['outage.report'], customer_code: 'PP01000123456' }, { frames })).toEqual([
    'resume',
    'start outage.report',
  ]);
});

test('another want is a digression; "thôi" puts it in the place of the one that waits', () => {
  const frames = [WAITING];
  const reading = { wants: ['reading.lookup' as const] };
  expect(at('xem chỉ số đi', reading, { frames })).toEqual(['start reading.lookup']);
  expect(at('thôi xem chỉ số đi', reading, { frames })).toEqual(['drop', 'start reading.lookup']);
});

test('values alone go to the last want; a month after a debt is about the bill', () => {
  const memory = (lastIntent: IntentName) => ({ memory: { ...MEMORY, lastIntent } });
  expect(at('còn', { month: 9, following: true }, memory('reading.lookup'))).toEqual(['start reading.lookup']);
  expect(at('còn', { month: 9, following: true }, memory('debt.lookup'))).toEqual(['start bill.lookup']);
  expect(at('dạ', { customer_code: 'PP01000123456' })).toEqual(['start whatabout']);
});

test('small talk and mere anger yield to a want', () => {
  expect(at('cảm ơn mà thuế 10%', { wants: ['chat.thanks', 'tariff.lookup'] })).toEqual(['start tariff.lookup']);
  expect(at('làm ăn vậy tiền điện', { wants: ['complaint', 'bill.lookup'], angry: true })).toEqual([
    'start bill.lookup',
  ]);
});

test('steering: cancel, back, repeat, a nod; a no to the question for a code shows where it stands', () => {
  expect(at('dạ thôi', { best: 'dialog.cancel', wants: ['dialog.cancel'] })).toEqual(['cancel']);
  expect(at('quay lại', { best: 'dialog.back', wants: ['dialog.back'] })).toEqual(['back']);
  expect(at('nói lại', { best: 'dialog.repeat', wants: ['dialog.repeat'] })).toEqual(['repeat']);
  expect(at('ừ', { best: 'dialog.affirm', wants: ['dialog.affirm'] })).toEqual(['nod']);
  const deny = { best: 'dialog.deny' as const, wants: ['dialog.deny' as const] };
  expect(at('không có', deny, { frames: [WAITING] })).toEqual(['start whereiscode']);
});

test('a figure held against ours is compared, when there is one', () => {
  const fact = { what: 'bill.total', value: 1, record: 'bills/x', asOf: '', saidAt: '' };
  const meant = { comparing: true, wants: ['bill.explain' as const], money: 742_000 };
  expect(at('app ghi 742k', meant, { memory: { ...MEMORY, facts: [fact] } })).toEqual(['start compare']);
  expect(at('app ghi 742k', meant)).toEqual(['start bill.explain']);
});

test('a tapped choice starts its want whatever its words sound like', () => {
  const { value } = want('Báo nguy hiểm gì đó', 'debt.lookup', { code: 'PP01000123456' });
  expect(at('Báo nguy hiểm gì đó', { best: 'safety.hazard' }, { chosen: value })).toEqual(['start debt.lookup']);
});

test('nothing understood: the waiting dialog asks again, else the fallback', () => {
  expect(at('xyz', {}, { frames: [WAITING] })).toEqual(['resume']);
  expect(at('xyz', {})).toEqual(['start fallback']);
  expect(at('cho bà hỏi', { incomplete: true })).toEqual(['start listening']);
});
