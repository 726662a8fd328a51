import { choices, say } from '../core/activity';
import type { Dialog } from '../core/dialog';
import { careLine } from './inforce';
import { articleFor, articleForPart, knowledge, toldArticle } from './knowledge';
import { MENU, PERSON } from './offers';
import { troubleIn } from './symptoms';
import { syntaxOf } from './syntax';
import { likeliest } from './titles';
import { mentions } from './words';

const GUESS = 'Dạ em chưa rõ ý anh/chị. Có phải anh/chị cần một trong các việc này không ạ?';
const STILL =
  'Dạ em vẫn chưa hiểu ý anh/chị, em xin lỗi ạ. Anh/chị xem những việc em làm được, hoặc gặp nhân viên nhé.';

/** below it a guess is noise, and the most asked wants are offered instead */
const LIKELY = 0.12;
/** what nobody but an electricity utility has */
const GRID = ['trụ điện', 'cột điện', 'đường dây', 'lưới điện', 'trạm biến áp', 'công tơ', 'đồng hồ điện'];
/** so sure that it is none of ours, and not merely put oddly */
const SURELY_OUTSIDE = 0.8;
const OUTSIDE =
  'Dạ việc này nằm ngoài những gì em giúp được, em chỉ lo các việc về điện như tiền điện, chỉ số, lịch cắt điện, mất điện ạ. Nếu anh/chị hỏi việc về điện thì nói rõ thêm giúp em nhé.';
const UNKNOWN = (line: string) =>
  `Dạ câu này em chưa có thông tin chắc chắn nên không dám trả lời ạ. Anh/chị gọi ${line}, hoặc để em ghi lại yêu cầu gặp nhân viên nhé.`;
const UNKNOWN_BRIEF = (line: string) => `Câu này em chưa có thông tin chắc chắn. Gọi ${line}.`;
const BRIEF = 'Em chưa rõ yêu cầu.';

/** Nothing was understood: the three likeliest wants, and the second time in a row the menu and a person. */
export const fallback: Dialog = {
  id: 'fallback',
  version: 1,
  intents: [],
  async start(turn) {
    // "đèn đường … hư" tells of the grid, whatever the sentence around it is like
    if (troubleIn(turn.text) === 'device') return { say: [], then: { is: 'goto', dialog: 'outage' } };
    // a question that is no want of ours can still be one that an article answers
    if (articleFor(turn)) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    const part = articleForPart(turn);
    if (part) return toldArticle(turn, part, 'said');
    const { meaning, memory, channel } = turn;
    const lost = (memory.lost ?? 0) + 1;
    // a question of our trade that no article answers: we do not know
    const best = meaning.intents[0]!.name;
    const ours = knowledge.intents.includes(best) || (best === 'out_of_scope' && mentions(turn.text, GRID));
    if (meaning.cues.question && ours) {
      const line = careLine(turn);
      const text = (channel.abilities.oneReply ? UNKNOWN_BRIEF : UNKNOWN)(line.text);
      return { say: [choices(text, [PERSON, MENU])], remember: { lost, facts: line.facts }, then: { is: 'done' } };
    }
    const outside = best === 'out_of_scope' && meaning.intents[0]!.sureness >= SURELY_OUTSIDE;
    if (outside && !channel.abilities.oneReply)
      return { say: [choices(OUTSIDE, [MENU, PERSON])], remember: { lost }, then: { is: 'done' } };
    const said = channel.abilities.oneReply
      ? say(`${BRIEF} ${syntaxOf(turn, 'help.menu')}`)
      : lost > 1
        ? choices(STILL, [MENU, PERSON])
        : choices(
            GUESS,
            likeliest(
              meaning.intents.filter(({ sureness }) => sureness >= LIKELY),
              3,
            ),
          );
    return { say: [said], remember: { lost }, then: { is: 'done' } };
  },
  resume: (_, turn) => fallback.start(turn),
};
