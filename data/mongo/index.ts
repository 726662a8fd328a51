import type { Engine } from '../engine';

export const openMongo = async (_: {
  uri: string;
  onCommand?: (command: Record<string, unknown>) => void;
}): Promise<Engine> => {
  throw new Error('not yet');
};
