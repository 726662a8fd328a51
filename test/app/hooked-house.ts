import fastify from 'fastify';
import { registerHooks } from '../../app/hooks';
import { makeHouse } from '../../app/house';
import type { Activity } from '../../core/activity';
import type { Abilities, Address, Channel, ChannelName, Delivery } from '../../core/channel';
import { openEmbedded, storesOf } from '../../data';
import type { Gateway } from '../../data/gateway';
import type { Stores } from '../../data/stores';
import { loadUtility } from '../../data/utilities';
import { createKnowledge } from '../../nlu/knowledge';
import { unconnectedChannels } from '../channels';
import { understandingForTests } from '../nlu/model';
import { scratch } from '../processes';

export const NOW = Date.parse('2026-03-12T02:00:00.000Z');

/**
 * The real house and hooks over a store of its own, its clock in the test's hand. `channels` take the place of the unconnected
 * ones; retries come when the test asks for them.
 */
export const hookedHouse = async (
  given: Partial<Record<ChannelName, Channel>>,
  gatewayOver?: (stores: Stores) => Gateway,
) => {
  const place = scratch();
  const utility = await loadUtility('sample');
  const stores = storesOf(await openEmbedded({ dir: place.dir }), utility.id);
  const clock = { now: NOW };
  const logged: unknown[] = [];
  const log = Object.fromEntries(
    ['info', 'warn', 'debug', 'error', 'fatal'].map((level) => [
      level,
      (...line: unknown[]) => logged.push([level, ...line]),
    ]),
  ) as never;
  const boot = 'hooked';
  await stores.boots.start({ id: boot, role: 'chat', pid: process.pid, host: 'test', at: new Date(NOW).toISOString() });
  const channels = { ...unconnectedChannels(), ...given } as Record<ChannelName, Channel>;
  const gateway = gatewayOver?.(stores);
  const house = makeHouse({
    ...(gateway && { gateway }),
    opened: { stores, utility, boot, secret: 's', hash: (text) => text, close: () => stores.close() },
    understand: understandingForTests(),
    knowledge: createKnowledge([]),
    log,
    settings: { LEASE_MS: 30_000, CODES_PER_PERSON: 5, CODES_PER_NETWORK: 50 },
    channels,
    gatherMs: 0,
    clock: () => new Date(clock.now),
  });
  const http = fastify({ bodyLimit: 64 * 1024 });
  let ready = true;
  await registerHooks(http, {
    channels: Object.values(channels),
    accept: house.accept,
    synchronous: house.synchronous,
    ready: () => ready,
    log,
  });
  await http.ready();
  return {
    house,
    http,
    stores,
    clock,
    logged,
    log,
    ready: (is: boolean) => {
      ready = is;
    },
    /** time passes, and what has become due is tried again */
    async later(ms: number) {
      clock.now += ms;
      (await house.watch(1_000_000))();
      await house.worker.idle(true);
    },
    async close() {
      await http.close();
      await house.worker.idle(true);
      await stores.close();
      place.remove();
    },
  };
};

export interface Sent {
  address: Address;
  text: string;
  key: string;
}

/** A platform that a test writes: JSON activities in (header `x-secret: open`), answers to sends as scripted. */
export const scriptedChannel = (name: ChannelName, abilities: Partial<Abilities> = {}) => {
  const sent: Sent[] = [];
  const answers: Delivery[] = [];
  const channel: Channel<string> = {
    name,
    abilities: { ...unconnectedChannels()[name].abilities, ...abilities },
    hooks: [{ path: `/hooks/${name}` }],
    verify: ({ headers, url }) =>
      url.includes('challenge=')
        ? { is: 'challenge', answer: url.split('challenge=')[1]! }
        : headers['x-secret'] === 'open'
          ? { is: 'genuine' }
          : { is: 'refused', why: 'wrong secret' },
    read: ({ body }) => {
      try {
        return JSON.parse(String(body)) as Activity[];
      } catch {
        return [];
      }
    },
    render: ({ text }) => (text ?? '').split('\n').filter(Boolean),
    async send(address, text, key) {
      const answer = answers.shift() ?? { is: 'accepted', platformId: `p${sent.length + 1}` };
      if (answer.is === 'accepted') sent.push({ address, text, key });
      return answer;
    },
  };
  return { channel, sent, answers };
};
