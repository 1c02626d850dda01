import { LineCounter, isMap, isNode, isPair, isScalar, parseDocument, visit, type Alias, type Document } from 'yaml';
import type { z } from 'zod';
import { AssayError } from './errors.js';
import { nearest } from './nearest.js';

/** A place in a YAML file: keys and list positions from the top. */
export type Place = readonly (string | number)[];

/** A YAML file that people edit, parsed and checked; later checks can still point at its lines. */
export interface YamlFile<T> {
  readonly value: T;
  /** The error `config-invalid` at the line and column of `place`, or of its nearest parent that is written down. */
  fault(place: Place, reason: string): AssayError;
}

/**
 * Parses the text of a YAML file against a schema; `file` is for messages, `names` are the keys the file may use, for
 * suggestions. Duplicate keys, tabs, aliases without an anchor and too many of them are errors of YAML itself.
 *
 * @throws AssayError `config-invalid` with line, column and reason.
 */
export function parseYaml<T>(file: string, text: string, schema: z.ZodType<T>, names: readonly string[]): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const at = (offset: number, reason: string): AssayError => {
    const { line, col } = lines.linePos(offset);
    return new AssayError('config-invalid', { path: file, line, column: col, reason });
  };
  const broken = document.errors[0];
  if (broken !== undefined)
    throw at(broken.pos[0], firstLine(broken.message).replace(/ at line \d+, column \d+:?$/, ''));
  const fault = (place: Place, reason: string): AssayError => at(offsetOf(document, place), reason);
  const parsed = schema.safeParse(plainValue(document, at) ?? {});
  if (parsed.success) return { value: parsed.data, fault };
  const { issues } = parsed.error;
  // A misspelt key is also a missing one, and the misspelling is what to say.
  const issue = issues.find((i) => i.code === 'unrecognized_keys') ?? issues[0]!;
  const place = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const near = nearest(key, names);
    throw fault(
      [...place, key],
      `unknown key ${JSON.stringify(key)}${near === null ? '' : `, did you mean ${JSON.stringify(near)}?`}`,
    );
  }
  throw fault(place, `${place.join('.') || 'the file'}: ${issue.message}`);
}

/** The values of a document without errors; YAML resolves aliases only here, so here it may fail still. */
export function plainValue(document: Document, at: (offset: number, reason: string) => AssayError): unknown {
  try {
    return document.toJS();
  } catch (error) {
    let lost: Alias | null = null;
    visit(document, {
      Alias: (_, alias) => {
        if (alias.resolve(document) === undefined) lost ??= alias;
      },
    });
    const reason = error instanceof Error ? firstLine(error.message).trim() : String(error);
    throw at((lost as Alias | null)?.range?.[0] ?? 0, reason);
  }
}

/** Where a place begins: its key where it has one, else its value, else its parent. */
function offsetOf(document: Document, place: Place): number {
  for (let length = place.length; length > 0; length--) {
    const parent = document.getIn(place.slice(0, length - 1), true);
    const last = place[length - 1]!;
    const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && keyOf(item.key) === last) : undefined;
    const node = isNode(pair?.key) ? pair.key : document.getIn(place.slice(0, length), true);
    if (isNode(node) && node.range != null) return node.range[0];
  }
  return 0;
}

function keyOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
