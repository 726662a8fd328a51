import type { Dialog } from '../core/dialog';
import { bill } from './bill';
import { fallback } from './fallback';
import { hazard } from './hazard';
import { media } from './media';
import { whatabout } from './whatabout';
import { whereiscode } from './whereiscode';

/** Every dialog, one a line. `media`, `fallback`, `whatabout`, `compare` and `unavailable` are started by the flow, by id. */
export const DIALOGS: Dialog[] = [bill, hazard, media, whereiscode, whatabout, fallback];
