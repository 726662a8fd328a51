import spec from '../fixtures/telegram/bot-api.json';

type Fields = Record<string, [string[], number]>;
const methods = spec.methods as unknown as Record<string, Fields>;
const types = spec.types as unknown as Record<string, { fields?: Fields; subtypes?: string[] }>;

/** What of a value is not as the Bot API's own specification has it; [] when all is. */
export const wrongIn = (type: string, value: unknown, at: string): string[] => {
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return [`${at} is no array`];
    return value.flatMap((one, n) => wrongIn(type.slice(9), one, `${at}[${n}]`));
  }
  if (type === 'Integer') return Number.isSafeInteger(value) ? [] : [`${at} is no integer`];
  if (type === 'Float') return typeof value === 'number' ? [] : [`${at} is no number`];
  if (type === 'String') return typeof value === 'string' ? [] : [`${at} is no text`];
  if (type === 'Boolean' || type === 'True' || type === 'False')
    return typeof value === 'boolean' ? [] : [`${at} is no boolean`];
  if (type === 'InputFile') return value instanceof Blob ? [] : [`${at} is no file`];
  const shape = types[type];
  if (!shape) return [`${at}: the type ${type} is not known`];
  if (shape.subtypes) return best(shape.subtypes, value, at);
  return wrongFields(shape.fields ?? {}, value, at);
};

/** The first of several types that fits; else what is wrong with the nearest. */
const best = (options: string[], value: unknown, at: string): string[] =>
  options.map((type) => wrongIn(type, value, at)).sort((a, b) => a.length - b.length)[0] ?? [];

const wrongFields = (fields: Fields, value: unknown, at: string): string[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
  const given = value as Record<string, unknown>;
  return [
    ...Object.keys(given).flatMap((key) => (key in fields ? [] : [`${at}.${key} is not known`])),
    ...Object.entries(fields).flatMap(([key, [options, required]]) =>
      given[key] === undefined
        ? required
          ? [`${at}.${key} is missing`]
          : []
        : best(options, given[key], `${at}.${key}`),
    ),
  ];
};

export const isMethod = (method: string): boolean => method in methods;
export const wrongInCall = (method: string, payload: Record<string, unknown>): string[] =>
  methods[method] ? wrongFields(methods[method]!, payload, method) : [`${method} is no method that we know`];
