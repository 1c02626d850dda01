/** What a line is; shown in colour only where colour is asked for. */
export type Color = 'bold' | 'faint' | 'cost' | 'warn' | 'gain';

const codes: Readonly<Record<Color, string>> = { bold: '1', faint: '2', cost: '31', warn: '33', gain: '34' };

/** Collects lines of ASCII no wider than the terminal. */
export class TextPage {
  readonly width: number;
  readonly #color: boolean;
  readonly #lines: string[] = [];

  constructor(width: number, color: boolean) {
    this.width = width;
    this.#color = color;
  }

  line(text = '', color?: Color): void {
    const plain = ascii(text).trimEnd();
    const shown = plain.length > this.width ? `${plain.slice(0, this.width - 3)}...` : plain;
    this.#lines.push(this.#color && color !== undefined ? `\u001b[${codes[color]}m${shown}\u001b[0m` : shown);
  }

  /** Two texts at both ends of one line, or on two lines where they do not fit. */
  ends(left: string, right: string): void {
    const room = this.width - ascii(left).length - right.length;
    this.line(room < 2 ? left : left + ' '.repeat(room) + right);
    if (room < 2) this.line(right);
  }

  /** Words broken into lines; the first starts with `first`, the others with `rest`. A long word is cut hard. */
  wrap(text: string, first: string, rest: string, color?: Color): void {
    let current = first;
    let fresh = false;
    for (const token of ascii(text).match(/ *[^ ]+/g) ?? []) {
      if (current.trim() !== '' && current.length + token.length > this.width) {
        this.line(current, color);
        current = rest;
        fresh = true;
      }
      let word = fresh ? token.trimStart() : token;
      fresh = false;
      while (current.length + word.length > this.width) {
        const room = this.width - current.length;
        this.line(current + word.slice(0, room), color);
        word = word.slice(room);
        current = rest;
      }
      current += word;
    }
    if (current.trim() !== '') this.line(current, color);
  }

  text(): string {
    return `${this.#lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd()}\n`;
  }
}

/** Our own typographic marks in ASCII. */
function ascii(text: string): string {
  return text.replace(/[\u2212\u2013\u2026\u00d7]/g, (c) => marks[c] ?? c);
}

const marks: Readonly<Record<string, string>> = { '\u2212': '-', '–': '-', '…': '..', '×': 'x' };
