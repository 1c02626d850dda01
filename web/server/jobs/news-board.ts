import type { News } from '../../../src/core/news.js';

/** The newest of each piece of news, in the order in which they first came; bounded. */
export interface NewsBoard {
  take(news: News): void;
  all(): readonly News[];
  /** What changed since the last call. */
  changed(): readonly News[];
}

/** Pieces that are kept; later ones are not shown. */
const most = 1000;

export function createNewsBoard(): NewsBoard {
  const board = new Map<string, News>();
  const dirty = new Set<string>();
  return {
    take: (news) => {
      const name = nameOf(news);
      if (!board.has(name) && board.size >= most) return;
      board.set(name, news);
      dirty.add(name);
    },
    all: () => [...board.values()],
    changed: () => {
      const names = [...dirty];
      dirty.clear();
      return names.flatMap((name) => board.get(name) ?? []);
    },
  };
}

function nameOf(news: News): string {
  return news.kind === 'looked' ? news.defect : `${news.defect}/${news.arm}`;
}
