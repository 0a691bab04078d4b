import { rowsPerBatch, type DatasetBuffers } from '../../../../model/dataset.ts';
import type { ValueRules } from '../../../../model/import-options.ts';
import { longestTold, type EmptiedValue, type RejectedRow } from '../LineReport.ts';
import { createBuilder } from '../values/create-builder.ts';
import type { ColumnBuilder } from '../values/ColumnBuilder.ts';
import { describeMisfit } from '../values/describe-misfit.ts';
import { createMarkTest, type MarkTest } from '../values/missing-marks.ts';
import {
  findKind,
  inferPlan,
  isMissing,
  isSameReading,
  kindOfPlan,
  kinds,
  type ColumnPlan,
} from '../values/value-kinds.ts';
import { parseRows, writeRow } from './parse-rows.ts';

/** Whole rows of CSV that are to be read. */
export interface PieceTask extends Pick<ValueRules, 'misfitWay' | 'missingMarks'> {
  /** UTF-8; line ends outside of quotes are line feeds. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each slice of it ends, at the end of a row; the last is the end of the bytes. */
  readonly sliceEnds: readonly number[];
  /** The first row names the columns. */
  readonly hasHeader: boolean;
  readonly delimiter: string;
  readonly plans: readonly ColumnPlan[];
  /** Whether columns are made, or only looked at what they hold. */
  readonly isMaking: boolean;
}

/** A value that cannot be read as its column was planned to be, though nobody said how. */
export interface Misfit {
  readonly column: number;
  /** Why it cannot, as a sentence without its end. */
  readonly reason: string;
}

/** What came of a piece. */
export interface ReadPiece {
  /** Of at most `rowsPerBatch` rows each. */
  readonly batches: readonly DatasetBuffers[];
  /** Of each column, the sum of the kinds of values that its plan does not say. */
  readonly found: readonly number[];
  /** The first values that other types are needed for, of each column one. */
  readonly misfits: readonly Misfit[];
  /** With the header, blank lines and rows that were rejected. */
  readonly lineCount: number;
  /** Rows without their last fields, which are missing values then. */
  readonly shortRowCount: number;
  readonly rejectedCount: number;
  /** The first of them. */
  readonly rejected: readonly RejectedRow[];
  /** Values that were left empty, as they do not fit the type that was chosen. */
  readonly emptiedCount: number;
  /** The first of them. */
  readonly emptied: readonly EmptiedValue[];
}

/** So many rejected rows, and values left empty, of a piece are told of; all are counted. */
const mostTold = 1000;

/** Parses a piece and makes columns of it. */
export function readPiece(task: PieceTask): ReadPiece {
  return new PieceReading(task).read();
}

class PieceReading {
  readonly #task: PieceTask;
  readonly #builders: readonly ColumnBuilder[];
  readonly #isMarked: MarkTest | null;
  /** The columns whose type was chosen, where not any text will do. */
  readonly #chosen: readonly number[];
  readonly #found: number[];
  readonly #misfits = new Map<number, Misfit>();
  readonly #batches: DatasetBuffers[] = [];
  readonly #rejected: RejectedRow[] = [];
  #rejectedCount = 0;
  readonly #emptied: EmptiedValue[] = [];
  #emptiedCount = 0;
  #shortRowCount = 0;
  #lineCount = 0;
  #builtRows = 0;

  constructor(task: PieceTask) {
    this.#task = task;
    this.#builders = task.plans.map((plan) => createBuilder(plan, false));
    this.#isMarked = createMarkTest(task.missingMarks);
    this.#found = task.plans.map(() => kinds.none);
    this.#chosen = task.plans.flatMap(({ isChosen, type }, column) =>
      isChosen && type !== 'string' ? [column] : [],
    );
  }

  read(): ReadPiece {
    const { bytes, sliceEnds, hasHeader, delimiter, isMaking } = this.#task;
    let start = 0;
    for (const end of sliceEnds) {
      const { text, isValid } = decode(bytes.subarray(start, end));
      const { rows, malformed } = parseRows(text, delimiter);
      const isFirst = start === 0;
      const taken = this.#takeRows(rows, { malformed, isValid, skipped: isFirst && hasHeader ? 1 : 0 });
      this.#lineCount += rows.length;
      if (isMaking) this.#build(taken);
      else this.#look(taken);
      start = end;
    }
    if (this.#builtRows > 0) this.#endBatch();
    return {
      batches: this.#batches,
      found: this.#found,
      misfits: [...this.#misfits.values()],
      lineCount: this.#lineCount,
      shortRowCount: this.#shortRowCount,
      rejectedCount: this.#rejectedCount,
      rejected: this.#rejected,
      emptiedCount: this.#emptiedCount,
      emptied: this.#emptied,
    };
  }

  /** The rows that are taken; most often all, as they are. */
  #takeRows(
    rows: string[][],
    given: { malformed: ReadonlySet<number>; isValid: boolean; skipped: number },
  ): string[][] {
    const { malformed, isValid, skipped } = given;
    const columnCount = this.#task.plans.length;
    const isUnruled = this.#chosen.length === 0 && this.#isMarked === null;
    const isPlain = malformed.size === 0 && isValid && skipped === 0 && isUnruled;
    if (isPlain && rows.every(({ length }) => length === columnCount)) return rows;
    const taken: string[][] = [];
    for (let index = skipped; index < rows.length; index++) {
      const row = rows[index];
      if (row === undefined || (columnCount > 1 && row.length === 1 && row[0] === '')) continue;
      const reason = this.#findProblem(row, malformed.has(index), isValid);
      if (reason === null) {
        if (row.length < columnCount) this.#shortRowCount++;
        this.#empty(index, row);
        taken.push(row);
      } else this.#reject(index, row, reason);
    }
    return taken;
  }

  #findProblem(row: readonly string[], isMalformed: boolean, isValid: boolean): string | null {
    const { plans } = this.#task;
    if (isMalformed) return 'a quote in it is closed where no field ends';
    if (!isValid && row.some((cell) => cell.includes('\ufffd'))) return 'it has bytes that are not UTF-8';
    if (row.length > plans.length && row.slice(plans.length).some((cell) => cell !== '')) {
      return `it has ${String(row.length)} fields instead of ${String(plans.length)}`;
    }
    if (this.#task.misfitWay === 'leave-row-out') {
      for (const column of this.#chosen) {
        const misfit = this.#findMisfit(row, column);
        if (misfit !== null) return misfit;
      }
    }
    return null;
  }

  /** Why a value does not fit the type that was chosen for its column; null where it does, or is missing. */
  #findMisfit(row: readonly string[], column: number): string | null {
    const text = row[column] ?? '';
    const plan = this.#task.plans[column];
    if (!plan || isMissing(text) || this.#isMarked?.(text) || this.#builders[column]?.canRead(text))
      return null;
    return describeMisfit(plan, text);
  }

  /** Empties the fields of a row whose values are missing: those that do not fit, and those that are marked so. */
  #empty(index: number, row: string[]): void {
    if (this.#task.misfitWay === 'leave-value-empty') {
      for (const column of this.#chosen) {
        const reason = this.#findMisfit(row, column);
        if (reason === null) continue;
        this.#noteEmptied({
          line: this.#lineCount + index + 1,
          column: this.#task.plans[column]?.name ?? '',
          value: (row[column] ?? '').slice(0, longestTold),
          reason,
        });
        row[column] = '';
      }
    }
    if (this.#isMarked === null) return;
    for (const [column, text] of row.entries()) if (this.#isMarked(text)) row[column] = '';
  }

  #noteEmptied(value: EmptiedValue): void {
    this.#emptiedCount++;
    if (this.#emptied.length < mostTold) this.#emptied.push(value);
  }

  #reject(index: number, row: readonly string[], reason: string): void {
    this.#rejectedCount++;
    if (this.#rejected.length >= mostTold) return;
    const text = writeRow(row, this.#task.delimiter);
    this.#rejected.push({ line: this.#lineCount + index + 1, reason, text: text.slice(0, longestTold) });
  }

  #build(rows: readonly string[][]): void {
    for (let from = 0; from < rows.length;) {
      const to = Math.min(rows.length, from + rowsPerBatch - this.#builtRows);
      for (const [column, builder] of this.#builders.entries()) {
        const found = builder.append(rows, column, from, to);
        this.#noteFound(column, found, rows);
      }
      this.#builtRows += to - from;
      from = to;
      if (this.#builtRows === rowsPerBatch) this.#endBatch();
    }
  }

  /** Notes the kinds of values that some rows have in a column, and the first value that its plan has to give way to. */
  #noteFound(column: number, found: number, rows: readonly string[][]): void {
    if (found === kinds.none) return;
    this.#found[column] = (this.#found[column] ?? 0) | found;
    const plan = this.#task.plans[column];
    if (!plan || plan.isChosen || plan.type === null || this.#misfits.has(column)) return;
    const planned = kindOfPlan(plan);
    const isFit = (kind: number): boolean =>
      isSameReading(inferPlan(plan.name, planned | kind, plan.numbers), plan);
    if (isFit(found)) return;
    const text = rows.map((row) => row[column] ?? '').find((each) => !isFit(findKind(each, plan.numbers)));
    if (text !== undefined) this.#misfits.set(column, { column, reason: describeMisfit(plan, text) });
  }

  #endBatch(): void {
    const { plans } = this.#task;
    const columns = this.#builders.map((builder, column) => builder.finish(plans[column]?.name ?? ''));
    this.#batches.push({ rowCount: this.#builtRows, columns });
    this.#builtRows = 0;
  }

  #look(rows: readonly string[][]): void {
    for (const [column, { type, numbers, isChosen }] of this.#task.plans.entries()) {
      if (isChosen || type === 'string') continue;
      let found: number = kinds.none;
      for (const row of rows) found |= findKind(row[column] ?? '', numbers);
      this.#noteFound(column, found, rows);
    }
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array): { readonly text: string; readonly isValid: boolean } {
  try {
    return { text: decoder.decode(bytes), isValid: true };
  } catch {
    return { text: lenient.decode(bytes), isValid: false };
  }
}
