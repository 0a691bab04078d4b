import type { Data } from 'apache-arrow';
import { refuseDamage } from './column-problem.ts';
import { copyText, createTextBuffer, type JoinedTexts } from './join-texts.ts';
import { lengthOf, valueTestOf } from './pieces.ts';
import { int32View } from './views.ts';

/** A view is its length, then either the text itself or its first four bytes, its buffer and the position there. */
const viewSize = 16;
const longestInline = 12;

/** Texts of string views, as Polars writes them. https://arrow.apache.org/docs/format/Columnar.html#variable-size-binary-view-layout */
export function joinViews(pieces: readonly Data[]): JoinedTexts {
  const offsets = new Int32Array(lengthOf(pieces.map(checkPiece)) + 1);
  let size = 0;
  let row = 0;
  for (const piece of pieces) {
    readViews(piece, (_bytes, start, end) => {
      size += end - start;
      offsets[++row] = size;
    });
  }
  const values = createTextBuffer(size);
  row = 0;
  for (const piece of pieces) {
    readViews(piece, (bytes, start, end) => {
      copyText(bytes, start, end, values, offsets[row++] ?? 0);
    });
  }
  return { values, offsets: new Uint8Array(offsets.buffer) };
}

function checkPiece(piece: Data): Data {
  const { byteLength }: Uint8Array = piece.values;
  return byteLength < piece.length * viewSize ? refuseDamage('has too few views of texts') : piece;
}

/** Tells for each element in which bytes its text is, and where; what stands under a null is not looked at. */
function readViews(piece: Data, found: (bytes: Uint8Array, start: number, end: number) => void): void {
  const views: Uint8Array = piece.values;
  const words = int32View(views);
  const isValue = valueTestOf(piece);
  for (let index = 0; index < piece.length; index++) {
    const word = index * 4;
    const length = isValue(index) ? (words[word] ?? 0) : 0;
    if (length >= 0 && length <= longestInline) {
      found(views, index * viewSize + 4, index * viewSize + 4 + length);
      continue;
    }
    const bytes = piece.variadicBuffers[words[word + 2] ?? -1];
    const start = words[word + 3] ?? 0;
    if (bytes === undefined || length < 0 || start < 0 || start + length > bytes.byteLength) {
      return refuseDamage('has texts outside its buffers');
    }
    found(bytes, start, start + length);
  }
}
