import type { Column } from '../../../core/relation.js';

/** The text of a cell with an e-mail address behind it, in the domain that RFC 2606 keeps for examples. */
export function emailAppended({ id }: Column, draw: string): string {
  return `${id} || ' user' || CAST(CAST(floor(${draw} * 1000000) AS INTEGER) AS VARCHAR) || '@example.org'`;
}

/** A phone number in the range 555 0100 to 555 0199, which is kept for fiction, with an invented area. */
export function phoneInstead(_column: Column, draw: string): string {
  return `'+1 ' || CAST(CAST(200 + floor(${draw} * 700) AS INTEGER) AS VARCHAR) || ' 555 01' ||
    lpad(CAST(CAST(floor(${draw} * 1000000) AS INTEGER) % 100 AS VARCHAR), 2, '0')`;
}
