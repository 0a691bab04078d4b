/** Has `fetch` answer one address with bytes that are at hand. Returns the way to undo it. */
export function answerFetch(url: string, bytes: Uint8Array<ArrayBuffer>): () => void {
  const before = globalThis.fetch;
  globalThis.fetch = async (input, options) => {
    const asked = input instanceof Request ? input.url : String(input);
    return asked === url ? new Response(bytes) : await before(input, options);
  };
  return () => {
    globalThis.fetch = before;
  };
}
