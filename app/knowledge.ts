import { join } from 'node:path';
import type { Knowledge } from '../core/knowledge';
import { packageRoot } from '../data/package-root';

/** The articles of `data/knowledge/`, checked. @throws DomdomError BAD_SETTING naming the article that is wrong */
export const loadKnowledge = async (): Promise<Knowledge> => {
  const [{ loadArticles }, { createKnowledge }] = await Promise.all([
    import('../data/knowledge/index.js'),
    import('../nlu/knowledge/index.js'),
  ]);
  return createKnowledge(await loadArticles(join(packageRoot(), 'data/knowledge')));
};

/** The same, loaded after the server listens (reading takes some 0.1 s); nothing is asked of it before `load` ends. */
export const knowledgeAfterwards = (): { knowledge: Knowledge; load(): Promise<void> } => {
  let loaded: Knowledge | undefined;
  const there = (): Knowledge => {
    if (!loaded) throw new Error('knowledge was asked for before it was loaded');
    return loaded;
  };
  return {
    knowledge: {
      find: (question, where) => there().find(question, where),
      article: (id, where) => there().article(id, where),
    },
    async load() {
      loaded = await loadKnowledge();
    },
  };
};
