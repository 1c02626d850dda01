import { createHash } from 'node:crypto';

/** Names are kept below this: servers bound them, and some get an ending. */
const longest = 100;
const start = 60;

/**
 * The name of a helper table, safe to write into SQL. Parts are what makes it one of its kind: the purpose, a random
 * path, a relation; different parts give different names, the same parts the same. Of a long one the end is a hash of it.
 */
export function tableName(...parts: readonly string[]): string {
  const joined = parts.map(escaped).join('__');
  const name = /^[a-z_]/.test(joined) ? joined : `_${joined}`;
  if (name.length <= longest) return name;
  return `${name.slice(0, start)}_h_${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** Letters and digits stay; anything else becomes its code in hex between underscores. */
function escaped(part: string): string {
  return part.replaceAll(/[^a-z0-9]/g, (c) =>
    c === '/' ? '_s_' : c === '-' ? '_d_' : `_${c.codePointAt(0)!.toString(16)}_`,
  );
}
