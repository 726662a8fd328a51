/** Lower case without diacritics: "Đứt dây" → "dut day". */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('đ', 'd');

/** Words and numbers, lower case, composed. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

// phrases come from this room and the utility's files, so this stays small
const apart = new Map<string, [meant: string, bare: string][]>();
const partsOf = (phrase: string) => {
  let parts = apart.get(phrase);
  if (!parts) apart.set(phrase, (parts = wordsOf(phrase).map((word) => [word, fold(word)])));
  return parts;
};

/** A list of phrases, written as one text with commas. */
export const phrases = (list: string): string[] => list.split(',').map((phrase) => phrase.trim());

/** Whether the text contains one of the phrases (given with diacritics, lower case) as whole words, accented or not. */
export const mentions = (text: string, phrases: readonly string[]): boolean => {
  const typed = wordsOf(text);
  return phrases.some((phrase) => holds(typed, phrase));
};

/**
 * The same of words already taken apart. A word typed without diacritics stands for every accented form of it, an
 * accented one only for itself.
 */
export const holds = (typed: readonly string[], phrase: string): boolean => {
  const parts = partsOf(phrase);
  const fits = (at: number): boolean =>
    parts.every(([meant, bare], n) => typed[at + n] === meant || typed[at + n] === bare);
  for (let at = 0; at + parts.length <= typed.length; at++) if (fits(at)) return true;
  return false;
};
