import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Looked for upwards, so that this module also works inside a bundle under `.cache/`. */
const rootFrom = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : rootFrom(dirname(folder));
export const ROOT = rootFrom(__dirname);

/** The folder and the process id that the files of one run share; a test file started alone makes its own. */
export const shared = () => {
  process.env.DOMDOM_TEST_RUN ??= mkdtempSync(join(tmpdir(), 'domdom-test-'));
  process.env.DOMDOM_TEST_OWNER ??= String(process.pid);
  return { folder: process.env.DOMDOM_TEST_RUN, owner: process.env.DOMDOM_TEST_OWNER };
};

/** Where the run's bundles lie: inside the checkout, so that they find its packages and files. */
export const builds = (): string => join(ROOT, '.cache/test-build', shared().owner);

/** Makes what the files of one run share when the first asks for it; the others wait for it. A failure is that of the first alone. */
export const onceARun = async <T>(name: string, make: () => Promise<T>): Promise<T> => {
  const { folder } = shared();
  const [lock, made] = [join(folder, `${name}.lock`), join(folder, `${name}.json`)];
  for (;;) {
    if (existsSync(made)) return JSON.parse(readFileSync(made, 'utf8')) as T;
    try {
      mkdirSync(lock);
    } catch {
      await pause(50);
      continue;
    }
    if (existsSync(made)) continue;
    try {
      writeFileSync(`${made}.new`, JSON.stringify(await make()));
      renameSync(`${made}.new`, made);
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
};
