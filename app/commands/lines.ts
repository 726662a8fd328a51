/** No line is kept longer than this; what follows of it is dropped, so that it is still seen to be too long. */
const KEPT = 1_000_000;

/** The lines of a stream: a line ends with \n, or \r\n; a \r elsewhere is a character of it. */
export async function* linesOf(input: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let begun = '';
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const [first = '', ...more] = text.split('\n');
    begun = (begun + first).slice(0, KEPT);
    for (const next of more) {
      yield begun.replace(/\r$/, '');
      begun = next.slice(0, KEPT);
    }
  }
  begun += decoder.decode();
  if (begun) yield begun.replace(/\r$/, '');
}
