import fastify from 'fastify';
import { addressed, pictureAddresses, registerPictures, turnPictures, withoutFigures } from '../../app/pictures';
import { say } from '../../core/activity';
import type { ChannelName } from '../../core/channel';
import { figureOf, withFigure } from '../../core/figure';
import type { TurnDoc } from '../../data/stores';
import { unconnectedChannels } from '../channels';
import { figures } from '../pictures/figures';
import { FONTS } from '../pictures/fonts';

const CONVERSATION = 'zalo:84912345678';
const shown = { figure: figures.months13!, alt: 'Biểu đồ 13 tháng' };
const said = [say('Dạ đây ạ'), withFigure(withFigure(say('Hai hình'), shown), { ...shown, figure: figures.tiers! })];

const house = async (secret = 'the secret of a house') => {
  const turn = {
    conversation: CONVERSATION,
    seq: 7,
    said: addressed(said, { conversation: CONVERSATION, seq: 7 }, secret),
  };
  let reads = 0;
  const turns = {
    since: async (conversation: string, after: number) => {
      reads += 1;
      return conversation === CONVERSATION && after === 6 ? [turn as unknown as TurnDoc] : [];
    },
  };
  const picture = turnPictures({ stores: { turns }, secret }, FONTS);
  const http = fastify();
  registerPictures(http, picture);
  const urls = turn.said.flatMap(({ attachments = [] }) => attachments.map(({ contentUrl }) => contentUrl!));
  return { http, picture, urls, turn, reads: () => reads };
};

test('each picture of a turn has an address of its own that tells nothing and is the same when the turn is redone', async () => {
  const { urls } = await house();
  expect(new Set(urls).size).toBe(2);
  for (const url of urls) {
    expect(url).toMatch(/^\/pictures\/[\w-]{60,}\.png$/);
    const bytes = Buffer.from(url.slice(10, -4), 'base64url').toString('latin1');
    expect(bytes).not.toMatch(/zalo|8491234/);
  }
  expect((await house()).urls).toEqual(urls);
  expect((await house('another secret of a house')).urls).not.toEqual(urls);
});

test('the picture is served, drawn once', async () => {
  const { http, urls, reads } = await house();
  const [first, second] = [await http.inject(urls[0]!), await http.inject(urls[1]!)];
  expect([first.statusCode, first.headers['content-type']]).toEqual([200, 'image/png']);
  expect(first.headers['cache-control']).toContain('private');
  expect(first.rawPayload.equals(second.rawPayload)).toBe(false);
  expect((await http.inject(`${urls[0]}?again`)).rawPayload.equals(first.rawPayload)).toBe(true);
  expect(reads()).toBe(2);
});

test('an address that is changed in any place, or made by another house, shows nothing and reads nothing', async () => {
  const { http, urls, reads, picture } = await house();
  const [url] = urls as [string];
  for (let at = 10; at < url.length - 4; at += 1) {
    const other = url[at] === 'A' ? 'B' : 'A';
    expect(await picture(url.slice(0, at) + other + url.slice(at + 1))).toBeUndefined();
  }
  const foreign = pictureAddresses('another secret').of([CONVERSATION, 7, 0]);
  for (const wrong of [
    foreign,
    '/pictures/',
    '/pictures/x.png',
    '/pictures/../app/x.png',
    `/pictures/${'A'.repeat(5000)}.png`,
  ])
    expect((await http.inject(wrong)).statusCode).toBe(404);
  expect(reads()).toBe(0);
});

test('a turn that is gone, or has no such picture, is not found, and may come later', async () => {
  const { picture, reads } = await house();
  const { of } = pictureAddresses('the secret of a house');
  for (const place of [
    [CONVERSATION, 8, 0],
    [CONVERSATION, 7, 2],
    ['zalo:1', 7, 0],
  ] as const)
    expect(await picture(of(place))).toBeUndefined();
  await picture(of([CONVERSATION, 8, 0]));
  expect(reads()).toBe(4);
});

test('clients get the address and the alternative text, not the data', async () => {
  const { turn } = await house();
  const [file] = withoutFigures(turn.said[1]!).attachments!;
  expect(file).toEqual({
    contentType: 'image/png',
    name: 'Biểu đồ 13 tháng',
    contentUrl: expect.stringMatching(/^\/pictures\//),
  });
  expect(figureOf(file!)).toBeUndefined();
});

describe('each channel', () => {
  const channels = unconnectedChannels();
  const [url] = addressed([withFigure(say('Dạ đây ạ'), shown)], { conversation: CONVERSATION, seq: 1 }, 's'.repeat(20))
    .flatMap(({ attachments = [] }) => attachments)
    .map(({ contentUrl }) => contentUrl!);
  const wiresOf = (name: ChannelName) => {
    const [activity] = addressed(
      [withFigure(say('Dạ đây ạ'), shown)],
      { conversation: CONVERSATION, seq: 1 },
      's'.repeat(20),
    );
    return JSON.stringify(channels[name].render(activity!));
  };

  test.each(['zalo', 'messenger', 'telegram'] as const)(
    '%s is given the address, the words and the alternative text',
    (name) => {
      const wires = wiresOf(name);
      for (const part of [url!, 'Dạ đây ạ', shown.alt]) expect(wires).toContain(part);
    },
  );

  test('SMS gets the words and what the picture shows, without diacritics', () => {
    const wires = wiresOf('sms');
    expect(wires).not.toContain('/pictures/');
    expect(wires).toMatch(/Da day a/);
    expect(wires).toMatch(/Bieu do 13 thang/);
  });

  test('the upload of a channel is the same picture as the one at the address', async () => {
    const { picture, http, urls } = await house();
    const file = await picture(urls[0]!);
    expect(file).toMatchObject({ contentType: 'image/png' });
    expect((await http.inject(urls[0]!)).rawPayload.equals(file!.bytes)).toBe(true);
  });
});
