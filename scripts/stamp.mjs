/** What dist/ was built from, in a line: the same sources, packages and Node give the same. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FROM = ['app', 'bots', 'campaigns', 'core', 'data', 'dialogs', 'nlu', 'pictures', 'scripts', 'tariff'];

const filesOf = (root, name) => {
  try {
    return readdirSync(join(root, name), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => (entry.isDirectory() ? filesOf(root, join(name, entry.name)) : [join(name, entry.name)]));
  } catch {
    return [];
  }
};

export const stampFile = (root) => join(root, 'dist/built-from');

/** @param {string} root */
export const stampOf = (root) => {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  for (const name of [...FROM.flatMap((folder) => filesOf(root, folder)), 'package-lock.json']) {
    let bytes = '';
    try {
      bytes = readFileSync(join(root, name));
    } catch {}
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return `${hash.digest('hex')}\n`;
};
