import type { FromWorker } from '../protocol/messages.ts';

/** Sends a fact to the page; the buffers named are moved, not copied. */
export function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** The buffers within a message, each once, that can be moved instead of copied. */
export function listBuffers(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) listBuffers(inner, found);
  }
  return [...found];
}
