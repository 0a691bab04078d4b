import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../model/chart/json-values.ts';
import type { ColumnSummary } from '../../model/dataset.ts';
import '../../ui/tokens.css';
import ChartForm from './ChartForm.svelte';

const columns: readonly ColumnSummary[] = [
  { name: 'region', type: 'string', timeZone: null },
  { name: 'amount', type: 'float64', timeZone: null },
];

async function show(given: JsonObject, known: readonly ColumnSummary[] | null = columns) {
  let specification = given;
  const screen = await render(ChartForm, {
    title: 'Chart',
    specification,
    columns: known,
    onChange: (next) => {
      specification = next;
      void screen.rerender({ specification });
    },
  });
  const choose = async (label: string, option: string) => {
    await screen.getByRole('combobox', { name: label }).selectOptions(option);
    return specification;
  };
  return { screen, choose };
}

const bars = {
  mark: 'bar',
  encoding: { x: { field: 'region' }, y: { field: 'amount', aggregate: 'median', axis: { grid: false } } },
};

test('kinds that are tried one after the other leave no traces on one another', async () => {
  const { choose } = await show(bars);
  for (const kind of ['Points', 'Histogram', 'Box plot', 'Heat map']) await choose('Kind', kind);
  expect(await choose('Kind', 'Bars')).toEqual(bars);
});

test('what is chosen in between is kept by the next kind', async () => {
  const { choose } = await show(bars);
  await choose('Kind', 'Line');
  await choose('Aggregate of Y', 'Greatest');
  expect(await choose('Kind', 'Area')).toEqual({
    mark: 'area',
    encoding: { ...bars.encoding, y: { ...bars.encoding.y, aggregate: 'max' } },
  });
});

test('an empty specification is begun by the form, and nothing can be chosen without a dataset', async () => {
  const { screen } = await show({});
  await screen.getByRole('button', { name: 'Begin with the form' }).click();
  await expect.element(screen.getByRole('combobox', { name: 'Kind' })).toHaveValue('bar');
  const other = await show({}, null);
  await expect
    .element(other.screen.getByText('The form chooses among the columns of a dataset. Connect one first.'))
    .toBeVisible();
});
