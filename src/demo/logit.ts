import type { FeatureColumns } from './features.js';
import type { World } from './world.js';

const sourceEffect = [0, 0.15, -0.3, -0.5];

/** The true logit of each row. The hidden draw is never seen by a model, so that no model is perfect. */
export function logits(world: World, columns: FeatureColumns, day: Int32Array, hidden: Float64Array): Float64Array {
  const c = columns;
  return hidden.map((z, row) => {
    const item = c.item[row]!;
    const category = c.category[row]!;
    const source = c.source[row]!;
    const segment = c.segment[row]!;
    const device = c.device[row]!;
    const dear = world.items.logPrice[item]! - 1.5 - 0.3 * category;
    return (
      -3 +
      world.users.appetite[c.user[row]!]! +
      world.items.appeal[item]! +
      1.9 * Math.min(c.relevance[row]!, 0.8) * (source === 1 ? 1.4 : 1) -
      0.45 * Math.log(c.position[row]!) +
      sourceEffect[source]! +
      0.25 * Math.cos((2 * Math.PI * (c.hour[row]! - 21)) / 24) +
      (c.weekday[row]! >= 5 ? 0.12 : 0) +
      (category % 4 === segment ? 0.7 : 0) -
      0.75 * dear * (segment === 0 ? 1.8 : 1) +
      1.6 * c.discount[row]! -
      0.12 * c.seen[row]! -
      (device === 2 ? 0.05 : 0) -
      0.1 * Math.log(c.depth[row]!) +
      0.06 * world.mood[day[row]!]! +
      0.6 * z
    );
  });
}
