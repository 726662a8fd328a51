import { type Choice, choices } from '../core/activity';
import type { Campaign } from '../core/campaign';
import type { Dialog, Fact, Step, Turn } from '../core/dialog';
import { dayOf } from '../core/time';
import type { IntentName } from '../core/understanding';
import { campaignsMeant, phaseOf, remembered } from './campaign-which';
import {
  claimText,
  eligibleText,
  infoText,
  joinText,
  lostText,
  pendingText,
  prizesText,
  publishedText,
  rulesText,
  sentence,
  wonText,
} from './campaign-words';
import { want } from './choosing';
import { careLine } from './inforce';
import { articleFor } from './knowledge';
import { intentOf } from './meant';
import { PERSON } from './offers';
import { valueSaid } from './slots';
import { mentions, phrases } from './words';

const EACH = (name: string) =>
  `Dạ ${name} gồm mấy chương trình, mỗi chương trình có cách tham gia và giải riêng. Anh/chị hỏi chương trình nào ạ?`;
const WHICH = 'Dạ anh/chị hỏi chương trình nào ạ?';
const NONE = (line: string) =>
  `Dạ hiện em chưa có thông tin chương trình tri ân, khuyến mãi nào đang diễn ra ạ. Có chương trình mới, điện lực sẽ báo trên các kênh chính thức. Anh/chị cần hỏi thêm thì gọi ${line} nhé.`;
const ASK_CODE = 'Anh/chị cho em xin mã khách hàng (13 ký tự) để em xem có trong danh sách không ạ.';
const SEE = (url: string) => `Bảng kết quả và cách kiểm tra lại: ${url}`;
const CLOSED = (line: string) =>
  `Hôm nay em không tra thêm theo mã được nữa, anh/chị xem bảng kết quả hoặc gọi ${line} ạ.`;

const RULES = phrases(
  'thể lệ, quy định, luật chơi, bước nhảy, cách chọn, chọn thế nào, chọn ra sao, quay thế nào, tính mấy lần, mỗi lần gọi, gọi nhiều lần, nhắn nhiều lần',
);
const MINE = phrases('tôi, em, mình, tui, anh, chị, cô, chú, bác, bà, ông, con, nhà');
const INFO = want('Thông tin', 'campaign.info');
const JOIN = want('Cách tham gia', 'campaign.join');
const PRIZES = want('Giải thưởng', 'campaign.prizes');
const RESULT = want('Kết quả', 'campaign.result');
const CLAIM = want('Cách nhận quà', 'campaign.claim');
const OFFERED: Partial<Record<IntentName, Choice[]>> = {
  'campaign.info': [JOIN, PRIZES, RESULT],
  'campaign.join': [PRIZES, INFO, RESULT],
  'campaign.prizes': [JOIN, RESULT],
  'campaign.result': [CLAIM, INFO],
  'campaign.claim': [RESULT],
};

const done = (turn: Turn, intent: IntentName, text: string, one: Campaign): Step => ({
  say: [choices(text, [...(OFFERED[intent] ?? []), PERSON])],
  remember: { facts: [remembered(one, turn.now)] },
  then: { is: 'done' },
});

/** Won or not, by code: behind the gate, for the table that everybody sees is masked. */
const resultStep = async (turn: Turn, one: Campaign): Promise<Step> => {
  const { campaigns } = turn.services;
  const phase = phaseOf(one, dayOf(turn.now));
  const { is, on, winners } = await campaigns.stands(one.id);
  if (is !== 'published' || !on) return done(turn, 'campaign.result', pendingText(one, phase), one);
  const head = `${publishedText(one, on, winners ?? 0)} ${SEE(`/campaigns/${one.id}`)}`;
  const code = valueSaid(turn, 'customer_code') ?? turn.memory.code;
  if (!code && !turn.channel.abilities.oneReply && mentions(turn.text, MINE))
    return {
      say: [choices(`${head}\n${ASK_CODE}`, [PERSON])],
      remember: { facts: [remembered(one, turn.now)] },
      then: {
        is: 'wait',
        state: { campaign: one.id, intent: 'campaign.result' },
        expects: { entities: ['customer_code'] },
      },
    };
  if (!code) return done(turn, 'campaign.result', head, one);
  if ((await turn.services.admit(code)) === 'closed')
    return done(turn, 'campaign.result', `${head}\n${CLOSED(careLine(turn).text)}`, one);
  const won = await campaigns.won(one.id, code);
  const prize = one.prizes.find(({ tier }) => tier === won?.tier)?.name ?? '';
  return done(turn, 'campaign.result', `${head}\n${won ? wonText(code, prize, one) : lostText(code)}`, one);
};

const answer = async (turn: Turn, intent: IntentName, one: Campaign): Promise<Step> => {
  const on = dayOf(turn.now);
  const phase = phaseOf(one, on);
  const { campaigns } = turn.services;
  switch (intent) {
    case 'campaign.join': {
      const code = valueSaid(turn, 'customer_code');
      const asked = mentions(turn.text, RULES) && one.rules.length > 0 && !turn.channel.abilities.oneReply;
      if (asked) return done(turn, intent, rulesText(one, phase), one);
      return done(turn, intent, sentence(joinText(one, phase), code && eligibleText(code, one)), one);
    }
    case 'campaign.prizes':
      return done(turn, intent, prizesText(one, phase, campaigns.law, on), one);
    case 'campaign.result':
      return resultStep(turn, one);
    case 'campaign.claim':
      return done(turn, intent, claimText(one, phase, (await campaigns.stands(one.id)).on), one);
    default:
      return mentions(turn.text, RULES) && one.rules.length > 0 && !turn.channel.abilities.oneReply
        ? done(turn, intent, rulesText(one, phase), one)
        : done(turn, intent, infoText(one, phase), one);
  }
};

/** Which of several is asked about. */
const whichOf = (parts: Campaign[], intent: IntentName, text: string): Step => {
  const offered = parts.slice(0, 6).map(({ choice, id }): Choice => ({ title: choice, value: `campaign:${id}` }));
  return {
    say: [choices(text, offered)],
    then: { is: 'wait', state: { intent }, expects: { entities: [], choices: offered } },
  };
};

const step = async (turn: Turn, intent: IntentName, chosen?: string): Promise<Step> => {
  const meant = campaignsMeant(turn, chosen);
  const [first] = meant;
  if (!first) {
    if (articleFor(turn)) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    const line = careLine(turn);
    const facts: Fact[] = line.facts;
    return { say: [choices(NONE(line.text), [PERSON])], remember: { facts }, then: { is: 'done' } };
  }
  const inside = turn.services.campaigns.all.filter(({ umbrella }) => umbrella === first.id);
  if (meant.length === 1 && inside.length && intent !== 'campaign.info' && !turn.channel.abilities.oneReply)
    return whichOf(inside, intent, EACH(first.name));
  if (meant.length === 1) return answer(turn, intent, first);
  // of several parts of one month, what the month is answers "what is there"; else it is asked which
  const umbrella = meant.find(({ id }) => meant.some((other) => other.umbrella === id));
  const parts = meant.filter((one) => one !== umbrella);
  if (parts.length === 1) return answer(turn, intent, parts[0]!);
  if (turn.channel.abilities.oneReply) return answer(turn, 'campaign.info', umbrella ?? first);
  const head =
    umbrella && intent === 'campaign.info' ? `${infoText(umbrella, phaseOf(umbrella, dayOf(turn.now)))}\n` : '';
  return whichOf(parts, intent, head + WHICH);
};

/** What a campaign is, how to take part, prizes, results, claims. */
export const campaign: Dialog = {
  id: 'campaign',
  version: 1,
  intents: ['campaign.info', 'campaign.join', 'campaign.prizes', 'campaign.result', 'campaign.claim'],
  start: (turn) => step(turn, intentOf(turn.meaning, campaign.intents)),
  resume(state, turn) {
    const chosen = /^campaign:([a-z0-9-]{2,40})$/.exec(turn.chosen ?? '')?.[1];
    const said = turn.meaning.wants.map(({ intent }) => intent).find((one) => campaign.intents.includes(one));
    const before = campaign.intents.find((one) => one === state.intent) ?? 'campaign.info';
    return step(turn, said ?? before, chosen ?? (typeof state.campaign === 'string' ? state.campaign : undefined));
  },
};
