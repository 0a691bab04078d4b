import { mostTextBytes } from '../workspace-file/workspace-file-format.ts';

/** Bytes that are read at once. */
const pieceBytes = 1_000_000;

/** The lines of a text that are not empty, few in memory at a time. Rejects with a sentence for what is no UTF-8, or a line that is too long. */
export async function* readLines(content: Blob, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let begun: string[] = [];
  let begunLength = 0;
  for (let start = 0; start < content.size; start += pieceBytes) {
    signal.throwIfAborted();
    const bytes = await content.slice(start, start + pieceBytes).arrayBuffer();
    const [first = '', ...others] = decode(decoder, bytes, start + pieceBytes < content.size).split('\n');
    begun.push(first);
    begunLength += first.length;
    if (begunLength > mostTextBytes) throw new Error('It has a line of more than 100 MB.');
    const last = others.pop();
    if (last === undefined) continue;
    yield [begun.join(''), ...others].filter((line) => line !== '');
    begun = [last];
    begunLength = last.length;
  }
  const rest = begun.join('');
  if (rest !== '') yield [rest];
}

function decode(decoder: TextDecoder, bytes: ArrayBuffer, isMore: boolean): string {
  try {
    return decoder.decode(bytes, { stream: isMore });
  } catch {
    throw new Error('It is no UTF-8.');
  }
}
