import type { ImportNotes } from '../ImportNotes.ts';
import { getName, getPathWithin } from '../paths.ts';
import type { EntryUnit } from './entry-unit.ts';
import { ModuleNames } from './module-names.ts';
import { type ImportedFile, NotebookFiles } from './NotebookFiles.ts';
import { noteLeftOut, noteMoved, noteName, noteOutside } from './placement-notes.ts';
import { isIdentifier } from './python-text.ts';
import type { PythonFiles } from './PythonFiles.ts';

/** Puts the files of units where the scripts of the notebook find them. */
export class SourcePlacer {
  readonly #python: PythonFiles;
  readonly #notes: ImportNotes;
  readonly #names: ModuleNames;
  readonly #placed = new NotebookFiles();
  readonly #folderNames = new Map<string, string>();
  /** The folders whose files lie beside each other in the notebook. */
  readonly #flatFolders = new Set<string>();
  /** Those whose files lie in a folder there. */
  readonly #keptFolders = new Set<string>();

  /** `imported` are the first names of what other scripts import. */
  constructor(
    python: PythonFiles,
    units: readonly EntryUnit[],
    imported: readonly string[],
    notes: ImportNotes,
  ) {
    this.#python = python;
    this.#notes = notes;
    this.#names = new ModuleNames([...imported, ...this.#listFixedNames(units)]);
  }

  /** Returns the module to import a unit from; null where its text is the script of its one cell. */
  place(unit: EntryUnit): string | null {
    if (unit.imports.relativeDepth > 1) noteOutside(this.#notes, unit);
    const module = unit.needsFolder ? this.#placeFolder(unit) : this.#placeFlat(unit);
    for (const path of unit.packageModules) {
      this.#keep(unit, path, getPathWithin(unit.packageRoot, path) ?? path, true);
    }
    return module;
  }

  listFiles(): readonly ImportedFile[] {
    return this.#placed.list();
  }

  /** Its files go beside each other, where `import` finds them. */
  #placeFlat(unit: EntryUnit): string | null {
    if (!this.#flatFolders.has(unit.folder)) {
      for (const { path, within, firstName } of unit.beside.companions) {
        if (within !== '__init__.py') this.#keep(unit, path, within, isImported(unit, firstName));
      }
    }
    this.#flatFolders.add(unit.folder);
    if (!unit.isShared) return null;
    const isNameless = /^(__init__|main|index)$/.test(unit.stem);
    const wanted = isNameless && unit.folder !== '' ? getName(unit.folder) : unit.stem;
    const module = unit.isImported ? unit.stem : this.#names.choose(wanted);
    const target = `${module}.py`;
    if (module !== wanted && !unit.isImported) noteName(this.#notes, unit, wanted, target);
    this.#keep(unit, unit.path, target, true);
    return module;
  }

  /** Its files go into a folder of their own, and those that are imported by their names beside it as well. */
  #placeFolder(unit: EntryUnit): string {
    const isKept = this.#keptFolders.has(unit.folder);
    this.#keptFolders.add(unit.folder);
    const folder = this.#nameFolder(unit);
    for (const { path, within, firstName } of unit.beside.companions) {
      if (!isKept) this.#keep(unit, path, `${folder}/${within}`, true);
      if (isImported(unit, firstName)) this.#keep(unit, path, within, true);
    }
    if (unit.isImported) this.#keep(unit, unit.path, `${unit.stem}.py`, true);
    const stem = isIdentifier(unit.stem) ? unit.stem : new ModuleNames([]).choose(unit.stem);
    const target = `${folder}/${stem}.py`;
    if (folder !== getFolderName(unit)) noteName(this.#notes, unit, getFolderName(unit), target);
    this.#keep(unit, unit.path, target, true);
    return stem === '__init__' ? folder : `${folder}.${stem}`;
  }

  #nameFolder(unit: EntryUnit): string {
    const known = this.#folderNames.get(unit.folder);
    if (known !== undefined) return known;
    const name = this.#names.choose(getFolderName(unit));
    this.#folderNames.set(unit.folder, name);
    return name;
  }

  /** Keeps a file; one whose path another file has goes into the unit's folder, where that can work. */
  #keep(unit: EntryUnit, path: string, target: string, hasFixedPath: boolean): void {
    const content = this.#python.files.get(path) ?? new Uint8Array();
    if (!this.#placed.isTaken(target, content)) {
      this.#placed.add(target, content);
    } else if (hasFixedPath) {
      noteLeftOut(this.#notes, unit, path, target);
    } else {
      const moved = `${this.#nameFolder(unit)}/${target}`;
      this.#placed.add(moved, content);
      noteMoved(this.#notes, unit, path, target, moved);
    }
  }

  /** First names that are not free, as scripts rely on what they mean. */
  #listFixedNames(units: readonly EntryUnit[]): ReadonlySet<string> {
    const names = new Set<string>();
    const add = (some: Iterable<string>): void => {
      for (const name of some) names.add(name);
    };
    for (const folder of new Set(units.map(({ beside }) => beside))) {
      add(folder.absolute);
      add(folder.firstNames);
    }
    for (const { imports, packageModules, isImported: hasFixedName, stem } of units) {
      add(imports.absolute);
      for (const path of packageModules) add(this.#python.getImports(path).absolute);
      if (hasFixedName) names.add(stem);
    }
    return names;
  }
}

/** Whether the unit imports a module by this name. */
function isImported({ imports, beside }: EntryUnit, name: string): boolean {
  return imports.absolute.has(name) || beside.absolute.has(name);
}

function getFolderName({ folder }: EntryUnit): string {
  return folder === '' ? 'flow' : getName(folder);
}
