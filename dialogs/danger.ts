import { mentions, phrases, wordsOf } from './words';

export type Danger = 'medical' | 'shock' | 'fire' | 'flood' | 'wire';

const MEDICAL = phrases(`
  máy thở, thở máy, thở oxy, thở ô xy, thở oxi, máy oxy, máy oxi, máy ô xy, tạo oxy, bình oxy, trợ thở, hút đàm,
  hút đờm, chạy thận, lọc máu, insulin, cấp cứu, bệnh nặng, nguy kịch, hồi sức, lồng kính, lồng ấp, trẻ sơ sinh,
  phun khí dung, máy khí dung, xông khí dung`);
const SHOCK = phrases(`
  điện giật, bị giật, giật điện, giật té, giật ngã, bị tê, rò điện, rỉ điện, chạm điện, tê tay, bất tỉnh, điện giựt, bị giựt,
  giựt điện, giựt té, giựt ngã, trúng người, trúng đầu người, electric shock, electrocuted`);
const FIRE = phrases(`
  bốc cháy, bốc khói, khói, bốc lửa, phát nổ, nổ lớn, nổ cái, nổ đùng, nổ tung, tiếng nổ, biến áp nổ, trạm nổ, nổ trạm,
  nổ biến áp, khét, fire, smoke`);
/** written with its sign only: "no" is more often a debt */
const BLAST = /(?<![\p{L}\p{M}])nổ(?![\p{L}\p{M}])/iu;
/** written without its sign it is also "chạy": "xe may chay qua" */
const BURNS =
  /(?<![\p{L}\p{M}])(?:cháy|(?<!(?:xe|may|xe may|xe hoi|oto|o to|may lanh|quat|tivi|nguoi|dang) )chay(?! (?:qua|xe|lai|ve|den|toi|nhanh|cham|bo|ngang|tren|theo)\b))(?![\p{L}\p{M}])/iu;
/** "cháy hàng": sold out */
const FIGURE = /^\s*ch[aá]y (?:h[aà]ng|v[eé]|t[uú]i)(?: (?:r[oồ]i|lu[oô]n|qu[aá]|[aạ]|em))*[.!]*\s*$/iu;

const WIRE = phrases('đứt, xẹt lửa, tóe lửa, phóng điện, rớt xuống, rơi xuống, ngã đổ, sắp đổ');
const WATER = phrases(
  'ngập, lụt, nước lên, nước dâng, nước tràn, nước vô, nước vào, nước tới, nước sắp tới, flood, flooded',
);
const INDOORS = phrases(
  'vô nhà, vào nhà, trong nhà, nhà ngập, ngập nhà, nhà em ngập, nhà tôi ngập, nhà tui ngập, nhà bị ngập, nhà đang ngập, ổ cắm, ổ điện, bảng điện, cầu dao, aptomat',
);
/** Water that reaches the sockets of a house; a flooded pole is as a wire. */
const floods = (text: string): boolean => mentions(text, WATER) && mentions(text, INDOORS);

const burns = (text: string): boolean => mentions(text, FIRE) || BLAST.test(text) || BURNS.test(text);

/** What kind of danger the words tell of, the most urgent first; how to answer, never whether it is one. */
export const dangerOf = (text: string): Danger =>
  mentions(text, SHOCK)
    ? 'shock'
    : needsCare(text)
      ? 'medical'
      : burns(text)
        ? 'fire'
        : floods(text) && !mentions(text, WIRE)
          ? 'flood'
          : 'wire';

/** Someone's life depends on supply, or is in danger. */
export const needsCare = (text: string): boolean => mentions(text, MEDICAL);

/** The words themselves tell of a danger, whatever else they say. */
export const tellsDanger = (text: string): boolean =>
  needsCare(text) || floods(text) || burns(text) || [SHOCK, WIRE].some((words) => mentions(text, words));

/** Words of danger that are only a figure of speech. */
export const isFigure = (text: string): boolean => FIGURE.test(text);

const ENGLISH = new Set(
  'there is are a an the on in at my our road street house help please someone somebody he she it was got has near by of and fell fallen wire pole fire electric shock power line down transformer meter sparking sparks smoke burning from people child i me what should do broken'.split(
    ' ',
  ),
);

/** Most of the words are English. */
export const isEnglish = (text: string): boolean => {
  const words = wordsOf(text);
  return words.filter((word) => ENGLISH.has(word)).length * 2 > words.length;
};
