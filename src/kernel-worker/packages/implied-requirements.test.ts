import { describe, expect, it } from 'vitest';
import { BlobHash } from '../../model/ids.ts';
import type { JobWheel } from '../../model/job-request.ts';
import { explainImplied, listImplied } from './implied-requirements.ts';

function createWheel(name: string, modules: readonly string[]): JobWheel {
  const fileName = `${name}-1.0-py3-none-any.whl`;
  const blob = BlobHash.from('a'.repeat(64));
  return { blob, fileName, name, version: '1.0', byteSize: 7, modules, needs: [], content: null };
}

const modules = ['deepdiff', 'jose', 'json', 'numpy', 'passlib', 'shapes'];

describe('what the imports of a Statement ask the index for', () => {
  it('is what neither Python nor Pyodide has', () => {
    expect(listImplied(modules, { wheels: [], requirements: [] })).toEqual([
      'deepdiff<9',
      'python-jose[cryptography]',
      'passlib',
    ]);
  });

  it('is nothing that the notebook brings, as a wheel or in a version of its own', () => {
    const wheels = [createWheel('my_jose', ['jose']), createWheel('PassLib', [])];
    expect(listImplied(modules, { wheels, requirements: ['DeepDiff==6.3.1'] })).toEqual([]);
  });

  it('is named where it is missed', () => {
    expect(explainImplied('jose')).toBe(
      'It is in python-jose, which comes from the Python Package Index and was not installed: the log says why. You can also add its wheel under “Packages”.',
    );
    expect([explainImplied('numpy'), explainImplied('json')]).toEqual([null, null]);
  });
});
