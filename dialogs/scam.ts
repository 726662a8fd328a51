import { choices } from '../core/activity';
import type { Dialog, Step, Turn } from '../core/dialog';
import type { Article } from '../core/knowledge';
import { dayOf } from '../core/time';
import { inForce } from '../core/utility';
import { campaignsMeant } from './campaign-which';
import { scamText } from './campaign-words';
import { want } from './choosing';
import { careLine } from './inforce';
import { articleAbout, toldArticle } from './knowledge';
import { PERSON } from './offers';
import { valueSaid } from './said';
import { asksForApp, asksWhose, claimsDebt, harmIn, numberAsked } from './scam-words';
import { mentions, phrases } from './words';

const PRIZE = phrases(
  'trúng thưởng, trúng giải, trúng quà, nhận quà, nhận thưởng, trao thưởng, quà tri ân, trúng, tri ân, quay số, giải thưởng, phần quà, tặng quà, lãnh quà, lãnh thưởng',
);
const OURS = (number: string, whose: string) => `Dạ đúng ạ, ${number} là ${whose}.`;
const NOT_OURS = (number: string, line: string) =>
  `Dạ số ${number} không có trong danh bạ của bên em ạ. Số đúng của bên em là ${line}. Ai gọi từ số đó đòi chuyển tiền, đọc OTP hay cài ứng dụng thì anh/chị đừng làm theo nhé.`;
const DEBT_BY_CODE = 'Còn nợ thật hay không, anh/chị gửi mã khách hàng, em xem trong sổ nợ giúp ạ.';
const HARMED = { paid: 'scam-paid', app: 'scam-app', link: 'scam-link' } as const;

/** somebody at the door, not on the line */
const VISITS = phrases('vô nhà, vào nhà, tới nhà, đến nhà, thẻ nhân viên, không thẻ, không có thẻ, đồng phục');

const result = want('Kết quả', 'campaign.result');

/** Whether a prize is real: no fee is ever asked for one, and what is drawn at all. */
const prizeStep = async (turn: Turn): Promise<Step> => {
  const line = careLine(turn);
  const running = await Promise.all(
    campaignsMeant({ ...turn, text: '', memory: { ...turn.memory, facts: [] } }).map(async (one) => ({
      one,
      published: (await turn.services.campaigns.stands(one.id)).is === 'published',
    })),
  );
  return {
    say: [choices(scamText(line.text, running), [result, PERSON])],
    remember: { facts: line.facts },
    then: { is: 'done' },
  };
};

const digits = (number: string): string => number.replace(/\D/g, '').replace(/^84/, '0');

/** Whose a number is, by the numbers of the utility that are in force. */
const whoseStep = (turn: Turn, asked: string): Step => {
  const on = dayOf(turn.now);
  const { hotlines, offices, name } = turn.utility;
  const care = inForce(hotlines, on).some((one) => one.kind === 'care' && digits(one.number) === digits(asked));
  const office = inForce(offices, on).find(({ phone }) => phone && digits(phone) === digits(asked));
  const line = careLine(turn);
  const whose = care ? `tổng đài chăm sóc khách hàng của ${name}` : office?.name;
  return {
    say: [choices(whose ? OURS(asked, whose) : NOT_OURS(asked, line.text), [PERSON])],
    remember: { facts: line.facts },
    then: { is: 'done' },
  };
};

/** The article that warns of this number, of this kind of call; what to do comes first where harm is done. */
const articleFor = (turn: Turn, asked: string | undefined): Article | undefined => {
  const harm = harmIn(turn.text);
  if (harm) return articleAbout(turn, HARMED[harm]);
  if (mentions(turn.text, VISITS)) return articleAbout(turn, 'staff-visit');
  const warned = articleAbout(turn, 'scam-1900');
  return asked && warned?.title.includes(asked) ? warned : articleAbout(turn, 'scam-signs');
};

const start = async (turn: Turn): Promise<Step> => {
  if (mentions(turn.text, PRIZE)) return prizeStep(turn);
  if (asksForApp(turn.text)) {
    const app = articleAbout(turn, 'app-channels');
    if (app) return toldArticle(turn, app, 'said');
  }
  const asked = numberAsked(turn.text);
  const article = articleFor(turn, asked);
  const warned = asked && article?.title.includes(asked);
  if (asked && asksWhose(turn.text, turn.meaning.cues) && !warned && !harmIn(turn.text)) return whoseStep(turn, asked);
  if (!article) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
  const before = turn.memory.facts[0]?.record === `knowledge/${article.id}`;
  const told = toldArticle(turn, article, before && article.details ? 'more' : 'said');
  if (harmIn(turn.text) || !claimsDebt(turn.text) || turn.channel.abilities.oneReply) return told;
  // what is claimed to be owed stands in the records
  if (valueSaid(turn, 'customer_code') || turn.memory.code) return { ...told, then: { is: 'goto', dialog: 'debt' } };
  return {
    ...told,
    say: told.say.map((one) => ({ ...one, text: `${one.text}\n${DEBT_BY_CODE}` })),
    remember: { ...told.remember, lastIntent: 'debt.lookup' },
  };
};

/** "có người gọi đòi chuyển khoản, có thật không", "số này của bên mình không", "lỡ bấm link rồi": who is to be trusted, and what to do. */
export const scam: Dialog = {
  id: 'scam',
  version: 1,
  intents: ['scam.check'],
  start,
  resume: (_, turn) => start(turn),
};
