import { type Found, type Grammar, lexicon, lookAt } from './reading';

const NAMES = lexicon([
  ['sms', 'tin nhắn sms|tin nhắn điện thoại|sms'],
  ['zalo', 'zalo|da lô|za lô|dalo'],
  ['app', 'app|ứng dụng|áp'],
  ['email', 'email|e mail|gmail|thư điện tử|mail'],
  ['messenger', 'messenger|mess|facebook|fb'],
  ['telegram', 'telegram|tele'],
  ['web', 'website|trang web|web'],
]);

/** Channels of notices, by the names that customers give them. */
export const channel: Grammar = ({ tokens }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const name = lookAt(tokens, i, NAMES);
    if (!name || tokens[i]!.word === 'ap') continue;
    found.push({ type: 'channel', value: name.value, from: i, to: i + name.length, sureness: 0.9 });
    i += name.length - 1;
  }
  return found;
};
