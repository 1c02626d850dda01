import { isNode, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import type { LedgerLine } from './ledger.js';
import { AssayError } from '../../core/errors.js';
import { plainValue } from '../../core/yaml-file.js';
import { bounds } from '../../core/gate.js';
import { ruleName, type Subject } from '../../gate/policy.js';

/** A recipe or policy as it would be without some of its entries. */
export interface Edited {
  readonly text: string;
  /** Names of the strategies that were taken down. */
  readonly retired: readonly string[];
}

const step = z.looseObject({ defect: z.string(), repair: z.string() });
const rule = z.looseObject({
  measurement: z.string().optional(),
  gain: z.string().optional(),
  sensitivity: z.string().optional(),
  column: z.string().optional(),
});
const exemption = z.looseObject({ rule: z.string() });

/**
 * The text of a recipe or policy in which the idle strategies of a ledger are comments, with the reason above each;
 * everything else stays as it is, byte for byte. A rule entry of several limits goes when all of them are idle, and an
 * exemption when its rule goes.
 *
 * @throws AssayError `config-invalid` where the file is no YAML, or writes an entry that must go inside a flow list.
 */
export function retire(file: string, text: string, ledger: readonly LedgerLine[], last: number): Edited {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const fault = (offset: number, reason: string): AssayError => {
    const { line, col } = counter.linePos(offset);
    return new AssayError('config-invalid', { path: file, line, column: col, reason });
  };
  const broken = document.errors[0];
  if (broken !== undefined) throw fault(broken.pos[0], broken.message.split('\n')[0] ?? 'it is no YAML');
  const idle = new Set(ledger.filter((line) => line.idle).map(({ strategy }) => `${strategy.kind} ${strategy.name}`));
  const isIdle = (names: readonly string[]): boolean => names.length > 0 && names.every((name) => idle.has(name));
  const retired: string[] = [];
  const gone = new Set<string>();
  const lines = text.split('\n');
  for (const [list, names] of [
    ['steps', stepNames],
    ['rules', ruleNames],
  ] as const) {
    const chosen = itemsOf(document, list, fault).flatMap((item, i) => {
      const own = names(item);
      if (!isIdle(own)) return [];
      retired.push(...own);
      own.forEach((name) => gone.add(name.replace(/^rule (.*) \S+$/, '$1')));
      return [{ index: i, reason: `retired: ${own.join(', ')} did not pay in its last ${last} runs` }];
    });
    commentOut(document, list, chosen, lines, text, fault);
  }
  const exempt = itemsOf(document, 'exemptions', fault).flatMap((item, index) => {
    const parsed = exemption.safeParse(item);
    return parsed.success && gone.has(parsed.data.rule) ? [{ index, reason: 'retired with its rule' }] : [];
  });
  commentOut(document, 'exemptions', exempt, lines, text, fault);
  return { text: lines.join('\n'), retired };
}

function stepNames(item: unknown): readonly string[] {
  const parsed = step.safeParse(item);
  return parsed.success ? [`repair ${parsed.data.defect}/${parsed.data.repair}`] : [];
}

function ruleNames(item: unknown): readonly string[] {
  const parsed = rule.safeParse(item);
  if (!parsed.success) return [];
  const { measurement, gain, sensitivity, column } = parsed.data;
  const on: Subject =
    measurement !== undefined
      ? { kind: 'measurement', name: measurement, column: column ?? null }
      : { kind: gain === undefined ? 'sensitivity' : 'gain', defect: gain ?? sensitivity ?? '' };
  return bounds.filter((bound) => bound in parsed.data).map((bound) => `rule ${ruleName({ on })} ${bound}`);
}

function itemsOf(
  document: Document,
  list: string,
  fault: (offset: number, reason: string) => AssayError,
): readonly unknown[] {
  const value = (plainValue(document, fault) as Record<string, unknown> | null)?.[list];
  return Array.isArray(value) ? value : [];
}

/** Turns the lines of some items of a block list into comments; `lines` is changed in place, its length is not. */
function commentOut(
  document: Document,
  list: string,
  chosen: readonly { readonly index: number; readonly reason: string }[],
  lines: string[],
  text: string,
  fault: (offset: number, reason: string) => AssayError,
): void {
  if (chosen.length === 0) return;
  const found = document.get(list, true);
  if (!isSeq(found) || found.flow === true)
    throw fault(isNode(found) ? (found.range?.[0] ?? 0) : 0, `${list} must be a list of lines that begin with a dash`);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  for (const { index, reason } of chosen) {
    const item = found.items[index];
    if (!isNode(item) || item.range == null) continue;
    const first = lineAt(item.range[0]);
    const last = lineAt(Math.max(item.range[0], item.range[1] - 1));
    const indent = /^\s*/.exec(lines[first]!)![0];
    for (let i = first; i <= last; i++) lines[i] = `${indent}# ${lines[i]!.slice(indent.length)}`.trimEnd();
    lines[first] = `${indent}# ${reason}\n${lines[first]!}`;
  }
  if (chosen.length === found.items.length) {
    const head = lines.findIndex((line) => new RegExp(`^${list}:\\s*(#.*)?$`).test(line));
    if (head >= 0) lines[head] = lines[head]!.replace(`${list}:`, `${list}: []`);
  }
}
