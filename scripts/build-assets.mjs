/** Bundles what browsers load into dist/web (or the folder named): the widget's loader and app, the demo page, fonts and pictures; texts with their gzip. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...path) => join(root, ...path);
const target = resolve(process.argv[2] ?? at('dist/web'));
const out = `${target}.${process.pid}`;
const FONT = at('node_modules/@fontsource/be-vietnam-pro/files');
const TTF = at('node_modules/@expo-google-fonts/be-vietnam-pro');

for (const folder of ['widget', 'demo', 'assets/fonts']) mkdirSync(join(out, folder), { recursive: true });

const common = { bundle: true, minify: true, charset: 'utf8', legalComments: 'none', logLevel: 'warning' };
const bundle = (from, to, options = {}) =>
  build({ ...common, entryPoints: [at(from)], outfile: join(out, to), ...options });
await Promise.all([
  bundle('bots/web/widget/loader.ts', 'widget/loader.js', { format: 'iife', target: 'es2020' }),
  bundle('bots/web/widget/app.ts', 'widget/app.js', { format: 'iife', target: 'es2020' }),
  bundle('bots/web/widget/app.css', 'widget/app.css', { target: ['chrome100', 'safari15', 'firefox100'] }),
  bundle('bots/web/demo/page.js', 'demo/page.js', { format: 'iife', target: 'es2020' }),
  bundle('bots/web/demo/page.css', 'demo/page.css', { target: ['chrome100', 'safari15', 'firefox100'] }),
]);
const html = (from, to) => writeFileSync(join(out, to), readFileSync(at(from), 'utf8').replace(/\n\s*/g, '\n'));
html('bots/web/widget/index.html', 'widget/index.html');
html('bots/web/demo/index.html', 'demo/index.html');

// The ranges are those of the font's own style sheets.
const subsets = [
  [
    'vietnamese',
    'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
  ],
  [
    'latin',
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  ],
];
let css = '';
for (const weight of [400, 600, 700])
  for (const [subset, range] of subsets) {
    const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    cpSync(join(FONT, file), join(out, 'assets/fonts', file));
    css += `@font-face{font-family:"Be Vietnam Pro";font-weight:${weight};font-display:swap;src:url(fonts/${file}) format("woff2");unicode-range:${range}}\n`;
  }
writeFileSync(join(out, 'assets/fonts.css'), css);

// What pictures are drawn with at run time.
for (const [weight, name] of [
  [400, '400Regular/BeVietnamPro_400Regular.ttf'],
  [600, '600SemiBold/BeVietnamPro_600SemiBold.ttf'],
])
  cpSync(join(TTF, name), join(out, `assets/fonts/be-vietnam-pro-${weight}.ttf`));

const fontFiles = [
  '400Regular/BeVietnamPro_400Regular.ttf',
  '600SemiBold/BeVietnamPro_600SemiBold.ttf',
  '700Bold/BeVietnamPro_700Bold.ttf',
];
const picture = new Resvg(readFileSync(at('bots/web/demo/where-is-the-code.svg'), 'utf8'), {
  fitTo: { mode: 'width', value: 960 },
  font: {
    loadSystemFonts: false,
    fontFiles: fontFiles.map((file) => join(TTF, file)),
    defaultFontFamily: 'Be Vietnam Pro',
  },
});
writeFileSync(join(out, 'assets/where-is-the-code.png'), picture.render().asPng());

for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' }))
  if (/\.(html|js|css)$/.test(name))
    writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));

// Put in place whole: a server that is running, or a second build, never sees half of it.
const old = `${target}.${process.pid}.old`;
if (existsSync(target)) renameSync(target, old);
renameSync(out, target);
rmSync(old, { recursive: true, force: true });
