import type { PythonAddresses } from '../protocol/messages.ts';

/** Told of every piece that arrives: the file's name, its bytes, and the whole size where it is known. */
export type ByteListener = (fileName: string, pieceBytes: number, wholeBytes: number | null) => void;

/**
 * The `fetch` that Pyodide uses: it counts what arrives of Python's own files, and asks the distribution's CDN
 * for a wheel that this site does not serve. Everything else passes through untouched.
 */
export function createPythonFetch(
  nativeFetch: typeof fetch,
  addresses: PythonAddresses,
  onBytes: ByteListener,
): typeof fetch {
  return async (input, options) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(addresses.pyodideUrl)) return nativeFetch(input, options);
    const fileName = url.slice(addresses.pyodideUrl.length);
    const servedBytes = addresses.servedFiles[fileName];
    const address = servedBytes === undefined ? addresses.wheelCdnUrl + fileName : url;
    const response = await nativeFetch(address, options);
    const wholeBytes = servedBytes ?? toByteCount(response.headers.get('content-length'));
    return countBody(response, (pieceBytes) => {
      onBytes(fileName, pieceBytes, wholeBytes);
    });
  };
}

function countBody(response: Response, onPiece: (bytes: number) => void): Response {
  if (!response.body || !response.ok) return response;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      onPiece(piece.byteLength);
      controller.enqueue(piece);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
}

function toByteCount(header: string | null): number | null {
  const bytes = Number(header ?? NaN);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null;
}
