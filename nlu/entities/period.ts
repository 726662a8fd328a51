import { spelled } from './numbers';
import { type Found, type Grammar, plain, type Reading, says } from './reading';

const isMonth = (tokens: Reading['tokens'], at: number): boolean =>
  says(tokens[at], 'tháng') || /^th?$/.test(tokens[at]?.typed ?? '');

/** The reading period within a month: "kỳ 1", "ky1", "kỳ một", "kì đầu". 1 to 4. */
export const period: Grammar = ({ tokens, expects }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    // "đăng ký 3 hộ" without its marks
    const short = tokens[i]!.typed === 'k' && tokens[i + 1]?.glued && isMonth(tokens, i + 2);
    if (!short && (!says(tokens[i], 'kỳ', 'kì') || says(tokens[i - 1], 'đăng'))) continue;
    let j = i + 1;
    if (says(tokens[j], 'số', 'thứ')) j++;
    const value = plain(tokens[j], 2) ?? (says(tokens[j], 'đầu') ? 1 : spelled(tokens, j)?.value);
    if (value !== undefined && value >= 1 && value <= 4)
      found.push({ type: 'period', value, from: i, to: j + 1, sureness: 0.98 });
  }
  if (found.length === 0 && expects.has('period') && !expects.has('month') && tokens.length === 1) {
    const value = plain(tokens[0], 1) ?? spelled(tokens, 0)?.value;
    if (value !== undefined && value >= 1 && value <= 4)
      found.push({ type: 'period', value, from: 0, to: 1, sureness: 0.9 });
  }
  return found;
};
