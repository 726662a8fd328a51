import type { Doc, Shape } from './engine';

/** A stored document of an older schema version, brought to the shape's own. */
export const migrate = <T extends Doc>(shape: Shape<T>, version: number, stored: Record<string, unknown>): T => {
  let doc = stored;
  for (let at = version; at < shape.version; at++) {
    const step = shape.migrations?.[at];
    if (!step) throw new Error(`${shape.name}: no migration from version ${at}`);
    doc = step(doc);
  }
  return doc as unknown as T;
};
