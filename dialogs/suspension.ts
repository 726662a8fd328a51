import type { Fact, Turn } from '../core/dialog';
import type { Debt } from '../core/records';
import { dayOf, showDay } from '../core/time';
import { ageText, fact, recordKey } from './show';

const NONE = (code: string) => `mã ${code} không còn nợ tiền điện, nên không có lịch ngừng cấp điện vì nợ`;
const SUSPENDED = (code: string, on: string) => `mã ${code} đã ngừng cấp điện vì nợ tiền điện${on}`;
const PLANNED = (code: string, on: string) => `mã ${code} dự kiến ngừng cấp điện vì nợ tiền điện${on}`;
const PASSED = ' (ngày này đã qua mà chưa ghi nhận là đã ngừng hay đã hoãn)';
const NOTIFIED = (code: string, time: 1 | 2, on: string) =>
  `mã ${code} đã có thông báo lần ${time}${on} về việc ngừng cấp điện vì nợ, chưa có ngày dự kiến ngừng`;
const NOT_YET = (code: string) => `mã ${code} còn nợ tiền điện nhưng chưa có thông báo ngừng cấp điện`;

/** the most pressing first */
const STAGES: Debt['stage'][] = [
  'suspended',
  'suspension-planned',
  'notified-twice',
  'notified-once',
  'overdue',
  'due',
];

export interface Suspension {
  /** of the most pressing debt; undefined where nothing is owed */
  stage?: Debt['stage'];
  /** lower case, without a full stop: "theo sổ nợ (dữ liệu lúc …), mã PP05… dự kiến ngừng cấp điện …" */
  text: string;
  facts: Fact[];
}

/** What the debts of an opened code say about its supply; undefined where amounts are kept from strangers. */
export const suspensionOf = async (turn: Turn, code: string): Promise<Suspension | undefined> => {
  if (!turn.disclosure.amounts) return undefined;
  const debts = await turn.services.records.debts(code);
  const debt = STAGES.map((stage) => debts.find((one) => one.stage === stage)).find(Boolean);
  if (!debt) return { text: NONE(code), facts: [] };
  const { stage, stageOn } = debt;
  const on = stageOn ? ` ngày ${showDay(stageOn)}` : '';
  const from = on.replace(' ngày', ' từ ngày');
  const told: Record<Debt['stage'], string> = {
    suspended: SUSPENDED(code, from),
    'suspension-planned': PLANNED(code, from) + (stageOn && stageOn < dayOf(turn.now) ? PASSED : ''),
    'notified-twice': NOTIFIED(code, 2, on),
    'notified-once': NOTIFIED(code, 1, on),
    overdue: NOT_YET(code),
    due: NOT_YET(code),
  };
  const record = recordKey('debts', code, debt);
  return {
    stage,
    text: `theo sổ nợ (${ageText(debt.source.at)}), ${told[stage]}`,
    facts: [
      fact(turn.now, debt, { what: 'debt.stage', value: stage, customer: code, record }),
      ...(stageOn ? [fact(turn.now, debt, { what: 'debt.stage-on', value: stageOn, customer: code, record })] : []),
    ],
  };
};
