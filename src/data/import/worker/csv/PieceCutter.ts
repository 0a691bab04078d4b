import { usualWindows, type WindowSizes } from '../read-file.ts';

/** Whole rows of CSV in UTF-8 whose ends, outside of quotes, are line feeds. */
export interface CsvPiece {
  readonly type: 'piece';
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each slice of it ends, at the end of a row; the last is the end of the bytes. */
  readonly sliceEnds: readonly number[];
}

/** A row in which a quote opens that nothing closes: it would swallow all that follows. */
export interface LoneQuote {
  readonly type: 'lone-quote';
  /** From the start of the row to the end of the line with the quote. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;

/** No quoted field is longer; one that seems to be has a quote that nothing closes. */
const longestField = 128_000_000;

/**
 * Cuts a stream of CSV at ends of rows, where no quoted field is parted. Quotes are read as papaparse reads them: one opens
 * a field at its start only, and one within closes it if a delimiter or the end of a row follows, blanks between. Outside
 * of quotes, CR and LF, and CR alone, become LF.
 */
export class PieceCutter {
  readonly #delimiter: Uint8Array;
  readonly #windows: WindowSizes;
  readonly #longestField: number;
  /** What was not taken over: what came last, after what was left before. */
  #input = new Uint8Array(0);
  /** What is before has been looked at. */
  #position = 0;
  /** What is before is in the output, or was left out of it. */
  #copied = 0;
  /** Where the next are, as far as they were looked for. */
  #nextReturn = 0;
  #nextQuote = 0;
  /** Has more room than bytes. */
  #output = new Uint8Array(0);
  #outputLength = 0;
  /** Where the row that is read begins in the output. */
  #rowStart = 0;
  /** Where the quoted field that is read begins in the output; -1 outside of one. */
  #quoteStart = -1;
  #sliceEnds: number[] = [];

  constructor(delimiter: string, windows: WindowSizes = usualWindows, limit = longestField) {
    this.#windows = windows;
    this.#delimiter = new TextEncoder().encode(delimiter);
    this.#longestField = limit;
  }

  /** Takes the next bytes, the last with `isLast`; returns what is complete by now. */
  cut(bytes: Uint8Array<ArrayBuffer>, isLast: boolean): (CsvPiece | LoneQuote)[] {
    this.#take(bytes);
    const parts: (CsvPiece | LoneQuote)[] = [];
    for (;;) {
      while (this.#quoteStart < 0 ? this.#scanOutside(isLast) : this.#scanInside(isLast));
      this.#flush(this.#position);
      const isOpen = this.#quoteStart >= 0;
      if (isOpen && (isLast || this.#outputLength - this.#quoteStart > this.#longestField)) {
        parts.push(...this.#giveBefore(this.#rowStart), this.#giveLine());
        continue;
      }
      if (isLast) parts.push(...this.#giveBefore(this.#outputLength));
      else if (this.#rowStart >= this.#windows.piece) parts.push(...this.#giveBefore(this.#rowStart));
      return parts;
    }
  }

  /** The whole rows so far. */
  giveRows(): CsvPiece[] {
    return this.#giveBefore(this.#rowStart);
  }

  /** Bytes that were taken and not given away. */
  get restSize(): number {
    return this.#outputLength + this.#input.length - this.#copied;
  }

  #take(bytes: Uint8Array<ArrayBuffer>): void {
    const rest = this.#input.subarray(this.#position);
    if (rest.length === 0) this.#input = bytes;
    else {
      this.#input = new Uint8Array(rest.length + bytes.length);
      this.#input.set(rest);
      this.#input.set(bytes, rest.length);
    }
    this.#position = 0;
    this.#copied = 0;
    this.#nextReturn = indexFrom(this.#input, carriageReturn, 0);
    this.#nextQuote = indexFrom(this.#input, quote, 0);
  }

  /** Goes on to the next field that begins with a quote. False where it is at the end of what is there. */
  #scanOutside(isLast: boolean): boolean {
    const input = this.#input;
    const start = this.#position;
    if (start >= input.length) return false;
    if (this.#nextQuote < start) this.#nextQuote = indexFrom(input, quote, start);
    const found = this.#nextQuote;
    let end = Math.min(found, input.length, start + this.#windows.slice);
    const last = input.length - 1;
    while (this.#nextReturn < end) {
      const at = this.#nextReturn;
      // What follows comes with the next bytes.
      if (at === last && !isLast) {
        this.#noteRows(start, at);
        this.#position = at;
        return false;
      }
      if (input[at + 1] === lineFeed) {
        this.#flush(at);
        this.#copied = at + 1;
        // What is before has another place in the output: the row that ends here is the last that may be noted.
        end = Math.max(end, at + 2);
      } else input[at] = lineFeed;
      this.#nextReturn = indexFrom(input, carriageReturn, at + 1);
    }
    this.#noteRows(start, end);
    this.#position = end;
    if (end < found || found === input.length) return true;
    if (this.#isFieldStart(end)) this.#quoteStart = this.#toOutput(end);
    this.#position = end + 1;
    return true;
  }

  /** Notes where the last row begins that does so between two places outside of quotes, and ends a slice where one is due. */
  #noteRows(start: number, end: number): void {
    for (let at = end - 1; at >= start; at--) {
      if (this.#input[at] !== lineFeed) continue;
      this.#rowStart = this.#toOutput(at + 1);
      if (this.#rowStart - (this.#sliceEnds.at(-1) ?? 0) >= this.#windows.slice)
        this.#sliceEnds.push(this.#rowStart);
      return;
    }
  }

  /** Goes behind the quoted field. False where its end is not there yet. */
  #scanInside(isLast: boolean): boolean {
    const input = this.#input;
    for (;;) {
      const found = indexFrom(input, quote, this.#position);
      if (found >= input.length) {
        this.#position = input.length;
        return false;
      }
      if (input[found + 1] === quote) {
        this.#position = found + 2;
        continue;
      }
      let next = found + 1;
      while (isBlank(input[next]) && !this.#isDelimiter(next)) next++;
      if (next + this.#delimiter.length > input.length && !isLast) {
        // What follows the quote comes with the next bytes.
        this.#position = found;
        return false;
      }
      if (
        next >= input.length ||
        input[next] === lineFeed ||
        this.#isDelimiter(next) ||
        this.#isReturn(found, next)
      ) {
        this.#position = found + 1;
        this.#quoteStart = -1;
        if (this.#nextReturn < found) this.#nextReturn = indexFrom(input, carriageReturn, found);
        return true;
      }
      this.#position = found + 2;
    }
  }

  /** Whether a lone CR, which ends a row, is among the blanks between two places. */
  #isReturn(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.#input[at] === carriageReturn) return true;
    return false;
  }

  #isFieldStart(position: number): boolean {
    const { length } = this.#delimiter;
    if (position >= length) {
      return this.#input[position - 1] === lineFeed || this.#isDelimiter(position - length);
    }
    this.#flush(position);
    const end = this.#outputLength;
    if (end === 0 || this.#output[end - 1] === lineFeed) return true;
    return this.#delimiter.every((byte, index) => this.#output[end - length + index] === byte);
  }

  #isDelimiter(position: number): boolean {
    for (let index = 0; index < this.#delimiter.length; index++) {
      if (this.#input[position + index] !== this.#delimiter[index]) return false;
    }
    return true;
  }

  #toOutput(position: number): number {
    return this.#outputLength + position - this.#copied;
  }

  /** Copies what is before a place of the input to the output. */
  #flush(position: number): void {
    if (position <= this.#copied) return;
    const length = this.#outputLength + position - this.#copied;
    if (length > this.#output.length) {
      const larger = new Uint8Array(Math.max(length, Math.min(this.#output.length * 2, length + 32_000_000)));
      larger.set(this.#output.subarray(0, this.#outputLength));
      this.#output = larger;
    }
    this.#output.set(this.#input.subarray(this.#copied, position), this.#outputLength);
    this.#outputLength = length;
    this.#copied = position;
  }

  /** Gives away the output up to the end of a row. */
  #giveBefore(end: number): CsvPiece[] {
    if (end === 0) return [];
    const bytes = this.#output.slice(0, end);
    const sliceEnds = this.#sliceEnds.at(-1) === end ? this.#sliceEnds : [...this.#sliceEnds, end];
    this.#dropOutput(end);
    return [{ type: 'piece', bytes, sliceEnds }];
  }

  /** Gives away the row with a lone quote; what follows is looked at anew. */
  #giveLine(): LoneQuote {
    const used = this.#output.subarray(0, this.#outputLength);
    const end = Math.min(indexFrom(used, lineFeed, this.#quoteStart) + 1, used.length);
    const bytes = used.slice(0, end);
    const rest = used.slice(end);
    const unread = this.#input.subarray(this.#position);
    this.#dropOutput(this.#outputLength);
    this.#quoteStart = -1;
    const after = new Uint8Array(rest.length + unread.length);
    after.set(rest);
    after.set(unread, rest.length);
    this.#position = this.#input.length;
    this.#take(after);
    return { type: 'lone-quote', bytes };
  }

  #dropOutput(count: number): void {
    this.#output.copyWithin(0, count, this.#outputLength);
    this.#outputLength -= count;
    this.#rowStart = Math.max(0, this.#rowStart - count);
    if (this.#quoteStart >= 0) this.#quoteStart -= count;
    this.#sliceEnds = [];
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === space || byte === tab || byte === carriageReturn;
}

/** Where a byte comes next; the length of the bytes where it does not. */
function indexFrom(bytes: Uint8Array, value: number, start: number): number {
  const found = bytes.indexOf(value, start);
  return found < 0 ? bytes.length : found;
}
