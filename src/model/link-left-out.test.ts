import { expect, it } from 'vitest';
import { CellId } from './ids.ts';
import { describeLinkLeftOut, type LinkLeftOut } from './link-left-out.ts';
import { buildLoadingCell } from './testing/build-models.ts';
import { buildScriptlet } from './testing/builders.ts';

const nothing: LinkLeftOut = { data: [], inputs: [], wheels: [], files: [] };
const id = CellId.from;

it('names what a link does not have, in the order of its cells, then wheels and files', () => {
  const cells = [
    { kind: 'dataset', id: id('Sales'), title: 'Sales', content: null } as const,
    { kind: 'dataset', id: id('Empty'), title: 'Empty', content: null } as const,
    buildScriptlet('Ask', ['table', 'key', 'other']),
  ];
  const ask = id('Ask');
  const described = describeLinkLeftOut(cells, {
    data: [id('Sales'), id('in no cell')],
    inputs: [
      { cellId: ask, handle: 'key', value: 'secret' },
      { cellId: ask, handle: 'table', value: 'dataset' },
      { cellId: ask, handle: 'of no name', value: 'secret' },
      { cellId: id('in no cell'), handle: 'key', value: 'secret' },
    ],
    wheels: ['six-1.0-py3-none-any.whl'],
    files: [{ path: 'big.bin', byteSize: 3_000_000 }],
  });
  expect(described).toEqual([
    'the data of “Sales”',
    'the dataset that the input “table” of “Ask” was given',
    'the secret input “key” of “Ask”',
    'the wheel six-1.0-py3-none-any.whl',
    'the file big.bin (3.0 MB)',
  ]);
});

it('names each model once that cells load', () => {
  const group = buildLoadingCell('Compare', 'prices');
  const { configuration } = group;
  const loading = { ...configuration, models: { ...configuration.models, loadGroups: ['flowers'] } };
  const cells = [
    buildLoadingCell('Predict', 'iris'),
    buildLoadingCell('Again', 'iris'),
    { ...group, configuration: loading },
  ];
  expect(describeLinkLeftOut(cells, nothing)).toEqual([
    'the model “iris”, which “Predict” loads',
    'the model “prices”, which “Compare” loads',
    'the models of the group “flowers”, which “Compare” loads',
  ]);
});
