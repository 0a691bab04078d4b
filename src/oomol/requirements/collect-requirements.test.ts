import { describe, expect, it } from 'vitest';
import { ImportNotes } from '../ImportNotes.ts';
import { buildFiles } from '../testing/build-files.ts';
import { collectRequirements } from './collect-requirements.ts';

function collect(texts: Readonly<Record<string, string>>, roots: readonly string[] = ['']) {
  const notes = new ImportNotes();
  const requirements = collectRequirements(buildFiles(texts), roots, notes);
  return { requirements, notes: notes.list().map(({ file, what }) => `${file}: ${what}`) };
}

describe('the packages that a flow needs', () => {
  it('are those of requirements.txt', () => {
    expect(
      collect({
        'requirements.txt': '# tools\nplotly==5.24.0\r\n\r\npandas[excel]>=2 # tables\noocana==0.16\n',
      }),
    ).toEqual({
      requirements: 'plotly==5.24.0\npandas[excel]>=2\n',
      notes: [],
    });
  });

  it('are those of a pyproject.toml', () => {
    expect(
      collect({
        'pyproject.toml': `
          [project]
          name = "x"
          requires-python = ">=3.11,<3.13"
          dependencies = [
              "pandas (>=3.0.0,<4.0.0)", # the tables
              'duckdb[all]>=1.4',
          ]

          [build-system]
          requires = ["poetry-core>=2.0.0,<3.0.0"]
        `,
      }),
    ).toEqual({ requirements: 'pandas>=3.0.0,<4.0.0\nduckdb[all]>=1.4\n', notes: [] });
  });

  it('are those of poetry, in the words of pip', () => {
    expect(
      collect({
        'pyproject.toml': `
          [tool.poetry.dependencies]
          python = "^3.11"
          a = "^1.2.3"
          b = "^0.2.3"
          c = "~1.2"
          d = "*"
          e = ">=1, <2"
          f = "1.0"
          g = { version = "^1", extras = ["x"] }

          [tool.poetry.group.dev.dependencies]
          pytest = "*"
        `,
      }),
    ).toEqual({
      requirements: 'a>=1.2.3,<2\nb>=0.2.3,<0.3\nc>=1.2,<1.3\nd\ne>=1,<2\nf==1.0\n',
      notes: ['pyproject.toml: The requirement "g = { version = "^1", extras = ["x"] }" was not understood.'],
    });
  });

  it('are those that the script of a package installs', () => {
    const script =
      'npm install lodash && pip install -r requirements.txt && pip install -U "six>=1.16" jinja2\npoetry install --no-root';
    expect(collect({ 'package.oo.yaml': `scripts: { bootstrap: ${JSON.stringify(script)} }` })).toEqual({
      requirements: 'six>=1.16\njinja2\n',
      notes: [],
    });
  });

  it('of several packages come together, the first of a name counts', () => {
    expect(
      collect({ 'a/requirements.txt': 'six\nPyYAML==6', 'b/requirements.txt': 'six\npyyaml==5\n' }, [
        'a',
        'b',
        'a',
        'c',
      ]),
    ).toEqual({
      requirements: 'six\nPyYAML==6\n',
      notes: [
        'b/requirements.txt: The requirement "pyyaml==5" was left out: "PyYAML==6" is asked for already.',
      ],
    });
  });

  it('that cannot be had by name are told of', () => {
    expect(
      collect({
        'requirements.txt': '-r more.txt\nx @ https://example.com/x.whl\n',
        'pyproject.toml': '[project]\ndependencies = other\n',
      }),
    ).toEqual({
      requirements: '',
      notes: [
        'requirements.txt: The requirement "-r more.txt" was left out: Other files are not read from here. Copy their lines into this list.',
        'requirements.txt: The requirement "x @ https://example.com/x.whl" was left out: An address is not installed from: nothing tells whether it gives the same file tomorrow. Download the wheel, and add it under “Wheels”.',
        'pyproject.toml: The requirement "[project] dependencies" was not understood.',
      ],
    });
  });
});
