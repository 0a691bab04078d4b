// @ts-check
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { loadPyodide } from 'pyodide';
import { projectFolder } from './project.mjs';

// Lints the Python of this project and checks its format, with the settings in python/pyproject.toml.
// With --fix-format the files are formatted first.

/**
 * The table [tool.ruff], as far as this file looks into it.
 * @typedef {{ lint: { ignore: string[], 'per-file-ignores': Record<string, string[]> } }} Settings
 */

/** @typedef {{ code: string | null, message: string, start_location: { row: number, column: number } }} Diagnostic */

const pythonFolder = join(projectFolder, 'python');

/**
 * Python has the one TOML parser that this project has at hand.
 * @param {string} file
 * @returns {Promise<Settings>}
 */
async function readSettings(file) {
  const python = await loadPyodide();
  const parse = 'import json, tomllib; json.dumps(tomllib.loads(text)["tool"]["ruff"])';
  const locals = python.toPy({ text: readFileSync(file, 'utf8') });
  try {
    return JSON.parse(python.runPython(parse, { locals }));
  } finally {
    locals.destroy();
  }
}

/**
 * Ruff compiled to WebAssembly sees text and no paths, so that "per-file-ignores" is applied here.
 * @param {Settings} settings
 * @param {string} path below the folder of pyproject.toml, with slashes
 * @returns {Settings}
 * @throws {Error} when a pattern is not of the form "folder/*", which is all that is understood
 */
function settingsFor(settings, path) {
  const ignored = Object.entries(settings.lint['per-file-ignores']).flatMap(([pattern, codes]) => {
    if (!/^[^*?[\]!]+\/\*$/.test(pattern))
      throw new Error(`per-file-ignores has the pattern "${pattern}"; only "folder/*" is understood`);
    return path.startsWith(pattern.slice(0, -1)) ? codes : [];
  });
  return { ...settings, lint: { ...settings.lint, ignore: [...settings.lint.ignore, ...ignored] } };
}

/** @returns {string[]} paths below the folder of pyproject.toml, with slashes */
function pythonFiles() {
  return readdirSync(pythonFolder, { encoding: 'utf8', recursive: true })
    .filter((path) => path.endsWith('.py'))
    .map((path) => path.split(sep).join('/'))
    .sort();
}

/**
 * @param {Settings} settings
 * @param {string} path
 * @param {boolean} fixesFormat whether to write the file formatted
 * @returns {string[]} findings as "file:line:column code message"
 */
function lint(settings, path, fixesFormat) {
  const file = join(pythonFolder, path);
  const ruff = new Workspace(settingsFor(settings, path), PositionEncoding.Utf16);
  try {
    let source = readFileSync(file, 'utf8');
    const formatted = formattedSource(ruff, source);
    if (fixesFormat && formatted !== undefined && formatted !== source) {
      writeFileSync(file, formatted);
      source = formatted;
    }
    /** @type {Diagnostic[]} */
    const diagnostics = ruff.check(source);
    const found = diagnostics.map(described);
    if (formatted !== undefined && formatted !== source)
      found.push('1:1 format Not formatted; run: npm run format');
    return found.map((finding) => `${relative(projectFolder, file)}:${finding}`);
  } finally {
    ruff.free();
  }
}

/**
 * @param {Diagnostic} diagnostic
 * @returns {string}
 */
function described({ code, message, start_location: { row, column } }) {
  return `${row}:${column} ${code ?? 'invalid-syntax'} ${message}`;
}

/**
 * @param {Workspace} ruff
 * @param {string} source
 * @returns {string | undefined} undefined when the source does not parse, which the linter reports
 */
function formattedSource(ruff, source) {
  try {
    return ruff.format(source);
  } catch {
    return undefined;
  }
}

const settings = await readSettings(join(pythonFolder, 'pyproject.toml'));
const fixesFormat = process.argv.includes('--fix-format');
const lines = pythonFiles().flatMap((path) => lint(settings, path, fixesFormat));
for (const line of lines) console.log(line);
process.exitCode = lines.length === 0 ? 0 : 1;
