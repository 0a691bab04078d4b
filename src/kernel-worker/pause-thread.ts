/** Never changed: memory that is shared, if only with itself, is what a thread can wait at. */
const memory = createSharedMemory();

/**
 * Lets the thread of this worker rest. Returns whether it did: some browsers have no shared memory without the headers
 * of an isolated page.
 */
export function pauseThread(milliseconds: number): boolean {
  if (!memory) return false;
  try {
    Atomics.wait(memory, 0, 0, milliseconds);
    return true;
  } catch {
    return false;
  }
}

function createSharedMemory(): Int32Array | null {
  try {
    return new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
  } catch {
    return null;
  }
}
