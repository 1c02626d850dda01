/** A piece of SQL text. `glued` pieces follow the one before them without a blank. */
export interface Leaf {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'hole' | 'mark';
  readonly text: string;
  readonly glued: boolean;
}

/** What stands between brackets. */
export interface Group {
  readonly kind: 'group';
  readonly open: '(' | '[';
  readonly nodes: readonly Node[];
  readonly glued: boolean;
}

export type Node = Leaf | Group;

const pattern =
  /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|(?<text>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*")|\$(?<hole>[A-Za-z_]\w*)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_]\w*)|(?<mark>->|\|\||<=|>=|<>|!=|>>|<<|[^\s\w])/gy;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/** SQL as a tree of brackets; throws where it is none. */
export function parseSql(sql: string): readonly Node[] {
  const leaves: Leaf[] = [];
  let glued = false;
  let end = 0;
  for (const match of sql.matchAll(pattern)) {
    end = match.index + match[0].length;
    const { blank, text, name, hole, number, word } = match.groups!;
    if (blank === undefined) {
      if (text !== undefined) leaves.push({ kind: 'text', text: text.slice(1, -1).replaceAll("''", "'"), glued });
      else if (name !== undefined) leaves.push({ kind: 'name', text: name.slice(1, -1).replaceAll('""', '"'), glued });
      else if (hole !== undefined) leaves.push({ kind: 'hole', text: hole, glued });
      else if (number !== undefined) leaves.push({ kind: 'number', text: number, glued });
      else if (word !== undefined) leaves.push({ kind: 'word', text: word, glued });
      else leaves.push({ kind: 'mark', text: match[0], glued });
    }
    glued = blank === undefined;
  }
  if (end < sql.length) throw new SyntaxError(`no SQL at ${sql.slice(end, end + 40)}`);
  const at = { i: 0 };
  return inBrackets(leaves, at, null);
}

function inBrackets(leaves: readonly Leaf[], at: { i: number }, close: string | null): readonly Node[] {
  const nodes: Node[] = [];
  while (at.i < leaves.length) {
    const leaf = leaves[at.i++]!;
    if (leaf.kind === 'mark' && leaf.text === close) return nodes;
    const opened = leaf.kind === 'mark' ? closing[leaf.text] : undefined;
    if (opened === undefined) nodes.push(leaf);
    else {
      const open = leaf.text === '(' ? '(' : '[';
      nodes.push({ kind: 'group', open, nodes: inBrackets(leaves, at, opened), glued: leaf.glued });
    }
  }
  if (close !== null) throw new SyntaxError(`a ${close} is missing`);
  return nodes;
}

/** True for a word, in any case. */
export function isWord(node: Node | undefined, ...words: readonly string[]): boolean {
  return node?.kind === 'word' && words.includes(node.text.toUpperCase());
}

export function isMark(node: Node | undefined, ...marks: readonly string[]): boolean {
  return node?.kind === 'mark' && marks.includes(node.text);
}

/** The parts between commas at this level; none of an empty list. */
export function splitAtCommas(nodes: readonly Node[]): readonly (readonly Node[])[] {
  if (nodes.length === 0) return [];
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    if (isMark(node, ',')) parts.push([]);
    else parts.at(-1)!.push(node);
  }
  return parts;
}
