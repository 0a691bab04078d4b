import { afterAll, describe, expect, test } from 'vitest';
import * as build from '../../data/testing/build-dataset.ts';
import { buildLargeDataset, largeFloat } from '../../data/testing/build-large-dataset.ts';
import { engine, focusGrid, pythonFloat, showDataset } from './testing/show-table.ts';

afterAll(() => {
  engine.dispose();
});

describe('the keyboard', () => {
  test('walks from cell to cell and brings each into view', async () => {
    const { grid, press, activeCell, isInView } = await showDataset(buildLargeDataset(100_000));
    focusGrid(grid);
    await expect.poll(activeCell).toBe('1/1 0.0');

    const walk = async (keys: string, expected: string) => {
      await press(keys);
      await expect.poll(() => [activeCell(), isInView()]).toEqual([expected, true]);
    };

    await walk('{ArrowRight}{ArrowRight}', `1/3 ${pythonFloat(largeFloat(0, 2))}`);
    await walk('{ArrowLeft}{ArrowDown}', `2/2 ${pythonFloat(largeFloat(1, 1))}`);
    await walk('{ArrowUp}{ArrowUp}', `1/2 ${pythonFloat(largeFloat(0, 1))}`);
    await walk('{End}', '1/10 row 0000000');
    await walk('{PageDown}', '12/10 row 0000011');
    await walk('{PageUp}', '1/10 row 0000000');
    await walk('{Control>}{End}{/Control}', '100000/10 row 0099999');
    await walk('{Home}', `100000/1 ${pythonFloat(largeFloat(99_999, 0))}`);
    await walk('{Control>}{Home}{/Control}', '1/1 0.0');
  });

  test('opens a cell with Enter and closes it with Escape', async () => {
    const text = `first line\nsecond line ${'x'.repeat(2000)}`;
    const { screen, grid, press } = await showDataset(build.dataset(build.string('note', ['a', text])));
    focusGrid(grid);

    await press('{ArrowDown}{Enter}');

    const detail = screen.getByRole('region', { name: 'Row 2 · note' });
    await expect.element(detail.getByText('first line')).toBeVisible();
    expect(detail.element().textContent).toContain(text);
    expect(detail.element().contains(document.activeElement)).toBe(true);
    await press('{Escape}');
    await expect.element(detail).not.toBeInTheDocument();
    expect(document.activeElement).toBe(grid.element());
  });

  test('shows a float without the digits that are none of its own, and opens it whole', async () => {
    const { screen, grid, press, rowOf } = await showDataset(build.dataset(build.float64('f', [0.1 + 0.2])));
    await expect.poll(() => rowOf(1)).toEqual(['1', '0.3']);
    focusGrid(grid);

    await press('{Enter}');

    const detail = screen.getByRole('region', { name: 'Row 1 · f' });
    await expect.element(detail.getByText('0.30000000000000004').first()).toBeVisible();
  });

  test('leaves keys alone that are not its own', async () => {
    const { grid, press } = await showDataset(build.dataset(build.int64('n', [1n])));
    const seen: string[] = [];
    const note = (event: KeyboardEvent) => {
      seen.push(`${event.key} ${String(event.defaultPrevented)}`);
    };
    document.body.addEventListener('keydown', note);
    focusGrid(grid);

    await press('{Shift>}{Enter}{/Shift}{Escape}{ArrowDown}');

    document.body.removeEventListener('keydown', note);
    expect(seen).toEqual(['Shift false', 'Enter false', 'Escape false']);
  });

  test('copies the whole text of the active cell', async () => {
    const copied: string[] = [];
    const { grid, press } = await showDataset(build.dataset(build.string('t', ['y'.repeat(5000)])));
    const { clipboard } = navigator;
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: (text: string) => Promise.resolve(copied.push(text)) },
    });
    focusGrid(grid);

    await press('{Control>}c{/Control}');

    await expect.poll(() => copied).toEqual(['y'.repeat(5000)]);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
  });

  test('says so when the browser refuses the clipboard', async () => {
    const { screen, grid, press } = await showDataset(build.dataset(build.string('t', ['y'])));
    const { clipboard } = navigator;
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: () => Promise.reject(new Error('Write permission denied.')) },
    });
    focusGrid(grid);

    await press('{Control>}c{/Control}');

    await expect
      .element(screen.getByRole('status'))
      .toHaveTextContent('The cell was not copied: Write permission denied.');
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
  });
});

test('a double click opens a cell', async () => {
  const { screen } = await showDataset(build.dataset(build.string('note', ['some', null, ''])));

  await screen.getByRole('gridcell', { name: 'some' }).dblClick();
  await expect.element(screen.getByRole('region', { name: 'Row 1 · note' })).toHaveTextContent('some');
  await screen.getByRole('gridcell', { name: 'null' }).dblClick();
  await expect
    .element(screen.getByRole('region', { name: 'Row 2 · note' }))
    .toHaveTextContent('null, no value');
  await screen.getByRole('button', { name: 'Close cell' }).click();
  await expect.element(screen.getByRole('region', { name: 'Row 2 · note' })).not.toBeInTheDocument();
});
