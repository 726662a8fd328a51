import fc from 'fast-check';
import { type Activity, type Choice, choices, picture, say, table, tableOf } from '../../core/activity';
import type { Channel, Delivery, RawRequest } from '../../core/channel';
import type { Receipt } from '../../core/events';
import { besiege } from './hostile';

/**
 * What a bot's test tells the contract about its channel. A part that the platform does not have is named in `without`, with the
 * reason, which the run prints; leaving a part out silently is an error.
 */
export interface ChannelCase<Wire> {
  channel: Channel<Wire>;
  /** recorded requests, each with what `read` makes of it */
  payloads?: { name: string; request: RawRequest; activities: Partial<Activity>[] }[];
  /** one changed byte of what is signed, of the secret, of the token */
  forgeries?: { name: string; request: RawRequest }[];
  challenge?: { request: RawRequest; answer: string };
  /** the same message from two people */
  people?: [RawRequest, RawRequest];
  /** our own messages as the platform plays them back */
  echoes?: RawRequest[];
  /** what became of our messages, as the platform tells it */
  receipts?: { name: string; request: RawRequest; receipt: Receipt }[];
  /** events that mean nothing to us */
  unknown?: RawRequest[];
  /** a genuine request with these bytes as its body */
  withBody?: (body: Buffer) => RawRequest;
  /** the same from someone without the secret */
  forgedBody?: (body: Buffer) => RawRequest;
  /** all text that the customer sees of one wire message, as it is written in it */
  textOf: (wire: Wire) => string;
  /** the choices that can be tapped on one wire message */
  tappable?: (wire: Wire) => Choice[];
  /** the request that comes when choice `n` of these wire messages is tapped */
  tap?: (wires: Wire[], n: number) => RawRequest;
  /** what the platform answers to a send, and what `send` must make of it; `answers` sets the fake up */
  deliveries?: { name: string; answers: () => void | Promise<void>; wire: Wire; is: Delivery['is'] }[];
  /** whom the sends go to, where the platform's ids have a form */
  address?: { conversation: string; person: string; route?: string };
  /** must not be found in anything that comes out */
  secrets: string[];
  without: Partial<Record<Part, string>>;
}
export type Part =
  | 'payloads'
  | 'forgeries'
  | 'challenge'
  | 'people'
  | 'echoes'
  | 'receipts'
  | 'unknown'
  | 'withBody'
  | 'tap'
  | 'deliveries';

const ADDRESS = { conversation: 'conversation of the contract', person: 'person of the contract' };

const letter = fc.constantFrom(
  ...'aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢÃÁẠẰỄỊỚỰ0123456789.,:;!?()/-',
  'e\u0323\u0302',
  '👍🏽',
  '🇻🇳',
);

/** Replies as dialogs make them: Vietnamese of any length, with line breaks, choices, a table or a picture. */
const replies = (maxChoices: number) => {
  const word = fc.oneof(
    fc.constantFrom(
      'Dạ',
      'anh/chị',
      'tiền',
      'điện',
      'tháng',
      '9/2016:',
      '500.550',
      'đ.',
      'Nguyễn',
      'Ừ!',
      'ở?',
      '👍🏽',
      'ngoằn',
    ),
    fc.string({ unit: letter, minLength: 1, maxLength: 40 }),
  );
  const text = fc
    .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', '\n', '\n\n')), { minLength: 1, maxLength: 400 })
    .map(
      (words) =>
        words
          .map(([one, space]) => one + space)
          .join('')
          .trim() || 'Dạ',
    );
  const offered = fc.array(
    fc.record({
      title: fc.string({ unit: letter, minLength: 1, maxLength: 8 }).filter((title) => title.trim() !== ''),
      value: fc.stringMatching(/^[a-z:]{1,64}$/),
    }),
    { minLength: 1, maxLength: Math.max(1, maxChoices) },
  );
  const cells = fc.array(fc.array(word, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 });
  return fc.oneof(
    text.map(say),
    fc.tuple(text, offered).map(([question, list]) => choices(question, list)),
    fc.tuple(text, cells).map(([above, rows]) => table(above, { columns: ['Tháng', 'Số tiền'], rows })),
    text.map((caption) => picture(caption, { url: '/assets/a.png', alt: 'Hóa đơn mẫu' })),
  );
};

const letters = (text: string, unaccented: boolean) => {
  const plain = unaccented
    ? text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')
    : text.normalize('NFC');
  return plain.replace(/[^\p{L}\p{N}]/gu, '');
};

/** The channel contract of the design, §7: called by every bot's test with its own descriptor. */
export const channelContract = <Wire>(name: string, make: () => ChannelCase<Wire>): void => {
  const asked = make();
  const { channel, secrets, without } = asked;
  const { abilities } = channel;
  const part = <P extends Part>(
    key: P,
    title: string,
    run: (given: NonNullable<ChannelCase<Wire>[P]>) => void | Promise<void>,
  ) => {
    const given = asked[key];
    const reason = without[key];
    if (given === undefined && reason === undefined)
      test(title, () => {
        throw new Error(`${key} is neither given nor excused`);
      });
    else if (given === undefined)
      test(`${title}: does not apply, ${reason}`, () => {
        process.stdout.write(`${name}: ${title}: does not apply, ${reason}\n`);
        expect(reason).not.toBe('');
      });
    else test(title, async () => run(given as NonNullable<ChannelCase<Wire>[P]>));
  };
  const clean = (made: unknown) => {
    const text = JSON.stringify(made) ?? '';
    for (const secret of secrets) expect(text).not.toContain(secret);
  };

  describe(`channel contract: ${name}`, () => {
    test('its name is its own, and its sheet makes sense', () => {
      expect(channel.name).toBe(name);
      expect(abilities.textLimit).toBeGreaterThan(0);
      expect(abilities.choices === 'none').toBe(abilities.maxChoices === 0);
      expect(abilities.gatherMs).toBeGreaterThanOrEqual(0);
    });

    part(
      'payloads',
      'recorded payloads are genuine and read as expected; the same payload has the same ids',
      async (payloads) => {
        for (const { request, activities } of payloads) {
          expect(await channel.verify(request)).toEqual({ is: 'genuine' });
          const read = channel.read(request);
          expect(read).toMatchObject(activities);
          expect(read).toHaveLength(activities.length);
          expect(channel.read(request)).toEqual(read);
          for (const { id, conversation, from } of read)
            for (const given of [id, conversation?.id, from?.id]) expect(given).toMatch(/./);
          clean(read);
        }
        const ids = payloads.flatMap(({ request }) => channel.read(request).map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
      },
    );

    part(
      'forgeries',
      'one changed byte of what is signed, of the secret or of the token is refused',
      async (forgeries) => {
        expect(forgeries.length).toBeGreaterThan(0);
        for (const forgery of forgeries) {
          const verification = await channel.verify(forgery.request);
          expect([forgery.name, verification.is]).toEqual([forgery.name, 'refused']);
          clean(verification);
        }
      },
    );

    part('challenge', 'a challenge is answered', async ({ request, answer }) => {
      expect(await channel.verify(request)).toEqual({ is: 'challenge', answer });
    });

    part('people', 'two people have two addresses', (people) => {
      const [one, other] = people.map((request) => channel.read(request)[0]!);
      expect(one!.from!.id).not.toBe(other!.from!.id);
      expect(one!.conversation!.id).not.toBe(other!.conversation!.id);
      expect(one!.id).not.toBe(other!.id);
    });

    part('echoes', 'our own messages coming back are ignored', (echoes) => {
      for (const echo of echoes) expect(channel.read(echo)).toEqual([]);
    });

    part('receipts', 'a receipt says what became of which message', (receipts) => {
      for (const { name: told, request, receipt } of receipts) {
        const read = channel.read(request).map(({ type, name, value }) => ({ type, name, value }));
        expect([told, ...read]).toEqual([told, { type: 'event', name: 'receipt', value: receipt }]);
      }
    });

    part('unknown', 'unknown events give nothing', (unknown) => {
      expect(unknown.length).toBeGreaterThan(0);
      for (const event of unknown) expect(channel.read(event)).toEqual([]);
    });

    part(
      'withBody',
      '10,000 hostile requests: right status, no throw, nothing kept but what was read',
      async (withBody) => {
        const recorded = (asked.payloads ?? []).map(({ request }) => request.body);
        const { attempts, kept, refused, logged } = await besiege(channel, recorded, withBody, asked.forgedBody);
        process.stdout.write(`${name}: ${attempts} hostile requests, ${kept} events kept, ${refused} refused\n`);
        clean(logged);
      },
    );

    test('whatever is said fits the abilities, and no letter of it is lost', () => {
      fc.assert(
        fc.property(replies(abilities.maxChoices), (reply) => {
          const wires = channel.render(reply);
          expect(wires.length).toBeGreaterThan(0);
          if (abilities.oneReply) expect(wires).toHaveLength(1);
          const shown = wires.map(asked.textOf);
          for (const text of shown) {
            expect(text.length).toBeLessThanOrEqual(abilities.textLimit);
            expect(/\p{Surrogate}/u.test(text)).toBe(false);
          }
          const all = letters(shown.join(''), abilities.unaccented);
          const expected = [
            reply.text ?? '',
            ...(reply.attachments ?? []).flatMap((attachment) => tableOf(attachment)?.rows.flat() ?? []),
          ];
          for (const text of expected) expect(all).toContain(letters(text, abilities.unaccented));
          clean(wires);
        }),
        { numRuns: 60 },
      );
    });

    part('tap', 'tapping a choice gives its value', (tap) => {
      const offered = [...Array(Math.min(abilities.maxChoices, 5))].map((_, n) => ({
        title: `Chọn ${n + 1}`,
        value: `value:${n + 1}`,
      }));
      const wires = channel.render(choices('Anh/chị chọn giúp em ạ?', offered));
      expect(wires.flatMap((wire) => asked.tappable?.(wire) ?? [])).toEqual(offered);
      offered.forEach(({ value }, n) => {
        expect(channel.read(tap(wires, n))).toMatchObject([{ type: 'message', value }]);
      });
    });

    part('deliveries', 'each answer of the platform has its outcome', async (deliveries) => {
      for (const { name: answered, answers, wire, is } of deliveries) {
        await answers();
        const delivery = await channel.send({ channel: channel.name, ...ADDRESS, ...asked.address }, wire, 'key:1');
        expect([answered, delivery.is]).toEqual([answered, is]);
        clean(delivery);
      }
    });
  });
};
