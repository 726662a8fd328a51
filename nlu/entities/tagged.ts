import { applianceNamed } from './appliance';
import { LEVELS, notAName, stops } from './place_name';
import { type Found, type Grammar, isSign, phraseAt, type Reading } from './reading';

/** Grammars win; these are for names that no list and no word besides gives away. */
const SURENESS = 0.72;
const LONGEST = 9;

/** "xóm bác", "thôn em" are nobody's names */
const PRONOUNS = new Set(
  'em anh chi bac co chu toi tui minh ong ba di duong chau con me noi ngoai o ad nao may nay kia do'.split(' '),
);

/** A word that its marks show to be no part of a name; without marks it may be one. */
const everyday = (reading: Reading, at: number): boolean => {
  const { word, bare } = reading.tokens[at]!;
  return word !== bare && stops(reading, at);
};

/** Places, persons and appliances that the trained tagger saw. */
export const tagged: Grammar = (reading) => {
  const { received, tokens, slots = [] } = reading;
  const found: Found[] = [];
  for (const { kind, from, to: seen } of slots) {
    let to = seen;
    if (kind === 'place') while (to > from && everyday(reading, to - 1)) to--;
    if (to === from) continue;
    const said = tokens.slice(from, to);
    if (said.length > LONGEST || said.some((t) => t.kind === 'sign' && !isSign(t, ',', '/', '-', '.', "'"))) continue;
    const words = said.filter((t) => t.kind === 'word').length;
    const value = received.slice(said[0]!.start, said[said.length - 1]!.end).normalize('NFC');
    const where = { from, to, sureness: SURENESS };
    if (kind === 'place') {
      // "thành phố", "ở nhà" name nothing
      const level = phraseAt(tokens, from, LEVELS);
      const name = said.slice(level);
      const plausible =
        level > 0 ? name.length > 0 && !PRONOUNS.has(name[0]!.bare) : words > 1 && !notAName(reading, from);
      const named = plausible && !name.some((_, n) => everyday(reading, from + level + n));
      if (named) found.push({ type: 'place', value, ...where });
    } else if (kind === 'person' && words > 1 && words === said.length) found.push({ type: 'person', value, ...where });
    else if (kind === 'appliance' && words > 1 && words === said.length)
      found.push({ type: 'appliance', value: applianceNamed(tokens, from, to) ?? value.toLowerCase(), ...where });
  }
  return found;
};
