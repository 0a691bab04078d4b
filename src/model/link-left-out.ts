import { formatBytes } from '../shared/format-bytes.ts';
import type { HandlePlace } from './handles.ts';
import type { CellId } from './ids.ts';
import { listInputs, type Cell } from './notebook.ts';
import type { NotebookFile } from './scriptlet.ts';

/** What a notebook has that its link does not, beside results and models. */
export interface LinkLeftOut {
  /** Dataset cells that have data. */
  readonly data: readonly CellId[];
  /** Inputs that were given a dataset, or what is secret. */
  readonly inputs: readonly (HandlePlace & { readonly value: 'dataset' | 'secret' })[];
  /** File names. */
  readonly wheels: readonly string[];
  readonly files: readonly Pick<NotebookFile, 'path' | 'byteSize'>[];
}

/** The same in words, each a part of a sentence, with the models that cells load: “the wheel six-1.0.whl”. */
export function describeLinkLeftOut(
  cells: readonly Cell[],
  { data, inputs, wheels, files }: LinkLeftOut,
): string[] {
  const withData = new Set(data);
  const given = new Map(inputs.map(({ cellId, handle, value }) => [JSON.stringify([cellId, handle]), value]));
  const models = new Set<string>();
  const described = cells.flatMap((cell) => {
    const title = `“${cell.title}”`;
    return [
      ...(withData.has(cell.id) ? [`the data of ${title}`] : []),
      ...listInputs(cell).flatMap(({ name }) => {
        const value = given.get(JSON.stringify([cell.id, name]));
        if (value === undefined) return [];
        return value === 'secret'
          ? [`the secret input “${name}” of ${title}`]
          : [`the dataset that the input “${name}” of ${title} was given`];
      }),
      ...listLoaded(cell).flatMap((model) => {
        if (models.has(model)) return [];
        models.add(model);
        return [`${model}, which ${title} loads`];
      }),
    ];
  });
  return [
    ...described,
    ...wheels.map((fileName) => `the wheel ${fileName}`),
    ...files.map(({ path, byteSize }) => `the file ${path} (${formatBytes(byteSize)})`),
  ];
}

function listLoaded(cell: Cell): string[] {
  if (cell.kind !== 'data-generator') return [];
  const { load, loadGroups } = cell.configuration.models;
  return [
    ...load.map(({ name }) => `the model “${name}”`),
    ...loadGroups.map((name) => `the models of the group “${name}”`),
  ];
}
