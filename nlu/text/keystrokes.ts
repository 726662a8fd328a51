import { strip } from './characters';
import { isSyllable, placeTone } from './syllables';

const VOWELS = 'aăâeêioôơuưy';
const TONED: Record<string, string> = {
  a: 'àáảãạ', ă: 'ằắẳẵặ', â: 'ầấẩẫậ', e: 'èéẻẽẹ', ê: 'ềếểễệ', i: 'ìíỉĩị', o: 'òóỏõọ', ô: 'ồốổỗộ', ơ: 'ờớởỡợ', u: 'ùúủũụ', ư: 'ừứửữự', y: 'ỳýỷỹỵ',
}; // biome-ignore format: a table
const TELEX_TONES: Record<string, number> = { f: 0, s: 1, r: 2, x: 3, j: 4 };
const VNI_TONES: Record<string, number> = { '2': 0, '1': 1, '3': 2, '4': 3, '5': 4 };

/** Puts the tone on the vowel that Vietnamese spelling gives it. `word` has no tone yet. */
const withTone = (word: string, tone: number): string => {
  let first = -1;
  let last = -1;
  for (let i = 0; i < word.length; i++) {
    if (!VOWELS.includes(word[i]!)) {
      if (first >= 0) break;
      continue;
    }
    // the u of "qu" and the i of "gi" belong to the onset
    if (first < 0 && i === 1 && ((word[0] === 'q' && word[1] === 'u') || (word[0] === 'g' && word[1] === 'i'))) {
      if (i + 1 < word.length && VOWELS.includes(word[i + 1]!)) continue;
    }
    if (first < 0) first = i;
    last = i;
  }
  if (first < 0) return word;
  let at = first;
  const vowels = word.slice(first, last + 1);
  const marked = [...vowels].findLastIndex((v) => 'ăâêôơư'.includes(v));
  if (marked >= 0) at = first + marked;
  else if (vowels.length === 3) at = first + 1;
  else if (vowels.length === 2) at = last < word.length - 1 ? last : first;
  return placeTone(word.slice(0, at) + TONED[word[at]!]![tone] + word.slice(at + 1));
};

const accept = (letters: string, tone: number | undefined, changed: boolean): string | undefined => {
  if (!changed && tone === undefined) return undefined;
  if (!isSyllable(strip(letters))) return undefined;
  return tone === undefined ? letters : withTone(letters, tone);
};

const markLast = (letters: string, marks: Record<string, string>): string | undefined => {
  for (let i = letters.length - 1; i >= 0; i--) {
    const marked = marks[letters[i]!];
    if (marked) {
      // "uo" takes the horn on both: "dduwowcj", "d9uo7c5"
      if (marked === 'ơ' && letters[i - 1] === 'u' && letters[i - 2] !== 'q' && i < letters.length - 1)
        return `${letters.slice(0, i - 1)}ươ${letters.slice(i + 1)}`;
      if (marked === 'ư' && letters[i + 1] === 'o') return `${letters.slice(0, i)}ươ${letters.slice(i + 2)}`;
      return letters.slice(0, i) + marked + letters.slice(i + 1);
    }
  }
  return undefined;
};

/** Raw Telex keystrokes of one syllable as the word they meant ("dieenj" → "diện", "tieenf" → "tiền"), or undefined. */
export const fromTelex = (typed: string): string | undefined => {
  if (typed.length < 3 || typed.length > 12) return undefined;
  let letters = '';
  let tone: number | undefined;
  let changed = false;
  for (let i = 0; i < typed.length; i++) {
    const key = typed[i]!;
    if (key in TELEX_TONES && letters !== '' && tone === undefined && [...letters].some((l) => VOWELS.includes(l))) {
      const rest = typed.slice(i + 1);
      // a tone key stands at the end, or before what else follows a vowel
      if (rest === '' || !(key === 'r' || key === 's' || key === 'x')) {
        tone = TELEX_TONES[key];
        continue;
      }
      if (/^[a-zăâêôơư]{1,3}$/.test(rest)) {
        tone = TELEX_TONES[key];
        continue;
      }
      return undefined;
    }
    const before = letters[letters.length - 1];
    if (key === 'w') {
      const marked = markLast(letters, { a: 'ă', o: 'ơ', u: 'ư' });
      letters = marked ?? `${letters}ư`;
      changed = true;
    } else if (key === 'd' && (before === 'd' || (letters[0] === 'd' && i === typed.length - 1))) {
      letters = `đ${letters.slice(1)}`;
      changed = true;
    } else if ('aeo'.includes(key) && letters.includes(key)) {
      const marked = markLast(letters, { [key]: { a: 'â', e: 'ê', o: 'ô' }[key]! });
      if (!marked) return undefined;
      letters = marked;
      changed = true;
    } else letters += key;
  }
  return accept(letters, tone, changed);
};

/** Raw VNI keystrokes of one syllable as the word they meant ("tie62n" → "tiền", "d9ie65n" → "điện"), or undefined. */
export const fromVni = (typed: string): string | undefined => {
  if (typed.length < 2 || typed.length > 12 || typed[0]! < 'a') return undefined;
  let letters = '';
  let tone: number | undefined;
  let changed = false;
  for (const key of typed) {
    if (key < '0' || key > '9') {
      letters += key;
      continue;
    }
    if (key in VNI_TONES) {
      if (tone !== undefined || ![...letters].some((l) => VOWELS.includes(l))) return undefined;
      tone = VNI_TONES[key];
      continue;
    }
    const marked =
      key === '6' ? markLast(letters, { a: 'â', e: 'ê', o: 'ô' })
      : key === '7' ? markLast(letters, { o: 'ơ', u: 'ư' })
      : key === '8' ? markLast(letters, { a: 'ă' })
      : key === '9' && letters[0] === 'd' ? `đ${letters.slice(1)}`
      : undefined; // biome-ignore format: one key a line
    if (!marked) return undefined;
    letters = marked;
    changed = true;
  }
  return accept(letters, tone, changed);
};
