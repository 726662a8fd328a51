import type { Entity } from '../../core/understanding';
import { says } from '../entities/reading';
import type { Token } from '../text/tokens';

/** Words that open a message and say no want. */
const OPENING = new Set(
  'cho toi minh em anh chi ba ong co chu bac di chau con hoi xin chut ty xiu ti cai voi oi a alo lo admin ban shop dien luc nhan vien tong dai phien nho tui tau tao da ne nha vay thua noi nghe quy cong'.split(
    ' ',
  ),
);
const ASKS = new Set(['hoi', 'oi', 'nho', 'xin', 'muon', 'can', 'thua', 'nghe']);
/** Words of the plain topics: alone they name a thing and ask nothing of it. */
const TOPIC = new Set(
  'tien dien hoa don bill no chi so san luong lich ghi ngung cat cup nha ma khach hang cong to dong ho bieu gia thong tin cua ve vu chuyen viec'.split(
    ' ',
  ),
);
/** "mất điện", "cúp điện" and the like tell us something by themselves */
const TELLS = (words: readonly Token[]): boolean =>
  words.some((w, i) => (w.bare === 'cup' || w.bare === 'cat') && words[i - 1]?.bare !== 'lich');
const TIMES = new Set(['month', 'year', 'period', 'date', 'date_range']);

/** Nothing complete is said: a call, an opening, a bare topic, or a bare time. Decided by the words alone, after commands and awaited values. */
export const isIncomplete = (tokens: readonly Token[], entities: readonly Entity[]): boolean => {
  if (tokens.length === 0 || tokens.length > 24) return false;
  if (entities.some((e) => !TIMES.has(e.type))) return false;
  const timed = entities.length > 0;
  const words = tokens.filter((t) => t.kind !== 'sign' && !entities.some((e) => t.start >= e.start && t.end <= e.end));
  if (words.some((w) => w.kind === 'number')) return false;
  const others = words.filter((w) => !OPENING.has(w.bare));
  if (others.length === 0) {
    if (timed) return true;
    return (
      words.length > 0 &&
      (words.some((w) => ASKS.has(w.bare)) || says(words[words.length - 1], 'ơi')) &&
      !words.every((w) => says(w, 'alo', 'a', 'lô', 'dạ', 'ạ', 'à'))
    );
  }
  return !timed && others.every((w) => TOPIC.has(w.bare)) && others.length <= 5 && !TELLS(words);
};
