/** A text by the classes of its characters, runs counted once: `u-1042` is `a-9`, `Mozilla/5.0` is `Aa/9.9`. */
export function shapeOf(value: string): string {
  return value
    .slice(0, 64)
    .replaceAll(/\p{Lu}+/gu, 'A')
    .replaceAll(/[\p{Ll}\p{Lo}]+/gu, 'a')
    .replaceAll(/\p{Nd}+/gu, '9')
    .replaceAll(/\s+/g, ' ');
}

/** Shapes of whole and decimal numbers. */
export function isNumberShape(shape: string): boolean {
  return /^[+-]?9?\.?9([eE][+-]?9)?$/.test(shape) || /^-?9\.?$/.test(shape);
}

/** Shapes of days and of moments as ISO 8601 writes them. */
export function isMomentShape(shape: string): boolean {
  return /^9-9-9([ TA]9:9(:9(\.9)?)?(Z|A|[+-]9(:9)?)?)?$/.test(shape);
}
