import { meaningsOf } from '../classifier/meanings';
import { tokenize } from '../text/tokens';

/**
 * Words that say nothing of what is asked: pronouns, politeness, particles, question words, and the word of the trade.
 * Without diacritics; as parts of pairs ("mất điện", "bao nhiêu") they still count.
 */
const EMPTY = new Set(
  `a ad anh chi em co chu bac ba ong con chau minh toi tui ta tao may ban shop ben da vang oi u uh ok ha nhe nha nhi a ak ne day do nay kia ay nao
  la thi ma va voi hay hoac hoi cho xin giup gium dum ho muon can biet gi sao the vay nhu lam duoc khong bi co nhung cai cac nguoi ta cua o tai tren
  duoi trong ngoai vao ra len xuong di den toi roi dang se da vua moi cung van con nua lai lam qua rat hon nhieu it bao nhieu may khi nao dau bay gio
  hien thoi dc ko cam on alo chao dien nha luon ui chu vay viec ve tu theo`.split(/\s+/),
);

/** The words of a text that tell what it is about, as terms of the index; each with the part of a question it makes up. */
export interface Terms {
  /** without diacritics */
  bare: string[];
  /** of the same place as typed, where diacritics were typed; else undefined */
  marked: (string | undefined)[];
  /** neighbours, without diacritics: "cong_to" */
  pairs: string[];
  /** regional words for one thing (classifier/meanings.ts) */
  meanings: string[];
}

const MOST = 60;

/** Linear in the text; of a long one only the first sixty telling words are read. */
export const termsOf = (text: string): Terms => {
  const tokens = tokenize(text);
  const terms: Terms = { bare: [], marked: [], pairs: [], meanings: meaningsOf(tokens) };
  let before: { bare: string; empty: boolean } | undefined;
  for (const { kind, bare, word, typed } of tokens) {
    if (terms.bare.length >= MOST) break;
    if (kind === 'sign') {
      before = undefined;
      continue;
    }
    const empty = kind === 'word' ? EMPTY.has(bare) || bare.length < 2 : typed.length > 3;
    if (!empty) {
      terms.bare.push(bare);
      terms.marked.push(word === bare ? undefined : word);
    }
    if (before && !(empty && before.empty)) terms.pairs.push(`${before.bare}_${bare}`);
    before = { bare, empty };
  }
  return terms;
};
