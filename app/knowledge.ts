import { join } from 'node:path';
import type { Knowledge } from '../core/knowledge';
import { packageRoot } from './open';

/** The articles of `data/knowledge/`, checked and indexed. @throws DomdomError BAD_SETTING naming the article that is wrong */
export const loadKnowledge = async (): Promise<Knowledge> => {
  const [{ loadArticles }, { createKnowledge }] = await Promise.all([
    import('../data/knowledge/index.js'),
    import('../nlu/knowledge/index.js'),
  ]);
  return createKnowledge(await loadArticles(join(packageRoot(), 'data/knowledge')));
};
