import type { Dialog } from '../core/dialog';
import { bill } from './bill';
import { billDetail } from './bill-detail';
import { campaign } from './campaign';
import { chat } from './chat';
import { compare } from './compare';
import { debt } from './debt';
import { estimate } from './estimate';
import { explain } from './explain';
import { fallback } from './fallback';
import { handover } from './handover';
import { hazard } from './hazard';
import { invoice } from './invoice';
import { knowledge } from './knowledge';
import { listening } from './listening';
import { media } from './media';
import { menu } from './menu';
import { meterNow } from './meter-now';
import { office } from './office';
import { outage } from './outage';
import { outagePlanned } from './outage-planned';
import { payment } from './payment';
import { paymentStatus } from './payment-status';
import { privacy } from './privacy';
import { reading } from './reading';
import { scam } from './scam';
import { schedule } from './schedule';
import { tariff } from './tariff';
import { tenant } from './tenant';
import { unavailable } from './unavailable';
import { usage } from './usage';
import { whatabout } from './whatabout';
import { whatplace } from './whatplace';
import { whereiscode } from './whereiscode';

/** Every dialog, one a line. `media`, `fallback`, `listening`, `whatabout`, `whatplace`, `compare`, `bill-detail` and `unavailable` are started by the flow, by id. */
// biome-ignore format: one a line
export const DIALOGS: Dialog[] = [
  bill,
  billDetail,
  explain,
  tariff,
  estimate,
  tenant,
  reading,
  meterNow,
  schedule,
  debt,
  payment,
  paymentStatus,
  invoice,
  usage,
  compare,
  hazard,
  media,
  outagePlanned,
  outage,
  campaign,
  scam,
  privacy,
  menu,
  office,
  chat,
  handover,
  whereiscode,
  whatabout,
  whatplace,
  listening,
  fallback,
  knowledge,
  unavailable,
];
