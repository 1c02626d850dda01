import { personalKinds, personalNames, wordsOfName } from '../core/personal-kinds.js';

const searches = personalKinds.map(({ pattern }) => new RegExp(pattern));
/** A column is personal where one value in this many looks so. */
const oneIn = 100;

/** True where a column's name, or its values, look personal: such values are written down nowhere. */
export function isPersonal(name: string, values: readonly string[]): boolean {
  if (personalNames.test(wordsOfName(name))) return true;
  const found = values.filter((value) => searches.some((search) => search.test(value))).length;
  return found > 0 && found * oneIn >= values.length;
}
