import type { Column } from '../src/core/relation.js';
import type { Study } from '../src/core/study.js';
import { columnNamed } from '../src/core/relation.js';

/** The text column that an injection damages: the one named, else the first feature of texts that has no other role. */
export function textColumnFor({ whole, roles }: Study, name: string): Column | null {
  const taken = new Set([roles.user, roles.item, roles.group, roles.position].map((column) => column?.id));
  const features = roles.features.map((f) => f.column).filter((c) => c.type === 'VARCHAR' && !taken.has(c.id));
  if (name === '') return features[0] ?? null;
  const named = columnNamed(whole, name);
  return named?.type === 'VARCHAR' ? named : null;
}
