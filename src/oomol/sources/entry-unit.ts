import { getFolder, getName } from '../paths.ts';
import type { Companions, TaskFolder } from './companions.ts';
import type { PackageModules } from './PackageModules.ts';
import type { PythonFiles } from './PythonFiles.ts';
import type { PythonImports } from './python-text.ts';

/** A node that runs a function of a Python file. */
export interface TaskUse {
  readonly nodeId: string;
  /** The manifest that names the file. */
  readonly manifestPath: string;
  readonly entryPath: string;
  readonly functionName: string;
  readonly packageRoot: string;
}

/** A Python file that nodes run, with the files it needs. */
export interface EntryUnit {
  readonly path: string;
  readonly folder: string;
  /** The file's name without its ending. */
  readonly stem: string;
  readonly text: string;
  readonly uses: readonly TaskUse[];
  readonly imports: PythonImports;
  readonly beside: TaskFolder;
  readonly packageRoot: string;
  /** Files of the package around it that it imports by the names they have there. */
  readonly packageModules: readonly string[];
  /** Whether the text of a cell would not do, as several nodes run it or other files import it. */
  readonly isShared: boolean;
  /** Whether some file imports it by its own name. */
  readonly isImported: boolean;
  /** Whether it only works as a file in a folder: it imports, or is imported, from beside, or asks where it lies. */
  readonly needsFolder: boolean;
}

/** What units are read with. */
export interface UnitSources {
  readonly python: PythonFiles;
  readonly companions: Companions;
  readonly packages: PackageModules;
  readonly entries: ReadonlySet<string>;
}

/** Reads the file of some uses; null where it is no text in UTF-8. */
export function readUnit(sources: UnitSources, uses: readonly TaskUse[]): EntryUnit | null {
  const { python, companions, packages, entries } = sources;
  const [use] = uses;
  const text = use ? python.getText(use.entryPath) : null;
  if (!use || text === null) return null;
  const path = use.entryPath;
  const folder = getFolder(path);
  const stem = getName(path).replace(/\.py$/, '');
  const imports = python.getImports(path);
  const beside = companions.read(folder);
  const others = [...entries]
    .filter((entry) => entry !== path && getFolder(entry) === folder)
    .map((entry) => python.getImports(entry));
  const isImported = beside.absolute.has(stem) || others.some(({ absolute }) => absolute.has(stem));
  const isPart = beside.relative.has(stem) || others.some(({ relative }) => relative.has(stem));
  const isShared = uses.length > 1 || isImported || isPart;
  const needsFolder =
    isPart ||
    imports.relativeDepth > 0 ||
    /\b__file__\b/.test(text) ||
    (isShared && stem === '__init__' && beside.companions.length > 0);
  const packageRoot = use.packageRoot;
  const isNeeded = (name: string): boolean =>
    (imports.absolute.has(name) || beside.absolute.has(name)) && !beside.firstNames.has(name);
  const packageModules = packages
    .find(packageRoot, isNeeded)
    .filter((module) => module !== path && !beside.paths.has(module));
  return {
    path,
    folder,
    stem,
    text,
    uses,
    imports,
    beside,
    packageRoot,
    packageModules,
    isShared,
    isImported,
    needsFolder,
  };
}
