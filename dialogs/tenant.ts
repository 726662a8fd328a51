import { type Choice, choices } from '../core/activity';
import type { Dialog, Step, Turn } from '../core/dialog';
import { dayOf } from '../core/time';
import { want } from './choosing';
import { PERSON } from './offers';
import { priceFact, withVatText } from './prices';
import { entitiesOf } from './said';
import { money, number } from './show';
import { fold, mentions, phrases } from './words';

const PERSONS = /(\d{1,4}) (?:nguoi|khau|nhan khau|sinh vien|ban|dua|ng)\b/;
const FINE = phrases('phạt, xử phạt, tố cáo, khiếu nại, báo cho ai, báo ai, phải làm sao, làm sao');
const CONTRACT = phrases('đứng tên, ký hợp đồng, hợp đồng trực tiếp, hợp đồng thuê, mua điện trực tiếp');
/** per kWh nobody charges less or more than this: other amounts are of something else */
const PLAUSIBLE = { low: 500, high: 20_000 };

const NO_ROWS = 'Dạ quy định giá cho người thuê của thời gian đó em không có trong dữ liệu ạ.';
const OFFERS: Choice[] = [want('Bảng giá điện', 'tariff.lookup'), PERSON];

/** A price of one kWh: "4 nghìn một số", "3500đ/kWh", "4k5". */
const chargedIn = (turn: Turn): number | undefined =>
  entitiesOf(turn, 'money').find(({ value }) => value >= PLAUSIBLE.low && value <= PLAUSIBLE.high)?.value;

/** Quarters of a household as one writes them: 0.75 is "3/4 hộ", 2.5 "2 hộ và 1/2 hộ". */
const householdsText = (persons: number, perHousehold: number): string => {
  const whole = Math.floor(persons / perHousehold);
  const rest = persons % perHousehold;
  const part = rest === 0 ? '' : rest * 2 === perHousehold ? '1/2 hộ' : `${rest}/${perHousehold} hộ`;
  return [whole ? `${whole} hộ` : '', part].filter(Boolean).join(' và ');
};

const answer = (turn: Turn): Step => {
  const today = dayOf(turn.now);
  const { tariff } = turn.services;
  const { rules, fine } = tariff.tenants(today);
  const month = { from: '2026-01-01', to: '2026-02-01', pricesOn: today } as const;
  const flat = tariff.bill({ ...month, kwh: 1, use: 'tenant' }).lines[0]!;
  const row = tariff.household(today);
  const rate = tariff.vat(today).rate;
  const flatText = withVatText(flat.price, rate);
  const basis = `(${rules.citation}, Quyết định ${row.decision})`;
  const charged = chargedIn(turn);
  const persons = Number(PERSONS.exec(fold(turn.text))?.[1] ?? 0);
  const penalty = fine
    ? ` Thu cao hơn quy định bị phạt ${number(fine.low / 1_000_000)}–${number(fine.high / 1_000_000)} triệu đồng và phải hoàn lại (${fine.citation}).`
    : '';
  const facts = [priceFact(turn, 'tariff.tenant', flat.price, row)];
  const reply = (text: string) => ({
    say: [choices(text, OFFERS)],
    remember: { facts },
    then: { is: 'done' } as const,
  });
  const limit = `Tổng tiền thu của người thuê không được vượt quá tiền trên hóa đơn của điện lực`;

  if (charged !== undefined) {
    const over = charged * 100 > flat.price * (100 + rate);
    const highest = row.tiers.at(-1)!.price;
    const possible = charged * 100 <= highest * (100 + rate);
    const verdict = over
      ? `Dạ ${money(charged)}/kWh là cao hơn mức ${possible ? 'giá chung cho người thuê' : 'quy định'}.`
      : `Dạ ${money(charged)}/kWh không vượt mức giá chung cho người thuê.`;
    const tiered =
      over && possible
        ? ' Mức đó chỉ đúng khi bình quân trên hóa đơn thật sự cao như vậy, anh/chị xin xem hóa đơn để so.'
        : '';
    return reply(
      `${verdict} Nếu chủ nhà chưa kê khai người ở thì toàn bộ điện tính một giá ${money(flat.price)}/kWh, gồm thuế ${rate}% là ${flatText}; đã kê khai thì tính theo bậc như gia đình. ${limit} ${basis}.${tiered}${over ? penalty : ''}`,
    );
  }
  if (persons > 0) {
    const count = householdsText(persons, rules.personsPerHousehold);
    return reply(
      `Dạ ${rules.personsPerHousehold} người kê khai tính là 1 hộ, nên ${number(persons)} người được tính ${count} định mức: mỗi bậc giá rộng theo số hộ đó. Chủ nhà kê khai số người thuê với điện lực để được áp dụng ${basis}.`,
    );
  }
  if (mentions(turn.text, CONTRACT))
    return reply(
      `Dạ thuê từ ${rules.leaseMonths} tháng trở lên và có đăng ký cư trú thì người thuê (hoặc chủ nhà thay mặt) được ký hợp đồng mua điện trực tiếp; thuê ngắn hơn mà chưa kê khai người ở thì tính một giá ${money(flat.price)}/kWh chưa thuế, gồm thuế là ${flatText} ${basis}.`,
    );
  if (mentions(turn.text, FINE))
    return reply(
      `Dạ ${fine ? penalty.trim().replace('Thu', 'thu') : 'mức phạt đang áp dụng thì em chưa có trong dữ liệu.'} Người thuê được trả theo giá quy định: chưa kê khai người ở là ${flatText} gồm thuế. ${limit} ${basis}.`,
    );
  return reply(
    `Dạ người thuê nhà trả theo giá sinh hoạt: chủ nhà có kê khai thì cứ ${rules.personsPerHousehold} người tính 1 hộ và tính theo bậc; chưa kê khai và thuê dưới ${rules.leaseMonths} tháng thì toàn bộ điện tính một giá ${money(flat.price)}/kWh, gồm thuế ${rate}% là ${flatText}. ${limit} ${basis}.`,
  );
};

/** "Chủ trọ lấy 4 nghìn một số có đúng không": what a landlord may charge, how tenants count, with the legal basis. */
export const tenant: Dialog = {
  id: 'tariff.tenant',
  version: 1,
  intents: ['tariff.tenant'],
  async start(turn) {
    try {
      return answer(turn);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { say: [choices(NO_ROWS, OFFERS)], then: { is: 'done' } };
    }
  },
  resume: (_, turn) => tenant.start(turn),
};
