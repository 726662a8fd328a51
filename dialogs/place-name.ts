import type { Turn } from '../core/dialog';
import { dayOf } from '../core/time';
import { inForce } from '../core/utility';
import { fold } from './words';

const LEADING =
  /^(?:da|con|the|vay|rua|o|tai|ben|duoi|tren|roi|ma|thi|gui|xem|coi|cho|xin|them|gium|giup|ho|em|chi|anh|toi|tui|lich cua|lich o|lich)\s+/;
const KIND = /^(?:xa|phuong|thi tran|thi xa|huyen|quan|thanh pho|tp|tinh)\s+/;
const TRAILING = /(?:\s+(?:thi|sao|rang|a|nhi|em|nha|nhe|the nao|vay|luon|nua|voi|di))+$/;

const bare = (text: string): string => {
  let left = fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  while (LEADING.test(left)) left = left.replace(LEADING, '');
  return left.replace(TRAILING, '').replace(KIND, '');
};

// names come from the utility's files, so this stays small
const names = new Map<string, string>();
const bareName = (name: string): string => {
  let known = names.get(name);
  if (known === undefined) names.set(name, (known = bare(name)));
  return known;
};

/** Whether a text is no more than the name of a place that is served: "còn Tam Kỳ", "ở phường Hải Châu thì sao". */
export const isPlaceName = ({ utility, now }: Pick<Turn, 'utility' | 'now'>, text: string): boolean => {
  if (!text || text.length > 60) return false;
  const said = bare(text);
  return inForce(utility.units, dayOf(now)).some((unit) =>
    [...unit.places, unit.name, unit.province].some((name) => bareName(name) === said),
  );
};
