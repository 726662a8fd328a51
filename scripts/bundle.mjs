/** One file from many, for a start in half the time: `name.js` loads `name.bundle.js`, with V8's compiled form of it where that has been kept. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

/** Native code, code that looks for files beside it, and what only some settings need: loaded when asked for. */
const APART = ['libsql', '@resvg/resvg-js', 'pino', 'smpp'];
/** Large, and needed by some settings only: each a bundle of its own, made with the server's. Packages that share classes share one. */
const PACKAGES = {
  mongoose: ['mongoose'],
  telegraf: ['telegraf'],
  botbuilder: ['botbuilder', 'botframework-connector'],
};

const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // code that V8 takes from a cache cannot import by itself
  supported: { 'dynamic-import': false },
  logLevel: 'error',
  write: false,
};

/** In ASCII, which V8 reads and holds in half the memory: esbuild leaves other letters in regular expressions and comments only. */
const buildAscii = async (options) => {
  const { outputFiles } = await build({ ...COMMON, ...options });
  for (const { path, text } of outputFiles) {
    const raw = /\\[^\0-\x7f]|String\.raw`[^`]*[^\0-\x7f]/.exec(text);
    if (raw) throw new Error(`${path}: cannot be written with escapes: ${raw[0]}`);
    const escaped = text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, escaped, 'latin1');
  }
};

const cached = (root, outdir, name) => {
  rmSync(join(outdir, `${name}.bundle.cache`), { force: true });
  copyFileSync(join(root, 'scripts/cached.cjs'), join(outdir, `${name}.js`));
};

const packagesOf = (root) => join(root, 'dist/packages');

const packagesApart = (root, outdir) => ({
  name: 'packages-apart',
  setup({ onResolve }) {
    for (const [name, packages] of Object.entries(PACKAGES))
      onResolve({ filter: new RegExp(`^(${packages.join('|')})$`) }, () => ({
        path: `./${relative(outdir, join(packagesOf(root), name))}.js`,
        external: true,
      }));
  },
});

/** The large packages, bundled into dist/packages, with what V8 compiles when they are loaded. */
export const bundlePackages = async (root) => {
  const outdir = packagesOf(root);
  for (const [name, packages] of Object.entries(PACKAGES)) {
    const all = packages.map((one) => `...require('${one}')`);
    const contents = `module.exports = ${packages.length > 1 ? `{ ${all} }` : `require('${packages}')`};`;
    const outfile = join(outdir, `${name}.bundle.js`);
    await buildAscii({ stdin: { contents, resolveDir: root }, outfile });
    cached(root, outdir, name);
    const env = { PATH: process.env.PATH, KEEP_COMPILED: '1' };
    execFileSync(process.execPath, [join(outdir, `${name}.js`)], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
};

/** @param {Record<string, string>} entryPoints by name */
export const bundle = async (root, entryPoints, outdir) => {
  await buildAscii({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(entryPoints).map(([name, file]) => [`${name}.bundle`, file])),
    outdir,
    external: APART,
    plugins: [packagesApart(root, outdir)],
  });
  for (const name of Object.keys(entryPoints)) cached(root, outdir, name);
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
