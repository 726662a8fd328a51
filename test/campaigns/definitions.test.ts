import { loadCampaigns } from '../../app/campaigns';
import { readCampaign, totalsOf } from '../../campaigns/definition';

test('every campaign file is read', async () => {
  const { all, law } = await loadCampaigns();
  expect(all.length).toBeGreaterThan(8);
  expect(law.length).toBeGreaterThan(3);
  const app = all.find(({ id }) => id === 'evnspc-2021-app')!;
  expect(totalsOf(app)).toEqual({ prizes: 651, value: 1_470_000_000 });
  expect(JSON.stringify(all)).not.toContain('19006709');
});
void readCampaign;
