import type { ImportNotes } from '../ImportNotes.ts';
import type { FileMap } from '../manifests/read-manifest.ts';
import { Companions } from './companions.ts';
import { readUnit, type TaskUse } from './entry-unit.ts';
import type { ImportedFile } from './NotebookFiles.ts';
import { PackageModules } from './PackageModules.ts';
import { noteMissing } from './placement-notes.ts';
import { findImports } from './python-text.ts';
import { PythonFiles } from './PythonFiles.ts';
import { SourcePlacer } from './SourcePlacer.ts';

/** The scripts of cells, by the ids of their nodes, and the files that go with them. */
export interface PlacedSources {
  readonly scripts: ReadonlyMap<string, string>;
  readonly files: readonly ImportedFile[];
}

/**
 * Decides for each node what its cell's script is. A file that one node alone runs is the script itself; one that several
 * run becomes a file of the notebook that their scripts import, so that it is loaded once and an object that one cell makes
 * is an instance of the same class in the next.
 * `inlineScripts` are those of other nodes: what they import keeps its meaning.
 */
export function placeSources(
  files: FileMap,
  uses: readonly TaskUse[],
  inlineScripts: readonly string[],
  notes: ImportNotes,
): PlacedSources {
  const python = new PythonFiles(files);
  const entries = new Set(uses.map(({ entryPath }) => entryPath).filter((path) => files.has(path)));
  const companions = new Companions(python, entries);
  const sources = { python, companions, packages: new PackageModules(python), entries };
  const units = [...entries].flatMap((path) => {
    const sharing = uses.filter(({ entryPath }) => entryPath === path);
    return readUnit(sources, sharing) ?? [];
  });
  const readable = new Set(units.map(({ path }) => path));
  const scripts = new Map<string, string>();
  for (const use of uses.filter(({ entryPath }) => !readable.has(entryPath))) {
    noteMissing(notes, use, files.has(use.entryPath));
    scripts.set(use.nodeId, writeMissing(use));
  }
  const inlineImports = inlineScripts.flatMap((text) => [...findImports(text).absolute]);
  const placer = new SourcePlacer(python, units, inlineImports, notes);
  for (const unit of units) {
    const module = placer.place(unit);
    for (const use of unit.uses) scripts.set(use.nodeId, writeScript(unit.text, use.functionName, module));
  }
  return { scripts, files: placer.listFiles() };
}

/** The script of a cell: a text whose function is called `main`, or the import of that from a module. */
export function writeScript(text: string, functionName: string, module: string | null): string {
  if (module === null)
    return functionName === 'main' ? text : `${text.trimEnd()}\n\nmain = ${functionName}\n`;
  return `from ${module} import ${functionName === 'main' ? 'main' : `${functionName} as main`}\n`;
}

function writeMissing({ entryPath }: TaskUse): string {
  return `def main(params, context):\n    raise FileNotFoundError(${JSON.stringify(entryPath)})\n`;
}
