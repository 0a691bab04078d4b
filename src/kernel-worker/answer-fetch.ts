/**
 * Has `fetch` answer one address with bytes that are at hand, or on their way. Returns the way to undo it.
 * Everything else goes on as before.
 */
export function answerFetch(url: string, bytes: Promise<Uint8Array<ArrayBuffer>>): () => void {
  const before = globalThis.fetch;
  // A failure is met where the bytes are awaited.
  bytes.catch(() => undefined);
  globalThis.fetch = async (input, options) => {
    const asked = input instanceof Request ? input.url : String(input);
    return asked === url ? new Response(await bytes) : await before(input, options);
  };
  return () => {
    globalThis.fetch = before;
  };
}
