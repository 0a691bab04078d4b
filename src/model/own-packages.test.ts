import { describe, expect, it } from 'vitest';
import type { Notebook } from './notebook.ts';
import { describePackages, havePackagesChanged, listBrought, listOwnPackages } from './own-packages.ts';
import { buildHash, buildNotebook, buildNotebookWheel } from './testing/builders.ts';

const shapes = buildNotebookWheel('Test.Shapes', '1');
const before = buildNotebook([], { requirements: 'six>=1.16 # old\npytz', wheels: [shapes] });

describe('the packages of a notebook', () => {
  it('are its wheels and its requirements, each once, by name', () => {
    const notebook = buildNotebook([], {
      requirements: 'Six>=1.16 # old\n-r more.txt\n\ntest_shapes==2',
      wheels: [shapes],
    });
    const listed = [
      { name: 'six', origin: { type: 'requirement', text: 'Six>=1.16' }, modules: null },
      { name: 'test-shapes', origin: { type: 'wheel', blob: buildHash('1') }, modules: ['Test.Shapes'] },
    ];
    expect(listOwnPackages(notebook)).toEqual(listed);
    const requirements = ['Six>=1.16', 'test_shapes==2'];
    expect(listBrought({ requirements, wheels: [{ ...shapes, content: null }] })).toEqual(listed);
  });
});

describe('the packages that a job found', () => {
  /** Whether the notebook, as it is with these parts, would give other ones to a job that used these. */
  function isOther(
    used: readonly string[],
    partial: Partial<Notebook>,
    packages = [''],
    absent = [''],
  ): boolean {
    const ownPackages = describePackages(listOwnPackages(before), used);
    const changed = listOwnPackages({ ...before, ...partial });
    return havePackagesChanged({ ownPackages, packages, absentModules: absent }, changed);
  }

  it('are others where one that was used is gone or changed, however the rest does', () => {
    expect(isOther(['six', 'test-shapes'], {})).toBe(false);
    expect(isOther(['six'], { requirements: '# both\n pytz==1 \n six>=1.16', wheels: [] })).toBe(false);
    expect(isOther([], { requirements: '', wheels: [] })).toBe(false);
    expect(isOther(['six'], { requirements: 'pytz' })).toBe(true);
    expect(isOther(['six'], { requirements: 'six>=1.17' })).toBe(true);
    expect(isOther(['six'], { wheels: [shapes, buildNotebookWheel('six', '2')] })).toBe(true);
    expect(isOther(['test-shapes'], { wheels: [] })).toBe(true);
    expect(isOther(['test-shapes'], { wheels: [buildNotebookWheel('test_shapes', '2')] })).toBe(true);
    expect(isOther(['test-shapes'], { wheels: [], requirements: 'test-shapes' })).toBe(true);
  });

  it('are others where one came that takes the place of what was imported from elsewhere, or looked for in vain', () => {
    const six = { wheels: [shapes, buildNotebookWheel('six', '2')] };
    const numpy = { requirements: `${before.requirements}\nNumPy<2` };
    const jose = { requirements: `${before.requirements}\npython-jose[cryptography]` };
    const paints = { requirements: `${before.requirements}\ntest-paints` };
    for (const partial of [six, numpy, jose, paints]) {
      expect(isOther([], partial, ['pandas'], ['helpers', 'helpers/six'])).toBe(false);
    }
    expect(isOther([], six, ['six'])).toBe(true);
    expect(isOther([], six, [], ['six'])).toBe(true);
    expect(isOther([], numpy, ['numpy'])).toBe(true);
    expect(isOther([], jose, [], ['jose'])).toBe(true);
    expect(isOther([], paints, [], ['test_paints'])).toBe(true);
  });

  it('are the same where what was there already was imported in vain, and where nothing was kept of them', () => {
    expect(isOther([], {}, ['pytz', 'test-shapes'], ['six', 'Test.Shapes'])).toBe(false);
    const job = { ownPackages: null, packages: ['numpy'], absentModules: ['numpy'] };
    expect(havePackagesChanged(job, listOwnPackages({ requirements: 'numpy', wheels: [] }))).toBe(false);
  });
});
