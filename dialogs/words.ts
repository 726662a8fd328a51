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

// A word typed without diacritics stands for every accented form of it; an accented one only for itself.
const sameWord = (typed: string, meant: string): boolean => typed === meant || typed === fold(meant);

/** A list of phrases, written as one text with commas. */
export const phrases = (list: string): string[] => list.split(',').map((phrase) => phrase.trim());

/** Whether the text contains one of the phrases (given with diacritics, lower case) as whole words, accented or not. */
export const mentions = (text: string, phrases: readonly string[]): boolean => {
  const typed = wordsOf(text);
  return phrases.some((phrase) => {
    const meant = wordsOf(phrase);
    return typed.some((_, at) => meant.every((word, n) => sameWord(typed[at + n] ?? '', word)));
  });
};
