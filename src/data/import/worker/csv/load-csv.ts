import { FileHash } from '../../../../model/FileHash.ts';
import type { ImportOptions, ReadType } from '../../../../model/import-options.ts';
import { invariant } from '../../../../shared/invariant.ts';
import { ArrowFileWriter } from '../ArrowFileWriter.ts';
import type { LoadedFile, LoadOptions } from '../load-file.ts';
import { readChunks, Recoder, usualWindows } from '../read-file.ts';
import { createReports, writeReports, type Reports } from '../LineReport.ts';
import { createBuilder } from '../values/create-builder.ts';
import { inferPlan, isSameReading, kindOfPlan, type ColumnPlan } from '../values/value-kinds.ts';
import { readLoneQuote } from './lone-quote.ts';
import { PieceCutter, type CsvPiece, type LoneQuote } from './PieceCutter.ts';
import type { PieceReaders } from './PieceReaders.ts';
import type { ReadPiece } from './read-piece.ts';
import { describeRowsAbove } from './rows-above.ts';
import { sampleCsv, type CsvSample } from './sample-csv.ts';

/** One way through a file: the table that came of it, or how its columns are to be read instead. */
interface Passage {
  readonly writer: ArrowFileWriter;
  readonly reports: Reports;
  readonly shortRowCount: number;
  /** As they would have to be. */
  readonly plans: readonly ColumnPlan[];
  /** Whether they were. */
  readonly hasFitted: boolean;
  /** By column, why it could not be read as its samples told: a sentence without its end. */
  readonly misfits: ReadonlyMap<number, string>;
}

/**
 * Reads a whole CSV file. Where a column holds a value that its samples did not tell of, the rest is only looked at, and
 * then the file is read once more by what was found: nothing of it is lost, and it is never whole in memory.
 */
export async function loadCsv(
  file: File,
  options: Extract<ImportOptions, { format: 'csv' }>,
  { onProgress, startReaders, windows = usualWindows }: LoadOptions,
): Promise<LoadedFile> {
  const sample = await sampleCsv(file, file.name, options);
  const hash = new FileHash(file.size);
  // The browser hashes beside what is done here.
  const hashed = hash.isLarge ? null : hash.finish(file);
  hashed?.catch(() => undefined);
  const passage = await readRows(file, sample, { startReaders, hash, onProgress, windows });
  const { writer, reports, shortRowCount, plans, misfits } = passage;
  const fileHash = await (hashed ?? hash.finish(file));
  return {
    table: await writer.finish(),
    fileHash,
    ...writeReports(reports),
    shortRowCount,
    notes: [...describeRowsAbove(sample.above), ...describeChanges(sample.plans, plans, misfits)],
  };
}

/** Goes through a file, once more where that is needed; what reads has ended then, and its memory is free. */
async function readRows(
  file: File,
  sample: CsvSample,
  { startReaders, ...given }: Required<LoadOptions> & { readonly hash: FileHash },
): Promise<Passage> {
  const readers = startReaders();
  try {
    const first = await goThrough(file, sample, { ...given, readers, isSecond: false });
    if (first.hasFitted) return first;
    const { plans } = first;
    const second = await goThrough(
      file,
      { ...sample, plans },
      { ...given, readers, hash: null, isSecond: true },
    );
    if (!second.hasFitted) throw new Error('it changed while it was read. Import it again');
    return { ...second, misfits: first.misfits };
  } finally {
    readers.dispose();
  }
}

/** So many columns are told of. */
const mostChanges = 5;

const typeNames: Readonly<Record<ReadType, string>> = {
  string: 'text',
  int64: 'whole numbers',
  float64: 'decimal numbers',
  bool: 'true or false',
  date: 'dates',
  datetime: 'dates with times',
};

/** Which columns were read otherwise than their samples told, and why, in sentences. */
function describeChanges(
  before: readonly ColumnPlan[],
  after: readonly ColumnPlan[],
  misfits: ReadonlyMap<number, string>,
): string[] {
  const changes = after.flatMap(({ name, type }, column) => {
    const former = before[column];
    if (!former || former.type === null || type === null || former.type === type) return [];
    const reason = misfits.get(column);
    return [`“${name}” is read as ${typeNames[type]}${reason === undefined ? '' : `: ${reason}`}.`];
  });
  if (changes.length <= mostChanges) return changes;
  const rest = changes.length - mostChanges;
  return [
    ...changes.slice(0, mostChanges),
    `${String(rest)} more ${rest === 1 ? 'column is' : 'columns are'} read otherwise than the samples told.`,
  ];
}

interface PassageOptions extends Pick<Required<LoadOptions>, 'onProgress' | 'windows'> {
  readonly readers: PieceReaders;
  /** Takes what is read, the first time. */
  readonly hash: FileHash | null;
  readonly isSecond: boolean;
}

async function goThrough(file: File, sample: CsvSample, options: PassageOptions): Promise<Passage> {
  return await new CsvPassage(file, sample, options).go();
}

class CsvPassage {
  readonly #file: File;
  readonly #sample: CsvSample;
  readonly #options: PassageOptions;
  readonly #writer: ArrowFileWriter;
  readonly #reports = createReports();
  readonly #found: number[];
  /** By column, the first value that another type is needed for. */
  readonly #misfits = new Map<number, string>();
  #hasFitted = true;
  #hasBegun = false;
  #lineCount: number;
  #shortRowCount = 0;
  /** Pieces that are read, in their order in the file. */
  readonly #reading: Promise<() => void>[] = [];

  constructor(file: File, sample: CsvSample, options: PassageOptions) {
    this.#file = file;
    this.#sample = sample;
    this.#options = options;
    const empty = sample.plans.map((plan) => createBuilder(plan, false).finish(plan.name));
    this.#writer = new ArrowFileWriter(ArrowFileWriter.schemaOf({ rowCount: 0, columns: empty }), file.size);
    this.#found = sample.plans.map(kindOfPlan);
    this.#lineCount = sample.rowsBefore;
  }

  async go(): Promise<Passage> {
    const { delimiter, encoding, markLength } = this.#sample;
    const { hash, windows } = this.#options;
    const cutter = new PieceCutter(delimiter, windows);
    const recoder = new Recoder(encoding, markLength);
    let readBytes = 0;
    for await (const chunk of readChunks(this.#file, windows.chunk)) {
      hash?.add(chunk);
      readBytes += chunk.length;
      await this.#take(cutter.cut(recoder.recode(chunk, false), false), readBytes);
    }
    await this.#take(cutter.cut(recoder.recode(new Uint8Array(0), true), true), readBytes);
    while (this.#reading.length > 0) await this.#finishFirst();
    return {
      writer: this.#writer,
      reports: this.#reports,
      shortRowCount: this.#shortRowCount,
      plans: this.#listPlans(),
      hasFitted: this.#hasFitted,
      misfits: this.#misfits,
    };
  }

  async #take(parts: readonly (CsvPiece | LoneQuote)[], readBytes: number): Promise<void> {
    for (const part of parts) {
      if (part.type === 'piece') await this.#readPiece(part, readBytes);
      else
        this.#reading.push(
          Promise.resolve(() => {
            this.#rejectLine(part);
          }),
        );
    }
  }

  async #readPiece({ bytes, sliceEnds }: CsvPiece, readBytes: number): Promise<void> {
    const { readers, onProgress, isSecond } = this.#options;
    while (this.#reading.length >= readers.count) await this.#finishFirst();
    const { delimiter, plans, hasHeader, misfitWay, missingMarks } = this.#sample;
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    const read = readers.read({
      bytes,
      sliceEnds,
      hasHeader: hasHeader && isFirst,
      delimiter,
      plans,
      isMaking: this.#hasFitted,
      misfitWay,
      missingMarks,
    });
    const done = read.then((piece) => () => {
      this.#takeOver(piece);
      onProgress(readBytes, isSecond);
    });
    // One that fails while others are waited for is told of when it is its turn.
    done.catch(() => undefined);
    this.#reading.push(done);
  }

  /** Waits for the first of the pieces that are read: they are taken over in the order of the file. */
  async #finishFirst(): Promise<void> {
    const takeOver = await this.#reading.shift();
    takeOver?.();
  }

  #takeOver(piece: ReadPiece): void {
    this.#reports.rejected.add(piece.rejected, piece.rejectedCount, this.#lineCount);
    this.#reports.emptied.add(piece.emptied, piece.emptiedCount, this.#lineCount);
    this.#lineCount += piece.lineCount;
    this.#shortRowCount += piece.shortRowCount;
    for (const [column, kinds] of piece.found.entries()) {
      this.#found[column] = (this.#found[column] ?? 0) | kinds;
    }
    for (const { column, reason } of piece.misfits) {
      if (!this.#misfits.has(column)) this.#misfits.set(column, reason);
    }
    if (this.#hasFitted) this.#hasFitted = this.#fits();
    if (this.#hasFitted) for (const batch of piece.batches) this.#writer.writeColumns(batch);
  }

  #rejectLine(quote: LoneQuote): void {
    this.#reports.rejected.add([readLoneQuote(quote)], 1, this.#lineCount);
    this.#lineCount += 1;
  }

  /** Whether all that was found so far can be read by the plans there are. */
  #fits(): boolean {
    return this.#listPlans().every((plan, column) => {
      const given = this.#sample.plans[column];
      invariant(given, 'each column has a plan');
      return isSameReading(plan, given);
    });
  }

  #listPlans(): ColumnPlan[] {
    return this.#sample.plans.map((plan, column) =>
      plan.isChosen || plan.type === 'string'
        ? plan
        : inferPlan(plan.name, this.#found[column] ?? 0, plan.numbers),
    );
  }
}
