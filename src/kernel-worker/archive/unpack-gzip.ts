/** Told of every piece that arrives, in bytes as they arrive. */
export type PieceListener = (pieceBytes: number) => void;

/**
 * Unpacks gzip, and leaves bytes as they are that are none: some hosts unpack what looks packed on its way.
 *
 * `unpackedBytes` is the size that must come out. Throws an error that says so when another one does, when the
 * answer is no success, or when the bytes are damaged.
 */
export async function unpackGzip(
  source: Response | Uint8Array<ArrayBuffer>,
  unpackedBytes: number,
  onPiece: PieceListener = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = readPieces(source, onPiece);
  const first = await readFirst(pieces);
  const whole = toStream(first, pieces);
  return await collect(
    isGzip(first) ? whole.pipeThrough(new DecompressionStream('gzip')) : whole,
    unpackedBytes,
  );
}

/** Whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function* readPieces(
  source: Response | Uint8Array<ArrayBuffer>,
  onPiece: PieceListener,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (source instanceof Uint8Array) {
    onPiece(source.byteLength);
    yield source;
    return;
  }
  if (!source.ok) throw new Error(`${source.url} answered with ${source.status}`);
  if (!source.body) return;
  const reader = source.body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      onPiece(read.value.byteLength);
      yield read.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The first pieces, as many as it takes to see what they are. */
async function readFirst(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>,
): Promise<Uint8Array<ArrayBuffer>> {
  let first = new Uint8Array();
  while (first.byteLength < 2) {
    const next = await pieces.next();
    if (next.done) break;
    const joined = new Uint8Array(first.byteLength + next.value.byteLength);
    joined.set(first);
    joined.set(next.value, first.byteLength);
    first = joined;
  }
  return first;
}

function toStream(
  first: Uint8Array<ArrayBuffer>,
  rest: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(first);
    },
    async pull(controller) {
      const next = await rest.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await rest.return();
    },
  });
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  unpackedBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(unpackedBytes);
  const reader = stream.getReader();
  let at = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (at + read.value.byteLength > unpackedBytes) {
      await reader.cancel().catch(() => undefined);
      throw new Error(`more than ${unpackedBytes} bytes came out`);
    }
    whole.set(read.value, at);
    at += read.value.byteLength;
  }
  if (at < unpackedBytes) throw new Error(`${at} bytes came out, not ${unpackedBytes}`);
  return whole;
}
