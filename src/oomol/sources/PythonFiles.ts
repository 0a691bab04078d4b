import type { FileMap } from '../manifests/read-manifest.ts';
import { decodeSource, findImports, type PythonImports } from './python-text.ts';

const noImports: PythonImports = { absolute: new Set(), relative: new Set(), relativeDepth: 0 };

/** The Python files among the files of a flow, each read once. */
export class PythonFiles {
  readonly files: FileMap;
  readonly #imports = new Map<string, PythonImports>();

  constructor(files: FileMap) {
    this.files = files;
  }

  /** The text of a file; null where it is not there or not UTF-8. */
  getText(path: string): string | null {
    const bytes = this.files.get(path);
    return bytes ? decodeSource(bytes) : null;
  }

  /** What a file imports; nothing where it is no Python. */
  getImports(path: string): PythonImports {
    const known = this.#imports.get(path);
    if (known) return known;
    const text = path.endsWith('.py') ? this.getText(path) : null;
    const imports = text === null ? noImports : findImports(text);
    this.#imports.set(path, imports);
    return imports;
  }
}
