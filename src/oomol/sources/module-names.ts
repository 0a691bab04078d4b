import { isIdentifier } from './python-text.ts';

/**
 * Modules of Python that its libraries import: a file of the notebook of such a name would come before them. Files that
 * scripts import by their own name keep it; this is for those that get theirs from a folder or a scriptlet.
 */
const standardModules = new Set(
  (
    'abc array ast base64 binascii bisect builtins calendar cmath code codecs collections colorsys concurrent ' +
    'configparser contextlib copy csv ctypes dataclasses datetime decimal difflib dis email encodings enum errno ' +
    'fractions functools gc getpass glob graphlib gzip hashlib heapq hmac html http importlib inspect io itertools ' +
    'json keyword linecache locale logging lzma math mimetypes numbers operator os pathlib pickle pkgutil platform ' +
    'pprint profile queue random re sched secrets select selectors shlex shutil signal site socket sqlite3 ssl ' +
    'statistics string struct subprocess symtable sys tempfile test textwrap threading time timeit token tokenize ' +
    'tomllib trace traceback types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo ' +
    'cahier js main matplotlib micropip numpy oocana onelogic pandas pyodide'
  ).split(' '),
);

/** Chooses the names under which files can be imported that nobody imports by their own. */
export class ModuleNames {
  readonly #taken: Set<string>;

  /** `taken` are the first names of what scripts import, and of the notebook's files. */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** A name close to `wanted` that is an identifier and free. */
  choose(wanted: string): string {
    const cleaned = wanted.replace(/[^\p{L}\p{N}_]+/gu, '_').replace(/^_+(?=.)|_+$/gu, '');
    const started = /^[\p{L}_]/u.test(cleaned) ? cleaned : `task_${cleaned}`;
    const base = isIdentifier(started) && !standardModules.has(started) ? started : `${started}_task`;
    let name = base;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${base}_${number}`;
    this.#taken.add(name);
    return name;
  }
}
