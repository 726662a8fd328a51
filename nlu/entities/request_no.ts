import { isSyllable } from '../text/syllables';
import { type Found, type Grammar, isSign, phraseAt, phrases, says } from './reading';

const HEADS = phrases(
  `mã yêu cầu | số yêu cầu | yêu cầu số | mã hồ sơ | số hồ sơ | hồ sơ số | hồ sơ | mã phiếu | số phiếu | phiếu số | phiếu | mã tiếp nhận | số tiếp nhận | mã sự cố | mã đơn | yêu cầu | ticket`,
);

/** The number of a request or ticket: after "mã yêu cầu", "hồ sơ", "phiếu" …, or of the printed form GK0123456789. */
export const requestNo: Grammar = ({ received, tokens, expects }) => {
  const found: Found[] = [];
  const put = (from: number, sureness: number, lettered = false): number => {
    let to = from;
    let digits = 0;
    while (to < tokens.length && to - from < 12) {
      const token = tokens[to]!;
      if (to > from && !token.glued && !(lettered && to === from + 1)) break;
      if (
        token.kind === 'sign' &&
        !(isSign(token, '-', '.', '/', '_') && tokens[to + 1]?.glued && tokens[to + 1]!.kind !== 'sign')
      )
        break;
      if (token.kind === 'number') digits += token.typed.length;
      to++;
    }
    if (digits < 4) return 0;
    const value = received
      .slice(tokens[from]!.start, tokens[to - 1]!.end)
      .normalize('NFKC')
      .toUpperCase();
    found.push({ type: 'request_no', value, from, to, sureness });
    return to;
  };
  for (let i = 0; i < tokens.length; i++) {
    const head = phraseAt(tokens, i, HEADS);
    if (head > 0) {
      let j = i + head;
      while (says(tokens[j], 'số', 'là', 'mã', 'của', 'tôi', 'em') || isSign(tokens[j], ':', '#')) j++;
      // "CMIS 20260215": letters, a space, digits
      const lettered =
        tokens[j]?.kind === 'word' &&
        !isSyllable(tokens[j]!.bare) &&
        tokens[j + 1]?.kind === 'number' &&
        !tokens[j + 1]!.glued;
      const to = put(j, 0.93, lettered);
      if (to > 0) i = to - 1;
    } else if (
      /^(gk|yc|hs|sc)$/.test(tokens[i]!.typed) &&
      tokens[i + 1]?.kind === 'number' &&
      tokens[i + 1]!.glued &&
      !tokens[i]!.glued
    ) {
      const to = put(i, 0.9);
      if (to > 0) i = to - 1;
    } else if (expects.has('request_no') && tokens.length <= 6 && !tokens[i]!.glued) {
      const to = put(i, 0.85);
      if (to > 0) i = to - 1;
    }
  }
  return found;
};
