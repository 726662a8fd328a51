import type { Entity } from '../core/understanding';

/** what stands for a personal value in a text that people may read and train on; the words around it stay */
const STANDS_FOR: Partial<Record<Entity['type'], string>> = {
  customer_code: 'PP00000000000',
  phone: '0900000000',
  email: 'khach@example.vn',
  person: 'Nguyễn Văn A',
  request_no: 'YC000000',
  url: 'http://example.vn',
};
/** a house number, an account, an identity card: digits that no other value needs */
const LONG_DIGITS = /\d{5,}/g;
const ANY_DIGIT = /\d/g;

/** A customer's message without what tells who wrote it. */
export const maskedText = (text: string, entities: readonly Entity[]): string => {
  let masked = '';
  let last = 0;
  for (const { type, start, end } of [...entities].sort((a, b) => a.start - b.start)) {
    if (start < last) continue;
    const plain = text.slice(start, end);
    const stands = type === 'place' ? plain.replace(ANY_DIGIT, '0') : STANDS_FOR[type];
    if (stands === undefined) continue;
    masked += text.slice(last, start).replace(LONG_DIGITS, (digits) => '0'.repeat(digits.length)) + stands;
    last = end;
  }
  return (masked + text.slice(last).replace(LONG_DIGITS, (digits) => '0'.repeat(digits.length)))
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
};
