import { describe, expect, it } from 'vitest';
import { noKnownModels, type KnownModels } from './known-models.ts';
import { noModels, type ModelConfiguration } from './model-configuration.ts';
import {
  describeExceptions,
  describeModelProblem,
  findModelProblems,
  listLoaded,
  modelListNames,
} from './plan-models.ts';
import { buildGroup, buildModel, buildVersion } from './testing/build-models.ts';

const deleted = { deletedAt: 5_000 };

/** “m” has versions 1, 3 and 4, “n” has 1; version 2 of “m” and “gone” are in the trash. */
const known: KnownModels = {
  models: [
    buildModel('m', { lastNumber: 4 }),
    buildModel('n'),
    buildModel('gone', deleted),
    buildModel('bare'),
  ],
  versions: [
    buildVersion('m', 1),
    buildVersion('m', 4),
    buildVersion('m', 3),
    buildVersion('m', 2, deleted),
    buildVersion('n', 1),
    buildVersion('gone', 1),
    buildVersion('bare', 1, deleted),
  ],
  groups: [
    buildGroup('both', ['m', 'n']),
    buildGroup('some', ['n', 'gone', 'removed']),
    buildGroup('none', ['gone', 'bare', 'removed']),
    buildGroup('empty', []),
  ],
};

function configure(partial: Partial<ModelConfiguration>): ModelConfiguration {
  return { ...noModels, ...partial };
}

/** What is wrong, each as "list row: message". */
function find(partial: Partial<ModelConfiguration>): string[] {
  return findModelProblems(configure(partial), known).map(
    ({ list, row, message }) => `${list} ${row}: ${message}`,
  );
}

function load(name: string, version: number | null): string[] {
  return find({ load: [{ name, version }] });
}

describe('what a cell loads', () => {
  it('may be any version that there is, the newest, and groups', () => {
    const rows = [
      { name: 'm', version: 1 },
      { name: 'n', version: null },
    ];
    expect(find({ load: rows, loadGroups: ['both', 'some'] })).toEqual([]);
  });

  it.each([
    ['x', null, 'There is no model “x”. Run the cell that saves it first, or choose another.'],
    ['', null, 'No model is chosen. Choose one, or remove the row.'],
    ['gone', null, 'The model “gone” is in the trash. Bring it back, or choose another.'],
    ['m', 0, 'The model “m” has no version 0. Choose 4, 3 or 1.'],
    ['m', 999, 'The model “m” has no version 999. Choose 4, 3 or 1.'],
    ['m', 2, 'Version 2 of the model “m” is in the trash. Bring it back, or choose 4, 3 or 1.'],
    ['n', 2, 'The model “n” has no version 2. Choose 1.'],
    [
      'bare',
      null,
      'All versions of the model “bare” are in the trash. Bring one back, or choose another model.',
    ],
  ])('is said to be wrong: “%s” in version %s', (name, version, message) => {
    expect(load(name, version)).toEqual([`load 0: ${message}`]);
  });

  it('has few of many versions named', () => {
    const many = Array.from({ length: 30 }, (_, index) => buildVersion('m', index + 1));
    const [problem] = findModelProblems(configure({ load: [{ name: 'm', version: 99 }] }), {
      ...known,
      versions: many,
    });
    expect(problem?.message).toBe(
      'The model “m” has no version 99. Choose 30, 29, 28, 27, 26, 25, 24, 23, 22, 21 or an older one.',
    );
  });

  it.each([
    ['x', 'There is no model group “x”. Run the cell that saves it first, or choose another.'],
    ['', 'No model group is chosen. Choose one, or remove the row.'],
    ['empty', 'The model group “empty” holds no models. Put some into it, or choose another.'],
    [
      'none',
      'All models of the model group “none” are gone or in the trash. Bring one back, or choose another group.',
    ],
  ])('is said to be wrong: the group “%s”', (name, message) => {
    expect(find({ loadGroups: [name] })).toEqual([`loadGroups 0: ${message}`]);
  });

  it('may be named once', () => {
    const row = { name: 'm', version: null };
    expect(find({ load: [row, { ...row, version: 1 }], loadGroups: ['both', 'both', 'both'] })).toEqual([
      'load 1: “m” is in row 1 already. Remove one of them.',
      'loadGroups 1: “both” is in row 1 already. Remove one of them.',
      'loadGroups 2: “both” is in row 1 already. Remove one of them.',
    ]);
  });
});

describe('what a cell saves', () => {
  it.each([
    ['create', 'new', []],
    ['create', 'gone', []],
    ['add-version', 'm', []],
    ['add-version', 'bare', []],
    ['create-or-add', 'new', []],
    ['create-or-add', 'm', []],
    ['create-or-add', 'a/b 😀', []],
    [
      'create',
      'm',
      [
        'There is a model “m” already. Choose “Create Or Add Version” to give it one more version, or another name.',
      ],
    ],
    [
      'add-version',
      'new',
      [
        'There is no model “new” to add a version to. Choose “Create Or Add Version” to have it made, or another model.',
      ],
    ],
    [
      'add-version',
      'gone',
      [
        'The model “gone”, which a version is to be added to, is in the trash. Bring it back, or choose another.',
      ],
    ],
    ['create-or-add', '', ['A model needs a name.']],
    ['create-or-add', '   ', ['A name begins and ends with no space.']],
    ['create-or-add', 'x'.repeat(300), ['A name has at most 200 characters, and this one has 300.']],
    ['create-or-add', 'a\nb', ['A name has no line breaks, tabs or other control characters.']],
  ] as const)('by the mode “%s” is checked: “%s”', (mode, name, messages) => {
    expect(find({ save: [{ mode, name }] })).toEqual(messages.map((message) => `save 0: ${message}`));
  });

  it('may be named once', () => {
    const save = [
      { mode: 'create-or-add', name: 'm' },
      { mode: 'create', name: 'm' },
    ] as const;
    expect(find({ save })).toEqual(['save 1: “m” is in row 1 already. Remove one of them.']);
  });

  it.each([
    ['g', ['a', 'm'], []],
    ['both', ['a'], []],
    ['', ['a'], ['A model group needs a name.']],
    [
      'g',
      [],
      ['No model is named for the group “g”. Add those that the script saves into it, or remove the row.'],
    ],
    ['g', ['a', 'b', 'a'], ['“a” is named twice. Remove it once.']],
    ['g', ['a', ''], ['A model needs a name.']],
  ])('into the group “%s” is checked: %j', (name, models, messages) => {
    expect(find({ saveGroups: [{ name, models }] })).toEqual(
      messages.map((message) => `saveGroups 0: ${message}`),
    );
  });

  it('has its groups named once', () => {
    const saveGroups = [
      { name: 'g', models: ['a'] },
      { name: 'g', models: ['b'] },
    ];
    expect(find({ saveGroups })).toEqual(['saveGroups 1: “g” is in row 1 already. Remove one of them.']);
  });
});

describe('a problem', () => {
  it('is told with its place', () => {
    const problem = { list: 'saveGroups', row: 2, message: 'So.' } as const;
    expect(describeModelProblem(problem)).toBe(`“${modelListNames.saveGroups}”, row 3: So.`);
  });
});

describe('the models that a script is given', () => {
  function list(partial: Partial<ModelConfiguration>): string[] {
    return listLoaded(configure(partial), known).map(
      ({ model, version }) => `${model.name} ${version.number}`,
    );
  }

  it('are those of the rows, then the newest of groups, each once', () => {
    const rows = [{ name: 'm', version: 3 }];
    expect(list({ load: rows, loadGroups: ['both', 'some'] })).toEqual(['m 3', 'n 1']);
    expect(list({ loadGroups: ['both'] })).toEqual(['m 4', 'n 1']);
    expect(list({ load: [{ name: 'm', version: null }] })).toEqual(['m 4']);
  });

  it('leave out what is not there', () => {
    const rows = ['x', 'gone', 'bare'].map((name) => ({ name, version: null }));
    expect(list({ load: [...rows, { name: 'm', version: 2 }], loadGroups: ['none', 'x'] })).toEqual([]);
    expect(listLoaded(configure({ loadGroups: ['both'] }), noKnownModels)).toEqual([]);
  });

  it('come with words on what of groups is not their newest version', () => {
    const configuration = configure({
      load: [
        { name: 'm', version: 3 },
        { name: 'n', version: null },
      ],
      loadGroups: ['both', 'some'],
    });
    expect(describeExceptions(configuration, known)).toEqual([
      'The model “m” of the group “both” is loaded in version 3, as its own row says.',
      'The model “n” of the group “both” is loaded in its newest version, as its own row says.',
      'The model “gone” of the group “some” is in the trash and is not loaded.',
      'A model of the group “some” is not there any more and is not loaded.',
      'The model “n” of the group “some” is loaded in its newest version, as its own row says.',
    ]);
  });
});
