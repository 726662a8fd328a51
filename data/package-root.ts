import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds package.json: files that are not compiled (`data/utilities`, …) and `dist` are found from it. */
export const packageRoot = (from = __dirname): string =>
  existsSync(join(from, 'package.json')) ? from : packageRoot(dirname(from));
