import { describe, expect, it } from 'vitest';
import { parseRequirements } from './requirements.ts';

function listTexts(text: string): string[] {
  return parseRequirements(text).requirements.map((requirement) => requirement.text);
}

function listProblems(text: string): string[] {
  return parseRequirements(text).problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('requirements', () => {
  it('are read one a line, with versions, extras, markers and comments', () => {
    const typed = `# for the tables
six
Tabulate >= 0.9 , < 1   # not 1.0
uncertainties[arrays,all]==3.2.*
zope.interface~=6.0; python_version >= "3.8" and sys_platform == 'emscripten'

an_other===2!1.0+local.1`;
    expect(parseRequirements(typed)).toEqual({
      requirements: [
        { line: 2, text: 'six', name: 'six' },
        { line: 3, text: 'Tabulate >= 0.9 , < 1', name: 'tabulate' },
        { line: 4, text: 'uncertainties[arrays,all]==3.2.*', name: 'uncertainties' },
        {
          line: 5,
          text: `zope.interface~=6.0; python_version >= "3.8" and sys_platform == 'emscripten'`,
          name: 'zope-interface',
        },
        { line: 7, text: 'an_other===2!1.0+local.1', name: 'an-other' },
      ],
      problems: [],
    });
  });

  it('are read with the line ends of every system', () => {
    expect(listTexts('six\r\npytz\rtabulate')).toEqual(['six', 'pytz', 'tabulate']);
    expect(listTexts('')).toEqual([]);
  });

  const editable =
    'An editable install needs a folder on a disk. Build a wheel of it, and add that under “Wheels”.';
  const otherFile = 'Other files are not read from here. Copy their lines into this list.';
  const option = 'Options of pip are not understood here. Give the name of a package.';
  const address =
    'An address is not installed from: nothing tells whether it gives the same file tomorrow. Download the wheel, and add it under “Wheels”.';
  const localFile = 'Files of this computer cannot be read from here. Add the wheel under “Wheels”.';
  const equals = 'A version is given with two equals signs, as in six==1.17.0.';

  it.each([
    ['-e .', editable],
    ['--editable=./x', editable],
    ['-r base.txt', otherFile],
    ['-cconstraints.txt', option],
    ['--constraint x.txt', otherFile],
    ['--index-url https://example.org/simple', option],
    ['https://example.org/six.whl', address],
    ['git+ssh://example.org/six', address],
    ['six @ https://example.org/six.whl', address],
    ['./six', localFile],
    ['/tmp/six.whl', localFile],
    ['C:\\six', localFile],
    ['six-1.17.0-py3-none-any.whl', localFile],
    ['six=1.17', equals],
    ['six = 1.17', equals],
  ])('of what cannot be had are refused with the reason: %s', (typed, message) => {
    expect(listProblems(typed)).toEqual([`1: ${message}`]);
    expect(listTexts(typed)).toEqual([]);
  });

  it.each(['six 1.17', 'six==', '==1', 'six[', 'six; \u0000', 'six,pytz', '"six"', 'six (>=1)'])(
    'that are none are refused: %s',
    (typed) => {
      expect(listProblems(typed)).toEqual([
        `1: “${typed.trim()}” is no requirement. Write a name and, if it matters, versions: six>=1.16.`,
      ]);
    },
  );

  it('stand once in the list, however they are spelled', () => {
    expect(listProblems('a.b\n\nA-_b>1')).toEqual(['3: A-_b is in line 1 already.']);
  });

  it('are no more than a hundred', () => {
    const lines = Array.from({ length: 101 }, (_, index) => `package-${index}`);
    expect(listProblems(lines.join('\n'))).toEqual(['101: More than 100 are not installed.']);
  });

  it('are refused however much is typed, which would not end were the pattern tried in all ways', () => {
    const times = 300_000;
    const typed = [
      `${'a-'.repeat(times)}!`,
      'a,'.repeat(times),
      `a[${'b, '.repeat(times)}`,
      `a${'>=1,'.repeat(times)}!`,
    ];
    const { requirements, problems } = parseRequirements(typed.join('\n'));
    expect([requirements, problems.map(({ line }) => line)]).toEqual([[], [1, 2, 3, 4]]);
  });
});
