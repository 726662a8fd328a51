import { clean, strip } from './characters';
import { fromTelex, fromVni } from './keystrokes';
import { GLUED, KNOWN, SHORTHAND } from './shorthand';
import { isSyllable, placeTone } from './syllables';

/** One word, number or sign of a message, with the characters that it was read from (UTF-16 offsets in the text as received). */
export interface Token {
  kind: 'word' | 'number' | 'sign';
  /** normalised, with whatever diacritics were typed: "ko" → "không", "dieenj" → "điện" */
  word: string;
  /** `word` without diacritics */
  bare: string;
  /** as typed, lower case */
  typed: string;
  start: number;
  end: number;
  /** nothing stands between this token and the one before */
  glued: boolean;
}

/** Letters that digits follow as numbers, even where VNI could read a tone: "ky1", "thang1". */
const COUNTED = new Set('ky thang thg t th q quy nam n ngay ng so s ho h cs d'.split(' '));
/** "diện" is rarely meant by who types "dieenj": the words of this trade that begin with đ */
const DEE = new Map(
  'điện đóng được đơn đồng đổi đăng đường đến đã đang để đâu đúng đủ đâ đó đi đình'
    .split(' ')
    .map((word) => [`d${word.slice(1)}`, word]),
);

const isDigit = (code: number) => code >= 48 && code <= 57;
/** 1 for letters and marks, 2 for other units, 0 before anybody asked */
const letters = new Uint8Array(1 << 16);
const isLetter = (code: number) => {
  const known = letters[code]!;
  if (known > 0) return known === 1;
  const letter = (code >= 97 && code <= 122) || (code > 127 && /^[\p{L}\p{M}]$/u.test(String.fromCharCode(code)));
  letters[code] = letter ? 1 : 2;
  return letter;
};

/** Letters repeated for feeling are one: "nhiềuuuu" → "nhiều"; double letters only where no syllable has them. */
const calm = (word: string): string => {
  let out = '';
  for (let i = 0; i < word.length; i++) {
    const same = word[i] === word[i - 1];
    if (same && word[i] === word[i - 2]) continue;
    if (same && i + 1 < word.length && word[i + 1] === word[i]) continue;
    out += word[i];
  }
  return out;
};

const normalWord = (typed: string, before: Token | undefined): string => {
  if (typed === 'kh') return before?.bare === 'ma' || before?.bare === 'ten' ? 'khách hàng' : 'không';
  if (typed === 'hd') return 'hóa đơn';
  // "không bt" is "không biết", else a thing is "bình thường"
  if (typed === 'bt') return before?.bare === 'khong' ? 'biết' : 'bình thường';
  if (typed === 'kv') return before?.kind === 'number' ? typed : 'khu vực';
  let word = normal.get(typed);
  if (word === undefined) {
    word = aloneNormal(typed);
    // bounded, so that hostile text cannot grow it
    if (normal.size < NORMAL) normal.set(typed, word);
  }
  return word;
};

/** words read before */
const normal = new Map<string, string>();
const NORMAL = 8192;

const aloneNormal = (typed: string): string => {
  const long = SHORTHAND.get(typed);
  if (long !== undefined) return long;
  let word = placeTone(typed);
  if (KNOWN.has(word)) return word;
  const bareWord = strip(word);
  if (isSyllable(bareWord)) return word;
  const cut = GLUED.get(bareWord);
  if (cut !== undefined) return `${placeTone(word.slice(0, cut))} ${placeTone(word.slice(cut))}`;
  if (word === strip(word)) {
    const meant = fromTelex(word);
    if (meant) return DEE.get(meant) ?? meant;
  }
  const quiet = calm(word);
  if (quiet !== word) {
    word = quiet;
    const again = SHORTHAND.get(word);
    if (again !== undefined) return again;
    if (isSyllable(strip(word))) return placeTone(word);
  }
  // "nhieuu", "ooi": the doubled last or first letter
  const last = strip(word.slice(-2));
  const single = (last[0] === last[1] ? word.slice(0, -1) : word).replace(/^(.)\1/u, '$1');
  if (single !== word && isSyllable(strip(single))) return placeTone(single);
  return word;
};

/** One pass over the text, linear in its length. */
export const tokenize = (received: string): Token[] => {
  const { text, starts, ends } = clean(received);
  const tokens: Token[] = [];
  let previousEnd = -1;
  const put = (kind: Token['kind'], word: string, typed: string, from: number, to: number) => {
    const start = starts[from]!;
    const end = ends[to - 1]!;
    const words = kind === 'word' && word.includes(' ') ? word.split(' ') : [word];
    for (let k = 0; k < words.length; k++)
      tokens.push({
        kind,
        word: words[k]!,
        bare: strip(words[k]!),
        typed,
        start,
        end,
        glued: k === 0 && from === previousEnd,
      });
    previousEnd = to;
  };
  const n = text.length;
  for (let i = 0; i < n; ) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code === 160) {
      i++;
      continue;
    }
    if (isDigit(code) || isLetter(code)) {
      let j = i;
      let letters = 0;
      let digits = 0;
      while (j < n) {
        const c = text.charCodeAt(j);
        if (isDigit(c)) digits++;
        else if (isLetter(c)) letters++;
        else break;
        j++;
      }
      const chunk = j - i <= 64 ? text.slice(i, j) : '';
      if (letters > 0 && digits > 0 && chunk && chunk === strip(chunk)) {
        const head = /^[a-z]+(?=\d+$)/.exec(chunk)?.[0];
        const meant = head !== undefined && COUNTED.has(head) ? undefined : fromVni(chunk);
        if (meant) {
          put('word', DEE.get(meant) ?? meant, chunk, i, j);
          i = j;
          continue;
        }
      }
      while (i < j) {
        const digit = isDigit(text.charCodeAt(i));
        let k = i + 1;
        while (k < j && isDigit(text.charCodeAt(k)) === digit && k - i < 64) k++;
        const typed = text.slice(i, k);
        // "tdpp05000974006": an SMS keyword that runs into its code
        const run = !digit && k < j ? /^(lgd|ntd|lcd|lmd|cs|td|no)(?=p[a-z]{1,3}$)/.exec(typed)?.[0].length : undefined;
        if (run) {
          put('word', typed.slice(0, run), typed.slice(0, run), i, i + run);
          put('word', typed.slice(run), typed.slice(run), i + run, k);
          tokens[tokens.length - 1]!.glued = false;
        } else if (digit) put('number', typed, typed, i, k);
        else put('word', normalWord(typed, tokens[tokens.length - 1]), typed, i, k);
        i = k;
      }
      continue;
    }
    const sign = String.fromCodePoint(text.codePointAt(i)!);
    // a run of one sign is one token: "!!!!", "....", "😡😡"
    let j = i + sign.length;
    while (text.startsWith(sign, j)) j += sign.length;
    put('sign', sign, text.slice(i, j), i, j);
    i = j;
  }
  return tokens;
};
