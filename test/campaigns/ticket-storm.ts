import { openEmbedded, openMongo, storesOf } from '../../data';

/**
 * A process of the tests: `node ticket-storm.js <embedded dir | mongodb uri> <name> <count>`. It takes numbers for `count`
 * contacts, each tenth a repeat and each hundredth one that every process brings, and prints a line for each that was given.
 */
const CAMPAIGN = { id: 'storm', per: 'day' as const };

const storm = async (place: string, name: string, count: number): Promise<void> => {
  const engine = place.startsWith('mongodb') ? await openMongo({ uri: place }) : await openEmbedded({ dir: place });
  const { tickets } = storesOf(engine, 'storm');
  process.stdout.write('ready\n');
  for (let from = 0; from < count; from += 50) {
    const some = Array.from({ length: Math.min(50, count - from) }, (_, n) => from + n);
    await Promise.all(
      some.map(async (n) => {
        const who = n % 100 === 99 ? `all ${n}` : n % 10 === 9 ? `${name} ${n - 1}` : `${name} ${n}`;
        const at = '2026-12-02T03:00:00.000Z';
        const given = await tickets.take(CAMPAIGN, {
          who,
          want: 'bill.lookup',
          at,
          channel: 'web',
          origin: `${name} ${n}`,
        });
        process.stdout.write(`${'number' in given ? given.number : 'closed'} ${given.is} ${who}\n`);
      }),
    );
  }
  await engine.close();
};

const [place, name, count] = process.argv.slice(2);
if (place && name && require.main === module) void storm(place, name, Number(count));
