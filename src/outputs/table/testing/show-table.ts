import { userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { startTableWorker } from '../../../data/start-table-worker.ts';
import { TableEngine } from '../../../data/TableEngine.ts';
import type { TableSource } from '../../../data/TableSource.ts';
import type { DatasetBuffers } from '../../../model/dataset.ts';
import '../../../ui/tokens.css';
import '../../../ui/base.css';
import ResultTable from '../ResultTable.svelte';

/** The real engine in its real worker, one for a file of tests. */
export const engine = new TableEngine(startTableWorker);

export async function showDataset(buffers: DatasetBuffers, width = 700) {
  const { table } = await engine.importDataset(buffers);
  return await showSource(table, width);
}

/** Draws a table in a container of its own; rows are counted from 1, as the reader sees them. */
export async function showSource(source: TableSource, width = 700, style = '') {
  document.querySelectorAll('.test-container').forEach((element) => {
    element.remove();
  });
  const container = document.createElement('div');
  container.className = 'test-container';
  container.style.cssText = `width: ${String(width)}px; ${style}`;
  document.body.append(container);
  const screen = await render(ResultTable, { target: container, props: { source, label: 'people' } });
  const grid = screen.getByRole('grid', { name: 'people' });
  const rowElement = (row: number) =>
    container.querySelector(`[role=row][aria-rowindex="${String(row + 1)}"]`);
  const cellsIn = (row: number) => [
    ...(rowElement(row)?.querySelectorAll('[role=rowheader], [role=gridcell], [role=columnheader]') ?? []),
  ];
  return {
    screen,
    grid,
    container,
    rerender: screen.rerender,
    press: async (keys: string) => {
      await userEvent.keyboard(keys);
    },
    /** The texts of a row, its number first; null when it is not in the document. */
    rowOf: (row: number) =>
      rowElement(row) === null ? null : cellsIn(row).map((cell) => cell.textContent.trim()),
    kindsOf: (row: number) =>
      cellsIn(row)
        .slice(1)
        .map((cell) => cell.getAttribute('data-kind')),
    countRows: () => container.querySelectorAll('[role=row]').length,
    topOfRow: (row: number) => rowElement(row)?.getBoundingClientRect().top ?? NaN,
    firstSeenRow: () => {
      const top = grid.element().getBoundingClientRect().top + 40;
      const rows = [...container.querySelectorAll('[role=row]')].slice(1);
      const seen = rows.find((row) => row.getBoundingClientRect().bottom > top + 1);
      return Number(seen?.getAttribute('aria-rowindex')) - 1;
    },
    /** "row/column text", counted from 1. */
    activeCell: () => {
      const cell = activeElement(grid);
      const row = Number(cell?.closest('[role=row]')?.getAttribute('aria-rowindex')) - 1;
      const column = Number(cell?.getAttribute('aria-colindex')) - 1;
      return `${String(row)}/${String(column)} ${cell?.textContent.trim() ?? ''}`;
    },
    isInView: () => {
      const view = grid.element().getBoundingClientRect();
      const cell = activeElement(grid)?.getBoundingClientRect();
      return (
        cell !== undefined &&
        cell.top >= view.top + 39 &&
        cell.bottom <= view.bottom + 1 &&
        cell.right <= view.right + 1
      );
    },
  };
}

function activeElement(grid: Locator): HTMLElement | null {
  return document.getElementById(grid.element().getAttribute('aria-activedescendant') ?? '');
}

export function focusGrid(grid: Locator): void {
  const element = grid.element();
  if (element instanceof HTMLElement) element.focus();
}

export function bottomOf(element: Element): number {
  return element.getBoundingClientRect().bottom;
}

/** A float as it is shown. */
export function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${String(value)}.0` : String(Number(value.toPrecision(15)));
}

export async function nextFrame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
}
