import { type Activity, choices, say } from '../core/activity';
import type { Dialog, Fact, Step, Turn } from '../core/dialog';
import { withFigure } from '../core/figure';
import { dayOf, showDay } from '../core/time';
import { inForce } from '../core/utility';
import { type Account, type Asked, accountDialog } from './account';
import { FILLERS, isBare } from './bare';
import { want } from './choosing';
import { careLine } from './inforce';
import { articleFor } from './knowledge';
import { PERSON } from './offers';
import { type Payable, payableOf } from './payable';
import { entitiesOf, entityOf } from './said';
import { ageText, fact, money, monthText, recordKey } from './show';
import { vietQr } from './vietqr';
import { fold, mentions, phrases, wordsOf } from './words';

const NONE = (code: string, age: string) =>
  `Dạ mã ${code} không còn khoản nào phải thanh toán (${age}), nên em không gửi mã chuyển tiền ạ.`;
const PAID = (month: string, code: string, on: string) =>
  `Dạ ${month} của mã ${code} đã thanh toán ngày ${on}, nên em không gửi mã chuyển tiền ạ.`;
const NOT_OWED = (month: string, code: string) =>
  `Dạ em không thấy khoản nợ ${month} của mã ${code}, nên em không gửi mã chuyển tiền ạ.`;
const UNRECONCILED = (month: string, code: string, on: string) =>
  `Dạ hóa đơn ${month} của mã ${code} đã ghi nhận thanh toán ngày ${on}, chỉ là sổ nợ chưa cập nhật. Anh/chị đừng đóng lại nhé.`;
const DOUBTFUL = {
  printed: 'em chỉ có bản in',
  differs: 'chưa khớp với hóa đơn',
  amount: 'không chuyển được bằng một lần',
};
const NO_CODE = (total: string, code: string, why: string, line: string) =>
  `Dạ khoản nợ ${total} của mã ${code} ${why}, chưa đủ chắc để gửi mã chuyển tiền. Anh/chị gọi ${line} hoặc gặp nhân viên giúp em ạ.`;
const OWED = (code: string, total: string, months: string, age: string) =>
  `Dạ mã ${code} cần thanh toán ${total} của ${months} (${age}).`;
const SCAN = 'quét mã VietQR trong hình bằng ứng dụng ngân hàng';
const OPEN = (url: string) => `mở ${url}`;
const HOLDER = (holder: string) => `Anh/chị kiểm tra đúng tên người nhận ${holder} trước khi chuyển nhé.`;
const SAMPLE = 'Đây là bản dùng thử, xin đừng chuyển tiền thật.';
const SAMPLE_PICTURE = 'Dữ liệu mẫu, xin đừng chuyển tiền';
const WAYS = (ways: string, care: string) =>
  `Dạ anh/chị đóng tiền điện bằng: ${ways}. Chỉ cần mã khách hàng, xem đúng tên rồi xác nhận; đừng chuyển vào tài khoản cá nhân nào. Cần hỏi thêm anh/chị gọi ${care}.`;
const NO_WAYS = (care: string) =>
  `Dạ cách thanh toán em chưa có thông tin đang áp dụng, anh/chị gọi ${care} giúp em ạ.`;

const QR_SLOT = ';qr=1';
const MAKE_QR = { title: 'Tạo mã QR', value: `bill.pay${QR_SLOT}` };
const OTHER_WAYS = { title: 'Các cách khác', value: 'bill.pay;ways=1' };
const PAID_ALREADY = (code: string) => want('Tôi đã đóng rồi', 'bill.payment_status', { code });

const CODE_WANTED =
  phrases(`qr, vietqr, mã quét, quét mã, link, đường dẫn, đường link, muốn đóng, cần đóng, cho đóng, đóng giúp,
  đóng luôn, thanh toán luôn, muốn thanh toán, cần thanh toán, muốn trả, số tài khoản, chuyển khoản tới, chuyển khoản cho`);
const IN_GENERAL = phrases(
  `được không, cách nào, kiểu gì, ở đâu, làm sao, thế nào, như thế nào, những cách, hình thức, bằng gì`,
);
const CASH = phrases(
  'tiền mặt, không biết chuyển khoản, ko biết chuyển khoản, không rành chuyển khoản, tại quầy, ra quầy, điểm thu, bưu điện',
);
const FAILS =
  phrases(`sai số tài khoản, sai tài khoản, tài khoản không tồn tại, không tìm thấy tài khoản, không quét được, ko quét được, quét không được, quét ko được, quét hoài không,
  qr lỗi, mã lỗi, lỗi mã, mã hết hạn, link lỗi, link không vào được, link hư, không mở được link, sai tên người nhận, tên người nhận khác, tên khác`);
const STOP = (holder: string) =>
  `Dạ vậy anh/chị khoan chuyển tiền giúp em.${holder && ` Đúng thì tên người nhận phải là ${holder}; khác tên đó hay ứng dụng báo sai thì đừng chuyển ạ.`}`;
/** "thanh toán sao", "cách đóng tiền điện": no more than how to pay */
const HOW = new Set(
  'thanh toan dong tra nop tien dien cach huong dan sao the nao lam kieu gi nhu ra duoc roi day bay gio'.split(' '),
);

const named = (turn: Turn) => inForce(turn.utility.payments, dayOf(turn.now));

const waysStep = (turn: Turn): Step => {
  const care = careLine(turn);
  const rows = named(turn);
  const has = (way: string) => rows.some((row) => row.way === way);
  const ways = [
    ...(has('vietqr') ? ['mã VietQR em tạo đúng số tiền'] : []),
    ...(has('link') ? ['đường dẫn thanh toán'] : []),
    ...rows.flatMap((row) => (row.way === 'named' ? [row.name] : [])),
  ];
  const text = ways.length ? WAYS(ways.join(', '), care.text) : NO_WAYS(care.text);
  return {
    say: [choices(text, [...(has('vietqr') || has('link') ? [MAKE_QR] : []), PERSON])],
    remember: { facts: care.facts },
    then: { is: 'done' },
  };
};

/** A code or link that does not work: nothing is sent until the name is right, and how else it can be paid. */
const failsStep = (turn: Turn): Step => {
  const to = named(turn).find((row) => row.way === 'vietqr');
  const ways = waysStep(turn);
  return { ...ways, say: [say(STOP(to?.holder ?? '')), ...ways.say] };
};

const refused = (
  turn: Turn,
  { customer, house: { code } }: Account,
  why: Exclude<Payable, { is: 'open' }>,
): Activity => {
  const newest = want('Tiền điện mới nhất', 'bill.lookup', { code });
  switch (why.is) {
    case 'nothing':
      return choices(NONE(code, ageText(customer.source.at)), [newest, OTHER_WAYS, PERSON]);
    case 'not-owed': {
      const on = why.bill?.paidOn;
      const month = monthText(why.bill ?? why.month);
      return choices(on ? PAID(month, code, showDay(on)) : NOT_OWED(month, code), [newest, OTHER_WAYS, PERSON]);
    }
    case 'unreconciled':
      return choices(UNRECONCILED(monthText(why.bill), code, showDay(why.bill.paidOn!)), [PAID_ALREADY(code), PERSON]);
    case 'doubtful': {
      const total = money(why.debts.reduce((sum, debt) => sum + debt.total, 0));
      return choices(NO_CODE(total, code, DOUBTFUL[why.why], careLine(turn).text), [OTHER_WAYS, PERSON]);
    }
  }
};

const linkFor = (template: string, reference: string, amount: number): string =>
  template.replace('{reference}', encodeURIComponent(reference)).replace('{amount}', String(amount));

const asked = (turn: Turn, code: string, { debts, total, reference }: Extract<Payable, { is: 'open' }>): Activity => {
  const rows = named(turn);
  const to = rows.find((row) => row.way === 'vietqr');
  const link = rows.find((row) => row.way === 'link');
  if (turn.channel.abilities.oneReply) {
    const transfer = to ? ` Chuyển khoản: ${to.account}, ${to.holder}, ${to.bank}, nội dung ${reference}.` : '';
    const warned = turn.utility.sample ? ` ${SAMPLE}` : '';
    return say(
      `${turn.utility.smsName} thông báo KH ${code} cần thanh toán ${money(total, true)}.${transfer}${warned}`,
    );
  }
  const oldest = debts.reduce((a, b) => (a.source.at < b.source.at ? a : b));
  const months = debts.map((debt) => monthText(debt)).join(', ');
  const how = [...(to ? [SCAN] : []), ...(link ? [OPEN(linkFor(link.url, reference, total))] : [])].join(', hoặc ');
  const text = [
    OWED(code, money(total), months, ageText(oldest.source.at)),
    how && `Anh/chị ${how}`,
    to && HOLDER(to.holder),
    turn.utility.sample && SAMPLE,
  ];
  const said = choices(text.filter(Boolean).join('\n'), [OTHER_WAYS, PAID_ALREADY(code), PERSON]);
  if (!to) return said;
  return withFigure(said, {
    figure: {
      kind: 'qr',
      text: vietQr({ ...to, amount: total, reference }),
      title: 'Quét để thanh toán tiền điện',
      lines: [
        ['Số tiền', money(total)],
        ['Người nhận', to.holder],
        ['Tài khoản', to.account],
        ['Ngân hàng', to.bank],
        ['Nội dung', reference],
      ],
      ...(turn.utility.sample && { warning: SAMPLE_PICTURE }),
    },
    alt: `Mã VietQR chuyển ${money(total)} vào tài khoản ${to.account} của ${to.holder} tại ${to.bank}, nội dung ${reference}.`,
  });
};

const MOST_ACCOUNTS = 3;

const LATER = phrases('để sau, tính sau, từ từ, hẵng, khoan, bữa sau, tháng sau đóng, chưa đóng');
/** "tháng 10 trước, tháng 11 để sau": 11 */
const postponedIn = (turn: Turn): number[] => {
  const said = entitiesOf(turn, 'month');
  return said.flatMap(({ value, start }, n) =>
    mentions(turn.text.slice(start, said[n + 1]?.start), LATER) ? [value] : [],
  );
};

const answer = async (turn: Turn, { accounts, when }: Asked): Promise<Step> => {
  const postponed = postponedIn(turn);
  const told: Activity[] = [];
  const facts: Fact[] = [];
  for (const account of accounts.slice(0, MOST_ACCOUNTS)) {
    const { code } = account.house;
    // the month of the question before is not what is to be paid
    const months = when.carried ? [] : when.months.filter(({ month }) => !postponed.includes(month));
    const payable = await payableOf(turn, code, { months });
    told.push(payable.is === 'open' ? asked(turn, code, payable) : refused(turn, account, payable));
    if (payable.is !== 'open') continue;
    for (const debt of payable.debts.slice(0, 6)) {
      const { year, month, period, total } = debt;
      const record = recordKey('debts', code, debt);
      facts.push(
        fact(turn.now, debt, {
          what: 'debt.total',
          value: total,
          customer: code,
          month: { year, month, period },
          record,
        }),
      );
    }
  }
  return { say: told, remember: { facts }, then: { is: 'done' } };
};

const paying = accountDialog({ id: 'payment', version: 1, intents: ['bill.pay'], amounts: true }, answer);

/** How, where and with what to pay: the ways in force, and for the debts of a code a VietQR and a link, or why there is none. */
export const payment: Dialog = {
  ...paying,
  async start(turn) {
    const { chosen, text, memory, meaning } = turn;
    if (chosen === OTHER_WAYS.value) return waysStep(turn);
    if (!chosen && mentions(text, FAILS)) return failsStep(turn);
    if (!chosen && mentions(text, CASH)) return waysStep(turn);
    const code = entityOf(turn, 'customer_code') !== undefined;
    // "tháng 2 thôi", "đổi mã khác" after a code for more
    const more = entityOf(turn, 'month') || meaning.cues.correcting || isBare(text, meaning);
    if (memory.lastIntent === 'bill.pay' && memory.code && more && !chosen) return paying.start(turn);
    const named = meaning.cues.houses.some(({ label }) => memory.houses.some((house) => house.label === label));
    const wanted = code || named || chosen?.endsWith(QR_SLOT) || mentions(text, CODE_WANTED);
    if (wanted && (code || named || chosen || !mentions(text, IN_GENERAL))) return paying.start(turn);
    const plain = wordsOf(text).every((word) => HOW.has(fold(word)) || FILLERS.has(fold(word)));
    const article = plain ? undefined : articleFor(turn);
    if (article && article.topic !== 'bill.pay_ways') return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    return memory.code && !mentions(text, IN_GENERAL) ? paying.start(turn) : waysStep(turn);
  },
};
