import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** What axe finds in one document, all its rules on. */
export const violations = async (where: Page | Frame): Promise<string[]> => {
  await where.evaluate(axe.source);
  const found = (await where.evaluate('axe.run(document, { iframes: false })')) as axe.AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};

/** Of an img element, once it is decoded. */
export const widthOf = async (element: unknown): Promise<number> => {
  const image = element as { decode(): Promise<void>; naturalWidth: number };
  await image.decode();
  return image.naturalWidth;
};
