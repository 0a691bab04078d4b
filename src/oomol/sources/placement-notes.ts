import type { ImportNotes } from '../ImportNotes.ts';
import type { EntryUnit, TaskUse } from './entry-unit.ts';

export function noteMissing(
  notes: ImportNotes,
  { nodeId, manifestPath, entryPath }: TaskUse,
  isThere: boolean,
): void {
  const problem = isThere ? 'is not text in UTF-8' : 'is not among the files';
  notes.add({
    nodeId,
    file: manifestPath,
    what: `Its script ${entryPath} ${problem}, so that the cell has none.`,
    remedy: isThere
      ? 'Save the file as UTF-8, and import the flow again.'
      : 'Add the file and import the flow again, or write the script into the cell.',
  });
}

export function noteOutside(notes: ImportNotes, unit: EntryUnit): void {
  notes.add({
    nodeId: getNode(unit),
    file: unit.path,
    what: 'It imports from outside of its folder (from ..), which does not work here.',
    remedy: "Put what it imports beside it, or into the notebook's files, and import it from there.",
  });
}

/** Tells of a file that is kept as `target` where it, or its folder, was called `wanted`. */
export function noteName(notes: ImportNotes, unit: EntryUnit, wanted: string, target: string): void {
  notes.add({
    nodeId: getNode(unit),
    file: unit.path,
    what: `${unit.path} is kept as ${target}: "${wanted}" cannot be imported, or has another meaning.`,
    remedy: `Nothing, unless a script names the file: it is ${target} now.`,
  });
}

export function noteLeftOut(notes: ImportNotes, unit: EntryUnit, path: string, target: string): void {
  notes.add({
    nodeId: getNode(unit),
    file: path,
    what: `Another file is ${target} in the notebook already, so that ${path} was left out.`,
    remedy: 'Rename one of the two and what imports it, and import the flow again.',
  });
}

export function noteMoved(
  notes: ImportNotes,
  unit: EntryUnit,
  path: string,
  target: string,
  moved: string,
): void {
  notes.add({
    nodeId: getNode(unit),
    file: path,
    what: `Another file is ${target} in the notebook already, so that ${path} is kept as ${moved}.`,
    remedy: `Where the script reads it, name ${moved}.`,
  });
}

function getNode({ uses }: EntryUnit): string | null {
  return uses[0]?.nodeId ?? null;
}
