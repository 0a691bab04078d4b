/** Milliseconds that one slice of a long work may take, so that the page answers in between. */
const sliceMs = 12;

/**
 * Does a long work in slices. `step` works until `isTimeUp`, and returns whether all is done.
 * Rejects with an `AbortError` once `signal` is aborted.
 */
export async function inSlices(
  step: (isTimeUp: () => boolean) => boolean,
  signal?: AbortSignal,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const end = performance.now() + sliceMs;
    if (step(() => performance.now() >= end)) return;
    await nextTask();
  }
}

/** What is to be awaited after each step of a long row of short ones, so that the page answers in between. */
export function createPauses(): () => Promise<void> {
  let end = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < end) return;
    await nextTask();
    end = performance.now() + sliceMs;
  };
}

/** Lets the browser handle what has come in: presses of keys, drawing. */
export async function nextTask(): Promise<void> {
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
