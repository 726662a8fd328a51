import type { Memory } from '../core/dialog';
import type { IntentName, Understanding } from '../core/understanding';
import { FILLERS, onlyWords, withoutValues } from './bare';
import { tellsOfDeath } from './bereaved';
import { asksByName } from './by-name';
import { asksOfOffice } from './office-words';
import { OF_REPORT } from './outage-follows';
import { doubtsCaller } from './scam-words';
import { fold, mentions, phrases, wordsOf } from './words';

const PHONE_WORDS = new Set('so dien thoai dt sdt goi lai day nay nha'.split(' '));
/** what was noted, and who waits for news of it leaves a number */
const WAITING = new Set<IntentName>(['outage.report', 'outage.status', 'complaint', 'agent.request']);
const SLOW = phrases('lâu quá, lâu vậy, sao lâu, lâu ghê, chưa thấy ai');
const WHEN_CALLED =
  /(?:khi nao|bao gio|chung nao|luc nao|hoi nao|may gio|bao lau|hom nao|bua nao|ngay nao|mai).*(?:goi|lien he|lien lac|phan hoi|tra loi|lien lac)|(?:co ai|co nguoi) (?:goi|lien he)/;
const WHEN = /^(?:khi nao|bao gio|chung nao|bao lau|may gio)(?: vay| the| em| a| ha)*$/;
const CALLED = phrases('tổng đài, hotline, đường dây nóng, số nóng');
const UNREACHED =
  phrases(`không ai bắt máy, không ai nghe máy, không bắt máy, không nghe máy, không ai trả lời, chẳng ai bắt máy, chẳng ai nghe máy,
  hổng ai bắt máy, hổng ai nghe máy, ko ai bắt máy, ko ai nghe máy, gọi không được, không gọi được, hoài không được, hoài ko được, mãi không được, không liên lạc được, bận hoài`);
/** a longer message asks for something else as well */
const SHORT = 8;
const ERASING = phrases('xóa, xoá, dữ liệu');
/** wants that say little of what is meant */
const LOOSE = /^(?:out_of_scope|saving\.advice|chat\.|service\.office|campaign\.info)/;
const PLAYED = phrases('đố vui, quay số, bốc thăm, trúng quà, tháng tri ân');
const THERE = phrases('chỗ đó, bên đó, ở đó, chỗ này, phòng giao dịch, văn phòng');
const PLAYING = phrases('chơi, tham gia, dự thi, ghi danh, đăng ký, thể lệ, luật');
const OF_PLAY = new Set(
  'choi tham gia du thi ghi danh dang ky the le luat dau lam cach gi duoc ko k can dieu kien'.split(' '),
);
const ABOUT_SUPPLY = phrases('điện, cúp, mất, cắt');

/** What is asked of a person who was promised, a campaign, an office, a wish that was noted; and who doubts a caller. Pure. */
export const careMeant = (text: string, meaning: Understanding, memory: Memory): IntentName | undefined => {
  const { entities, wants } = meaning;
  const last = memory.lastIntent;
  const best = meaning.intents[0]!.name;
  const has = (type: string) => entities.some((one) => one.type === type);
  const shown = memory.facts.find(({ record }) => !/^(hotlines|rules)\//.test(record));
  const handedOver = shown?.what === 'handover.recorded';
  const phone = entities.some(({ type }) => type === 'phone');
  if (phone && (handedOver || (last && WAITING.has(last)))) {
    const words = withoutValues(text, meaning, new Set(['phone']));
    const reported = !handedOver && last && OF_REPORT.has(last);
    if (onlyWords(words, (word) => FILLERS.has(word) || PHONE_WORDS.has(word)))
      return reported ? 'outage.report' : 'agent.request';
  }
  const waitsForCall =
    memory.facts.some(({ what }) => what === 'handover.recorded') &&
    (WHEN_CALLED.test(fold(text)) || (handedOver && WHEN.test(fold(text))));
  if (waitsForCall && !has('phone') && wordsOf(text).length <= SHORT && !mentions(text, ABOUT_SUPPLY))
    return 'agent.request';
  if (handedOver && mentions(text, SLOW) && !mentions(text, ABOUT_SUPPLY)) return 'agent.request';

  // who cannot get through to the hotline is not sent there: a person is asked for
  if (mentions(text, UNREACHED) && (mentions(text, CALLED) || /\b1900/.test(text))) return 'agent.request';

  // "ba em mất rồi, hợp đồng đứng tên ba": nobody's supply is lost
  if (wants.some(({ intent }) => intent === 'service.contract') && tellsOfDeath(text)) return 'service.contract';
  // "chửi cả mẹ tui": nobody is to be told of anything
  if (best === 'complaint' && wants.some(({ intent }) => intent === 'account.delegate') && !has('customer_code'))
    return 'complaint';
  if (doubtsCaller(text, meaning, memory)) return 'scam.check';
  if (!handedOver && !best.startsWith('campaign.') && asksByName(text, entities)) return 'account.link';
  // "xóa liền được không" of a wish that was noted
  if (shown?.what === 'privacy.recorded' && mentions(text, ERASING)) return 'privacy.request';
  // "đố vui tiết kiệm điện là gì", "chơi ở đâu": of a campaign, whatever else its name sounds like
  if (LOOSE.test(best) && mentions(text, PLAYED)) return 'campaign.info';
  const known = (word: string) => FILLERS.has(word) || OF_PLAY.has(word);
  const plays = mentions(text, PLAYING) && wordsOf(text).length <= SHORT;
  if (shown?.what === 'campaign' && plays && (LOOSE.test(best) || onlyWords(text, known))) return 'campaign.join';
  // "thứ 7 có làm không", "cho số đt chỗ đó" of an office that was told
  const ofOffice = shown?.what === 'office.address' || (best === 'service.office' && mentions(text, THERE));
  if (ofOffice && asksOfOffice(text) && !has('customer_code') && wants.length < 2) return 'service.office';
  return undefined;
};
