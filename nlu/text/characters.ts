/** Text as received, cleaned character by character: NFC, lower case, look-alikes folded. Each clean unit knows where it came from. */
export interface Clean {
  text: string;
  /** UTF-16 offsets in the text as received, one pair per unit of `text` */
  starts: Int32Array;
  ends: Int32Array;
}

export const LONGEST = 10_000;

const MARK = /^\p{M}$/u;
const IGNORED = /^(?:\u00ad|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u2064]|[\ufe00-\ufe0f]|\ufeff)$/;
/** marks of one letter beyond this are decoration ("zalgo") */
const MARKS_KEPT = 3;

const LOOK_ALIKES = new Map(
  Object.entries({
    а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', ԛ: 'q',
    α: 'a', β: 'b', ε: 'e', η: 'h', ι: 'i', κ: 'k', μ: 'm', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'y', χ: 'x',
    ð: 'đ', ɖ: 'đ', ı: 'i', ɑ: 'a', '‘': "'", '’': "'", '“': '"', '”': '"', '–': '-', '—': '-', '−': '-', '‐': '-', '‑': '-', '…': '.', '。': '.', '、': ',',
  }),
); // biome-ignore format: a table

const known = new Map<string, string>();

const fold = (cluster: string): string => {
  const seen = known.get(cluster);
  if (seen !== undefined) return seen;
  let folded = cluster.normalize('NFKC').toLowerCase().normalize('NFC');
  folded = LOOK_ALIKES.get(folded) ?? folded;
  // bounded, so that hostile text cannot grow it
  if (known.size < 4096) known.set(cluster, folded);
  return folded;
};

/** One pass, linear. Reads at most 10,000 units. Never throws, lone surrogates included. */
export const clean = (received: string): Clean => {
  const length = Math.min(received.length, LONGEST);
  let text = '';
  let starts = new Int32Array(length + 16);
  let ends = new Int32Array(length + 16);
  let n = 0;
  const put = (units: string, start: number, end: number) => {
    if (n + units.length > starts.length) {
      const grow = (old: Int32Array) => {
        const wider = new Int32Array(old.length * 2 + units.length);
        wider.set(old);
        return wider;
      };
      starts = grow(starts);
      ends = grow(ends);
    }
    starts.fill(start, n, n + units.length);
    ends.fill(end, n, n + units.length);
    n += units.length;
    text += units;
  };
  for (let i = 0; i < length; ) {
    const code = received.charCodeAt(i);
    const next = i + 1 < length ? received.charCodeAt(i + 1) : 0;
    // the common case: ASCII not followed by a combining mark
    if (code < 128 && next < 0x300) {
      const lower = code >= 65 && code <= 90 ? code + 32 : code;
      put(String.fromCharCode(lower), i, i + 1);
      i++;
      continue;
    }
    const start = i;
    const base = String.fromCodePoint(received.codePointAt(i)!);
    i += base.length;
    let cluster = base;
    let marks = 0;
    while (i < length) {
      const mark = received.charCodeAt(i);
      if (mark < 0x300 || !MARK.test(received[i]!)) break;
      if (marks++ < MARKS_KEPT) cluster += received[i];
      i++;
    }
    if (IGNORED.test(base)) continue;
    put(fold(cluster), start, Math.min(i, length));
  }
  return { text, starts, ends };
};

const BARE = new Map<string, string>();
for (const [bare, letters] of Object.entries({
  a: 'àáảãạăằắẳẵặâầấẩẫậ', e: 'èéẻẽẹêềếểễệ', i: 'ìíỉĩị', o: 'òóỏõọôồốổỗộơờớởỡợ', u: 'ùúủũụưừứửữự', y: 'ỳýỷỹỵ', d: 'đ',
})) for (const letter of letters) BARE.set(letter, bare); // biome-ignore format: a table

/** Lower-case NFC text without Vietnamese diacritics, unit for unit: "điện" → "dien". */
export const strip = (text: string): string => {
  let bare = '';
  for (let i = 0; i < text.length; i++) bare += text.charCodeAt(i) < 128 ? text[i] : (BARE.get(text[i]!) ?? text[i]);
  return bare;
};
