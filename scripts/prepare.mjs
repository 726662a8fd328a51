/** After an install, and before the first `npx domdom`: builds, unless what is built is of these very sources. A running server reads dist/. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stampFile, stampOf } from './stamp.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const isBuilt = existsSync(join(root, 'dist/cli.js'));
const isCurrent = isBuilt && existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === stampOf(root);

const canBuild = () => {
  try {
    return Boolean(createRequire(import.meta.url).resolve('esbuild'));
  } catch {
    return false;
  }
};

if (!isCurrent && canBuild()) await import('./build-server.mjs');
else if (!isCurrent) {
  const what = isBuilt ? 'What is built is of other sources, and stays' : 'Nothing is built';
  process.stderr.write(
    `${what}: the packages for building are not installed. Run \`npm ci\`; afterwards \`npm prune --omit=dev\` takes them away again.\n`,
  );
  // npx says nothing of a script that failed; the command itself then says what is missing
  process.exitCode = isBuilt || process.env.npm_command === 'exec' ? 0 : 1;
}
