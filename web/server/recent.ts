/** Values made once a key, those used last kept. What is let go is in nobody's use. */
export interface Recent<T> {
  /** Works with the value of `key`, made where it is not there; it stays for as long as the work takes. */
  use<R>(key: string, make: () => Promise<T>, work: (value: T) => R | Promise<R>): Promise<R>;
}

interface Entry<T> {
  readonly value: Promise<T>;
  users: number;
}

/** Keeps `most` values, and more only while they are in use. A failure is not kept. */
export function recent<T>(most: number, letGo: (value: T) => unknown = () => undefined): Recent<T> {
  const entries = new Map<string, Entry<T>>();
  const evict = (): void => {
    let over = entries.size - most;
    for (const [key, { value, users }] of entries) {
      if (over <= 0) return;
      if (users > 0) continue;
      entries.delete(key);
      over--;
      void value.then(letGo).catch(() => undefined);
    }
  };
  return {
    use: async (key, make, work) => {
      const entry = entries.get(key) ?? { value: make(), users: 0 };
      entries.delete(key);
      entries.set(key, entry);
      entry.users++;
      try {
        return await work(await entry.value);
      } finally {
        entry.users--;
        await entry.value.catch(() => entries.get(key) === entry && entries.delete(key));
        evict();
      }
    },
  };
}
