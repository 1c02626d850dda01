import type { Recipe } from '../recipe/recipe.js';
import type { RowKey } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import { setApartQuery } from '../../dataset/sql/plan/replay.js';

/** The study with the exceptions of the recipe that name rows of it set apart, and how many name rows of other data. */
export async function setApart(
  study: Study,
  recipe: Recipe,
  run: Run,
): Promise<{ readonly study: Study; readonly elsewhere: number }> {
  const { whole } = study;
  const here = recipe.exceptions.filter((e) => (e.of ?? recipe.made.source) === whole.hash);
  const elsewhere = recipe.exceptions.length - here.length;
  if (here.length === 0) return { study, elsewhere };
  const name = `${whole.name}_apart`;
  await run.engine.write(
    setApartQuery(
      whole,
      here.map((e) => keyOf(e.row)),
    ),
    { kind: 'view', name },
    run,
  );
  const apart = { ...whole, name, split: true };
  return { study: { ...study, whole: apart, train: apart }, elsewhere };
}

/** The key of `file:row`. */
function keyOf(row: string): RowKey {
  const [file, place] = row.split(':');
  return (BigInt(file!) << 40n) + BigInt(place!);
}
