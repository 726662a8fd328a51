import type { Memory } from '../core/dialog';
import { dayOf } from '../core/time';
import type { IntentName, Understanding } from '../core/understanding';
import { askedAfter, aspectAsked, placedAfter } from './articles';
import { FILLERS, onlyWords, withoutValues } from './bare';
import { tellsOfDeath } from './bereaved';
import { BILL_DETAIL, DUE, SPAN } from './bill-detail';
import { asksByName } from './by-name';
import { measureSaid } from './comparison';
import { debtMeant } from './debt-followups';
import { asksMore } from './explain';
import { heldAgainst } from './held-against';
import { asksOfOffice } from './office-words';
import { asksNotice, OF_REPORT, ofLossSpoken } from './outage-follows';
import { asksOutstanding } from './outstanding';
import { goesOnReckoning } from './reckoned';
import { doubtsCaller } from './scam-words';
import { near } from './show';
import { fold, mentions, phrases, wordsOf } from './words';

/** The dialog that a message belongs to because of what was just shown, and what it means there. */
export interface FollowUp {
  dialog: string;
  meaning: Understanding;
}

const EARLIER = phrases('hồi nãy, lúc nãy, khi nãy, vừa nãy, ban nãy, zalo nói, app nói, tin nhắn nói, giấy báo nói');
const DOUBT = phrases(`đúng không, chắc không, có chắc, chắc chưa, thiệt không, thật không, chính xác không,
  có đúng, lấy ở đâu ra, căn cứ đâu, sao biết, cái nào đúng, số nào đúng, đúng là bao nhiêu, đúng là nhiêu, em nói bao nhiêu, em báo bao nhiêu, em nói nhiêu, vậy là bao nhiêu`);
/** what a figure is not: the month, year or code that is asked about */
const SLOT_FIGURES = new Set(['month', 'year', 'period', 'customer_code', 'phone', 'date_range']);
const PHONE_WORDS = new Set('so dien thoai dt sdt goi lai day nay nha'.split(' '));
const NEXT_BILL = phrases('khi nào có, bao giờ có, chừng nào có, khi nào ra, bao giờ ra, chừng nào ra, ngày nào có, mấy bữa nữa có'); // biome-ignore format: a list
const COMPARES = new Set('so sanh hon nhieu it lien truoc do sau'.split(' '));
/** wants that a month changes; after another one a bare month is about the bill */
export const MONTHLY = new Set<IntentName>([
  'bill.lookup',
  'bill.pay',
  'bill.invoice',
  'reading.lookup',
  'reading.schedule',
  'usage.lookup',
  'outage.planned',
]);
/** what was noted, and who waits for news of it leaves a number */
const WAITING = new Set<IntentName>(['outage.report', 'outage.status', 'complaint', 'agent.request']);
const SHARED = phrases('dùng chung, xài chung, chung công tơ, chung đồng hồ, chung một công tơ, chung một đồng hồ');
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
/** "sao 381 số có 822 ngàn", not "300 số thì sao", "tính sao" */
const WHY = /(?<!\b(?:thi|tinh|lam|ra|the|la) )\bsao\b/;
/** wants that figures are heard as beside "why" */
const OF_FIGURES = new Set<IntentName>(['bill.explain', 'tariff.estimate', 'tariff.lookup', 'bill.lookup']);
const ERASING = phrases('xóa, xoá, dữ liệu');
/** wants that say little of what is meant */
const LOOSE = /^(?:out_of_scope|saving\.advice|chat\.|service\.office|campaign\.info)/;
const PLAYED = phrases('đố vui, quay số, bốc thăm, trúng quà, tháng tri ân');
const THERE = phrases('chỗ đó, bên đó, ở đó, chỗ này, phòng giao dịch, văn phòng');
const PLAYING = phrases('chơi, tham gia, dự thi, ghi danh, đăng ký, thể lệ, luật');
const OF_PLAY = new Set(
  'choi tham gia du thi ghi danh dang ky the le luat dau lam cach gi duoc ko k can dieu kien'.split(' '),
);
const OF_TIERS = phrases('mấy bậc, bao nhiêu bậc, 5 bậc, 6 bậc, năm bậc, sáu bậc, bậc thang');
const MEANS = phrases('là sao, là gì, nghĩa là, là như nào, là thế nào, ở đâu ra, đâu ra');
const CUT = phrases('cúp, cắt, ngừng, ngưng');
const BACK_ON = phrases('có điện, có lại');
const ABOUT_SUPPLY_ONLY = phrases('cúp, mất, cắt, ngừng, ngưng');
const ABOUT_SUPPLY = phrases('điện, cúp, mất, cắt');

/** "hồi nãy em nói 15h", "app ghi 742k": what is said is held against what was told; "đúng không đó" doubts it. */
const holding = (text: string, meaning: Understanding, { facts }: Memory): boolean => {
  if (!facts.length) return false;
  const { cues, entities, wants } = meaning;
  const best = meaning.intents[0]!.name;
  const figures = /\d/.test(withoutValues(text, meaning, SLOT_FIGURES));
  const asking = wants.some(({ intent, sureness }) => intent.startsWith('outage.') && sureness > 0.9);
  // a figure of ours that is quoted is asked about; another one is held against it
  const totals = facts.filter(({ what }) => what.endsWith('.total'));
  const months = entities.filter(({ type }) => type === 'month');
  const untold = months.length > 0 && !months.some(({ value }) => totals.some(({ month }) => month?.month === value));
  const disputed =
    best === 'bill.explain' &&
    totals.length > 0 &&
    !untold &&
    entities.some(
      ({ type, value }) => type === 'money' && !totals.some((one) => near(Number(value), Number(one.value))),
    );
  const doubting = /^(dialog\.|chat\.|out_of_scope)/.test(best) && mentions(text, DOUBT);
  return (
    disputed ||
    doubting ||
    (cues.comparing && (figures || !(asking || untold))) ||
    (figures && (best === 'dialog.repeat' || mentions(text, EARLIER)))
  );
};

const about = (meaning: Understanding, intent: IntentName): Understanding => ({
  ...meaning,
  intents: [{ name: intent, sureness: 1 }, ...meaning.intents],
  wants: [{ intent, sureness: 1, start: 0, end: 0 }],
});

/** What a message means only because of what was said before it; undefined when it stands by itself. Pure. */
export const followUpOf = (
  text: string,
  meaning: Understanding,
  memory: Memory,
  { dialogOf, placed, now }: { dialogOf(intent: IntentName): string; placed: boolean; now: Date },
): FollowUp | undefined => {
  if (askedAfter(text, memory) || aspectAsked(text, memory, meaning.entities)) return { dialog: 'knowledge', meaning };
  const { entities, cues, wants } = meaning;
  const last = memory.lastIntent;
  const to = (intent: IntentName): FollowUp => ({ dialog: dialogOf(intent), meaning: about(meaning, intent) });
  const has = (type: string) => entities.some((e) => e.type === type);
  const best = meaning.intents[0]!.name;
  if (asksNotice(text, meaning, memory)) return { dialog: 'knowledge', meaning: about(meaning, 'outage.planned') };
  const ofLoss = ofLossSpoken(text, meaning, memory);
  if (ofLoss) return to(ofLoss);

  const money = wants.length < 2 ? debtMeant(text, meaning, memory) : undefined;
  if (money) return to(money);
  const shown = memory.facts.find(({ record }) => !/^(hotlines|rules)\//.test(record));

  const handedOver = shown?.what === 'handover.recorded';
  const phone = entities.some(({ type }) => type === 'phone');
  if (phone && (handedOver || (last && WAITING.has(last)))) {
    const words = withoutValues(text, meaning, new Set(['phone']));
    const reported = !handedOver && last && OF_REPORT.has(last);
    if (onlyWords(words, (word) => FILLERS.has(word) || PHONE_WORDS.has(word)))
      return to(reported ? 'outage.report' : 'agent.request');
  }
  const waitsForCall =
    memory.facts.some(({ what }) => what === 'handover.recorded') &&
    (WHEN_CALLED.test(fold(text)) || (handedOver && WHEN.test(fold(text))));
  if (waitsForCall && !has('phone') && wordsOf(text).length <= SHORT && !mentions(text, ABOUT_SUPPLY))
    return to('agent.request');
  if (handedOver && mentions(text, SLOW) && !mentions(text, ABOUT_SUPPLY)) return to('agent.request');

  // "mã … sao 381 số có 822 ngàn mà nhà kế bên …": why, whatever is reckoned in the telling
  const ofFigures = OF_FIGURES.has(best) && wants.every(({ intent }) => OF_FIGURES.has(intent));
  const ownBill = has('customer_code') || (memory.code && shown?.what.startsWith('bill.'));
  const figures = has('kwh') || has('money');
  if (ofFigures && figures && WHY.test(fold(text)) && (best === 'bill.explain' ? wants.length > 1 : ownBill))
    return to('bill.explain');
  // "ba em mất rồi, hợp đồng đứng tên ba": nobody's supply is lost
  if (wants.some(({ intent }) => intent === 'service.contract') && tellsOfDeath(text)) return to('service.contract');
  // "chửi cả mẹ tui": nobody is to be told of anything
  if (best === 'complaint' && wants.some(({ intent }) => intent === 'account.delegate') && !has('customer_code'))
    return to('complaint');
  if (doubtsCaller(text, meaning, memory)) return to('scam.check');
  // "6 hộ là sao" of a bill that says so
  if (has('households') && last?.startsWith('bill.') && mentions(text, MEANS)) return to('tariff.lookup');
  if (!handedOver && !best.startsWith('campaign.') && asksByName(text, entities)) return to('account.link');
  // "xóa liền được không" of a wish that was noted
  if (shown?.what === 'privacy.recorded' && mentions(text, ERASING)) return to('privacy.request');
  // "đố vui tiết kiệm điện là gì", "chơi ở đâu": of a campaign, whatever else its name sounds like
  if (LOOSE.test(best) && mentions(text, PLAYED)) return to('campaign.info');
  const known = (word: string) => FILLERS.has(word) || OF_PLAY.has(word);
  const plays = mentions(text, PLAYING) && wordsOf(text).length <= SHORT;
  if (shown?.what === 'campaign' && plays && (LOOSE.test(best) || onlyWords(text, known))) return to('campaign.join');
  // "thứ 7 có làm không", "cho số đt chỗ đó" of an office that was told
  const ofOffice = shown?.what === 'office.address' || (best === 'service.office' && mentions(text, THERE));
  if (ofOffice && asksOfOffice(text) && !has('customer_code') && wants.length < 2) return to('service.office');
  // "mấy bậc cả thảy, nghe nói còn 5 bậc"
  if (best === 'tariff.lookup' && !wants.length && mentions(text, OF_TIERS)) return to(best);
  if (goesOnReckoning(text, meaning, memory)) return to('tariff.estimate');
  if (holding(text, meaning, memory)) return { dialog: 'compare', meaning };

  // who cannot get through to the hotline is not sent there: a person is asked for
  if (mentions(text, UNREACHED) && (mentions(text, CALLED) || /\b1900/.test(text))) return to('agent.request');

  // "lịch tháng 12" after the day of the reading
  if (last === 'reading.schedule' && meaning.intents[0]!.name === 'outage.planned' && !mentions(text, ABOUT_SUPPLY))
    return to(last);

  // "còn Tam Kỳ", "huyện Hòa Vang": no more than the name of a place
  const place = entities.some(({ type }) => type === 'place');
  const named = withoutValues(text, meaning, new Set(['place']));
  const alone =
    (placed && !wants.some(({ intent }) => intent.startsWith('outage.'))) ||
    (place && !cues.houses.length && onlyWords(named, (word) => FILLERS.has(word)));
  if (alone && placedAfter(memory)) return { dialog: 'knowledge', meaning: { ...meaning, wants: [] } };
  if (alone && (last?.startsWith('outage.') || last === 'safety.hazard')) return to(last);
  if (alone && shown?.what === 'office.address') return to('service.office');
  if (alone && place && wants.every(({ intent }) => /^(?:out_of_scope|chat\.)/.test(intent)))
    return { dialog: 'whatplace', meaning };

  // "so với tháng trước", "tháng trước đó nữa": no want of its own
  const relative = entities.some((e) => e.type === 'month' && e.relative !== undefined);
  const words = withoutValues(text, meaning, new Set(['month', 'year']));
  if (relative && last && MONTHLY.has(last) && onlyWords(words, (word) => FILLERS.has(word) || COMPARES.has(word)))
    return to(last);

  if (last === 'bill.explain' && asksMore(text)) return to('bill.explain');

  const held = meaning.wants.length < 2 && heldAgainst(text, meaning, memory);
  if (held) return to(held);

  // "tháng 5/2025 310 số hết bao nhiêu": an amount of kWh that is given is reckoned with, not looked up
  if (has('kwh') && best === 'tariff.estimate' && wants.length < 2 && !has('customer_code')) return to(best);
  // "2 hộ dùng chung 1 đồng hồ, 400 số tính sao"
  if (has('kwh') && has('households') && best === 'tariff.lookup' && wants.length < 2) return to('tariff.estimate');
  // "sáng mai cúp tới mấy giờ": of work that is planned, even while a loss of supply is being reported
  const ahead = entities.some(({ type, value }) => type === 'date' && String(value) > dayOf(now));
  if (
    ahead &&
    meaning.wants.length < 2 &&
    /^outage\.(planned|status)$/.test(best) &&
    mentions(text, CUT) &&
    !mentions(text, BACK_ON)
  )
    return to('outage.planned');
  // "tính từ đầu năm tới giờ hết bao nhiêu": what was is looked up, not reckoned
  const past = entities.some(({ type, value }) => type === 'date_range' && (value as { to: string }).to <= dayOf(now));
  if (best === 'tariff.estimate' && past && !has('kwh') && !has('money') && meaning.wants.length < 2)
    return to('bill.lookup');
  // "tháng nào dùng nhiều nhất": of use, whatever it sounds like
  if (asksOutstanding(text) && /^(?:bill|usage)\.lookup$/.test(best) && meaning.wants.length < 2) {
    const measure = measureSaid(text);
    if (measure) return to(measure === 'kwh' ? 'usage.lookup' : 'bill.lookup');
  }
  // "bình quân 1 tháng bao nhiêu" of what was just shown
  const shownMonths = last === 'bill.lookup' || last === 'usage.lookup';
  if (
    shownMonths &&
    memory.code &&
    asksOutstanding(text) &&
    /^(bill\.lookup|usage|tariff\.estimate|out_of_scope)/.test(best)
  )
    return to(/^(bill|usage)\./.test(best) ? best : last);
  // "3 hộ dùng chung đồng hồ thì tính sao": how tiers widen, whatever else it sounds like
  const shared = has('households') && mentions(text, SHARED) && !has('kwh') && !has('money') && !has('customer_code');
  if (shared && last !== 'tariff.estimate' && !/^(service|bill|debt|outage|safety)\./.test(best))
    return to('tariff.lookup');
  // "hai hộ dùng chung" after an estimate
  const reckoned = last === 'tariff.estimate' && /^(tariff|service\.contract|out_of_scope|dialog)/.test(best);
  if (reckoned && has('households') && !has('kwh') && !has('money')) return to('tariff.estimate');
  // "hôm qua em nói PP… tháng 11 là 250k": held against the record, where nothing was told here
  if (cues.comparing && has('customer_code') && has('money')) return to('bill.explain');
  // "hạn chót đóng tiền là khi nào": of a bill, whatever has been said of the debt
  const ofCode = has('customer_code') || memory.code !== undefined;
  const ofTerm = mentions(text, DUE) && /^(?:debt\.cutoff|debt\.lookup|bill|out_of_scope)/.test(best);
  const ofSpan =
    mentions(text, SPAN) &&
    (has('month') || /^(?:bill|reading|usage|tariff)/.test(best)) &&
    !mentions(text, ABOUT_SUPPLY_ONLY);
  if (ofCode && (ofTerm || ofSpan)) return { dialog: 'bill-detail', meaning };
  const ofBill = last === 'bill.lookup' && shown?.what.startsWith('bill.');
  if (ofBill && BILL_DETAIL.some((words) => mentions(text, words)) && !/\bsao\b|\bgi\b/.test(fold(text)))
    return { dialog: 'bill-detail', meaning };
  if (last === 'bill.lookup' && mentions(text, NEXT_BILL) && !mentions(text, ABOUT_SUPPLY))
    return to('reading.schedule');
  return undefined;
};
