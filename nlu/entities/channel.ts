import { type Found, type Grammar, lexicon, lookAt, says } from './reading';

const NAMES = lexicon([
  ['sms', 'tin nhắn sms|tin nhắn điện thoại|sms'],
  ['zalo', 'zalo|da lô|za lô|dalo'],
  ['app', 'app|ứng dụng|áp'],
  ['email', 'email|e mail|gmail|thư điện tử|mail'],
  ['messenger', 'messenger|mess|facebook|fb'],
  ['telegram', 'telegram|tele'],
  ['web', 'website|trang web|web'],
]);

/** "áp" is an app only after these: else it is voltage */
const BEFORE_AP = ['trên', 'cái', 'tải', 'cài', 'vào', 'vô', 'qua', 'dùng', 'xài', 'mở'];

/** Channels of notices, by the names that customers give them. */
export const channel: Grammar = ({ tokens }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const name = lookAt(tokens, i, NAMES);
    if (!name || (tokens[i]!.bare === 'ap' && (tokens[i]!.word === 'ap' || !says(tokens[i - 1], ...BEFORE_AP))))
      continue;
    found.push({ type: 'channel', value: name.value, from: i, to: i + name.length, sureness: 0.9 });
    i += name.length - 1;
  }
  return found;
};
