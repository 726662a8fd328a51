import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { verify } from '../../campaigns/published';
import { CLAIM_STATES, type ClaimState } from '../../core/campaign';
import { DomdomError } from '../../core/errors';
import { packageRoot } from '../../data/package-root';
import { campaignOf, type Definitions, loadCampaigns } from '../campaigns';
import { openChannels } from '../channels';
import { closeCampaign, type Drawers, drawCampaign, openCampaign, publishCampaign } from '../draws';
import { folderAt } from '../lists';
import { makeLog } from '../logger';
import { type Opened, openStores } from '../open';
import { readSettings, type Settings } from '../settings';
import { tellWinners } from '../telling';
import { countOption } from './options';
import { progressBar, stopSignal } from './progress';

interface Tools {
  definitions: Definitions;
  opened: Opened;
  drawers: Drawers;
  settings: Settings;
  say(words: string, facts: Record<string, unknown>): void;
}

const withStores = async (json: boolean | undefined, work: (tools: Tools) => Promise<void>): Promise<void> => {
  const settings = readSettings(process.env);
  const [definitions, opened] = await Promise.all([loadCampaigns(), openStores(settings, 'tool')]);
  const bar = progressBar(json);
  try {
    await work({
      definitions,
      opened,
      settings,
      drawers: {
        stores: opened.stores,
        folder: join(settings.DATA_DIR, 'campaigns'),
        now: () => new Date(),
        seed: () => randomBytes(32).toString('hex'),
        hash: opened.hash,
        onProgress: bar.draw,
        signal: stopSignal(),
      },
      say: (words, facts) => {
        bar.end();
        process.stdout.write(json ? `${JSON.stringify(facts)}\n` : `${words}\n`);
      },
    });
  } finally {
    bar.end();
    await opened.close();
  }
};

export const campaignCommand = (program: Command): void => {
  const campaign = program
    .command('campaign')
    .description('campaigns and draws that anyone can check; docs/campaigns.md has the steps in order')
    .addHelpText(
      'afterAll',
      `
Examples:
  domdom campaign open evnspc-2021-app                      publish the rules and the hash of the seed
  domdom campaign close evnspc-2021-app --exclude staff.txt freeze the list and publish its hash
  domdom campaign draw evnspc-2021-app --public-number 123456
  domdom campaign publish evnspc-2021-app
  domdom campaign tell evnspc-2021-app                      tell the winners by SMS and where they talked with us
  domdom campaign verify var/campaigns/evnspc-2021-app      draw again from the published files alone

Exit codes: 0 done, 1 failed or a published draw does not hold.`,
    );

  campaign
    .command('list')
    .description('every campaign and where it stands')
    .option('--json', 'for programs')
    .action(({ json }: { json?: boolean }) =>
      withStores(json, async ({ definitions, opened: { stores }, say }) => {
        const rows = await Promise.all(
          definitions.all.map(async ({ id, name, period, selection }) => ({
            id,
            name,
            kind: selection.kind,
            ...period,
            state: (await stores.campaigns.get(id))?.state ?? 'planned',
            tickets: await stores.tickets.last(id),
          })),
        );
        const line = (row: (typeof rows)[number]) =>
          [
            row.id.padEnd(28),
            row.kind.padEnd(11),
            row.state.padEnd(10),
            String(row.tickets).padStart(8),
            ` ${row.name}`,
          ].join('');
        say(rows.map(line).join('\n'), { campaigns: rows });
      }),
    );

  campaign
    .command('open')
    .argument('<id>', 'name of its file in data/campaigns')
    .description('publish rules and the hash of the seed; from now on tickets get their numbers')
    .option('--json', 'for programs')
    .action((id: string, { json }: { json?: boolean }) =>
      withStores(json, async ({ definitions, drawers, say }) => {
        const { files, openedAt } = await openCampaign(drawers, campaignOf(definitions, id));
        const promised = JSON.parse(files.opened!) as { rules: string; seed: string | null };
        say(
          `${id} is open since ${openedAt}.\nRules ${promised.rules}\nSeed  ${promised.seed ?? '(none: nothing is left to chance)'}\nPublish opened.json now.`,
          { id, openedAt, ...promised },
        );
      }),
    );

  campaign
    .command('close')
    .argument('<id>', 'the campaign')
    .description('end the giving of numbers, freeze the list of entrants and publish its hash')
    .option('--exclude <file>', 'customer codes that may not win (staff, organisers), one a line')
    .option('--json', 'for programs')
    .action((id: string, { json, exclude }: { json?: boolean; exclude?: string }) =>
      withStores(json, async ({ definitions, drawers, say }) => {
        const excluded = exclude === undefined ? new Set<string>() : await codesIn(exclude);
        const doc = await closeCampaign(drawers, campaignOf(definitions, id), excluded);
        const frozen = JSON.parse(doc.files.closed!) as { entrants: string; rows: number };
        say(
          `${id} is closed: ${frozen.rows} rows.\nList  ${frozen.entrants}\nPublish closed.json now, before the public number is known.`,
          { id, ...frozen },
        );
      }),
    );

  campaign
    .command('draw')
    .argument('<id>', 'the campaign')
    .description('find the winners; stopped, the same command goes on')
    .option('--public-number <text>', 'the number that the rules name, as it was published')
    .option('--json', 'for programs')
    .action((id: string, { json, publicNumber }: { json?: boolean; publicNumber?: string }) =>
      withStores(json, async ({ definitions, drawers, say }) => {
        const doc = await drawCampaign(drawers, campaignOf(definitions, id), publicNumber);
        if (!doc) {
          process.exitCode = 1;
          return say('Stopped. The same command goes on from here.', { id, outcome: 'stopped' });
        }
        say(`${id}: ${doc.winners} winners. They are told to nobody before \`domdom campaign publish ${id}\`.`, {
          id,
          winners: doc.winners,
        });
      }),
    );

  campaign
    .command('publish')
    .argument('<id>', 'the campaign')
    .description('put everything a stranger needs to check the draw into a folder; winners may be told from now on')
    .option('--to <folder>', 'where to (default: its folder in DATA_DIR)')
    .option('--json', 'for programs')
    .action((id: string, { json, to }: { json?: boolean; to?: string }) =>
      withStores(json, async ({ definitions, drawers, say }) => {
        const script = join(packageRoot(), 'scripts/verify_draw.py');
        const folder = await publishCampaign(drawers, campaignOf(definitions, id), script, to);
        say(`${id} is published in ${folder}. Anyone can check it: python3 verify_draw.py <folder>`, { id, folder });
      }),
    );

  campaign
    .command('tell')
    .argument('<id>', 'the campaign, published')
    .description(
      'tell the winners, on two channels where possible; again: how far it came, and whom a person must call',
    )
    .option('--place <number>', 'one winner alone, such as a reserve that is called upon', countOption)
    .option('--json', 'for programs')
    .action((id: string, { json, place }: { json?: boolean; place?: number }) =>
      withStores(json, async ({ definitions, opened, drawers, settings, say }) => {
        const { stores, utility } = opened;
        const one = campaignOf(definitions, id);
        const doc = await stores.campaigns.get(id);
        if (doc?.state !== 'published' || !doc.publishedAt)
          throw new DomdomError('BAD_STEP', 'Winners are told after publication, not before.');
        const { PUBLIC_URL: base } = settings;
        const channels = openChannels(settings, opened, makeLog({ LOG_LEVEL: 'error' }));
        const publicUrl = (path: string) => base && new URL(path, base).href;
        const tellers = { stores, utility, law: definitions.law, channels, now: drawers.now, publicUrl };
        const told = await tellWinners(tellers, one, doc.publishedAt, place);
        if (place !== undefined && Object.values(told).every((places) => places.length === 0))
          throw new DomdomError('BAD_ARGUMENT', 'There is no winner in this place.');
        say(
          `${told.told.length} told, ${told.underWay.length} on the way (the server sends them; ask again later).${told.unreached.length > 0 ? `\nTo be called by a person: places ${told.unreached.join(', ')}. Note each as told with \`domdom campaign claim ${id} <place> told\`.` : ''}`,
          { id, ...told },
        );
      }),
    );

  campaign
    .command('verify')
    .argument('<folder>', 'a published folder')
    .description('draw again from the published files alone; needs no store')
    .option('--json', 'for programs')
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const bar = progressBar(json);
      const result = await verify(folderAt(folder), (rows) => bar.draw(0, `${rows} entrants`));
      bar.end();
      const words = result.ok
        ? `The draw holds: ${result.winners} winners among ${result.rows} rows${result.publicNumber ? `; public number ${result.publicNumber}` : ''}.`
        : result.faults.map((fault) => `FAULT: ${fault}`).join('\n');
      process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${words}\n`);
      process.exitCode = result.ok ? 0 : 1;
    });

  campaign
    .command('winners')
    .argument('<id>', 'the campaign')
    .description('winners and what became of their prizes, for the staff: codes are not masked')
    .option('--json', 'for programs')
    .action((id: string, { json }: { json?: boolean }) =>
      withStores(json, async ({ definitions, opened: { stores }, say }) => {
        campaignOf(definitions, id);
        const winners = await stores.draws.winners(id);
        const line = ({ place, tier, stratum, customer, state, reserve }: (typeof winners)[number]) =>
          [
            String(place).padStart(6),
            `  ${tier.padEnd(14)}`,
            stratum.padEnd(18),
            customer.padEnd(15),
            state,
            reserve ? ' (reserve)' : '',
          ].join('');
        say(winners.map(line).join('\n') || 'none', { id, winners });
      }),
    );

  campaign
    .command('claim')
    .argument('<id>', 'the campaign')
    .argument('<place>', 'place of the winner')
    .addArgument(new Argument('<state>', 'what became of the prize').choices(CLAIM_STATES))
    .description('note what became of a prize; a refused or unclaimed one calls upon the next reserve')
    .option('--note <text>', 'who was told where, who received it: never a secret', '')
    .option('--json', 'for programs')
    .action((id: string, place: string, state: ClaimState, { json, note }: { json?: boolean; note: string }) =>
      withStores(json, async ({ definitions, opened: { stores }, drawers, say }) => {
        campaignOf(definitions, id);
        const winners = await stores.draws.winners(id);
        const winner = winners.find((one) => one.place === Number(place));
        if (!winner) throw new DomdomError('BAD_ARGUMENT', 'There is no winner in this place.');
        const at = drawers.now().toISOString();
        const what = [state, note.slice(0, 200)].filter(Boolean).join(': ');
        if (!(await stores.draws.claim(winner, FROM[state], state, what, at)))
          throw new DomdomError('BAD_STEP', `A prize that is ${winner.state} cannot become ${state}.`);
        const lost = state === 'refused' || state === 'unclaimed';
        const next =
          lost && !winner.reserve
            ? winners.find((one) => one.reserve && one.state === 'waiting' && one.stratum === winner.stratum)
            : undefined;
        say(
          `Place ${place} is ${state}.${next ? ` The next reserve is place ${next.place}: \`domdom campaign tell ${id} --place ${next.place}\`.` : ''}`,
          { id, place: winner.place, state, ...(next && { reserve: next.place }) },
        );
      }),
    );
};

/** What each state may come from. */
const FROM: Record<ClaimState, readonly ClaimState[]> = {
  waiting: [],
  told: ['waiting', 'told'],
  confirmed: ['told'],
  'handed-over': ['confirmed'],
  refused: ['waiting', 'told', 'confirmed'],
  unclaimed: ['waiting', 'told', 'confirmed'],
};

const codesIn = async (file: string): Promise<Set<string>> => {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new DomdomError('BAD_FILE', `The file of codes cannot be opened (${cause.code}).`);
  });
  return new Set(
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((code) => code.toUpperCase()),
  );
};
