import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Line, LONGEST_LINE, linesOf } from '../../data/import/lines';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

const flat = async <T>(parts: AsyncIterable<T[]>): Promise<T[]> => {
  const all: T[] = [];
  for await (const part of parts) all.push(...part);
  return all;
};

const read = async (content: string | Buffer, from?: { from: number; line: number }): Promise<Line[]> => {
  const path = join(folder, 'file');
  await writeFile(path, content);
  const handle = await open(path);
  try {
    return await flat(linesOf(handle, from));
  } finally {
    await handle.close();
  }
};

const lengths = fc.array(fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: LONGEST_LINE / 2 })), {
  maxLength: 60,
});

test('are those of the file, from any line on, over the bounds of what is read at once', async () => {
  await fc.assert(
    fc.asyncProperty(lengths, fc.boolean(), fc.nat(), async (sizes, ends, pick) => {
      const texts = sizes.map((size, n) => `${n}đ`.repeat(size).slice(0, size));
      const content = texts.join('\n') + (ends ? '\n' : '');
      const expected = content.split('\n');
      if (expected.at(-1) === '') expected.pop();
      const all = await read(content);
      expect(all.map(({ text }) => text)).toEqual(expected);
      expect(all.map(({ number }) => number)).toEqual(expected.map((_, n) => n + 1));
      if (all.length === 0) return;
      const { end, number } = all[pick % all.length]!;
      expect(await read(content, { from: end, line: number })).toEqual(all.slice(number));
    }),
    { numRuns: 40 },
  );
});

test.each([
  [LONGEST_LINE, 'x', true],
  [LONGEST_LINE + 1, 'x', false],
  [LONGEST_LINE / 2, 'é', true],
  [LONGEST_LINE / 2 + 1, 'é', false],
])('%i of %s: taken %p', async (count, letter, taken) => {
  for (const content of [letter.repeat(count), `a\n${letter.repeat(count)}\nb\n`]) {
    const reading = read(content);
    if (taken) expect((await reading).map(({ text }) => text)).toContain(letter.repeat(count));
    else await expect(reading).rejects.toMatchObject({ code: 'BAD_FILE' });
  }
});
