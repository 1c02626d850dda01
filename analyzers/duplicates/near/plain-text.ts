/** Letters and digits in lower case, one space between words: what two spellings of a text have in common. */
export function plainText(value: string): string {
  return value
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
