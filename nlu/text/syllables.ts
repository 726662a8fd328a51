/** What a Vietnamese syllable may be, without tones and marks: onset + rime. */
const ONSETS = 'b c ch d g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x'.split(' ');
const RIMES =
  'a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et eu enh ech i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu ' +
  'o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong op ot u ua uan uat uay uc ue uech uenh ui uia um un ung uoc uoi uom uon uong uop uot uou uo up ut uu ' +
  'uy uya uych uyen uyet uynh uyt uyu y yem yen yet yeu ynh uang uac uai uoc ua';

const syllables = new Set<string>();
for (const rime of RIMES.split(' ')) {
  syllables.add(rime);
  for (const onset of ONSETS) syllables.add(onset + rime);
}

/** True for anything that can be read as a Vietnamese syllable once diacritics are gone ("dien", "nghieng"), false for "dieenj", "sms". */
export const isSyllable = (bare: string): boolean => syllables.has(bare);

const TONE_AT_END = new Map<string, string>();
const pair = (from: string, to: string) => {
  const a = from.split(' ');
  const b = to.split(' ');
  for (let i = 0; i < a.length; i++) TONE_AT_END.set(a[i]!, b[i]!);
};
pair('oà oá oả oã oạ', 'òa óa ỏa õa ọa');
pair('oè oé oẻ oẽ oẹ', 'òe óe ỏe õe ọe');
pair('uỳ uý uỷ uỹ uỵ', 'ùy úy ủy ũy ụy');

/** One spelling for both schools of tone placement: "hoá" → "hóa", "thuỷ" → "thủy"; "quý" stays. */
export const placeTone = (word: string): string => {
  if (word.length < 2) return word;
  const placed = TONE_AT_END.get(word.slice(-2));
  if (!placed || (word.length > 2 && word[word.length - 3] === 'q')) return word;
  return word.slice(0, -2) + placed;
};
