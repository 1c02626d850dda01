import { cut, visible } from '../format.js';

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text in which nothing is markup: Markdown punctuation is escaped, angle brackets become entities. */
export function text(value: string): string {
  return visible(value)
    .replace(/[\\`*_{}[\]#|~!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(https?):\/\//g, '$1&#58;//')
    .replaceAll('@', '&#64;');
}

/** A name in the code face; as an HTML element, since a backtick in a name would end a Markdown one. */
export function code(value: string): string {
  return `<code>${text(cut(value, 60))}</code>`;
}
