import { type Found, type Grammar, phraseAt } from './reading';

const NAMES: [string, string[]][] = [
  ['sms', ['tin nhắn sms', 'tin nhắn điện thoại', 'sms']],
  ['zalo', ['zalo', 'da lô', 'za lô', 'dalo']],
  ['app', ['app', 'ứng dụng', 'áp']],
  ['email', ['email', 'e mail', 'gmail', 'thư điện tử', 'mail']],
  ['messenger', ['messenger', 'mess', 'facebook', 'fb']],
  ['telegram', ['telegram', 'tele']],
  ['web', ['website', 'trang web', 'web']],
];

/** Channels of notices, by the names that customers give them. */
export const channel: Grammar = ({ tokens }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    for (const [value, names] of NAMES) {
      const length = phraseAt(tokens, i, names);
      if (length === 0 || (tokens[i]!.bare === 'ap' && tokens[i]!.word !== 'áp')) continue;
      found.push({ type: 'channel', value, from: i, to: i + length, sureness: 0.9 });
      i += length - 1;
      break;
    }
  }
  return found;
};
