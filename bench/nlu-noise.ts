/** How hurried people type, for measuring only: training has slips of its own (`nlu/classifier/noise.ts`) and never sees these. */
const SHORT: Record<string, string[]> = {
  không: ['ko', 'k', 'hong', 'hok'],
  được: ['dc', 'đc', 'dk'],
  nhiêu: ['nhiu', 'nhieu'],
  tôi: ['t', 'tui'],
  muốn: ['mún', 'mun'],
  biết: ['bít', 'bik'],
  với: ['vs', 'voi'],
  vậy: ['v', 'zậy'],
  rồi: ['r', 'rùi'],
  người: ['ng'],
  những: ['nhg'],
  trong: ['trg'],
  làm: ['lm'],
  tháng: ['thg'],
  điện: ['đ', 'dien'],
  thế: ['th'],
};
const NEAR: Record<string, string> = {
  q: 'wa', w: 'qes', e: 'wrd', r: 'etf', t: 'ryg', y: 'tuh', u: 'yij', i: 'uok', o: 'ipl', p: 'ol', a: 'qsz', s: 'adx', d: 'sfc',
  f: 'dgv', g: 'fhb', h: 'gjn', j: 'hkm', k: 'jl', l: 'ko', z: 'xa', x: 'zc', c: 'xv', v: 'cb', b: 'vn', n: 'bm', m: 'nk',
}; // biome-ignore format: a table

/** Diacritics off, as a spelling of its own: independent of the one in `nlu/`. */
export const stripped = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').normalize('NFC');

/**
 * In half of the messages a share of the words loses its diacritics; a quarter of the words that have a usual short form take
 * it; a tenth of the others has a slip of a finger (neighbouring key, letter lost, doubled or swapped); 3 % of the spaces are lost.
 */
export const noisy = (text: string, random: () => number): string => {
  const pick = <T>(list: ArrayLike<T>): T => list[Math.floor(random() * list.length)]!;
  const bareShare = random() < 0.5 ? random() : 0;
  let out = '';
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/\s+/)
    .forEach((original, i) => {
      let word = original;
      const short = SHORT[word];
      if (random() < 0.25 && short) word = pick(short);
      else if (word.length > 2 && random() < 0.1) {
        const at = Math.floor(random() * word.length);
        const kind = random();
        const near = NEAR[stripped(word[at]!)];
        if (kind < 0.35 && near) word = word.slice(0, at) + pick(near) + word.slice(at + 1);
        else if (kind < 0.6) word = word.slice(0, at) + word.slice(at + 1);
        else if (kind < 0.8) word = word.slice(0, at) + word[at] + word.slice(at);
        else if (at + 1 < word.length) word = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
      }
      if (random() < bareShare) word = stripped(word);
      out += (i > 0 && random() > 0.03 ? ' ' : '') + word;
    });
  return out;
};
