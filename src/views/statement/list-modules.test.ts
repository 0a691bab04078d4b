import { describe, expect, it } from 'vitest';
import { BlobHash } from '../../model/ids.ts';
import type { NotebookWheel } from '../../model/notebook.ts';
import { statementModules } from '../../model/statement-modules.ts';
import { listModules, type ModuleSources } from './list-modules.ts';

const wheel: NotebookWheel = {
  blob: BlobHash.from('a'.repeat(64)),
  fileName: 'python_jose-3.5.0-py3-none-any.whl',
  name: 'python-jose',
  version: '3.5.0',
  byteSize: 7,
  modules: ['jose'],
  needs: [],
};

const sources: ModuleSources = {
  packages: [
    { name: 'pyyaml', version: '6.0.2', imports: ['_yaml', 'yaml'], isServed: false },
    { name: 'pandas', version: '2.3.3', imports: ['pandas'], isServed: true },
    { name: 'ssl', version: '1.0.0', imports: ['ssl'], isServed: false },
  ],
  notebook: { wheels: [], requirements: '' },
  installed: [],
  policy: { mode: 'ask', hosts: [] },
  distributionUrl: 'https://cdn.example/full/',
  pythonVersion: '3.13.2',
};

function describeModule(name: string, changed: Partial<ModuleSources> = {}): unknown {
  const found = listModules({ ...sources, ...changed }).find((module) => module.name === name);
  return [found?.packageName, found?.version, found?.availability, found?.problem];
}

describe('the modules of a Statement', () => {
  it('are all listed', () => {
    expect(listModules(sources).map(({ name }) => name)).toEqual(statementModules);
  });

  it('come from Python, this build, the CDN or the index', () => {
    expect(['json', 'pandas', 'ssl', 'yaml', 'jose.utils'].map((name) => describeModule(name))).toEqual([
      [null, '3.13.2', 'Built in', null],
      ['pandas', '2.3.3', 'In this build', null],
      ['ssl', '1.0.0', 'From the Pyodide CDN', null],
      ['PyYAML', '6.0.2', 'From the Pyodide CDN', null],
      ['python-jose', null, 'From PyPI', null],
    ]);
  });

  it('come as the notebook brings them, where it does', () => {
    const notebook = { wheels: [wheel], requirements: 'PyYAML==6.0.1\n' };
    expect(describeModule('jose', { notebook })).toEqual(['python-jose', '3.5.0', 'Added by you', null]);
    expect(describeModule('yaml', { notebook })).toEqual(['PyYAML', null, 'From PyPI: PyYAML==6.0.1', null]);
    const installed = [{ name: 'pyyaml', version: '6.0.1' }];
    expect(describeModule('yaml', { notebook, installed })).toEqual([
      'PyYAML',
      '6.0.1',
      'From PyPI: PyYAML==6.0.1',
      null,
    ]);
  });

  it('cannot be had where the policy lets nobody reach the host, which says why', () => {
    const none = { policy: { mode: 'none', hosts: [] } } as const;
    expect(describeModule('yaml', none)).toEqual([
      'PyYAML',
      '6.0.2',
      'Not available from the Pyodide CDN',
      "cdn.example was not reached: the workspace's network policy allows no other host. Change it under “Network” in the workspace pane.",
    ]);
    expect(describeModule('pandas', none)).toEqual(['pandas', '2.3.3', 'In this build', null]);
    const listed = { policy: { mode: 'allow-list', hosts: ['pypi.org'] } } as const;
    expect(describeModule('yaml', listed)).toEqual(['PyYAML', '6.0.2', 'From the Pyodide CDN', null]);
    const missing = [
      'passlib',
      null,
      'Not available from PyPI',
      "files.pythonhosted.org is not allowed by the workspace's network policy. Allow it under “Network” in the workspace pane.",
    ];
    expect(describeModule('passlib.hash', listed)).toEqual(missing);
    const installed = [{ name: 'passlib', version: '1.7.4' }];
    expect(describeModule('passlib.hash', { ...listed, installed })).toEqual([
      'passlib',
      '1.7.4',
      'From PyPI',
      null,
    ]);
  });
});
