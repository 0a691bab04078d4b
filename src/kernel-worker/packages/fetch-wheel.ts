import { hashBytes } from '../../shared/hash-bytes.ts';
import type { LockedPackage } from './LockedPackages.ts';

/** Told of every piece that arrives: its bytes, and the whole size where it is known. */
export type WheelListener = (pieceBytes: number, wholeBytes: number | null) => void;

/**
 * Fetches the wheel of a package from the distribution's CDN and compares its hash to that of the lock file. Throws a
 * TypeError whose message is the reason, as a sentence: no way there, the network's policy, or another file.
 */
export async function fetchWheel(
  { fileName, sha256 }: LockedPackage,
  wheelCdnUrl: string,
  onPiece: WheelListener,
): Promise<Uint8Array<ArrayBuffer>> {
  const { host } = new URL(wheelCdnUrl);
  const response = await fetch(wheelCdnUrl + fileName);
  if (!response.ok)
    throw new TypeError(`${host} answered with ${response.status} when asked for ${fileName}.`);
  const bytes = await readBody(response, onPiece);
  if ((await hashBytes(bytes)) === sha256) return bytes;
  throw new TypeError(
    `What ${host} gave for ${fileName} is not the file that belongs to this Python: its SHA-256 is another. It was not loaded. Try again later, or from another network.`,
  );
}

async function readBody(response: Response, onPiece: WheelListener): Promise<Uint8Array<ArrayBuffer>> {
  const wholeBytes = toByteCount(response.headers.get('content-length'));
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      onPiece(piece.byteLength, wholeBytes);
      controller.enqueue(piece);
    },
  });
  const counted = new Response(response.body?.pipeThrough(counter) ?? null);
  return new Uint8Array(await counted.arrayBuffer());
}

function toByteCount(header: string | null): number | null {
  const bytes = Number(header ?? NaN);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null;
}
