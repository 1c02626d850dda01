/** Shape of a text: letters `A` and `a`, digits `9`, others as they are; runs of one class count once, and so do words. */
export function textShape(value: string): string {
  const classes = value
    .replaceAll(/\d+/g, '9')
    .replaceAll(/\p{Lu}+/gu, 'A')
    .replaceAll(/\p{Ll}+/gu, 'a');
  return classes.replaceAll(/(\S+)( \1)+/g, '$1');
}

/** True for shapes of whole and decimal numbers. */
export function isNumberShape(shape: string): boolean {
  return /^[+-]?(9\.?|9?\.9)([eE][+-]?9)?$/.test(shape);
}

/** True for shapes of days and of moments as ISO 8601 writes them. */
export function isMomentShape(shape: string): boolean {
  return /^9-9-9([ TA]9:9(:9(\.9)?)?(Z|A|[+-]9(:9)?)?)?$/.test(shape);
}
