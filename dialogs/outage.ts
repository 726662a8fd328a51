import type { Dialog } from '../core/dialog';
import type { IntentName } from '../core/understanding';
import { intentOf } from './meant';
import { reportStep } from './outage-report';
import { statusStep } from './outage-status';
import { mentions, phrases } from './words';

const INTENTS: IntentName[] = ['outage.report', 'outage.status', 'service.status'];

/** "em báo hôm qua mà chưa ai tới sửa" asks after a report */
const AFTER_A_REPORT = phrases(`
  báo hôm, đã báo, báo rồi, báo mà, có báo, báo hồi, báo từ, hôm qua báo, hôm qua có báo, chưa ai, chưa thấy ai,
  không ai tới, không ai đến, không thấy ai, ko thấy ai, ko ai tới, hổng thấy ai, sửa chưa, tin báo, phản ánh rồi`);

/** No light now: to report it, to ask why and until when, or what became of the report; one dialog, for people mix them. */
export const outage: Dialog = {
  id: 'outage',
  version: 1,
  intents: INTENTS,
  start: (turn) =>
    intentOf(turn.meaning, INTENTS) === 'outage.report' && !mentions(turn.text, AFTER_A_REPORT)
      ? reportStep(turn, {})
      : statusStep(turn, {}),
  resume: (state, turn) => (state.asking === 'status' ? statusStep(turn, state) : reportStep(turn, state)),
};
