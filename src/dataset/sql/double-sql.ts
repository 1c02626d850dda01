/**
 * A finite number as SQL of type DOUBLE, to the last bit. Without an exponent it would be read as a decimal, and the way
 * from a decimal of 17 digits to a double may end one value beside it.
 */
export function doubleSql(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('e') ? text : `${text}e0`;
}
