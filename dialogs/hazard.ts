import { choices, say } from '../core/activity';
import type { Dialog, Fact, Order, Step, Turn } from '../core/dialog';
import { type Danger, dangerOf } from './danger';
import { careLine, lineOf, ruleOf } from './inforce';
import { mediaOf, sharedPlace } from './media';
import { PERSON } from './offers';
import { canBeFound } from './places';
import { valueSaid } from './slots';
import { mentions } from './words';

interface Numbers {
  line: string;
  ambulance: string;
  fire: string;
  away: string;
}

const FIRST: Record<Danger, (n: Numbers) => string> = {
  wire: (n) =>
    `⚠️ Anh/chị tránh xa chỗ đó${n.away}, không chạm vào dây, trụ hay vật đang dính điện, và gọi ngay ${n.line} ạ.`,
  shock: (n) =>
    `⚠️ Anh/chị gọi ngay ${n.ambulance} và ${n.line}. Đừng chạm vào người đang bị điện giật; ngắt cầu dao (CB) nếu làm được an toàn.`,
  fire: (n) =>
    `⚠️ Anh/chị ra xa chỗ cháy${n.away} và gọi ngay ${n.fire}, rồi ${n.line}. Ngắt cầu dao nếu làm được an toàn; đừng tạt nước vào chỗ có điện.`,
  medical: (n) =>
    `⚠️ Người bệnh cần giúp ngay thì anh/chị gọi ${n.ambulance}; rồi gọi ${n.line}, nói rõ nhà có người bệnh cần điện. Máy có pin hay bình dự phòng thì dùng liền ạ.`,
};
const KEEP_AWAY = '• Giữ người khác và vật nuôi tránh xa, đừng để ai chạm vào.';
const SHOCK = (n: Numbers) =>
  `• Có người bị điện giật: đừng chạm vào người đó, ngắt cầu dao nếu an toàn, gọi ${n.ambulance}.`;
const FIRE = (n: Numbers) => `• Có cháy: gọi ${n.fire}.`;
const AWAY = (n: Numbers) => `• Đứng cách xa${n.away}, không chạm vào dây hay vật đang dính điện.`;
const BRIEF: Record<Danger, (n: Numbers) => string> = {
  wire: (n) => `NGUY HIỂM: tránh xa${n.away}, không chạm dây, giữ người và vật nuôi ở xa. Gọi ngay ${n.line}; có người bị giật: không chạm vào họ, gọi ${n.ambulance}; cháy: ${n.fire}.`,
  shock: (n) => `NGUY HIỂM: không chạm người bị điện giật, ngắt cầu dao nếu an toàn. Gọi ngay ${n.ambulance} và ${n.line}. Tránh xa${n.away}.`,
  fire: (n) => `NGUY HIỂM: ra xa${n.away}, gọi ngay ${n.fire} và ${n.line}. Không tạt nước vào chỗ có điện. Có người bị nạn: ${n.ambulance}.`,
  medical: (n) => `Gọi ngay ${n.ambulance} nếu người bệnh nguy cấp, rồi ${n.line} nói rõ nhà có người bệnh cần điện. Dùng pin, bình dự phòng.`,
}; // biome-ignore format: one danger a line
const WHERE: Record<'place' | 'home', string> = {
  place: 'Em đã ghi tin báo nguy hiểm này. Chỗ đó ở đâu ạ? (số nhà, đường, xã/phường, hoặc số ghi trên trụ điện)',
  home: 'Em đã ghi tin báo này. Nhà mình ở đâu ạ? (địa chỉ, hoặc mã khách hàng nếu anh/chị có sẵn)',
};
const NOTED = 'Em đã ghi tin báo nguy hiểm này ạ.';
const PLACED = (where: string, line: string) =>
  `Em đã ghi nơi nguy hiểm: ${where}. Anh/chị vẫn giữ khoảng cách; ${line} là nơi cử người nhanh nhất nên anh/chị gọi giúp em ạ.`;
const NO_PLACE = (line: string) => `Dạ không sao ạ. Anh/chị gọi ${line} và tả chỗ đó giúp em, vẫn nhớ đứng xa ạ.`;
const UNSURE = ['không biết', 'ko biết', 'không rõ', 'ko rõ', 'hổng biết', 'chưa biết', 'k biết'];

const numbersOf = (turn: Turn): Numbers & { facts: Fact[] } => {
  const care = careLine(turn);
  const ambulance = lineOf(turn, 'ambulance');
  const fire = lineOf(turn, 'fire');
  const distance = ruleOf(turn, 'safety.distance');
  return {
    line: care.text,
    ambulance: ambulance ? `cấp cứu ${ambulance.value}` : 'cấp cứu',
    fire: fire ? `cứu hỏa ${fire.value}` : 'cứu hỏa',
    away: distance ? ` ít nhất ${distance.value} ${distance.unit ?? 'm'}` : '',
    facts: [...care.facts, ...[ambulance, fire, distance].flatMap((told) => (told ? [told.fact] : []))],
  };
};

const adviceFor = (danger: Danger, n: Numbers): string =>
  [
    FIRST[danger](n),
    ...(danger === 'shock' ? [AWAY(n)] : []),
    ...(danger === 'medical' ? [] : [KEEP_AWAY]),
    ...(danger === 'wire' || danger === 'fire' ? [SHOCK(n)] : []),
    ...(danger === 'wire' || danger === 'shock' ? [FIRE(n)] : []),
  ].join('\n');

const report = (turn: Turn, place: string | undefined): Order => {
  const customer = valueSaid(turn, 'customer_code');
  const phone = valueSaid(turn, 'phone');
  return {
    kind: 'report-outage',
    report: {
      what: 'hazard',
      ...(customer ? { customer, unit: customer.slice(0, 6) } : {}),
      ...(place ? { place } : {}),
      ...(phone ? { phone } : {}),
    },
  };
};

const ask = (danger: Danger): Pick<Step, 'say' | 'then'> => ({
  say: [choices(WHERE[danger === 'medical' ? 'home' : 'place'], [PERSON])],
  then: { is: 'wait', state: { danger }, expects: { entities: ['place', 'customer_code'] } },
});

/** Danger to life: what to do comes before everything else, and no code is ever needed for it. */
export const hazard: Dialog = {
  id: 'safety.hazard',
  version: 1,
  intents: ['safety.hazard'],
  async start(turn) {
    const danger = dangerOf(turn.text);
    const { facts, ...numbers } = numbersOf(turn);
    const place = sharedPlace(turn.heard) ?? valueSaid(turn, 'place');
    const kept = { remember: { facts, ...(place ? { place } : {}) }, orders: [report(turn, place)] };
    if (turn.channel.abilities.oneReply) return { ...kept, say: [say(BRIEF[danger](numbers))], then: { is: 'done' } };
    const advice = say(adviceFor(danger, numbers));
    if (sharedPlace(turn.heard) || canBeFound(turn) || valueSaid(turn, 'customer_code'))
      return { ...kept, say: [advice, choices(NOTED, [PERSON])], then: { is: 'done' } };
    const question = ask(danger);
    return { ...kept, say: [advice, ...question.say], then: question.then };
  },
  async resume(state, turn) {
    const place = sharedPlace(turn.heard) ?? valueSaid(turn, 'place') ?? turn.text.trim().slice(0, 200);
    const line = careLine(turn);
    if (!place && !mediaOf(turn.heard).length) return ask((state.danger as Danger) ?? 'wire');
    if (!place || mentions(turn.text, UNSURE))
      return { say: [choices(NO_PLACE(line.text), [PERSON])], remember: { facts: line.facts }, then: { is: 'done' } };
    return {
      say: [choices(PLACED(place, line.text), [PERSON])],
      remember: { place, facts: line.facts },
      orders: [report(turn, place)],
      then: { is: 'done' },
    };
  },
};
