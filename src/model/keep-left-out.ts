import type { InputHandle } from './handles.ts';
import type { LessonContent } from './lesson.ts';
import { listInputs, type Cell } from './notebook.ts';
import type { NotebookFile } from './scriptlet.ts';

/**
 * The content of a link with what no link holds as a notebook has it: data of Datasets, datasets and secrets of inputs, wheels,
 * and files that were added since it had the original ones. Cells are the same by their ids.
 */
export function keepLeftOut(
  content: LessonContent,
  here: LessonContent,
  original: readonly NotebookFile[],
): LessonContent {
  const cells = new Map(here.cells.map((cell) => [cell.id, cell]));
  const taken = new Set([...content.files, ...original].map(({ path }) => path));
  const files = [...content.files, ...here.files.filter(({ path }) => !taken.has(path))];
  return {
    ...content,
    cells: content.cells.map((cell) => keepValues(cell, cells.get(cell.id))),
    files: files.sort((one, other) => (one.path < other.path ? -1 : 1)),
    wheels: here.wheels,
  };
}

function keepValues(cell: Cell, here: Cell | undefined): Cell {
  if (!here) return cell;
  const given = new Map(listInputs(here).map(({ name, value }) => [name, value]));
  const keep = (input: InputHandle): InputHandle => {
    const value = given.get(input.name);
    return input.value === null && value && value.kind !== 'json' ? { ...input, value } : input;
  };
  switch (cell.kind) {
    case 'dataset':
      return cell.content === null && here.kind === 'dataset' ? { ...cell, content: here.content } : cell;
    case 'scriptlet':
      return { ...cell, inputs: cell.inputs.map(keep) };
    case 'statement':
    case 'chart':
      return { ...cell, inputs: [keep(cell.inputs[0])] };
    case 'data-generator':
    case 'note':
      return cell;
  }
}
