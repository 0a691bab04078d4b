import { alignContent } from './compare-contents.ts';
import type { InputHandle } from './handles.ts';
import type { LessonContent } from './lesson.ts';
import { listInputs, type Cell, type Notebook } from './notebook.ts';
import type { NotebookFile } from './scriptlet.ts';

/** What a lesson was like when it was opened, with the ids of the notebook's cells, and what no link holds as it has that. */
export function alignOriginal(original: LessonContent, notebook: Notebook): LessonContent {
  const aligned = alignContent(original, notebook);
  return notebook.lesson?.source.kind === 'link' ? keepLeftOut(aligned, notebook) : aligned;
}

/**
 * The content of a link with what no link holds as a notebook has it: data of Datasets, datasets and secrets of inputs, and
 * wheels. Cells are the same by their ids.
 */
export function keepLeftOut(content: LessonContent, here: LessonContent): LessonContent {
  const cells = new Map(here.cells.map((cell) => [cell.id, cell]));
  return {
    ...content,
    cells: content.cells.map((cell) => keepValues(cell, cells.get(cell.id))),
    wheels: here.wheels,
  };
}

/** The same with the files of a notebook that neither it nor the original has. */
export function keepAddedFiles(
  content: LessonContent,
  here: readonly NotebookFile[],
  original: readonly NotebookFile[],
): LessonContent {
  const taken = new Set([...content.files, ...original].map(({ path }) => path));
  const files = [...content.files, ...here.filter(({ path }) => !taken.has(path))];
  return { ...content, files: files.sort((one, other) => (one.path < other.path ? -1 : 1)) };
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
