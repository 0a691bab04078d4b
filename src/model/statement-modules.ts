/** A package that brings a module which a Statement may import. */
export interface ModulePackage {
  /** As the Python Package Index spells it. */
  readonly name: string;
  /** The version of the platform that Statements are written for. */
  readonly platformVersion: string;
  /** What the index is asked for, where Pyodide does not have the package; null where it does. */
  readonly requirement: string | null;
}

/**
 * The packages of the modules that are not Python's own, by top-level name: a package is seldom called as its module is.
 * DeepDiff 9 needs compiled code that nobody has built for WebAssembly.
 */
const packages: Readonly<Record<string, ModulePackage>> = {
  deepdiff: { name: 'deepdiff', platformVersion: '6.3.1', requirement: 'deepdiff<9' },
  httpx: { name: 'httpx', platformVersion: '0.25.0', requirement: null },
  jose: { name: 'python-jose', platformVersion: '3.3.0', requirement: 'python-jose[cryptography]' },
  matplotlib: { name: 'matplotlib', platformVersion: '3.8.2', requirement: null },
  numpy: { name: 'numpy', platformVersion: '1.25.2', requirement: null },
  openai: { name: 'openai', platformVersion: '0.28.0', requirement: null },
  pandas: { name: 'pandas', platformVersion: '2.0.3', requirement: null },
  passlib: { name: 'passlib', platformVersion: '1.7.4', requirement: 'passlib' },
  yaml: { name: 'PyYAML', platformVersion: '6.0.1', requirement: null },
};

/** The full names of the modules that a Statement may import; `statement_language.py` has the same. */
export const statementModules = [
  ...['string', 'math', 'itertools', 'random', 'warnings', 'base64', 'io', 'json', 'xml', 'ssl', 'time'],
  ...['datetime', 'yaml', 'httpx', 'pandas', 'numpy', 'deepdiff', 'passlib.hash'],
  ...['jose', 'jose.backends', 'jose.constants', 'jose.utils', 'openai', 'matplotlib', 'matplotlib.pyplot'],
] as const;

/** The package that a module of this name, dotted or not, is of; null where it is Python's own, or nothing is known of it. */
export function findModulePackage(module: string): ModulePackage | null {
  const [top = ''] = module.split('.');
  return Object.hasOwn(packages, top) ? (packages[top] ?? null) : null;
}
