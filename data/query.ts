import type { Doc, Index, Query, Scalar, Shape } from './engine';

/** A query that a declared index serves, taken apart; throws for any other. */
export interface Plan {
  index: Index;
  equal: [field: string, value: Scalar][];
  /** fields after the equality: the order of the result; `range` bounds the first of them */
  order: string[];
}

export const plan = <T extends Doc>(shape: Shape<T>, query: Query): Plan => {
  const refuse = (why: string): never => {
    throw new Error(`${shape.name}: no declared index serves this query: ${why}`);
  };
  const index = shape.indexes.find(({ name }) => name === query.index) ?? refuse(`there is no index ${query.index}`);
  const named = Object.keys(query.equal).length;
  const equal = index.fields.slice(0, named).map((field): [string, Scalar] => {
    const value = query.equal[field];
    if (value === undefined) return refuse(`equality must be on the leading fields of ${index.name}`);
    return [field, value];
  });
  if (named > index.fields.length) refuse(`${index.name} has ${index.fields.length} fields`);
  const order = index.fields.slice(named);
  if (query.range && order.length === 0) refuse(`${index.name} has no field left for a range`);
  return { index, equal, order };
};

/** Fields that no document of this shape may lack. */
export const requiredFields = <T extends Doc>({ indexes }: Shape<T>): string[] => [
  ...new Set(indexes.flatMap(({ unique, fields }) => (unique === true ? fields : []))),
];

/** @throws TypeError where one of the required fields is missing */
export const demand = (shape: string, required: readonly string[], doc: object): void => {
  const missing = required.find((field) => ((doc as Record<string, unknown>)[field] ?? null) === null);
  if (missing !== undefined) throw new TypeError(`${shape}: a document without ${missing}`);
};
