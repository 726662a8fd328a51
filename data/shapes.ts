import type { Doc, Shape } from './engine';

/** A shape whose collection belongs to one utility: the utility is part of its name, so no query can leave it out. */
export const ofUtility = <T extends Doc>(utility: string, shape: Shape<T>): Shape<T> => {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(utility)) throw new Error('a utility id is lower-case letters, digits, dashes');
  return { ...shape, name: `${utility}.${shape.name}` };
};
