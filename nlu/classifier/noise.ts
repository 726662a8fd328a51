import { strip } from '../text/characters';

/** Slips that fingers make, on already normalised words; used on copies of the training phrases only. */
export const slip = (phrase: string, random: () => number): string => {
  const words = phrase.split(/\s+/);
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    let word = words[i]!;
    const luck = random();
    if (word.length > 2 && luck < 0.08) {
      const at = 1 + Math.floor(random() * (word.length - 2));
      const kind = random();
      if (kind < 0.4) word = word.slice(0, at) + word.slice(at + 1);
      else if (kind < 0.7) word = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
      else word = word.slice(0, at) + word[at] + word.slice(at);
    } else if (luck < 0.2) word = strip(word);
    else if (luck < 0.22 && words.length > 3) continue;
    else if (luck < 0.24 && i + 1 < words.length) word += words[++i];
    out.push(word);
  }
  return out.join(' ');
};
