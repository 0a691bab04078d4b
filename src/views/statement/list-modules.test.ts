import { describe, expect, it } from 'vitest';
import { BlobHash } from '../../model/ids.ts';
import type { NetworkPolicy } from '../../model/network-policy.ts';
import type { NotebookWheel } from '../../model/notebook.ts';
import { statementModules } from '../../model/statement-modules.ts';
import { describeRefusal, listModules, type ModuleSources } from './list-modules.ts';

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
  return [found?.packageName, found?.version, found?.availability, found?.refusedHosts.join()];
}

describe('the modules of a Statement', () => {
  it('are all listed', () => {
    expect(listModules(sources).map(({ name }) => name)).toEqual(statementModules);
  });

  it('come from Python, this build, the CDN or the index', () => {
    expect(['json', 'pandas', 'ssl', 'yaml', 'jose.utils'].map((name) => describeModule(name))).toEqual([
      [null, '3.13.2', 'Built in', ''],
      ['pandas', '2.3.3', 'In this build', ''],
      ['ssl', '1.0.0', 'From the Pyodide CDN', ''],
      ['PyYAML', '6.0.2', 'From the Pyodide CDN', ''],
      ['python-jose', null, 'From PyPI', ''],
    ]);
  });

  it('come as the notebook brings them, where it does', () => {
    const notebook = { wheels: [wheel], requirements: 'PyYAML==6.0.1\n' };
    expect(describeModule('jose', { notebook })).toEqual(['python-jose', '3.5.0', 'Added by you', '']);
    expect(describeModule('yaml', { notebook })).toEqual(['PyYAML', null, 'From PyPI: PyYAML==6.0.1', '']);
    const installed = [{ name: 'pyyaml', version: '6.0.1' }];
    expect(describeModule('yaml', { notebook, installed })).toEqual([
      'PyYAML',
      '6.0.1',
      'From PyPI: PyYAML==6.0.1',
      '',
    ]);
  });

  it('cannot be had where the policy lets nobody reach the host, and the host is named', () => {
    const none = { policy: { mode: 'none', hosts: [] } } as const;
    expect(describeModule('yaml', none)).toEqual([
      'PyYAML',
      '6.0.2',
      'Not available from the Pyodide CDN',
      'cdn.example',
    ]);
    expect(describeModule('pandas', none)).toEqual(['pandas', '2.3.3', 'In this build', '']);
    const listed = { policy: { mode: 'allow-list', hosts: ['pypi.org'] } } as const;
    expect(describeModule('yaml', listed)).toEqual(['PyYAML', '6.0.2', 'From the Pyodide CDN', '']);
    const missing = ['passlib', null, 'Not available from PyPI', 'files.pythonhosted.org'];
    expect(describeModule('passlib.hash', listed)).toEqual(missing);
    const installed = [{ name: 'passlib', version: '1.7.4' }];
    expect(describeModule('passlib.hash', { ...listed, installed })).toEqual([
      'passlib',
      '1.7.4',
      'From PyPI',
      '',
    ]);
  });

  it.each<[string, NetworkPolicy, string | null]>([
    ['asks', { mode: 'ask', hosts: [] }, null],
    [
      'allows nothing',
      { mode: 'none', hosts: ['pypi.org'] },
      'The network policy of this workspace allows no other host, so that what is “not available” below cannot be fetched. Choose another policy under “Network” in the workspace pane, or add the wheels under “Packages” above the notebook: those need no network.',
    ],
    [
      'lists other hosts',
      { mode: 'allow-list', hosts: [] },
      'The network policy of this workspace does not allow pypi.org and files.pythonhosted.org, so that what is “not available” below cannot be fetched. Allow them under “Network” in the workspace pane, or add the wheels under “Packages” above the notebook: those need no network.',
    ],
    [
      'lists a host too few',
      { mode: 'allow-list', hosts: ['pypi.org'] },
      'The network policy of this workspace does not allow files.pythonhosted.org, so that what is “not available” below cannot be fetched. Allow it under “Network” in the workspace pane, or add the wheels under “Packages” above the notebook: those need no network.',
    ],
    ['lists the hosts', { mode: 'allow-list', hosts: ['pypi.org', '*.pythonhosted.org'] }, null],
  ])('are said to be out of reach, and what to do, where the policy %s', (_, policy, said) => {
    expect(describeRefusal(listModules({ ...sources, policy }), policy)).toBe(said);
  });
});
