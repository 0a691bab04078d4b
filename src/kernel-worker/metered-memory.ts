import type { MemoryUse } from '../model/kernel-state.ts';

const wasmPageBytes = 65_536;

/** A WebAssembly memory that Python lives in: it tells of every growth, and does not grow beyond its limit. */
export interface MeteredMemory {
  readonly memory: WebAssembly.Memory;
  readonly use: () => MemoryUse;
}

/**
 * Makes a memory of `initialBytes`, which are whole pages. A growth beyond the limit fails as it does where the
 * browser has no more to give: Python raises a MemoryError then.
 */
export function createMeteredMemory(
  initialBytes: number,
  limitBytes: number,
  onGrowth: (use: MemoryUse) => void,
): MeteredMemory {
  const maximum = Math.floor(limitBytes / wasmPageBytes);
  const memory = new WebAssembly.Memory({ initial: initialBytes / wasmPageBytes, maximum });
  const use = (): MemoryUse => ({ heapBytes: memory.buffer.byteLength, limitBytes });
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    const before = grow(pages);
    onGrowth(use());
    return before;
  };
  return { memory, use };
}
