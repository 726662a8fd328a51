#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '../dist/cli.js');
if (!existsSync(built)) {
  process.stderr.write('Đom Đóm is not built yet: run `npm ci` (or `npm run build`) first.\n');
  process.exit(1);
}
require(built);
