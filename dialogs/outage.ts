import type { Dialog, Step, Turn } from '../core/dialog';
import type { IntentName } from '../core/understanding';
import { chases } from './chasing';
import { naggedStep } from './cutoff';
import { wishOf } from './handover';
import { intentOf } from './meant';
import { againStep, phoneLeft, takenBack } from './outage-again';
import { backOn } from './outage-back';
import { reportStep } from './outage-report';
import { ofPlanSpoken } from './outage-spoken';
import { statusStep } from './outage-status';
import { mentions, phrases } from './words';

const INTENTS: IntentName[] = ['outage.report', 'outage.status', 'service.status'];

/** "em báo hôm qua mà chưa ai tới sửa" asks after a report */
const AFTER_A_REPORT = phrases(`
  báo hôm, đã báo, báo rồi, báo mà, có báo, báo hồi, báo từ, hôm qua báo, hôm qua có báo, chưa ai, chưa thấy ai,
  xong chưa, xử lý chưa, khắc phục chưa, tới đâu rồi, đến đâu rồi, hôm qua em báo, hôm qua tôi báo, hôm qua tui báo, hôm qua mình báo,
  không ai tới, không ai đến, không thấy ai, ko thấy ai, ko ai tới, hổng thấy ai, sửa chưa, tin báo, phản ánh rồi`);

const SUPPLY = phrases('điện, cúp, cắt, mất, đèn, sáng, tối, sự cố, trạm, sửa');

/** "sao lâu vậy" says nothing of electricity: it is about what was spoken of last, a person, a bill or a debt. */
const elsewhere = ({ text, memory, now, meaning }: Turn): Step | undefined => {
  const go = (dialog: string): Step => ({ say: [], then: { is: 'goto', dialog } });
  if (meaning.entities.length || !text || mentions(text, SUPPLY) || chases(text)) return undefined;
  const soon = memory.facts.slice(0, 3).some(({ what }) => what === 'handover.recorded');
  if (soon && wishOf({ memory, now })) return go('agent.request');
  if (memory.lastIntent === 'bill.lookup') return go('bill');
  return undefined;
};

/** No light now: to report it, to ask why and until when, or what became of the report; one dialog, for people mix them. */
export const outage: Dialog = {
  id: 'outage',
  version: 1,
  intents: INTENTS,
  start: async (turn) =>
    elsewhere(turn) ??
    (await naggedStep(turn)) ??
    (await backOn(turn)) ??
    (await takenBack(turn)) ??
    (await phoneLeft(turn)) ??
    (await ofPlanSpoken(turn)) ??
    (intentOf(turn.meaning, INTENTS) === 'outage.report' && !mentions(turn.text, AFTER_A_REPORT)
      ? ((await againStep(turn)) ?? reportStep(turn, {}))
      : statusStep(turn, {})),
  resume: async (state, turn) =>
    (await backOn(turn)) ??
    (await takenBack(turn)) ??
    (state.asking === 'status' ? statusStep(turn, state) : reportStep(turn, state)),
};
