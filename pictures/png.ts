import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const INDEXED = 3;

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
};

/** Where a colour (0xAABBGGRR) belongs: the upper bits of its channels. */
const binOf = (colour: number, shift: number): number => {
  const bits = 8 - shift;
  const of = (channel: number) => ((colour >>> (8 * channel)) & 0xff) >> shift;
  return (of(0) << (2 * bits)) | (of(1) << bits) | of(2);
};

/**
 * Opaque RGBA pixels as a PNG of at most 256 colours (W3C PNG, colour type 3): a third of the size of full colour for
 * drawings of few colours. Colours that are nearly the same become their mean.
 */
export const pngOf = (pixels: Buffer, width: number, height: number): Buffer => {
  const colours = new Uint32Array(new Uint8Array(pixels).buffer);
  for (let shift = 4; ; shift += 1) {
    const bins = new Int16Array(1 << (3 * (8 - shift))).fill(-1);
    const sums: [red: number, green: number, blue: number, count: number][] = [];
    const rows = Buffer.alloc((width + 1) * height);
    const add = (colour: number, count: number): number => {
      const bin = binOf(colour, shift);
      const place = bins[bin]! < 0 ? sums.push([0, 0, 0, 0]) - 1 : bins[bin]!;
      bins[bin] = place;
      const sum = sums[place]!;
      sum[0] += (colour & 0xff) * count;
      sum[1] += ((colour >>> 8) & 0xff) * count;
      sum[2] += ((colour >>> 16) & 0xff) * count;
      sum[3] += count;
      return place;
    };
    for (let y = 0; y < height; y += 1)
      for (let from = 0; from < width; ) {
        const colour = colours[y * width + from]!;
        let to = from + 1;
        while (to < width && colours[y * width + to] === colour) to += 1;
        rows.fill(add(colour, to - from), y * (width + 1) + 1 + from, y * (width + 1) + 1 + to);
        from = to;
      }
    if (sums.length > 256) continue;
    const palette = Buffer.from(sums.flatMap(([r, g, b, count]) => [r, g, b].map((sum) => Math.round(sum / count))));
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, INDEXED, 0, 0, 0], 8);
    const data = deflateSync(rows, { level: 6 });
    return Buffer.concat([
      SIGNATURE,
      chunk('IHDR', head),
      chunk('PLTE', palette),
      chunk('IDAT', data),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
};
