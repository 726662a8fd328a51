import type { Dialog } from '../core/dialog';
import type { IntentName } from '../core/understanding';
import { intentOf } from './meant';
import { reportStep } from './outage-report';
import { statusStep } from './outage-status';

const INTENTS: IntentName[] = ['outage.report', 'outage.status', 'service.status'];

/** No light now: to report it, to ask why and until when, or what became of the report; one dialog, for people mix them. */
export const outage: Dialog = {
  id: 'outage',
  version: 1,
  intents: INTENTS,
  start: (turn) => (intentOf(turn.meaning, INTENTS) === 'outage.report' ? reportStep(turn, {}) : statusStep(turn, {})),
  resume: (state, turn) => (state.asking === 'status' ? statusStep(turn, state) : reportStep(turn, state)),
};
