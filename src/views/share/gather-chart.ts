import type { ChartCell } from '../../model/chart-cell.ts';
import { findChartInput, type ChartDataset } from '../../model/chart/chart-input.ts';
import { suggestSpecification } from '../../model/chart/chart-kinds.ts';
import { findAddress, readsInput } from '../../model/chart/chart-views.ts';
import { describeDrawn } from '../../model/chart/describe-drawn.ts';
import type { JsonObject } from '../../model/chart/json-values.ts';
import { isBlank, parseSpecification } from '../../model/chart/parse-specification.ts';
import { fitChart, planChart } from '../../model/chart/plan-chart.ts';
import { createChartTheme } from '../../outputs/preview/chart/chart-theme.ts';
import { drawPicture } from '../../outputs/preview/chart/draw-picture.ts';
import type { PagePart } from '../../page/page-content.ts';
import { readLightToken } from '../../page/read-tokens.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import type { PageTools } from './page-tools.ts';

/** Of the place of a chart, in pixels. */
const width = 720;

/** The picture of a Chart cell as it draws its input now. Rejects with the end of a sentence. */
export async function gatherChart(
  session: NotebookSession,
  cell: ChartCell,
  tools: PageTools,
): Promise<PagePart[]> {
  const dataset = await findDataset(session, cell);
  const parsed = parseSpecification(cell.source);
  if (!parsed.isOk) throw new Error(`its specification cannot be read (${parsed.problem.message})`);
  const isNew = isBlank(parsed.value);
  if (dataset === null && (isNew || readsInput(parsed.value)))
    throw new Error('no dataset is connected to it');
  const specification = isNew && dataset ? suggestSpecification(dataset.summary.columns) : parsed.value;
  if (findAddress(specification) !== null) throw new Error('it reads its data from an address');
  const { title } = specification;
  const label = typeof title === 'string' ? title : cell.title;
  return await drawRows(session, { specification, dataset, label }, tools);
}

async function findDataset(session: NotebookSession, cell: ChartCell): Promise<ChartDataset | null> {
  const input = findChartInput(cell, session.notebook, (cellId) => session.getRun(cellId));
  switch (input.type) {
    case 'dataset':
      return input.dataset;
    case 'json':
      return await session.results.makeTable(input.output);
    case 'unfit':
      throw new Error(input.problem);
    case 'none':
    case 'awaited':
      return null;
  }
}

async function drawRows(
  session: NotebookSession,
  {
    specification,
    dataset,
    label,
  }: { readonly specification: JsonObject; readonly dataset: ChartDataset | null; readonly label: string },
  tools: PageTools,
): Promise<PagePart[]> {
  const plan = planChart(specification, dataset?.summary.columns ?? []);
  const source = plan.query && dataset ? await session.results.openForChart(dataset) : null;
  try {
    const rows = source && plan.query ? await source.readChartData(plan.query, tools.signal) : null;
    const picture = await embedPicture(JSON.stringify(fitChart(plan, rows)), label, rows, tools);
    const note = rows && describeDrawn(rows, plan.specification, (count) => count.toLocaleString('en'));
    return [picture, ...(note ? [{ type: 'remark' as const, text: note }] : [])];
  } finally {
    source?.close();
  }
}

/** A specification of Vega-Lite as an image of a page. Rejects with the end of a sentence. */
export async function embedPicture(
  figure: string,
  label: string,
  table: Parameters<typeof drawPicture>[0]['table'],
  { room, signal }: PageTools,
): Promise<PagePart> {
  // The same for every page: on paper, and in the dark, it stands on a ground of its own.
  const theme = createChartTheme(readLightToken, 'light', false);
  const picture = await drawPicture({ figure, table, label, theme, width }, signal);
  const image = await room.take(picture, 'image/svg+xml');
  return { type: 'image', name: '', alt: label, image, width: null };
}
