/** What a stranger may see by customer code alone, and how often: the one policy, set in one place. */
export interface Disclosure {
  amounts: boolean;
  name: 'masked' | 'full' | 'hidden';
  address: 'masked' | 'full' | 'hidden';
  /** distinct customer codes that one person may ask about in a day (Vietnam), known or not */
  codesPerPerson: number;
  /** likewise for one network address */
  codesPerNetwork: number;
  /** a run of this many neighbouring codes by one person or address closes the gate as well */
  neighbours: number;
}

export const DISCLOSURE: Disclosure = {
  amounts: true,
  name: 'masked',
  address: 'masked',
  codesPerPerson: 5,
  codesPerNetwork: 50,
  neighbours: 4,
};

/** "Nguyễn Văn An" → "N***** V** A*"; an address keeps its first letters likewise, digits are hidden. */
export const mask = (text: string): string =>
  text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) =>
    /^\p{N}/u.test(word) ? '*'.repeat(word.length) : [...word][0] + '*'.repeat([...word].length - 1),
  );

/** "PP05000974006" → "PP***********", for logs. */
export const maskCode = (code: string): string => code.slice(0, 2) + '*'.repeat(Math.max(0, code.length - 2));
