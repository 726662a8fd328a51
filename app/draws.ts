import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byLot } from '../campaigns/definition';
import { winnersFile } from '../campaigns/draw';
import { byKey, eligible, rowOf } from '../campaigns/entry';
import type { Drawn } from '../campaigns/kind';
import { columnsOf } from '../campaigns/kinds';
import {
  closedFile,
  drawFile,
  FILES,
  type FileName,
  lineFile,
  openedFile,
  rulesFile,
  tableFile,
  tableRows,
} from '../campaigns/published';
import type { Campaign, Ticket, Winner } from '../core/campaign';
import { DomdomError } from '../core/errors';
import { dayOf, showDay } from '../core/time';
import type { Stores } from '../data/stores';
import type { CampaignDoc } from '../data/stores/campaigns';
import { drawList, hashOf, writeList } from './lists';

/** What the steps of a campaign need of the world. */
export interface Drawers {
  stores: Stores;
  /** where the files of campaigns are kept: one folder each */
  folder: string;
  now(): Date;
  /** 64 hex digits of the system's randomness */
  seed(): string;
  /** hides a customer code in the list */
  hash(text: string): string;
  onProgress?(share: number, words: string): void;
  signal?: AbortSignal;
}

const tooEarly = (why: string): never => {
  throw new DomdomError('BAD_STEP', why);
};

const standing = async ({ stores }: Drawers, { id }: Campaign, state: CampaignDoc['state'][]): Promise<CampaignDoc> => {
  const doc = await stores.campaigns.get(id);
  if (!doc) return tooEarly(`The campaign ${id} has not been opened.`);
  if (!state.includes(doc.state)) return tooEarly(`The campaign ${id} is ${doc.state}.`);
  return doc;
};

const put = async (folder: string, files: Partial<Record<FileName, string>>): Promise<void> => {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, FILES[name as FileName]), content);
};

/** Publishes rules and the hash of the seed; from now on tickets get their numbers. Opening again changes nothing. */
export const openCampaign = async (drawers: Drawers, campaign: Campaign): Promise<CampaignDoc> => {
  const { stores, now } = drawers;
  if (campaign.selection.kind === 'none') return tooEarly(`The campaign ${campaign.id} has no winners to find.`);
  const at = now().toISOString();
  if (campaign.publicNumber && dayOf(at) >= campaign.publicNumber.on)
    return tooEarly('The public number is known already: a seed that is chosen now proves nothing.');
  const seed = byLot(campaign) ? drawers.seed() : undefined;
  const rules = rulesFile(campaign);
  const opened = openedFile({ campaign: campaign.id, rules, at, ...(seed && { seed: lineFile(seed) }) });
  await stores.campaigns.open({ id: campaign.id, openedAt: at, files: { rules, opened }, ...(seed && { seed }) });
  const doc = (await stores.campaigns.get(campaign.id))!;
  await put(join(drawers.folder, campaign.id), { rules: doc.files.rules!, opened: doc.files.opened! });
  return doc;
};

/** Rules as they were when the campaign was opened: a file that was changed since changes no draw. */
const openedRules = (doc: CampaignDoc): Campaign => JSON.parse(doc.files.rules!) as Campaign;

const PAGE = 1000;

/** Ends the giving of numbers, freezes the list and publishes its hash. */
export const closeCampaign = async (
  drawers: Drawers,
  campaign: Campaign,
  excluded: ReadonlySet<string> = new Set(),
): Promise<CampaignDoc> => {
  const { stores, now, hash, onProgress } = drawers;
  const doc = await standing(drawers, campaign, ['open', 'closed']);
  if (doc.state === 'closed') return doc;
  const rules = openedRules(doc);
  const at = now().toISOString();
  if (rules.period.to && dayOf(at) <= rules.period.to)
    return tooEarly(`Tickets are taken until ${showDay(rules.period.to)} included.`);
  if (rules.publicNumber && dayOf(at) >= rules.publicNumber.on)
    return tooEarly('The public number is known already: the list must be frozen before.');
  const last = await stores.tickets.close(rules.id);
  const folder = join(drawers.folder, rules.id);
  await mkdir(folder, { recursive: true });
  const keyOf = (ticket: Ticket) => hash(`${rules.id}|${ticket.customer ?? ticket.who}`);
  async function* rows(): AsyncGenerator<string[]> {
    for (let number = 0; number < last; ) {
      const page = await stores.tickets.after(rules.id, number, PAGE);
      if (page.length === 0) throw new Error('tickets are missing');
      const lines: string[] = [];
      for (const ticket of page) {
        const asked = rules.audience.length > 0 && ticket.customer;
        const customer = asked ? await stores.records.customer(asked) : undefined;
        const may = eligible(rules, ticket, customer, (code) => excluded.has(code));
        const row = rowOf(rules, ticket, keyOf(ticket), may);
        if (row !== undefined) lines.push(row);
      }
      number = page.at(-1)!.number;
      onProgress?.(number / last, `${number} tickets`);
      yield lines;
    }
  }
  const { listHash, count } = await writeList(join(folder, FILES.entrants), columnsOf(rules), rows(), byKey(rules));
  const closed = closedFile({ campaign: rules.id, opened: doc.files.opened!, listHash, rows: count, at });
  const files = { ...doc.files, closed };
  await stores.campaigns.step(rules.id, 'open', 'closed', { closedAt: at, rows: count, files });
  const kept = (await stores.campaigns.get(rules.id))!;
  await put(folder, { closed: kept.files.closed! });
  return kept;
};

/** Customer codes behind the keys of some winners. */
const customersOf = async (
  drawers: Drawers,
  campaign: Campaign,
  keys: ReadonlySet<string>,
): Promise<Map<string, Ticket>> => {
  const found = new Map<string, Ticket>();
  for (let number = 0; ; ) {
    const page = await drawers.stores.tickets.after(campaign.id, number, PAGE);
    if (page.length === 0) return found;
    for (const ticket of page) {
      const key = ticket.customer && drawers.hash(`${campaign.id}|${ticket.customer}`);
      if (key && keys.has(key) && !found.has(key)) found.set(key, ticket);
    }
    number = page.at(-1)!.number;
  }
};

/** Finds the winners and keeps them; they are told to nobody before they are published. Stopped, it goes on the next time. */
export const drawCampaign = async (
  drawers: Drawers,
  campaign: Campaign,
  publicNumber?: string,
): Promise<CampaignDoc | undefined> => {
  const { stores, now, onProgress, signal } = drawers;
  const doc = await standing(drawers, campaign, ['closed', 'drawn', 'published']);
  if (doc.state !== 'closed') return doc;
  const rules = openedRules(doc);
  const folder = join(drawers.folder, rules.id);
  const list = join(folder, FILES.entrants);
  if (!existsSync(list)) return tooEarly('The frozen list is not in the folder of the campaign.');
  const frozen = JSON.parse(doc.files.closed!) as { entrants: string };
  if ((await hashOf(list)) !== frozen.entrants)
    return tooEarly('The list in the folder is not the one that was frozen: it was changed since.');
  if (rules.publicNumber) {
    if (!publicNumber?.trim()) return tooEarly('The public number is missing.');
    if (dayOf(now()) < rules.publicNumber.on)
      return tooEarly(`The public number is known on ${showDay(rules.publicNumber.on)}, not before.`);
  }
  const chance = rules.publicNumber
    ? { seed: doc.seed!, publicNumber: publicNumber!.trim().normalize('NFC') }
    : undefined;
  const drawn = await drawList({
    rules,
    list,
    rows: doc.rows ?? 0,
    ...(chance && { chance }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  if (!drawn) return undefined;
  const tickets = await customersOf(drawers, rules, new Set(drawn.map(({ key }) => key)));
  const winners = drawn.map(
    (one, n): Winner => ({
      campaign: rules.id,
      place: n + 1,
      tier: one.tier,
      stratum: one.slot,
      reserve: one.reserve,
      ...(one.number !== undefined && { number: one.number }),
      customer: tickets.get(one.key)?.customer ?? '',
    }),
  );
  const at = now().toISOString();
  const rows = tableRows(rules, winners, await whoWon(stores, winners, tickets, drawn));
  const texts = { winners: winnersFile(drawn), table: tableFile(rows) };
  const numberFile = chance && lineFile(chance.publicNumber);
  const files: Partial<Record<FileName, string>> = {
    ...doc.files,
    ...texts,
    ...(chance && { seed: lineFile(chance.seed), publicNumber: numberFile! }),
    draw: drawFile({
      campaign: rules.id,
      closed: doc.files.closed!,
      ...(numberFile !== undefined && { publicNumber: numberFile }),
      ...texts,
    }),
  };
  await stores.draws.keep(winners, at);
  await stores.campaigns.step(rules.id, 'closed', 'drawn', {
    drawnAt: at,
    winners: winners.filter(({ reserve }) => !reserve).length,
    files: files as Record<string, string>,
  });
  return stores.campaigns.get(rules.id);
};

/** Names and phones of winners: the utility's record, else what the partner's file said. */
const whoWon = async (
  stores: Stores,
  winners: readonly Winner[],
  tickets: Map<string, Ticket>,
  drawn: readonly Drawn[],
) => {
  const known = new Map(
    await Promise.all(
      winners.map(async ({ place, customer }) => {
        const record = customer ? await stores.records.customer(customer) : undefined;
        const ticket = tickets.get(drawn[place - 1]!.key);
        const phone = record?.phone ?? ticket?.phone;
        return [place, { name: record?.name ?? ticket?.name ?? '****', ...(phone && { phone }) }] as const;
      }),
    ),
  );
  return ({ place }: Winner) => known.get(place)!;
};

const SCRIPT = 'verify_draw.py';

/** Puts everything that a stranger needs into a folder, and from now on the winners may be told. */
export const publishCampaign = async (
  drawers: Drawers,
  campaign: Campaign,
  script: string,
  to?: string,
): Promise<string> => {
  const doc = await standing(drawers, campaign, ['drawn', 'published']);
  const own = join(drawers.folder, campaign.id);
  const folder = to ?? own;
  await put(folder, doc.files as Partial<Record<FileName, string>>);
  if (folder !== own) await copyFile(join(own, FILES.entrants), join(folder, FILES.entrants));
  await copyFile(script, join(folder, SCRIPT));
  await drawers.stores.campaigns.step(campaign.id, 'drawn', 'published', { publishedAt: drawers.now().toISOString() });
  return folder;
};
