import { checkSpecification, toSourceProblem } from '../editor/specification/check-specification.ts';
import type { ChartCell } from '../model/chart-cell.ts';
import { findChartInput } from '../model/chart/chart-input.ts';
import { isVega } from '../model/chart/chart-views.ts';
import { isBlank, parseSpecification } from '../model/chart/parse-specification.ts';
import type { NotebookSession } from '../session/NotebookSession.svelte.ts';

/** What is wrong with a chart; line and column count from 1, and are null where it is about what it draws. */
export interface ChartProblem {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/**
 * What the page would say of a chart: of its specification by the schema of Vega-Lite and the columns of the dataset that it
 * draws, and of what it is connected to. Columns of JSON are not known here.
 */
export async function checkChart(
  cell: ChartCell,
  session: Pick<NotebookSession, 'notebook' | 'getRun'>,
): Promise<readonly ChartProblem[]> {
  const parsed = parseSpecification(cell.source);
  if (!parsed.isOk) {
    const { message, line, column } = parsed.problem;
    return [{ message, line, column }];
  }
  const input = findChartInput(cell, session.notebook, (cellId) => session.getRun(cellId));
  if (input.type === 'unfit') return [{ message: input.problem, line: null, column: null }];
  // There is no schema of Vega here, and of a chart that is blank the page makes one that fits.
  if (isVega(parsed.value) || isBlank(parsed.value)) return [];
  const columns = input.type === 'dataset' ? input.dataset.summary.columns.map(({ name }) => name) : null;
  // Some megabytes, for notebooks that have charts.
  const { loadVegaLiteSchema } = await import('../editor/specification/vega-lite-schema.ts');
  const book = await loadVegaLiteSchema();
  return checkSpecification(cell.source, columns, book).map((problem) => {
    const { message, line, column } = toSourceProblem(cell.source, problem);
    return { message, line, column };
  });
}
