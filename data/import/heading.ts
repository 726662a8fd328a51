import type { Column } from './columns';

export interface Heading {
  names: string[];
  separator: string;
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/** Where, in words: "number 3", "numbers 3, 5, 6 …". */
const places = (all: readonly number[]) =>
  `number${all.length > 1 ? 's' : ''} ${all.slice(0, 5).join(', ')}${all.length > 5 ? ' …' : ''}`;

/**
 * The heading of a CSV file. The separator is the one it uses: comma, semicolon or tab.
 * @returns what is wrong with it as a sentence, else its names in order. Where the heading is missing, its cells are those
 * of a customer, so the sentence holds no name that the format does not know.
 */
export const heading = (kind: string, columns: readonly Column[], text: string): Heading | { wrong: string } => {
  const separator = [',', ';', '\t'].find((mark) => text.includes(mark)) ?? ',';
  const names = text.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const known = columns.map(({ name }) => name);
  const missing = columns
    .filter(({ name, empty }) => empty === 'required' && !names.includes(name))
    .map(({ name }) => name);
  const unknown = names.flatMap((name, at) => (known.includes(name) ? [] : [at + 1]));
  const lacks = missing.length > 0 ? ` It lacks ${quoted(missing)}.` : '';
  if (unknown.length > 0) {
    const all = unknown.length === names.length;
    const some = all ? 'all' : `${unknown.length} (${places(unknown)})`;
    const verb = unknown.length === 1 ? 'is' : 'are';
    return {
      wrong: `The first line is no heading of ${kind}: of its ${names.length} columns ${some} ${verb} unknown.${lacks}`,
    };
  }
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  if (twice.length > 0) return { wrong: `The heading names ${quoted(twice)} more than once.` };
  return missing.length > 0 ? { wrong: `The heading lacks ${quoted(missing)}.` } : { names, separator };
};
