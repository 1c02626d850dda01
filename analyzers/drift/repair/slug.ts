import type { Column } from '../../../src/core/relation.js';

/** A column's name as part of an id: kebab-case, with the internal id where the name does not survive that whole. */
export function slug({ id, name }: Column): string {
  const kebab = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return kebab.replaceAll('-', '_') === name ? kebab : `${kebab}-${id}`.replace(/^-/, '');
}
