import { isAscii, isUtf8 } from 'node:buffer';
import { DomdomError } from '../../core/errors';

/** How much of a file is looked at before it is read. */
export const HEAD = 65_536;

const begins = (head: Buffer, ...bytes: number[]) => bytes.every((byte, n) => head[n] === byte);

const bad = (why: string) => new DomdomError('BAD_FILE', why);

export const notUtf8 = (line: number) =>
  bad(`Line ${line} is not UTF-8: the file is in another encoding, such as Windows-1258. Save it as UTF-8.`);

/**
 * Looks at the first bytes, so that a file that cannot be meant ends in one sentence instead of a million bad rows.
 * Gives the length of the byte order mark. A stray byte among rows of proper UTF-8 is left to its row.
 * @throws DomdomError BAD_FILE
 */
export const checkHead = (head: Buffer): number => {
  if (head.length === 0) throw bad('The file is empty.');
  if (begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff))
    throw bad('The file is UTF-16. Save it as UTF-8 ("CSV UTF-8" in Excel).');
  if (begins(head, 0x50, 0x4b, 0x03, 0x04))
    throw bad('The file is an Excel workbook or a ZIP archive. Save it as CSV in UTF-8 first.');
  if (begins(head, 0x1f, 0x8b)) throw bad('The file is compressed. Unpack it first.');
  const mark = begins(head, 0xef, 0xbb, 0xbf) ? 3 : 0;

  const nuls = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (nuls > head.length / 10) throw bad('The file is UTF-16 or no text at all. Save it as UTF-8.');

  let lines = 0;
  let broken = 0;
  let firstBroken = 0;
  let proper = 0;
  let number = 0;
  for (let start = mark; start < head.length; ) {
    const newline = head.indexOf(0x0a, start);
    const stop = newline === -1 ? head.length : newline;
    number++;
    const line = head.subarray(start, stop);
    // The head may end within a character of its last line.
    const cut = newline === -1 && head.length >= HEAD;
    if (!cut) {
      lines++;
      if (!isUtf8(line)) {
        broken++;
        firstBroken ||= number;
      } else if (!isAscii(line)) proper++;
    }
    start = stop + 1;
  }
  // Lines of ASCII say nothing of the encoding. Where no other line is proper, most must be broken to call it another one.
  if (broken > proper && broken * 2 >= lines) throw notUtf8(firstBroken);
  return mark;
};
