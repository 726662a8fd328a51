/** One file from many, for a start in half the time: `name.js` loads `name.bundle.js`, with V8's compiled form of it where that has been kept. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

/** Native code, and what only some settings need: loaded when asked for. */
const APART = ['libsql', '@resvg/resvg-js', 'pino', 'mongoose', 'telegraf', 'botbuilder', 'botframework-*', 'smpp'];

/** @param {Record<string, string>} entryPoints by name */
export const bundle = async (root, entryPoints, outdir) => {
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(entryPoints).map(([name, file]) => [`${name}.bundle`, file])),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: APART,
    // code that V8 takes from a cache cannot import by itself
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  for (const name of Object.keys(entryPoints)) {
    rmSync(join(outdir, `${name}.bundle.cache`), { force: true });
    copyFileSync(join(root, 'scripts/cached.cjs'), join(outdir, `${name}.js`));
  }
};

/** Serves a small store once, so that the code of a start is compiled, and kept. */
export const keepCompiled = async (script, dir) => {
  const child = spawn(process.execPath, [script, 'serve'], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dir,
      SAMPLE_CUSTOMERS: '10',
      PORT: '0',
      LOG_LEVEL: 'error',
      KEEP_COMPILED: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const listening = once(createInterface({ input: child.stdout }), 'line');
  const [code] = await Promise.race([listening.then(() => child.kill()).then(() => ended), ended]);
  if (code !== 0) throw new Error(`the bundle does not serve (${code})`);
};
