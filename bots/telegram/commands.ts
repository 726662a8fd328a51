import type { IntentName } from '../../core/understanding';

export interface Command {
  /** 1 to 32 of a-z, 0-9, _ */
  command: string;
  description: string;
  intent: IntentName;
}

/** What stands in the bot's menu; "/start" needs no line. */
export const COMMANDS: Command[] = [
  { command: 'tiendien', description: 'Xem tiền điện', intent: 'bill.lookup' },
  { command: 'no', description: 'Xem nợ tiền điện', intent: 'debt.lookup' },
  { command: 'chiso', description: 'Xem chỉ số công tơ', intent: 'reading.lookup' },
  { command: 'lichghi', description: 'Xem lịch ghi điện', intent: 'reading.schedule' },
  { command: 'lichcat', description: 'Xem lịch cắt điện', intent: 'outage.planned' },
  { command: 'matdien', description: 'Báo mất điện', intent: 'outage.report' },
  { command: 'nguyhiem', description: 'Báo nguy hiểm về điện', intent: 'safety.hazard' },
  { command: 'nhanvien', description: 'Gặp nhân viên', intent: 'agent.request' },
  { command: 'trogiup', description: 'Em làm được gì', intent: 'help.menu' },
];
