// Runs a TypeScript file of a folder like bench/ (the bundle lies as deep, so that __dirname/.. is the root) of the project on its sources as they are: node scripts/run.mjs bench/turns.ts [arguments]
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const [entry, ...args] = process.argv.slice(2);
const outfile = join(root, '.cache', `${basename(entry, '.ts')}-${process.pid}.js`);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'error',
});
const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...args], { stdio: 'inherit' });
rmSync(outfile, { force: true });
process.exitCode = status ?? 1;
