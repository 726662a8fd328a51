import { choices } from '../core/activity';
import type { Dialog, Fact, Step, Turn } from '../core/dialog';
import type { Article, AskedWhere } from '../core/knowledge';
import { type Day, day, dayOf, instant, partsOf, showDay } from '../core/time';
import type { IntentName } from '../core/understanding';
import {
  articleChoice,
  articleChosen,
  askedAfter,
  aspectAsked,
  moreChoice,
  type Part,
  PROCEDURE,
  placedAfter,
} from './articles';
import { type Aspect, answers, isProcedure, sentencesOf } from './aspects';
import { tellsOfDeath } from './bereaved';
import { withFigures } from './figures';
import { careLine } from './inforce';
import { intentOf } from './meant';
import { PERSON } from './offers';
import { knownStep, printedTitle, unavailable } from './unavailable';
import { mentions, phrases, wordsOf } from './words';

const AS_FAR = (checked: string) => `Dạ theo thông tin em có (kiểm tra ngày ${checked}), `;
const CONDOLING = 'Dạ em xin chia buồn cùng gia đình ạ. ';
const THEN = (on: string) => `Dạ tính đến ${on}, `;
const SOURCE = (source: string, checked: string) => `Nguồn: ${source} (kiểm tra ngày ${checked}).`;
const FORCE = (from?: Day, to?: Day) =>
  [from && `Áp dụng từ ${showDay(from)}`, to && `đến ${showDay(to)}`].filter(Boolean).join(' ');
const LOW = 'Thông tin này em chưa đối chiếu được với văn bản gốc, việc quan trọng anh/chị hỏi lại nhân viên giúp em.';
const NO_MORE = (line: string) => `Dạ phần này em chỉ có bấy nhiêu thông tin ạ. Cần rõ hơn, anh/chị gọi ${line} nhé.`;
const NOT_SAID = (what: string, line: string) =>
  `Dạ về ${what} thì em chưa có thông tin chắc chắn ạ. Anh/chị gọi ${line} để hỏi nhé.`;
const NOT_TAKEN = (line: string) =>
  `Dạ em cảm ơn. Ở đây em chưa chuyển tin báo đi được, anh/chị đọc địa chỉ này khi gọi ${line} giúp em, hoặc để em ghi lại yêu cầu gặp nhân viên ạ.`;
const GONE = (line: string) =>
  `Dạ thông tin đó nay không còn áp dụng, em chưa có bản mới. Anh/chị gọi ${line} để hỏi ạ.`;
const MOST_RELATED = 2;
const STOP = phrases('hủy, ngừng, ngưng, dừng, tắt, bỏ, đừng, thôi, không muốn, ko muốn, không nhận, khỏi');
const ADVERTS = phrases('quảng cáo, qc, khuyến mãi, tiếp thị');

/** "app lỗi hoài": nobody's rules mend it */
const APPS = phrases('app, ứng dụng, trang web, website, web');
const FAILING = phrases(
  'lỗi, bị đơ, bị treo, treo máy, văng ra, không vào được, ko vào được, không mở được, không chạy',
);

/** "Điện lực chịu …" after an opening: a small letter, unless it begins with a short name in capitals. */
const after = (opening: string, text: string): string =>
  opening + (/^\p{Lu}(?!\p{Lu})/u.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text);

/** The day that is asked about: a year that was said and is over, else today. */
const askedDay = ({ meaning, now }: Turn): Day => {
  const said = meaning.entities.find((one) => one.type === 'year' && !one.assumed);
  const month = meaning.entities.find(({ type }) => type === 'month')?.value;
  const year = Number(said?.value);
  return said && year >= 2000 && year < partsOf(now).year ? day(year, Number(month ?? 12), 28) : dayOf(now);
};

const whereOf = (turn: Turn): AskedWhere => ({ on: askedDay(turn), prefixes: turn.utility.prefixes });

/** Who wants notices stopped asks for no rule; of adverts the rule is the answer. */
const stopsNotices = ({ text }: Turn, intent: IntentName): boolean =>
  intent === 'notify.preferences' && mentions(text, STOP) && !mentions(text, ADVERTS);

/** An article by its name, as it is for this turn. */
export const articleAbout = (turn: Turn, id: string): Article | undefined =>
  turn.services.knowledge.article(id, whereOf(turn));

/** The article that answers a turn's question, if one is sure enough. */
export const articleFor = (turn: Turn): Article | undefined => {
  const { text, meaning, services } = turn;
  const [want] = meaning.wants.length === 1 ? meaning.wants : [];
  const question = (want && text.slice(want.start, want.end)) || text;
  return services.knowledge.find(question, { ...whereOf(turn), intents: meaning.intents })[0]?.article;
};

/** a clause of fewer words says too little to be looked up by itself */
const CLAUSE_WORDS = 4;
const SURE_OF_CLAUSE = 0.75;

/** The article that answers the last clause of a message, where the whole is no question of ours. */
export const articleForPart = (turn: Turn): Article | undefined => {
  const clauses = turn.text.split(/[.,;!?\n]+/).filter((one) => wordsOf(one).length >= CLAUSE_WORDS);
  const last = clauses.length > 1 || turn.text.includes('?') ? clauses.at(-1) : undefined;
  const [found] = last && turn.meaning.cues.question ? turn.services.knowledge.find(last, whereOf(turn)) : [];
  return found && found.sureness >= SURE_OF_CLAUSE ? found.article : undefined;
};

const said = (turn: Turn, article: Article, part: Part): string => {
  const { source, url, confidence, from, to } = article;
  const where = whereOf(turn);
  const checked = showDay(article.checked);
  const cited = SOURCE(source, checked);
  const figures = (text: string) => withFigures(text, turn, where.on);
  if (part === 'source')
    return [
      `Dạ ${cited[0]!.toLowerCase()}${cited.slice(1)}`,
      url,
      FORCE(from, to) && `${FORCE(from, to)}.`,
      confidence === 'V' ? '' : LOW,
    ]
      .filter(Boolean)
      .join('\n');
  const opening = where.on !== dayOf(turn.now) ? THEN(showDay(where.on)) : confidence === 'V' ? 'Dạ ' : AS_FAR(checked);
  if (part === 'more') return `${after(opening, figures(article.details || article.more))}\n${cited}`;
  const brief =
    opening === 'Dạ ' && tellsOfDeath(turn.text)
      ? CONDOLING + figures(article.brief)
      : after(opening, figures(article.brief));
  return turn.channel.abilities.oneReply
    ? `${brief} ${cited}`
    : [brief, figures(article.more), cited].filter(Boolean).join('\n');
};

const factOf = (turn: Turn, article: Article): Fact => ({
  what: isProcedure(article) ? PROCEDURE : 'knowledge.article',
  value: article.id,
  record: `knowledge/${article.id}`,
  asOf: instant(article.checked),
  saidAt: turn.now.toISOString(),
});

export const toldArticle = (turn: Turn, article: Article, part: Part): Step => {
  // two wants of one message that one article answers
  if (turn.toldNow.some((one) => one.record === `knowledge/${article.id}`)) return { say: [], then: { is: 'done' } };
  const related = article.related.flatMap((id) => turn.services.knowledge.article(id, whereOf(turn)) ?? []);
  const offered = [
    ...(part !== 'more' && article.details ? [moreChoice(article)] : []),
    ...related.slice(0, MOST_RELATED).map(articleChoice),
    PERSON,
  ];
  return {
    say: [choices(said(turn, article, part), offered)],
    remember: { facts: [factOf(turn, article)] },
    then: { is: 'done' },
  };
};

const SENDING = phrases('gửi, nộp, báo, khai, cung cấp, chuyển');

/** "chị muốn tự gửi chỉ số": no article takes it. */
const sendsReading = ({ text }: Turn, intent: IntentName): boolean =>
  intent === 'reading.submit' && mentions(text, SENDING);

/** Articles of the same matter: related, or related to one of those. */
const besides = (turn: Turn, article: Article): Article[] => {
  const of = (one: Article) =>
    one.related
      .flatMap((id) => turn.services.knowledge.article(id, whereOf(turn)) ?? [])
      .filter(({ id, intents }) => id !== article.id && intents[0] === article.intents[0]);
  const near = of(article);
  return [...new Set([...near, ...near.flatMap(of)])];
};

/** One aspect of the procedure that was told: from its article, else from one of the same matter that goes with it. */
const aspectStep = (turn: Turn, article: Article, aspect: Aspect): Step => {
  const goes = turn.meaning.entities.some(({ type }) => type === 'place') || turn.memory.code;
  const beside = besides(turn, article);
  // an article that is all about it says more of it than a step among the details
  const about = beside.filter(({ title, brief }) => answers(title, aspect) && answers(brief, aspect));
  const told = [{ ...article, details: '' }, ...about, article, ...beside].find(
    (one) => sentencesOf(one, aspect).length > 0,
  );
  const byOffice = aspect.name === 'where' && article.intents[0]!.startsWith('service.');
  if (byOffice && (goes || !told)) return { say: [], then: { is: 'goto', dialog: 'office' } };
  const line = careLine(turn);
  if (!told)
    return {
      say: [choices(NOT_SAID(aspect.called, line.text), [articleChoice(article), PERSON])],
      remember: { facts: [factOf(turn, article), ...line.facts] },
      then: { is: 'done' },
    };
  const own = told.id === article.id;
  const checked = showDay(told.checked);
  const opening = told.confidence === 'V' ? 'Dạ ' : AS_FAR(checked);
  const text = withFigures(sentencesOf(own ? article : told, aspect).join(' '), turn, dayOf(turn.now));
  const others = own ? beside : [told, ...beside.filter((one) => one !== told)];
  return {
    say: [
      choices([after(opening, text), SOURCE(told.source, checked)].join(turn.channel.abilities.oneReply ? ' ' : '\n'), [
        ...others.slice(0, MOST_RELATED).map(articleChoice),
        PERSON,
      ]),
    ],
    remember: { facts: [factOf(turn, article), ...(own ? [] : [factOf(turn, told)])] },
    then: { is: 'done' },
  };
};

/** Where something that is told of is, or where the office is to which the papers go. */
const placeStep = (turn: Turn): Step | undefined => {
  const id = placedAfter(turn.memory);
  const article = id && turn.services.knowledge.article(id, whereOf(turn));
  if (!article || !turn.meaning.entities.some(({ type }) => type === 'place')) return undefined;
  if (!article.intents.some((one) => one === 'theft.report' || one === 'complaint'))
    return { say: [], then: { is: 'goto', dialog: 'office' } };
  const line = careLine(turn);
  return {
    say: [choices(NOT_TAKEN(line.text), [PERSON])],
    remember: { facts: [factOf(turn, article), ...line.facts] },
    then: { is: 'done' },
  };
};

/** Questions about procedures, rules, safety, saving and prices: answered from the articles, with their source and date. */
export const knowledge: Dialog = {
  id: 'knowledge',
  version: 1,
  intents: unavailable.intents,
  async start(turn) {
    const asked = articleChosen(turn.chosen) ?? askedAfter(turn.text, turn.memory);
    if (asked) {
      const article = turn.services.knowledge.article(asked.id, whereOf(turn));
      const line = careLine(turn);
      if (!article) return { say: [choices(GONE(line.text), [PERSON])], then: { is: 'done' } };
      if (asked.part === 'more' && !article.details)
        return { say: [choices(NO_MORE(line.text), [PERSON])], remember: { facts: line.facts }, then: { is: 'done' } };
      return toldArticle(turn, article, asked.part);
    }
    const of = aspectAsked(turn.text, turn.memory, turn.meaning.entities);
    const spokenOf = of && turn.services.knowledge.article(of.id, whereOf(turn));
    if (spokenOf) return aspectStep(turn, spokenOf, of.aspect);
    const place = turn.meaning.wants.length ? undefined : placeStep(turn);
    if (place) return place;
    const intent = intentOf(turn.meaning, knowledge.intents);
    const known = await knownStep(turn, intent);
    if (known) return known;
    // its keywords are no question
    const failing = intent === 'complaint' && mentions(turn.text, APPS) && mentions(turn.text, FAILING);
    const without = failing || printedTitle(turn, intent) || stopsNotices(turn, intent) || sendsReading(turn, intent);
    const article = without ? undefined : articleFor(turn);
    return article ? toldArticle(turn, article, 'said') : { say: [], then: { is: 'goto', dialog: 'unavailable' } };
  },
  resume: (_, turn) => knowledge.start(turn),
};
