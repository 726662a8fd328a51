import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCampaign } from '../../app/draws';
import { importTickets } from '../../app/tickets';
import { fileReport } from '../../data/import';
import { stage } from './stage';

const SAMPLE = join(__dirname, '../../data/import/samples/tickets.csv');

test('tickets of call centre, counter, partner and quiz share the counter; again, they keep their numbers', async () => {
  const here = await stage();
  here.at('2026-11-25T00:00:00Z');
  const campaigns = ['mau-2026-lien-he', 'mau-2026-lien-ket', 'mau-2026-do-vui'].map(here.campaign);
  for (const one of campaigns) await openCampaign(here.drawers, one);
  const run = (file: string) =>
    importTickets({
      file,
      stores: here.stores,
      campaigns,
      hash: here.drawers.hash,
      report: fileReport(join(here.dir, 'bad.jsonl')),
    });
  expect(await run(SAMPLE)).toEqual({ outcome: 'imported', rows: 4, bad: 0, added: 4, same: 0, nowhere: 0 });
  expect(await run(SAMPLE)).toMatchObject({ added: 0, same: 4 });
  const [phone, counter] = await here.stores.tickets.after('mau-2026-lien-he', 0, 10);
  expect([phone, counter]).toMatchObject([
    { number: 1, customer: 'PP01000000101', channel: 'phone', want: 'outage.report' },
    { number: 2, name: 'Nguyễn Thị Hoa', channel: 'counter' },
  ]);
  expect(JSON.stringify(counter!.who)).not.toContain('0912345678');
  expect(await here.stores.tickets.after('mau-2026-do-vui', 0, 10)).toMatchObject([{ points: 9, guess: 120 }]);

  const bad = join(here.dir, 'bad.csv');
  writeFileSync(bad, 'at,channel,number,customer,name\n2026-12-02 08:15,phone,1,PP01,\n2026-12-02,phone,2,PP01000000101,\n2026-12-02 08:00,phone,3,,\n2026-12-02 08:00,phone,4,PP01000000101,=cmd()\n2027-05-02 08:00,phone,5,PP01000000101,A\n'); // biome-ignore format: a file
  expect(await run(bad)).toMatchObject({ rows: 5, bad: 4, added: 0, nowhere: 1 });
  await here.close();
});
