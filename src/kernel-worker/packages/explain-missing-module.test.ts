import lock from 'pyodide/pyodide-lock.json' with { type: 'json' };
import type { PyodideAPI } from 'pyodide';
import { describe, expect, it } from 'vitest';
import { explainMissingModule } from './explain-missing-module.ts';
import { LockedPackages } from './LockedPackages.ts';
import { findSimilarNames } from './similar-names.ts';
import { unavailableModules } from './unavailable-modules.ts';

const locked = new LockedPackages(lock as unknown as PyodideAPI['lockfile']);

const toIndex =
  "It may be on the Python Package Index: add its package to the notebook's requirements, under “Packages”.";

describe('a module that no package has', () => {
  it.each([
    ['numppy', 'numpy'],
    ['pnadas', 'pandas'],
    ['Sklearn', 'sklearn'],
    ['scikit_learn', 'sklearn'],
    ['pillow', 'PIL'],
    ['matplotlb', 'matplotlib'],
  ])('is likened to one that can be imported: %s', (typed, meant) => {
    expect(explainMissingModule(typed, locked.modules)).toBe(
      `No package that can be imported here has a module "${typed}". Did you mean ${meant}? ${toIndex}`,
    );
  });

  it('is sent to the index when it is like no other', () => {
    expect(explainMissingModule('qwertzuiop', locked.modules)).toBe(
      `No package that can be imported here has a module "qwertzuiop". ${toIndex}`,
    );
    expect(explainMissingModule('__proto__', locked.modules)).toBe(
      `No package that can be imported here has a module "__proto__". ${toIndex}`,
    );
  });

  it('is sent to the index under the name of its package where that is known', () => {
    expect(explainMissingModule('jose', locked.modules)).toBe(
      "It is in python-jose, of the Python Package Index: add python-jose[cryptography] to the notebook's requirements, under “Packages”.",
    );
  });

  it('is named as one that no browser can have, with what does its work', () => {
    expect(explainMissingModule('psycopg2', locked.modules)).toBe(
      'There is no psycopg2 for WebAssembly: psycopg2 speaks to a database server over a socket, which no browser opens. Fetch the data over HTTP, from a service in front of the database. In the browser there are sqlite3 and sqlalchemy.',
    );
    expect(explainMissingModule('torch', locked.modules)).toBe(
      'There is no torch for WebAssembly: PyTorch is compiled code that nobody has built for WebAssembly. scikit-learn, xgboost and lightgbm can be imported here.',
    );
  });

  it('is not said of any that the distribution has', () => {
    expect(unavailableModules.filter((module) => locked.findByModule(module))).toEqual([]);
    const recommended =
      'numpy scipy sklearn xgboost lightgbm pandas pyarrow sqlite3 sqlalchemy requests httpx bs4 lxml nltk tiktoken';
    expect(recommended.split(' ').filter((module) => !locked.findByModule(module))).toEqual([]);
  });
});

it('similar names are few, near and ordered', () => {
  expect(findSimilarNames('ab', ['ab', 'ba', 'abc', 'abcd', 'xy', '_a'])).toEqual(['ab', 'abc', 'ba']);
  expect(findSimilarNames('', ['a', 'b'])).toEqual(['a', 'b']);
  expect(findSimilarNames('x'.repeat(5_000), ['numpy'])).toEqual([]);
});
