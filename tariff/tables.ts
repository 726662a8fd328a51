import { APPLIANCES } from './appliances';
import { DECIDED, HOUSEHOLD, SCALING, VAT } from './decisions';
import { RELIEFS } from './reliefs';
import type { Tables } from './rows';
import { TENANT_FINES, TENANT_RULES } from './tenants';
import { BAND_HOURS, USE_PRICES } from './uses';

/** The tables as they stand. */
export const TABLES: Tables = {
  household: HOUSEHOLD,
  decided: DECIDED,
  uses: USE_PRICES,
  vat: VAT,
  scaling: SCALING,
  bands: BAND_HOURS,
  tenants: TENANT_RULES,
  fines: TENANT_FINES,
  reliefs: RELIEFS,
  appliances: APPLIANCES,
};
