/** What a Python file imports, as far as its text tells. */
export interface PythonImports {
  /** The first names of modules that are imported absolutely. */
  readonly absolute: ReadonlySet<string>;
  /** The first names of modules that are imported from beside the file, as in `from .x import y` and `from . import x`. */
  readonly relative: ReadonlySet<string>;
  /** How far relative imports reach: 0 where there are none, 1 for `.x`, 2 for `..x`. */
  readonly relativeDepth: number;
}

/** Finds imports by their lines; one in a text is found as well, which only takes a file along that is not needed. */
export function findImports(source: string): PythonImports {
  const absolute = new Set<string>();
  const relative = new Set<string>();
  let relativeDepth = 0;
  const lines = /^[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import\b[ \t(]*([^\n#)]*)/gm;
  for (const [, dots = '', module = '', list = ''] of source.matchAll(lines)) {
    relativeDepth = Math.max(relativeDepth, dots.length);
    const names = module === '' ? list.split(',').map(getFirstName) : [getFirstName(module)];
    const found = dots === '' ? absolute : relative;
    if (dots.length < 2) for (const name of names) found.add(name);
  }
  for (const [, list = ''] of source.matchAll(/^[ \t]*import[ \t]+([^#\n;]+)/gm)) {
    for (const part of list.split(',')) absolute.add(getFirstName(part));
  }
  absolute.delete('');
  return { absolute, relative, relativeDepth };
}

function getFirstName(text: string): string {
  return /^\w+/.exec(text.trim())?.[0] ?? '';
}

/** The text of a source file, with one kind of line end; null where it is not UTF-8. */
export function decodeSource(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return null;
  }
}

export function isIdentifier(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !keywords.has(name);
}

const keywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);
