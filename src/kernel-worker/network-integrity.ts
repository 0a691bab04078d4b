/**
 * A body that fails at its end when it is not what a request's `integrity` wants, so that who reads it whole never gets
 * another one. The browser does not look, as it would take the gate's refusals for a forged file too.
 * https://www.w3.org/TR/SRI/
 */
export function checkIntegrity(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  integrity: string,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const check = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      pieces.push(piece);
      controller.enqueue(piece);
    },
    async flush(controller) {
      if (await isIntact(await new Blob(pieces).arrayBuffer(), integrity)) return;
      controller.error(
        new TypeError('The file that came is not the one that was asked for: its hash differs.'),
      );
    },
  });
  return body.pipeThrough(check);
}

/** Whether one of the hashes of the longest kind that are named is that of the bytes; none named is no wish. */
async function isIntact(bytes: ArrayBuffer, integrity: string): Promise<boolean> {
  const named = [...integrity.matchAll(/\bsha(256|384|512)-([\w+/-]+=*)/g)];
  const longest = Math.max(...named.map(([, bits]) => Number(bits)));
  const wanted = named.flatMap(([, bits, hash = '']) =>
    Number(bits) === longest ? [toStandardBase64(hash)] : [],
  );
  if (wanted.length === 0) return true;
  const digest = new Uint8Array(await crypto.subtle.digest(`SHA-${longest}`, bytes));
  return wanted.includes(btoa(String.fromCharCode(...digest)));
}

function toStandardBase64(hash: string): string {
  return hash.replaceAll('-', '+').replaceAll('_', '/');
}
