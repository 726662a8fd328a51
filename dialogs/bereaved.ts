import { fold } from './words';

const WHO =
  'ba|bo|cha|tia|ma|me|ong|ong noi|ong ngoai|ba noi|ba ngoai|chong|vo|chu ho|chu nha|chu cu|nguoi dung ten|nguoi than';
const LOST =
  'dien|tien|phi|ma|giay|hoa don|so|cong to|dong ho|bao|may|bao nhieu|gi|bao lau|nhieu|thoi gian|may ngay|nguon|ket noi|app|tin|pass|mat khau';
const DEATH = new RegExp(
  `\\b(?:${WHO})(?: (?:em|anh|chi|toi|tui|minh|chau|con|nha|da|moi|vua|ay|do|hop dong|hd|dien))* (?:mat(?! (?:${LOST})\\b)|qua doi|tu tran)\\b`,
);

/** "ba em mất rồi", "người đứng tên qua đời": someone has died, and no supply was lost. */
export const tellsOfDeath = (text: string): boolean => DEATH.test(fold(text));
