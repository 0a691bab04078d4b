import { rowsPerBatch } from '../../../../model/dataset.ts';
import type { ColumnChoice } from '../../../../model/import-options.ts';
import { ArrowFileWriter } from '../ArrowFileWriter.ts';
import { RejectReport, type RejectedRow } from '../RejectReport.ts';
import { createBuilder } from './create-builder.ts';
import { describeMisfit } from './describe-misfit.ts';
import { plainNumbers } from './number-style.ts';
import { kindOfValue, textOfValue } from './plain-values.ts';
import { choosePlan, inferPlan, kinds, type ColumnPlan } from './value-kinds.ts';

/** Some rows, and those between them that are none. */
export interface ValueRows {
  readonly rows: readonly (readonly unknown[])[];
  readonly rejected: readonly RejectedRow[];
  /** Bytes of the file that were read by now. */
  readonly readBytes: number;
}

/** Rows of values that have types of their own. */
export interface ValueSource {
  /** Goes through all rows. */
  read(): AsyncIterable<ValueRows>;
  /** The names of the columns; all of them once the rows were gone through. */
  readonly names: readonly string[];
}

/** How the columns of a source are to be read, by all of its values. */
export async function planValues(
  source: ValueSource,
  choices: readonly ColumnChoice[],
  onRead: (readBytes: number) => void,
): Promise<readonly ColumnPlan[]> {
  const found: number[] = [];
  for await (const { rows, readBytes } of source.read()) {
    for (const row of rows) {
      for (const [column, value] of row.entries()) {
        found[column] = (found[column] ?? kinds.none) | kindOfValue(value);
      }
    }
    onRead(readBytes);
  }
  return source.names.map((name, column) => {
    const kind = found[column] ?? kinds.none;
    const choice = choices.find((each) => each.name === name);
    // An hour beside days, as workbooks tell them, is a day with an hour.
    const merged = kind === (kinds.date | kinds.localTime) ? kinds.localTime : kind;
    return choice ? choosePlan(choice, kind, plainNumbers) : inferPlan(name, merged, plainNumbers);
  });
}

/** What was written of a source. */
export interface WrittenValues {
  readonly writer: ArrowFileWriter;
  readonly report: RejectReport;
}

/** Writes the rows of a source; those with a value that does not fit the type that was chosen are left out. */
export async function writeValues(
  source: ValueSource,
  plans: readonly ColumnPlan[],
  byteSize: number,
  onRead: (readBytes: number) => void,
): Promise<WrittenValues> {
  const builders = plans.map((plan) => createBuilder(plan, true));
  const chosen = plans.flatMap(({ isChosen, type }, column) =>
    isChosen && type !== 'string' ? [column] : [],
  );
  const finishBatch = (rowCount: number) => ({
    rowCount,
    columns: builders.map((builder, column) => builder.finish(plans[column]?.name ?? '')),
  });
  const writer = new ArrowFileWriter(ArrowFileWriter.schemaOf(finishBatch(0)), byteSize);
  const report = new RejectReport();
  let built = 0;
  let line = 0;
  for await (const { rows, rejected, readBytes } of source.read()) {
    report.add(rejected, rejected.length, 0);
    const texts: (string | null)[][] = [];
    for (const row of rows) {
      line += 1;
      const cells = plans.map((plan, column) => fitText(textOfValue(row[column]), plan));
      const misfit = chosen.find((column) => {
        const text = cells[column] ?? null;
        return text !== null && text !== '' && !builders[column]?.canRead(text);
      });
      const plan = misfit === undefined ? undefined : plans[misfit];
      if (plan === undefined) texts.push(cells);
      else {
        const reason = describeMisfit(plan, cells[misfit ?? 0] ?? '');
        report.add([{ line, reason, text: JSON.stringify(cells).slice(0, 10_000) }], 1, 0);
      }
    }
    for (let from = 0; from < texts.length;) {
      const to = Math.min(texts.length, from + rowsPerBatch - built);
      for (const [column, builder] of builders.entries()) builder.append(texts, column, from, to);
      built += to - from;
      from = to;
      if (built < rowsPerBatch) continue;
      writer.writeColumns(finishBatch(built));
      built = 0;
    }
    onRead(readBytes);
  }
  if (built > 0) writer.writeColumns(finishBatch(built));
  return { writer, report };
}

/** A day among moments is its midnight, as workbooks tell both alike. */
function fitText(text: string | null, { type, isZoned }: ColumnPlan): string | null {
  return type === 'datetime' && !isZoned && text?.length === 10 ? `${text}T00:00` : text;
}
