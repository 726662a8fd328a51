import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../data';
import { engineContract } from './engine.contract';

describe('the embedded engine', () => {
  engineContract(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'domdom-engine-'));
    return {
      open: () => openEmbedded({ dir }),
      remove: async () => rmSync(dir, { recursive: true, force: true }),
    };
  });
});
