import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCampaigns } from '../../app/campaigns';
import type { Drawers } from '../../app/draws';
import type { Campaign, TicketRequest } from '../../core/campaign';
import { openEmbedded, storesOf } from '../../data';
import type { Stores } from '../../data/stores';

export const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A campaign over a real store in a folder of its own; the clock is set by hand. */
export const stage = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'domdom-campaigns-'));
  const stores: Stores = storesOf(await openEmbedded({ dir }), 'sample');
  const definitions = await loadCampaigns();
  let now = new Date('2017-11-20T00:00:00Z');
  const drawers: Drawers = {
    stores,
    folder: join(dir, 'campaigns'),
    now: () => now,
    seed: () => sha('seed of the tests'),
    hash: (text) => createHash('sha256').update(`secret|${text}`).digest('base64url').slice(0, 22),
  };
  return {
    dir,
    stores,
    drawers,
    campaign: (id: string): Campaign => definitions.all.find((one) => one.id === id)!,
    at(instant: string) {
      now = new Date(instant);
    },
    async close() {
      await stores.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

let made = 0;
export const request = (of: Partial<TicketRequest> & { who: string; at: string }): TicketRequest => ({
  want: 'bill.lookup',
  channel: 'phone',
  origin: `test:${++made}`,
  ...of,
});

/** Small pseudo-random numbers that are the same in every run. */
export const chance = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
};
