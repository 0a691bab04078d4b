import { describe, expect, it } from 'vitest';
import { createCell, createDataGenerator } from './create-cell.ts';
import { cellKindNames, type CellKind } from './notebook.ts';
import { checkJson } from './check-json.ts';
import { sourceOf } from './testing/builders.ts';

describe('a new cell', () => {
  it('starts with sample code, a timeout of 300 s, and as a Data Generator fails without a dataset', () => {
    const { id, source, ...cell } = createDataGenerator('Generator');
    expect([id.length > 0, cell]).toEqual([
      true,
      {
        kind: 'data-generator',
        title: 'Generator',
        configuration: {
          timeoutSeconds: 300,
          generateEmptyDataset: false,
          manualTypes: [],
          models: { load: [], loadGroups: [], save: [], saveGroups: [] },
        },
      },
    ]);
    expect(source).toContain('od_output.add_data("output", df)');
  });

  it('has, as a Scriptlet, an input with a default that fits, and an output', () => {
    const cell = createCell('scriptlet', 'Scriptlet');
    if (cell.kind !== 'scriptlet') throw new Error('it is of another kind');
    const [input, ...others] = cell.inputs;
    expect([input?.name, others, cell.outputs.map(({ name }) => name), cell.configuration]).toEqual([
      'text',
      [],
      ['words'],
      { timeoutSeconds: 300 },
    ]);
    expect(input && checkJson(input.defaultValue ?? '', input)).toBeNull();
    expect(cell.source).toContain('def main(params: dict, context: Context):');
  });

  it.each(Object.keys(cellKindNames) as CellKind[])('fits into the editor: %s', (kind) => {
    const lines = sourceOf(createCell(kind, 'Cell')).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
  });
});
