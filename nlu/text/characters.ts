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
const KNOWN = 8192;

const fold = (cluster: string): string => {
  const seen = known.get(cluster);
  if (seen !== undefined) return seen;
  let folded = cluster.normalize('NFKC').toLowerCase().normalize('NFC');
  folded = LOOK_ALIKES.get(folded) ?? folded;
  // bounded, so that hostile text cannot grow it
  if (known.size < KNOWN) known.set(cluster, folded);
  return folded;
};

const MARKS_FROM = 0x300;
/** What the characters that Vietnamese is mostly written in become, by their code: ASCII, and letters in one piece. */
const SIMPLE: (string | undefined)[] = Array.from({ length: 0x1f00 }, (_, code) => {
  const vietnamese = code < 128 || (code >= 0xc0 && code < MARKS_FROM) || code >= 0x1e00;
  const folded = vietnamese ? fold(String.fromCharCode(code)) : '';
  return folded.length === 1 ? folded : undefined;
});

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
    // the common case: a letter of Vietnamese in one piece, not followed by a combining mark
    const simple = next < MARKS_FROM && code < SIMPLE.length ? SIMPLE[code] : undefined;
    if (simple !== undefined && n < starts.length) {
      starts[n] = i;
      ends[n++] = ++i;
      text += simple;
      continue;
    }
    const start = i;
    const base = String.fromCodePoint(received.codePointAt(i)!);
    i += base.length;
    let cluster = base;
    let marks = 0;
    while (i < length) {
      const mark = received.charCodeAt(i);
      if (mark < MARKS_FROM || !MARK.test(received[i]!)) break;
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
  let i = 0;
  while (i < text.length && text.charCodeAt(i) < 128) i++;
  if (i === text.length) return text;
  let bare = text.slice(0, i);
  for (; i < text.length; i++) bare += text.charCodeAt(i) < 128 ? text[i] : (BARE.get(text[i]!) ?? text[i]);
  return bare;
};
