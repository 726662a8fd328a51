import { createConnection } from 'mongoose';
import { openMongo } from '../../data';
import { mongoDatabase } from '../mongo';
import { engineContract } from './engine.contract';

describe('the MongoDB engine', () => {
  engineContract(async () => {
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
  });
});
