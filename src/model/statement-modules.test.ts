import { readFileSync } from 'node:fs';
import lock from 'pyodide/pyodide-lock.json' with { type: 'json' };
import { expect, it } from 'vitest';
import { normaliseName } from './package-names.ts';
import { parseRequirements } from './requirements.ts';
import { findModulePackage, statementModules } from './statement-modules.ts';

const language = readFileSync(
  new URL('../../python/src/cahier/statement_language.py', import.meta.url),
  'utf8',
);

it('the modules of a Statement are those that Python lets it import', () => {
  const [, list = ''] = /ALLOWED_MODULES = \(([^)]*)\)/.exec(language) ?? [];
  expect(statementModules).toEqual([...list.matchAll(/"([^"]+)"/g)].map((match) => match[1]));
});

it('each that is not of Python itself has a package, from Pyodide or from the index', () => {
  const known = new Set(Object.keys(lock.packages));
  const found = statementModules.flatMap((module) => findModulePackage(module) ?? []);
  expect(found.map(({ name, requirement }) => [name, known.has(normaliseName(name)), requirement])).toEqual([
    ['PyYAML', true, null],
    ['httpx', true, null],
    ['pandas', true, null],
    ['numpy', true, null],
    ['deepdiff', false, 'deepdiff<9'],
    ['passlib', false, 'passlib'],
    ...Array<unknown>(4).fill(['python-jose', false, 'python-jose[cryptography]']),
    ['openai', true, null],
    ['matplotlib', true, null],
    ['matplotlib', true, null],
  ]);
  for (const { name, requirement } of found) {
    if (requirement === null) continue;
    expect(parseRequirements(requirement).requirements).toEqual([{ line: 1, name, text: requirement }]);
  }
});

it('a name that only looks like one has none', () => {
  expect(['constructor', '__proto__', '', 'json', 'pandasx'].map(findModulePackage)).toEqual(
    Array(5).fill(null),
  );
});
