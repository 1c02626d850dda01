import { Document, isMap, isNode, isSeq } from 'yaml';
import type { Recipe } from './recipe.js';
import { contentHash } from './content-hash.js';

/** A recipe as commented YAML with its hash. `remarks` are sentences for its head. */
export function printRecipe(recipe: Recipe, remarks: readonly string[]): string {
  const { version, ...rest } = recipe;
  const content = { version, hash: contentHash(recipe), ...rest };
  const document = new Document(content, { aliasDuplicateObjects: false });
  document.commentBefore = [...head, ...remarks].map((line) => ` ${line}`).join('\n');
  const steps = document.get('steps', true);
  if (isSeq(steps)) {
    steps.items.forEach((item, i) => {
      if (isMap(item) && isNode(item)) item.commentBefore = ` ${commentOf(recipe, i)}`;
    });
  }
  return document.toString({ lineWidth: 0 });
}

const head = [
  'Repairs in the order in which they are applied. Edit it as you like: remove a step, change a constant, or add',
  "exceptions such as { row: '0:17', reason: 'checked by hand' } for rows that no row step may touch.",
  'Apply it with: assay apply recipe.yaml DATA --out DIR',
];

function commentOf({ steps }: Recipe, index: number): string {
  const { title, evidence } = steps[index]!;
  const gain = evidence?.gain;
  if (gain === null || gain === undefined) return `${index + 1}. ${title}`;
  const [value, low, high] = [gain.value, gain.low, gain.high].map((n) => n.toFixed(4));
  return `${index + 1}. ${title}: AUC ${value} [${low}, ${high}] on inner rows`;
}
