// Copied beside each bundle by scripts/bundle.mjs. A cache of another Node or bundle is rejected by V8, and costs only time.
const { readFileSync, writeFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { Script } = require('node:vm');

const file = __filename.replace(/\.js$/, '.bundle.js');
const cache = __filename.replace(/\.js$/, '.bundle.cache');
const kept = () => {
  try {
    return readFileSync(cache);
  } catch {
    return undefined;
  }
};
const script = new Script(wrap(readFileSync(file, 'latin1')), { filename: file, cachedData: kept() });
if (process.env.KEEP_COMPILED) process.once('exit', () => writeFileSync(cache, script.createCachedData()));
script.runInThisContext().call(exports, exports, require, module, file, __dirname);
