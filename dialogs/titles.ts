import type { Choice } from '../core/activity';
import type { IntentName } from '../core/understanding';
import { want } from './choosing';

/** Wants as choices are called, at most 20 characters. */
const TITLES: Partial<Record<IntentName, string>> = {
  'bill.lookup': 'Tiền điện',
  'bill.explain': 'Vì sao tiền cao',
  'bill.invoice': 'Hóa đơn điện tử',
  'bill.pay': 'Cách thanh toán',
  'bill.payment_status': 'Đã đóng tiền chưa',
  'reading.lookup': 'Chỉ số công tơ',
  'reading.schedule': 'Lịch ghi điện',
  'reading.submit': 'Báo chỉ số',
  'usage.lookup': 'Sản lượng điện',
  'debt.lookup': 'Nợ tiền điện',
  'debt.cutoff': 'Cắt điện do nợ',
  'debt.reconnect': 'Đóng điện lại',
  'outage.planned': 'Lịch cắt điện',
  'outage.report': 'Báo mất điện',
  'outage.status': 'Khi nào có điện',
  'safety.hazard': 'Báo nguy hiểm',
  'safety.advice': 'An toàn điện',
  'saving.advice': 'Tiết kiệm điện',
  'tariff.lookup': 'Giá điện',
  'tariff.estimate': 'Tính thử tiền điện',
  'tariff.tenant': 'Giá điện nhà trọ',
  'service.new_connection': 'Cấp điện mới',
  'service.contract': 'Hợp đồng điện',
  'service.meter_check': 'Kiểm tra công tơ',
  'service.relocate': 'Di dời công tơ',
  'service.capacity': 'Tăng công suất',
  'service.solar': 'Điện mặt trời',
  'service.autopay': 'Trích nợ tự động',
  'service.status': 'Tiến độ hồ sơ',
  'service.office': 'Phòng giao dịch',
  'theft.report': 'Báo trộm điện',
  complaint: 'Khiếu nại',
  'campaign.info': 'Chương trình tri ân',
  'account.link': 'Mã khách hàng ở đâu',
  'scam.check': 'Kiểm tra lừa đảo',
  'agent.request': 'Gặp nhân viên',
  'help.menu': 'Em làm được gì',
};

/** The likeliest wants as choices, filled up with the most asked. */
export const likeliest = (ranked: readonly { name: IntentName }[], count: number): Choice[] => {
  const names = [...ranked.map(({ name }) => name), 'bill.lookup', 'outage.report', 'debt.lookup'] as IntentName[];
  return [...new Set(names)]
    .filter((name) => TITLES[name])
    .slice(0, count)
    .map((name) => want(TITLES[name]!, name));
};

/** The title of a want, where it has one. */
export const titleOf = (intent: IntentName): string | undefined => TITLES[intent];
