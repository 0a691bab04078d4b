import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { invariant } from '../../../shared/invariant.ts';
import { readWhole } from '../file-sources.ts';
import { LazyFiles } from '../LazyFiles.ts';
import { mountPoints, pythonPath } from '../mount-points.ts';
import { readArchive } from '../read-archive.ts';
import type { BuiltArchive } from '../testing/build-archive.ts';

/** A Pyodide in Node that imports from archives alone. */
export interface StartedPython {
  readonly pyodide: PyodideAPI;
  /** The disk of the packages. */
  readonly packages: LazyFiles;
  /** Runs a script and gives what its last line evaluates to, as text. */
  readonly run: (script: string) => string;
}

export async function startPyodide(stdlib: BuiltArchive): Promise<StartedPython> {
  const nothing = join(mkdtempSync(join(tmpdir(), 'cahier-stdlib-')), 'nothing.zip');
  writeFileSync(nothing, '');
  let packages: LazyFiles | null = null;
  const pyodide = await loadPyodide({
    stdLibURL: nothing,
    env: { HOME: '/home/pyodide', PYTHONPATH: pythonPath },
    fsInit: (files) => {
      const disk = new LazyFiles(files);
      addArchive(disk, stdlib);
      disk.mount(mountPoints.stdlib);
      packages = new LazyFiles(files);
      packages.mount(mountPoints.packages);
      return Promise.resolve();
    },
  });
  invariant(packages, 'Pyodide asks for its files before it starts');
  return { pyodide, packages, run: (script) => String(pyodide.runPython(script)) };
}

/** Adds the files of a package, which are there already. Returns the paths left out. */
export function addArchive(disk: LazyFiles, { archive, sources }: BuiltArchive): string[] {
  const read = readArchive(archive);
  invariant(read.isOk, 'what was just built can be read');
  return disk.add(read.value, {
    archive: readWhole(() => archive, archive.byteLength),
    sources: readWhole(() => sources, sources.byteLength),
  });
}
