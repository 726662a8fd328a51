import { type Found, type Grammar, isSign } from './reading';

/** `name@host.tld`, lower case. */
export const email: Grammar = ({ received, tokens }) => {
  const found: Found[] = [];
  for (let i = 1; i < tokens.length - 1; i++) {
    if (!isSign(tokens[i], '@') || tokens[i + 1]!.kind === 'sign' || tokens[i - 1]!.kind === 'sign') continue;
    // "nam.tran @ gmail.com"
    const apart = !tokens[i]!.glued || !tokens[i + 1]!.glued;
    let from = apart ? i - 1 : i;
    while (
      from > 0 &&
      tokens[from]!.glued &&
      (tokens[from - 1]!.kind !== 'sign' || isSign(tokens[from - 1], '.', '-', '_', '+'))
    )
      from--;
    while (from < i && tokens[from]!.kind === 'sign') from++;
    let to = apart ? i + 2 : i + 1;
    let dots = 0;
    while (to < tokens.length && tokens[to]!.glued) {
      if (tokens[to]!.kind !== 'sign') to++;
      else if (isSign(tokens[to], '.', '-') && tokens[to + 1]?.glued && tokens[to + 1]!.kind !== 'sign') {
        if (isSign(tokens[to], '.')) dots++;
        to++;
      } else break;
    }
    if (from === i || dots === 0) continue;
    const value = received
      .slice(tokens[from]!.start, tokens[to - 1]!.end)
      .normalize('NFKC')
      .replace(/\s/g, '')
      .toLowerCase();
    found.push({ type: 'email', value, from, to, sureness: 0.99 });
    i = to - 1;
  }
  return found;
};
