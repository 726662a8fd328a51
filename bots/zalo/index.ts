import { z } from 'zod';
import type { Bot } from '../../core/channel';
import { unconnected } from '../unconnected';
import { zaloChannel } from './channel';
import { ABILITIES, NEEDED, SETTINGS, type ZaloSettings } from './settings';

export { standingOf, WINDOWS } from './limits';
export type { TemplateDelivery } from './templates';
export type { TemplateWire } from './wire';

/** Zalo Official Account: consultation messages, receipts, and templates for notices (docs/channels/zalo.md). */
export const zalo: Bot = {
  abilities: ABILITIES,
  settings: SETTINGS,
  connect(settings, ports) {
    const given = z.object(SETTINGS).parse(settings);
    const missing = NEEDED.filter((key) => given[key] === undefined);
    if (missing.length === 0) return zaloChannel(given as ZaloSettings, ports);
    if (missing.length < NEEDED.length)
      ports.alarm('Zalo stays off: settings are missing', { missing: missing.join(', ') });
    return unconnected('zalo', ABILITIES);
  },
};
