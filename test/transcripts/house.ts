import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCampaigns } from '../../app/campaigns';
import { makeHouse } from '../../app/house';
import { loadKnowledge } from '../../app/knowledge';
import { preview } from '../../bots';
import { type Activity, LOCATION, offeredChoices, STICKER } from '../../core/activity';
import type { Channel, ChannelName } from '../../core/channel';
import { instant } from '../../core/time';
import { openEmbedded, storesOf } from '../../data';
import { loadSample } from '../../data/sample';
import type { TurnDoc } from '../../data/stores';
import { loadUtility } from '../../data/utilities';
import { computeBill, tariff } from '../../tariff';
import { unconnectedChannels } from '../channels';
import { understandingForTests } from '../nlu/model';
import type { Piece, Script } from './runner';

/** The day of the sample that every script runs on; those of 2016 read the customer of the document. */
const NOW = instant('2026-03-12', '08:00');
const quiet = { info() {}, warn() {}, debug() {}, error: console.error, fatal: console.error };

/** The real house over a store of its own in a temporary folder; only the network behind the channels is missing. */
export const openHouse = async (tables = tariff) => {
  const dir = mkdtempSync(join(tmpdir(), 'domdom-transcripts-'));
  const utility = await loadUtility('sample');
  const stores = storesOf(await openEmbedded({ dir }), utility.id);
  const ticks = { elapsed: () => 0, rest: async () => {} };
  const until = { year: 2026, month: 3 };
  await loadSample(stores.writer, stores.meta, { until, now: NOW, utility, computeBill, ticks, customers: 40 });
  const boot = 'transcripts';
  await stores.boots.start({ id: boot, role: 'chat', pid: process.pid, host: 'test', at: NOW });
  let now = new Date(NOW);
  const accepted = async () => ({ is: 'accepted' }) as const;
  const channels = Object.fromEntries(
    Object.entries(unconnectedChannels()).map(([name, channel]) => [name, { ...channel, send: accepted }]),
  ) as unknown as Record<ChannelName, Channel>;
  const house = makeHouse({
    tariff: tables,
    opened: { stores, utility, boot, secret: 'x', hash: (text) => text, close: () => stores.close() },
    understand: understandingForTests(),
    knowledge: await loadKnowledge(),
    campaigns: await loadCampaigns(),
    log: quiet as never,
    settings: { LEASE_MS: 60_000, CODES_PER_PERSON: 5, CODES_PER_NETWORK: 50 },
    channels,
    gatherMs: 0,
    clock: () => now,
  });

  let count = 0;
  const conversationOf = (script: Script) => {
    count += 1;
    const conversation = `${script.file}:${script.line}`;
    const address = { channel: script.channel, conversation, person: conversation };
    let at = script.at.getTime();
    let turn: TurnDoc | undefined;
    return {
      passes(ms: number) {
        at += ms;
      },
      /** what was said to these pieces, as the channel sends it, with the turn that was kept */
      async hear(pieces: Piece[]): Promise<{ turn: TurnDoc; wires: Activity[] }> {
        now = new Date(at);
        at += 20_000;
        const offered = (turn?.said ?? []).flatMap(offeredChoices);
        const batch = pieces.length > 1 ? `batch-${at}` : undefined;
        const events = pieces.map((piece, n) => ({
          address,
          eventId: `${count}-${at}-${n}`,
          activity: activityOf(piece, offered),
          ...(batch ? { batch } : {}),
        }));
        await Promise.all(events.map(house.accept));
        await house.worker.idle(true);
        turn = await stores.turns.last(conversation);
        if (!turn) throw new Error('no turn was kept');
        return { turn, wires: turn.said.flatMap((one) => preview(script.channel, one)) };
      },
    };
  };

  return {
    conversationOf,
    stores,
    utility,
    channels,
    at(instant: Date) {
      now = instant;
    },
    /** what is due is sent, as the server does every few seconds */
    async sweep() {
      (await house.watch(2 ** 31 - 1))();
    },
    async close() {
      await stores.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

const MEDIA: Record<string, string> = {
  'nhãn dán': STICKER,
  ảnh: 'image/jpeg',
  'ghi âm': 'audio/aac',
  tệp: 'application/pdf',
  video: 'video/mp4',
};

const activityOf = (piece: Piece, offered: { title: string; value: string }[]): Activity => {
  if (piece.tap !== undefined) {
    const choice = offered.find(({ title }) => title === piece.tap);
    if (!choice) throw new Error(`[${piece.tap}] was not offered: ${offered.map(({ title }) => title).join(', ')}`);
    return { type: 'message', text: choice.title, value: choice.value };
  }
  const text = piece.text === undefined ? {} : { text: piece.text };
  if (!piece.media) return { type: 'message', ...text };
  if (piece.media === 'theo dõi') return { type: 'event', name: 'follow' };
  if (piece.media === 'danh bạ') return { type: 'event', name: 'contact', value: { phone: piece.text } };
  if (piece.media === 'thả tim') return { type: 'messageReaction', value: 'heart' };
  const attachment =
    piece.media === 'vị trí'
      ? { contentType: LOCATION, content: { type: 'Point', coordinates: [108.2208, 16.0678] } }
      : { contentType: MEDIA[piece.media]!, contentUrl: 'https://example.org/1' };
  return { type: 'message', ...text, attachments: [attachment] };
};
