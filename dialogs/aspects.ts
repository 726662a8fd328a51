import type { Article } from '../core/knowledge';
import type { Entity } from '../core/understanding';
import { FILLERS, withoutValues } from './bare';
import { fold, mentions, phrases, wordsOf } from './words';

/** What is asked further about a procedure that was just told, and the words by which a sentence answers it. */
export interface Aspect {
  name: 'fee' | 'time' | 'papers' | 'where' | 'self' | 'consent' | 'secret' | 'reward' | 'fine';
  /** in words that follow "về" */
  called: string;
  asked: string[];
  told: readonly string[] | RegExp;
}

const ASPECTS: Aspect[] = [
  {
    name: 'secret',
    called: 'việc giữ kín tên',
    asked: phrases(
      'giấu tên, dấu tên, ẩn danh, kín tên, giữ kín, bí mật, lộ tên, biết tên, lộ ra, nêu tên, để tên, xưng tên',
    ),
    told: phrases('giữ kín, kín tên, bí mật'),
  },
  { name: 'reward', called: 'tiền thưởng', asked: phrases('thưởng'), told: phrases('thưởng') },
  { name: 'fine', called: 'mức phạt', asked: phrases('phạt, bị tù, đi tù'), told: phrases('phạt') },
  {
    name: 'self',
    called: 'việc tự làm',
    asked: phrases(
      'tự tháo, tự làm, tự dời, tự lắp, tự gắn, tự kéo, tự mắc, tự sửa, tự gỡ, tự cắt, tự nối, tự bắt, thuê thợ, kêu thợ, gọi thợ, nhờ thợ',
    ),
    told: phrases('tự'),
  },
  {
    name: 'consent',
    called: 'việc ký và sự đồng ý của chủ cũ',
    asked: phrases('ký, ký tên, chữ ký, chủ cũ, người cũ, ủy quyền, uỷ quyền, đồng ý, có mặt, trực tiếp'),
    told: phrases('ký, chủ cũ, ủy quyền, đồng ý'),
  },
  {
    name: 'where',
    called: 'nơi làm',
    asked:
      phrases(`nộp ở đâu, làm ở đâu, đăng ký ở đâu, ở đâu, ở mô, chỗ nào, chỗ mô, nơi nào, ra đâu, đến đâu, tới đâu, vô đâu, lên đâu, nộp đâu, làm online, qua mạng, trên mạng, online,
    liên hệ ai, gọi ai, gặp ai, hỏi ai, báo ai, gọi số nào, gọi đâu`),
    told: phrases(
      'phòng giao dịch, trang web, ứng dụng, tổng đài, hotline, gửi đơn, trên trang, ủy ban, sở công thương, cổng dịch vụ công',
    ),
  },
  {
    name: 'papers',
    called: 'giấy tờ',
    asked: phrases('giấy tờ, giấy gì, hồ sơ, thủ tục, mang theo, mang gì, đem gì, cần gì, cần những gì, chuẩn bị gì'),
    told: phrases('giấy, giấy tờ, hồ sơ, đơn, kèm'),
  },
  {
    name: 'time',
    called: 'thời gian',
    asked:
      phrases(`bao lâu, bao nhiêu lâu, mấy ngày, bao nhiêu ngày, mấy bữa, mấy hôm, mấy tuần, mấy tháng, lâu không, lâu ko, lâu k, nhanh không, khi nào, chừng nào, bao giờ,
    có kết quả, liền không, liền được, ngay được, hôm nào`),
    told: /\d+ (?:ngày|giờ|phút|tuần|tháng)|ngày làm việc|(?:làm|xong) ngay/u,
  },
  {
    name: 'fee',
    called: 'chi phí',
    asked:
      phrases(`phí, lệ phí, chi phí, tốn, mất tiền, tốn tiền, đóng tiền, trả tiền, thu tiền, bao nhiêu tiền, nhiêu tiền, mấy tiền, bao nhiêu, nhiêu, miễn phí, ai trả, ai chịu, ai tốn, ai lo,
    giá sao, giá bao nhiêu`),
    told: phrases('phí, tiền, chi phí, miễn phí'),
  },
];

const OF_ASPECTS = new Set(ASPECTS.flatMap(({ asked }) => asked.flatMap((phrase) => fold(phrase).split(' '))));
const AROUND = new Set(
  `bao nhieu nhiu mat ton can gi nhung lam phai duoc dc het may tien ngay viec dong tra sao k ko hk hong hem hok hom la vay roi giu xong ra di co thi do
  lai thao gan moi toi bay gio theo nao cu gui thang tuan dien no nua moi den nhan bi hay cho luc nay tu gom loai ban photo noi tren`.split(
    /\s+/,
  ),
);
/** longer messages ask something of their own */
const SHORT = 9;
/** of the customer's own electricity or bill, not of the procedure */
const OWN = phrases('tiền điện, hóa đơn, mất điện, cúp điện, cắt điện, nợ, công tơ nhảy, số điện');
const PLACES = new Set(['place']);
/** values of a bill, a house or an amount: the question is about those */
const OF_RECORDS = new Set(['month', 'year', 'period', 'date', 'date_range', 'customer_code', 'kwh', 'phone']);

/** The aspect that a short message asks for, if it holds nothing else but a place. */
export const aspectIn = (text: string, entities: Entity[] = []): Aspect | undefined => {
  if (entities.some(({ type }) => OF_RECORDS.has(type))) return undefined;
  const rest = withoutValues(text, { entities }, PLACES);
  const words = wordsOf(rest).map(fold);
  if (!words.length || words.length > SHORT || mentions(rest, OWN)) return undefined;
  const aspect = ASPECTS.find(({ asked }) => mentions(rest, asked));
  return aspect && words.every((word) => OF_ASPECTS.has(word) || AROUND.has(word) || FILLERS.has(word))
    ? aspect
    : undefined;
};

export const answers = (sentence: string, { told }: Aspect): boolean =>
  told instanceof RegExp ? told.test(sentence) : mentions(sentence, told);

/** more sentences would be the whole article again */
const MOST_SENTENCES = 3;

/** The sentences of an article that answer the aspect, as they stand in it. */
export const sentencesOf = ({ brief, more, details }: Article, aspect: Aspect): string[] =>
  [brief, more, details]
    .flatMap((part) => part.split('\n'))
    .flatMap((line) => line.split(/(?<=[.!?]) +(?=\p{Lu})/u))
    .filter((sentence) => answers(sentence, aspect))
    .slice(0, MOST_SENTENCES);

/** What is done step by step, and so is asked about step by step. */
const PROCEDURES =
  /^(?:service|complaint|theft|account|notify|privacy|scam|debt\.reconnect|bill\.dispute|reading\.self)\b/;
export const isProcedure = ({ topic }: Article): boolean => PROCEDURES.test(topic) && topic !== 'service.hotline';
