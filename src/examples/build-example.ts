import { chartInput } from '../model/chart-cell.ts';
import { createCell, createStatement } from '../model/create-cell.ts';
import type { SchemaId } from '../model/data-schema.ts';
import type { DatasetContent } from '../model/dataset-cell.ts';
import type { ChosenDataset, Connection, InputValue } from '../model/handles.ts';
import { CellId } from '../model/ids.ts';
import { timeoutLimits, type Cell, type Notebook } from '../model/notebook.ts';
import { statementInput } from '../model/statement.ts';
import { assertNever } from '../shared/assert-never.ts';
import { invariant } from '../shared/invariant.ts';
import type { Example, ExampleCell } from './Example.ts';

/** What an example names and the workspace has by now, by name. */
export interface ExampleParts {
  readonly schemas: ReadonlyMap<string, SchemaId>;
  readonly datasets: ReadonlyMap<string, ExampleTable>;
}

/** A dataset as it is chosen for an input, and as a Dataset holds it. */
export interface ExampleTable {
  readonly chosen: ChosenDataset;
  readonly content: DatasetContent;
}

/** The cells and connections of an example. Throws where it names what it does not have. */
export function buildExample(
  { cells, connections }: Pick<Example, 'cells' | 'connections'>,
  parts: ExampleParts,
): Pick<Notebook, 'cells' | 'connections'> {
  const ids = new Map(cells.map(({ title }) => [title, CellId.create()]));
  const findPlace = ({ cell, handle }: { readonly cell: string; readonly handle: string }) => ({
    cellId: find(ids, cell),
    handle,
  });
  return {
    cells: cells.map((cell) => buildCell(cell, find(ids, cell.title), parts)),
    connections: connections.map(({ from, to }): Connection => ({
      from: findPlace(from),
      to: findPlace(to),
    })),
  };
}

function buildCell(cell: ExampleCell, id: CellId, { schemas, datasets }: ExampleParts): Cell {
  const giveDataset = (name: string | undefined): InputValue | null =>
    name === undefined ? null : { kind: 'dataset', ...find(datasets, name).chosen };
  const { title } = cell;
  if (cell.kind === 'dataset') {
    return { kind: cell.kind, id, title, content: find(datasets, cell.dataset).content };
  }
  // A file ends in a newline, and what people type does not.
  const source = cell.source.trimEnd();
  switch (cell.kind) {
    case 'note':
      return { kind: cell.kind, id, title, source };
    case 'chart':
      return { kind: cell.kind, id, title, source, inputs: [chartInput] };
    case 'data-generator': {
      const made = createCell(cell.kind, title);
      invariant(made.kind === cell.kind, 'a new cell is of the kind that was asked for');
      return { ...made, id, source, configuration: { ...made.configuration, ...cell.configuration } };
    }
    case 'statement': {
      const made = createStatement(title);
      const { inputSchema, outputSchema } = cell;
      return {
        ...made,
        id,
        source,
        inputs: [{ ...statementInput, value: giveDataset(cell.dataset) }],
        configuration: {
          ...made.configuration,
          inputSchema: inputSchema === undefined ? null : find(schemas, inputSchema),
          outputSchema: find(schemas, outputSchema),
          ...cell.configuration,
        },
      };
    }
    case 'scriptlet': {
      const { datasets: given = {}, configuration, ...written } = cell;
      return {
        ...written,
        id,
        source,
        inputs: cell.inputs.map((input) => ({
          ...input,
          value: giveDataset(given[input.name]) ?? input.value,
        })),
        configuration: { timeoutSeconds: timeoutLimits.standard, ...configuration },
        flowNode: null,
      };
    }
    default:
      return assertNever(cell);
  }
}

function find<T>(parts: ReadonlyMap<string, T>, name: string): T {
  const found = parts.get(name);
  invariant(found !== undefined, `the example has “${name}”, which it names`);
  return found;
}
