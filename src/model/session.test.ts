import { describe, expect, it } from 'vitest';
import { joinPackages } from './session.ts';
import { changeSessionFiles } from './session-files.ts';
import { buildSessionFile } from './testing/builders.ts';

describe('the files of a session', () => {
  const files = [buildSessionFile('session/a', '1'), buildSessionFile('temporary/a', '2')];

  it('are those before with what a job wrote, of that directory alone', () => {
    const written = [buildSessionFile('temporary/a', '3'), buildSessionFile('temporary/B', '4')];
    expect(changeSessionFiles(files, { directory: 'temporary', removed: [] }, written)).toEqual([
      buildSessionFile('session/a', '1'),
      buildSessionFile('temporary/B', '4'),
      buildSessionFile('temporary/a', '3'),
    ]);
  });

  it('are those before without what a job removed', () => {
    expect(changeSessionFiles(files, { directory: 'session', removed: ['a', 'gone'] }, [])).toEqual([
      buildSessionFile('temporary/a', '2'),
    ]);
  });
});

describe('the packages of a session', () => {
  it('are those of its jobs by name, each version once', () => {
    const numpy = { name: 'numpy', version: '2.2.5' };
    const [older, newer] = ['1.0', '2.0'].map((version) => ({ name: 'own', version }));
    if (!older || !newer) throw new Error('there are two');
    expect(joinPackages([newer, numpy], [older, numpy])).toEqual([numpy, older, newer]);
  });
});
