import { readFileSync } from 'node:fs';
import { builtFile } from '../../../core/built-file.js';

/** The few words of WebAssembly that are used here; the language library of TypeScript has them for browsers only. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Instance: new (module: Module) => { readonly exports: unknown };
};

declare const compiled: unique symbol;

/** Compiled code, to be instantiated any number of times. */
export interface Module {
  readonly [compiled]: never;
}

/** Linear memory, which grows by pages of 64 KiB; old views of it are empty afterwards. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What `assembly/index.ts` exports. Addresses are bytes in `memory`. */
export interface Exports {
  readonly memory: Memory;
  readonly heap: { readonly value: number };
  logLossGradients(
    gradients: number,
    scores: number,
    label: number,
    weight: number,
    fractions: number,
    rows: number,
  ): number;
  roundGradients(gradients: number, rows: number, gradient: number, hessian: number, unit: number): void;
  transpose(columns: number, matrix: number, stride: number, rows: number): void;
  orderRows(index: number, rows: number): void;
  buildHistogram(
    histogram: number,
    bins: number,
    matrix: number,
    stride: number,
    gradients: number,
    index: number,
    from: number,
    to: number,
  ): void;
  subtractHistogram(parent: number, child: number, bins: number, columns: number): void;
  findSplit(
    histogram: number,
    bins: number,
    columns: number,
    gradients: number,
    hessians: number,
    fewest: number,
    most: number,
    least: number,
    greatest: number,
    l2: number,
    score: number,
    rounder: number,
    out: number,
  ): void;
  partition(index: number, spare: number, from: number, to: number, column: number, goLeft: number): number;
  addToScores(scores: number, index: number, from: number, to: number, value: number): void;
  addTree(
    scores: number,
    matrix: number,
    stride: number,
    rows: number,
    masks: number,
    columns: number,
    used: number,
    values: number,
  ): void;
}

/** The compiled kernel, or null where this machine cannot run its instructions (SIMD). */
export function compileModule(): Module | null {
  const bytes = readFileSync(builtFile('src/models/gbdt/kernel/kernel.wasm'));
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}

/** The module's functions on a new memory. */
export function instantiate(module: Module): Exports {
  return new WebAssembly.Instance(module).exports as Exports;
}
