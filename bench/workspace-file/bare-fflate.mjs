// @ts-check
import { Unzip, UnzipInflate, UnzipPassThrough, Zip, ZipDeflate, ZipPassThrough } from 'fflate';

const pieceBytes = 262_144;

/**
 * Packs values, every other one as it is, or unpacks a file; tells how many milliseconds that took, or what went wrong. Nothing
 * is checked or kept.
 */
self.onmessage = async ({ data }) => {
  const started = performance.now();
  try {
    if (data.values) await pack(data.values);
    else await unpack(data.file);
    self.postMessage({ elapsed: performance.now() - started });
  } catch (error) {
    self.postMessage({ problem: String(error) });
  }
};

/** @param {readonly Blob[]} values */
async function pack(values) {
  /** @type {Blob[]} */
  const parts = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    parts.push(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]));
  });
  for (const [index, value] of values.entries()) {
    const entry = index % 2 === 0 ? new ZipDeflate(`${index}`, { level: 1 }) : new ZipPassThrough(`${index}`);
    zip.add(entry);
    await readInPieces(value, (bytes, isLast) => entry.push(bytes, isLast));
  }
  zip.end();
}

/** @param {Blob} file */
async function unpack(file) {
  const unzip = new Unzip((entry) => {
    entry.ondata = (error) => {
      if (error) throw error;
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  await readInPieces(file, (bytes, isLast) => unzip.push(bytes, isLast));
}

/**
 * @param {Blob} content
 * @param {(bytes: Uint8Array<ArrayBuffer>, isLast: boolean) => void} push
 */
async function readInPieces(content, push) {
  for (let start = 0; start < content.size; start += pieceBytes) {
    const bytes = new Uint8Array(await content.slice(start, start + pieceBytes).arrayBuffer());
    push(bytes, start + pieceBytes >= content.size);
  }
}
