import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { openEmbedded, openMongo } from '../../data';
import { mongoDatabase } from '../mongo';
import type { Place } from './engine.contract';

export const embeddedPlace = async (): Promise<Place & { dir: string }> => {
  const dir = mkdtempSync(join(tmpdir(), 'domdom-engine-'));
  return {
    dir,
    open: () => openEmbedded({ dir }),
    remove: async () => rmSync(dir, { recursive: true, force: true }),
  };
};

export const mongoPlace = async (): Promise<Place> => {
  const uri = await mongoDatabase();
  return {
    open: async () => (uri ? openMongo({ uri }) : undefined),
    async remove() {
      if (!uri) return;
      const connection = await createConnection(uri).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  };
};
