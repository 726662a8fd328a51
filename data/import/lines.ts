import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { DomdomError } from '../../core/errors';

/** One line of a file, without its end. `number` counts from 1; `end` is the offset of the byte after it. */
export interface Line {
  number: number;
  end: number;
  /** absent when its bytes are not UTF-8 */
  text?: string;
}

export const LONGEST_LINE = 65_536;
const CHUNK = 262_144;
const NEWLINE = 0x0a;

/**
 * The lines of a file from an offset, in bounded memory whatever the file holds. A last line without a newline counts.
 * @throws DomdomError BAD_FILE on a line longer than 64 kB
 */
export async function* linesOf(
  handle: FileHandle,
  { from = 0, line = 0 }: { from?: number; line?: number } = {},
): AsyncGenerator<Line[]> {
  const buffer = Buffer.allocUnsafe(CHUNK + LONGEST_LINE);
  let kept = 0;
  let offset = from;
  let number = line;
  const lineOf = (start: number, stop: number, end: number): Line => {
    number++;
    const till = stop > start && buffer[stop - 1] === 0x0d ? stop - 1 : stop;
    const bytes = buffer.subarray(start, till);
    return isUtf8(bytes) ? { number, end, text: bytes.toString('utf8') } : { number, end };
  };

  for (;;) {
    const { bytesRead } = await handle.read(buffer, kept, CHUNK, offset + kept);
    const filled = kept + bytesRead;
    const lines: Line[] = [];
    let start = 0;
    for (
      let at = buffer.indexOf(NEWLINE, kept);
      at !== -1 && at < filled && at - start <= LONGEST_LINE;
      at = buffer.indexOf(NEWLINE, start)
    ) {
      lines.push(lineOf(start, at, offset + at + 1));
      start = at + 1;
    }
    kept = filled - start;
    const ends = bytesRead === 0;
    if (ends && kept > 0 && kept <= LONGEST_LINE) lines.push(lineOf(start, filled, offset + filled));
    if (lines.length > 0) yield lines;
    if (kept > LONGEST_LINE) throw tooLong(number + 1);
    if (ends) return;
    buffer.copyWithin(0, start, filled);
    offset += start;
  }
}

const tooLong = (number: number) =>
  new DomdomError(
    'BAD_FILE',
    `Line ${number} is longer than 64 kB: no row of these formats is, and none is read further.`,
  );
