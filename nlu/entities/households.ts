import { numberAt } from './numbers';
import { type Found, type Grammar, says } from './reading';

/** "2 hộ", "hai hộ dùng chung", "4 hộ gia đình". */
export const households: Grammar = ({ tokens, expects }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const number = numberAt(tokens, i);
    if (!number || !Number.isInteger(number.value) || number.value < 1 || number.value > 2000) continue;
    const said = says(tokens[number.to], 'hộ') && !says(tokens[number.to + 1], 'khẩu', 'chiếu', 'tôi', 'em', 'mình');
    if (said || (expects.has('households') && tokens.length <= 4 && !number.words)) {
      found.push({
        type: 'households',
        value: number.value,
        from: i,
        to: said ? number.to + 1 : number.to,
        sureness: said ? 0.97 : 0.85,
      });
      i = number.to;
    }
  }
  return found;
};
