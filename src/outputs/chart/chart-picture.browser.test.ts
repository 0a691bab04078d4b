import { afterEach, describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { startTableWorker } from '../../data/start-table-worker.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import * as build from '../../data/testing/build-dataset.ts';
import type { DatasetBuffers } from '../../model/dataset.ts';
import { buildHash } from '../../model/testing/builders.ts';
import type { ChartDataset } from '../../model/chart/chart-input.ts';
import type { JsonObject } from '../../model/chart/json-values.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import '../../ui/tokens.css';
import ChartPicture from './ChartPicture.svelte';

const engine = new TableEngine(startTableWorker);
const patient = { timeout: 20_000 };

afterEach(() => {
  vi.restoreAllMocks();
});

async function show(
  specification: JsonObject,
  buffers: DatasetBuffers | null,
  explain?: () => Promise<string | null>,
) {
  // What must be scrolled to beside a frame can get its press while the browser still takes the place for the frame's.
  await fitWindow();
  const imported = buffers && (await engine.importDataset(buffers));
  const dataset: ChartDataset | null = imported && {
    summary: imported.summary,
    blob: buildHash('1'),
    byteSize: imported.byteSize,
  };
  const open = vi.fn(async () => engine.openTable(imported?.file ?? new Blob()));
  const container = document.createElement('div');
  container.style.width = '600px';
  document.body.append(container);
  const props = { specification, dataset, label: 'Sales', open, ...(explain && { explain }) };
  const screen = await render(ChartPicture, { target: container, props });
  const isDrawn = () => container.querySelector('[aria-busy=false] iframe') !== null;
  return {
    screen,
    container,
    open,
    isDrawn,
    change: (next: JsonObject) => screen.rerender({ specification: next }),
  };
}

const numbers = (length: number) => Array.from({ length }, (_, index) => index);

const bars = { mark: 'bar', encoding: { x: { field: 'city' }, y: { field: 'amount', aggregate: 'sum' } } };

const sales = (length: number) =>
  build.dataset(
    build.string(
      'city',
      numbers(length).map((index) => ['Bonn', 'Ulm'][index % 2] ?? null),
    ),
    build.float64('amount', numbers(length)),
  );

describe('the picture of a chart', () => {
  test('is drawn of the rows of its dataset, without a word where those are all', async () => {
    const { container, isDrawn } = await show(bars, sales(10));
    await expect.poll(isDrawn, patient).toBe(true);
    expect(container.querySelector('iframe')?.title).toBe('Sales');
    expect(container.textContent.trim()).toBe('');
  });

  test('says that an aggregate is of all rows, and that others are a sample', async () => {
    const { screen, change, open } = await show(bars, sales(120_000));
    await expect.element(screen.getByText('Aggregated over all 120,000 rows.'), patient).toBeVisible();
    await change({ mark: 'point', encoding: { x: { field: 'amount' }, y: { field: 'city' } } });
    await expect
      .element(screen.getByText('Drawn: 50,000 of 120,000 rows, about one of every 2 at random.'), patient)
      .toBeVisible();
    await change({ mark: 'line', encoding: { x: { field: 'amount' }, y: { field: 'amount' } } });
    await expect
      .element(
        screen.getByText(/^Drawn: [\d,]+ of 120,000 rows, the first, last, lowest and highest of each/),
        patient,
      )
      .toBeVisible();
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('is drawn once for each change, and not anew while the next rows are read', async () => {
    const posted = vi.spyOn(MessagePort.prototype, 'postMessage');
    const drawings = () => posted.mock.calls.filter(([message]) => message?.type === 'draw').length;
    const { change, container } = await show(bars, sales(10));
    const isDrawn = () => container.querySelector('.chart[aria-busy=false]') !== null;
    await expect.poll(isDrawn, patient).toBe(true);
    await change({ ...bars, mark: 'point' });
    await expect.poll(drawings, patient).toBe(2);
    await expect.poll(isDrawn, patient).toBe(true);
    expect(
      posted.mock.calls.flatMap(([message]) =>
        message?.type === 'draw' ? [JSON.parse(message.text).mark] : [],
      ),
    ).toEqual(['bar', 'point']);
  });

  test('of a column that its dataset does not have is none, and says what was meant', async () => {
    const { screen, container } = await show(
      { ...bars, encoding: { ...bars.encoding, x: { field: 'ctiy' } } },
      sales(10),
    );
    await expect
      .element(screen.getByRole('alert'), patient)
      .toHaveTextContent(
        'This cannot be drawn: There is no column “ctiy” in the dataset. Did you mean “city”?',
      );
    expect(container.querySelector('iframe')?.checkVisibility()).toBe(false);
  });

  test('asks no host for data, and says where to bring it in', async () => {
    const { screen } = await show({ data: { url: 'https://a.example/b.csv' }, ...bars }, null);
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent(
        'The specification reads its data from “https://a.example/b.csv”, and charts ask no host. Bring the file in as a Dataset, connect it, and take “data” out of the specification.',
      );
  });

  test('says what cannot be drawn in the words of the one who knows more of it', async () => {
    const explain = () => Promise.resolve('In line 1 of the specification: "nothing" is none of "bar".');
    const { screen } = await show({ mark: 'nothing', data: { values: [] } }, null, explain);
    await expect
      .element(screen.getByRole('alert'), patient)
      .toHaveTextContent('This cannot be drawn: In line 1 of the specification: "nothing" is none of "bar".');
  });

  test('says what cannot be drawn', async () => {
    const { screen } = await show({ mark: 'nothing', data: { values: [] } }, null);
    await expect.element(screen.getByRole('alert'), patient).toHaveTextContent('This cannot be drawn: ');
  });

  test('is saved as a picture, in both sizes, and as what it is drawn by', async () => {
    const saved: { readonly name: string; readonly content: Blob }[] = [];
    const contents = new Map<string, Blob>();
    const create = URL.createObjectURL.bind(URL);
    vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
      const address = create(content);
      if (content instanceof Blob) contents.set(address, content);
      return address;
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, content: contents.get(this.href) ?? new Blob() });
    });
    const { screen, isDrawn } = await show({ ...bars, width: 200, height: 100 }, sales(10));
    await expect.poll(isDrawn, patient).toBe(true);
    const pictures = ['SVG', 'PNG', 'PNG, twice the size'].map((what) => `Download as ${what}`);
    for (const [index, name] of [...pictures, 'Download the specification'].entries()) {
      await screen.getByRole('button', { name: 'Save Sales' }).click();
      await screen.getByRole('menuitem', { name, exact: true }).click();
      await expect.poll(() => saved.length, patient).toBe(index + 1);
    }
    expect(saved.map(({ name, content }) => [name, content.type])).toEqual([
      ['Sales.svg', 'image/svg+xml'],
      ['Sales.png', 'image/png'],
      ['Sales (2×).png', 'image/png'],
      ['Sales.vl.json', 'application/json'],
    ]);
    const [svg, png, large] = saved;
    expect(await svg?.content.text()).toMatch(/^<svg [^]*Bonn/);
    const widths = await Promise.all(
      [png, large].map(async (each) => (await createImageBitmap(each?.content ?? new Blob())).width),
    );
    expect(widths[1]).toBe((widths[0] ?? 0) * 2);
    expect(JSON.parse((await saved[3]?.content.text()) ?? '')).toEqual({ ...bars, width: 200, height: 100 });
  });
});
