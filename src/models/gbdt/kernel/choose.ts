import type { Kernel, KernelName } from './kernel.js';
import { compileModule } from './module.js';
import { typescriptKernel } from './typescript.js';
import { createWasmKernel } from './wasm.js';

let own: Kernel | null = null;

/** This thread's kernel: WebAssembly where the machine can run it. Its memory serves one model at a time. */
export function ownKernel(): Kernel {
  own ??= createKernel();
  return own;
}

/** A kernel with a memory of its own: the one asked for, else the fastest that this machine can run. */
export function createKernel(name?: KernelName): Kernel {
  if (name === 'typescript') return typescriptKernel;
  const module = compileModule();
  return module === null ? typescriptKernel : createWasmKernel(module);
}
