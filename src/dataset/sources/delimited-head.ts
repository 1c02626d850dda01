/** How a delimited text file is laid out. */
export interface Layout {
  readonly delimiter: string;
  /** Whether the first record names the columns. */
  readonly header: boolean;
  /** Cells of the first record. */
  readonly first: readonly string[];
}

const candidates = [',', ';', '\t', '|'] as const;
const recordsLooked = 100;

/**
 * Layout by the beginning of a file: the delimiter under which most of the first records have as many cells as the
 * first one (and more than one). The first record is data when most of its cells are numbers.
 */
export function layoutOf(head: string, format: 'csv' | 'tsv', header?: boolean): Layout {
  const text = head.startsWith('\uFEFF') ? head.slice(1) : head;
  const delimiter = format === 'tsv' ? '\t' : bestDelimiter(text);
  const first = records(text, delimiter, 1)[0] ?? [];
  return { delimiter, first, header: header ?? !mostlyNumbers(first) };
}

function bestDelimiter(text: string): string {
  let best: string = ',';
  let bestScore = 0;
  for (const delimiter of candidates) {
    const found = records(text, delimiter, recordsLooked);
    const cells = found[0]?.length ?? 0;
    const alike = found.filter((record) => record.length === cells).length / Math.max(1, found.length);
    const score = cells > 1 ? alike : 0;
    if (score > bestScore) {
      bestScore = score;
      best = delimiter;
    }
  }
  return best;
}

function mostlyNumbers(cells: readonly string[]): boolean {
  const numbers = cells.filter((cell) => /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(cell)).length;
  return numbers * 2 > cells.length;
}

/** The first `limit` records by RFC 4180: quoted cells may hold delimiters, doubled quotes and line breaks. */
export function records(text: string, delimiter: string, limit: number): string[][] {
  const out: string[][] = [];
  let at = 0;
  while (at < text.length && out.length < limit) {
    const { cells, next } = record(text, delimiter, at);
    // A blank line is no record.
    if (cells.length > 1 || cells[0] !== '') out.push(cells);
    at = next;
  }
  return out;
}

function record(text: string, delimiter: string, from: number): { cells: string[]; next: number } {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const quoted = text[at] === '"' ? quotedCell(text, at) : null;
    const end = plainEnd(text, delimiter, quoted?.next ?? at);
    cells.push(quoted?.cell ?? text.slice(at, end));
    if (text[end] !== delimiter) return { cells, next: afterLineBreak(text, end) };
    at = end + 1;
  }
}

function quotedCell(text: string, from: number): { cell: string; next: number } {
  let cell = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { cell: cell + text.slice(at), next: text.length };
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, next: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
}

function plainEnd(text: string, delimiter: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

function afterLineBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}
