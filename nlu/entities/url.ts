import { type Found, type Grammar, isSign, type Reading } from './reading';

const TOP = new Set(
  'vn com net org info xyz top cc site online shop app link me io ly gov club vip tk ml ga gq cf live store pw click icu buzz fun win life world digital support cloud dev asia page'.split(
    ' ',
  ),
);

/** "evn-hoadon.click": a part that was read as two words is still one */
const joined = (tokens: Reading['tokens'], at: number): boolean =>
  tokens[at]!.glued || tokens[at]!.start === tokens[at - 1]?.start;

/** Links and bare host names: "https://evn-cskh.xyz/a?b=1", "bit.ly/abc", "evnspc.vn". */
export const url: Grammar = ({ received, tokens }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (
      token.kind === 'sign' ||
      token.start === tokens[i - 1]?.start ||
      (token.glued && !isSign(tokens[i - 1], '(', '"', '<', ':', ','))
    )
      continue;
    const scheme = /^https?$/.test(token.typed) && isSign(tokens[i + 1], ':');
    let to = i + 1;
    let host = scheme;
    while (to < tokens.length && joined(tokens, to)) {
      const here = tokens[to]!;
      if (here.kind === 'sign') {
        if (isSign(here, ',', ';', '"', ')', '>', '!') || isSign(here, '@')) break;
        if (isSign(here, '.', '?', ':') && !tokens[to + 1]?.glued) break;
        if (isSign(here, '.') && here.typed.length > 1) break;
        if (!host && !isSign(here, '.', '-', '_')) break;
        if (
          isSign(here, '.') &&
          !host &&
          TOP.has(tokens[to + 1]?.typed ?? '') &&
          !(tokens[to + 2]?.glued && tokens[to + 2]!.kind !== 'sign')
        )
          host = true;
      }
      to++;
    }
    if (isSign(tokens[to], '@') && tokens[to]!.glued) continue;
    if (!host || to === i + 1) continue;
    const value = received.slice(token.start, tokens[to - 1]!.end).normalize('NFKC');
    found.push({ type: 'url', value, from: i, to, sureness: scheme ? 0.99 : 0.9 });
    i = to - 1;
  }
  return found;
};
