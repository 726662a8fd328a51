/** The server and commands into dist/cli.js, with the browsers' part and the model that they need. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, bundlePackages, keepCompiled } from './bundle.mjs';
import { stampFile, stampOf } from './stamp.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const cli = join(root, 'dist/cli.js');
const stamp = stampOf(root);
rmSync(stampFile(root), { force: true });
await bundlePackages(root);
await bundle(root, { cli: 'app/cli.ts' }, join(root, 'dist'));
await import('./build-assets.mjs');
const model = ['nlu', 'train', '--phrases', join(root, 'nlu/intents'), '--out', join(root, 'dist/nlu/model.bin')];
execFileSync(process.execPath, [cli, ...model], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
const dir = mkdtempSync(join(tmpdir(), 'domdom-build-'));
try {
  await keepCompiled(cli, dir);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
writeFileSync(stampFile(root), stamp);
