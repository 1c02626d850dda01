import { personalKinds, personalNames, wordsOfName } from '../core/personal-kinds.js';
import { nullWords } from './null-words.js';

const searches = personalKinds.map(({ pattern }) => new RegExp(pattern));
/** A column is personal where one value in this many looks so. */
const oneIn = 100;
/** What says no more than yes, no or nothing, trimmed and in lower case. */
const answers = new Set([...nullWords, 'yes', 'no', 'y', 'n', 'true', 'false', 't', 'f', '1', '0', '1.0', '0.0']);

/** True where a column's name, or its values, look personal: such values are written down nowhere. */
export function isPersonal(name: string, values: readonly string[]): boolean {
  if (isNamedPersonal(name, values)) return true;
  const found = values.filter((value) => searches.some((search) => search.test(value))).length;
  return found > 0 && found * oneIn >= values.length;
}

/** True where the name says that values are personal, unless all of them say only whether there is something: yes or no. */
export function isNamedPersonal(name: string, values: readonly string[]): boolean {
  return personalNames.test(wordsOfName(name)) && !values.every((value) => answers.has(value.trim().toLowerCase()));
}
