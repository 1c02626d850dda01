/**
 * The name of a helper table, safe to write into SQL. Parts are what makes it one of its kind: the purpose, a random
 * path, a relation; different parts give different names, the same parts the same.
 */
export function tableName(...parts: readonly string[]): string {
  const joined = parts.map(escaped).join('__');
  return /^[a-z_]/.test(joined) ? joined : `_${joined}`;
}

/** Letters and digits stay; anything else becomes its code in hex between underscores. */
function escaped(part: string): string {
  return part.replaceAll(/[^a-z0-9]/g, (c) =>
    c === '/' ? '_s_' : c === '-' ? '_d_' : `_${c.codePointAt(0)!.toString(16)}_`,
  );
}
