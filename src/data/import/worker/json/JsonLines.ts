import { detectEncoding } from '../detect-encoding.ts';
import { readBytes, readChunks } from '../read-file.ts';
import { longestTold, type RejectedRow } from '../LineReport.ts';
import type { ValueRows, ValueSource } from '../values/load-values.ts';
import { parseExactJson } from '../values/plain-values.ts';
import { RowColumns } from './RowColumns.ts';

/** Bytes that tell how the text is encoded. */
const headSize = 64_000;

/** A line that is longer has no end that anybody would wait for. */
const longestLine = 128_000_000;

/** JSON Lines: an object or an array a line. */
export class JsonLines implements ValueSource {
  readonly #file: Blob;
  readonly #isCut: boolean;
  readonly #chunkSize: number | undefined;
  readonly #columns = new RowColumns();

  /** `isCut` where the last line may be a part of one, which is left away. */
  constructor(file: Blob, isCut: boolean, chunkSize?: number) {
    this.#file = file;
    this.#isCut = isCut;
    this.#chunkSize = chunkSize;
  }

  /** Nothing is to be said of it. */
  readonly notes: readonly string[] = [];

  readonly rowsBefore = 0;

  get names(): readonly string[] {
    return this.#columns.names;
  }

  async *read(): AsyncGenerator<ValueRows> {
    const head = await readBytes(this.#file, 0, headSize);
    const decoder = new TextDecoder(detectEncoding([head]).encoding);
    let rest = '';
    let doneBytes = 0;
    let line = 0;
    for await (const chunk of readChunks(this.#file, this.#chunkSize)) {
      doneBytes += chunk.length;
      const text = rest + decoder.decode(chunk, { stream: true });
      const end = text.lastIndexOf('\n');
      rest = text.slice(end + 1);
      if (rest.length > longestLine)
        throw new Error(`line ${String(line + 1)} has more than 128 MB. Choose another file`);
      if (end < 0) continue;
      const lines = text.slice(0, end).split('\n');
      yield { ...this.#readLines(lines, line), readBytes: doneBytes };
      line += lines.length;
    }
    if (rest.trim() !== '' && !this.#isCut) yield { ...this.#readLines([rest], line), readBytes: doneBytes };
  }

  #readLines(lines: readonly string[], before: number): Pick<ValueRows, 'rows' | 'rejected'> {
    const rows: unknown[][] = [];
    const rejected: RejectedRow[] = [];
    for (const [index, text] of lines.entries()) {
      if (text.trim() === '') continue;
      const read = this.#readLine(text);
      if (typeof read !== 'string') rows.push(read);
      else rejected.push({ line: before + index + 1, reason: read, text: text.slice(0, longestTold) });
    }
    return { rows, rejected };
  }

  /** The values of a line; a text says why there are none. */
  #readLine(text: string): unknown[] | string {
    try {
      return this.#columns.place(parseExactJson(text)) ?? 'it is neither an object nor an array';
    } catch (error) {
      return `it is no JSON: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}
