import { formatCount } from '../../ui/format.ts';
import type { TableView } from './TableView.svelte.ts';

/** Cells that are copied at most: the clipboard takes one text, which the page has to hold. */
const cellLimit = 1_000_000;

/** Copies the selected cells as a spreadsheet takes them; of one alone its whole text. Rejects with an Error that says why not. */
export async function copySelection(view: TableView, hasHeader: boolean): Promise<void> {
  const { rows, columns } = view.selected;
  if (view.anchor === null && !hasHeader) {
    await navigator.clipboard.writeText(await view.readCell(view.active));
    return;
  }
  const { source } = view;
  if (source === null) throw new Error('The table is not there yet.');
  const count = (rows.end - rows.start) * (columns.end - columns.start);
  if (count > cellLimit) {
    throw new Error(`${formatCount(count)} cells are too many for the clipboard. Export the rows instead.`);
  }
  const file = await source.exportFile({
    format: 'tsv',
    columns: view.shown.slice(columns.start, columns.end),
    rows,
    hasHeader,
  });
  await navigator.clipboard.writeText(await file.text());
}
