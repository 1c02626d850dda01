import type { Dialect } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';

/** Each letter beside one next to it on a keyboard. */
const keys = 'qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM';
const besides = 'wertyuioposdfghjklkxcvbnmnWERTYUIOPOSDFGHJKLKXCVBNMN';

/** A text with one character, drawn by the row, struck one key further; a digit or a sign is struck twice. */
export function misspelled({ id }: Column, seed: string, dialect: Dialect): string {
  const at = `CAST(1 + floor(${dialect.uniform(seed, 'k')} * length(${id})) AS INTEGER)`;
  const struck = `substring(${id}, ${at}, 1)`;
  const other = `translate(${struck}, '${keys}', '${besides}')`;
  const written = `CASE WHEN ${other} = ${struck} THEN concat(${struck}, ${struck}) ELSE ${other} END`;
  return `concat(substring(${id}, 1, ${at} - 1), ${written}, substring(${id}, ${at} + 1))`;
}
