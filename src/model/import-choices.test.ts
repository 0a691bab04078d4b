import { describe, expect, it } from 'vitest';
import {
  countStates,
  createImportChoice,
  decide,
  decideAll,
  findNewer,
  listConflicts,
  listTaken,
  noDecisions,
  recommendWay,
  type PresentContents,
} from './import-choices.ts';
import { WorkspaceId } from './ids.ts';
import type { ImportItem } from './workspace-import.ts';
import { buildImportItem, buildImportSummary, emptyPresent } from './testing/build-import-summary.ts';

const lesson = buildImportItem({ id: 'lesson', state: 'different' });
const prices = buildImportItem({
  kind: 'model',
  id: 'prices',
  state: 'different',
  bothProblem: 'A model has one name in a workspace.',
});
const fresh = buildImportItem({ id: 'fresh', state: 'new' });
const same = buildImportItem({ id: 'same', state: 'same' });
const conflicts = [lesson, prices];

function listChoices(...given: Parameters<typeof createImportChoice>): string[] {
  return createImportChoice(...given).conflicts.map(({ kind, id, choice }) => `${kind} ${id} ${choice}`);
}

it('finds what differs, and counts what is new, alike and different', () => {
  const summary = buildImportSummary({ items: [fresh, lesson, same, prices] });
  expect(listConflicts(summary)).toEqual([lesson, prices]);
  expect(countStates(summary.items)).toEqual({ new: 1, same: 1, different: 2 });
});

it('keeps what is here where nothing was decided', () => {
  expect(listChoices('merge', conflicts, noDecisions, '')).toEqual([
    'notebook lesson keep',
    'model prices keep',
  ]);
});

it('decides for one thing, and for all', () => {
  const one = decide(noDecisions, lesson, 'take');
  expect(listChoices('merge', conflicts, one, '')).toEqual(['notebook lesson take', 'model prices keep']);
  const all = decideAll(one, conflicts, 'take');
  expect(listChoices('merge', conflicts, all, '')).toEqual(['notebook lesson take', 'model prices take']);
});

it('leaves what cannot be there twice as it was decided', () => {
  const both = decideAll(decide(noDecisions, prices, 'take'), conflicts, 'both');
  expect(listChoices('merge', conflicts, both, '')).toEqual(['notebook lesson both', 'model prices take']);
});

it('tells what is here and goes, as it is called here', () => {
  const named = { ...lesson, hereTitle: 'My lesson' };
  const taken = decideAll(decide(noDecisions, prices, 'keep'), [named], 'take');
  expect(listTaken([named, prices], taken)).toEqual([{ kind: 'notebook', title: 'My lesson' }]);
});

it('asks for no decisions where a workspace of its own is made, or all is replaced', () => {
  const decisions = decideAll(noDecisions, conflicts, 'take');
  expect(createImportChoice('new', conflicts, decisions, ' Lessons ')).toEqual({
    way: 'new',
    conflicts: [],
    title: 'Lessons',
  });
  expect(createImportChoice('replace', conflicts, decisions, '').conflicts).toEqual([]);
});

it('tells which was changed last', () => {
  const found = [
    findNewer(buildImportItem({ changedAt: 2, hereChangedAt: 1 })),
    findNewer(buildImportItem({ changedAt: 1, hereChangedAt: 2 })),
    findNewer(buildImportItem({ changedAt: 1, hereChangedAt: 1 })),
    findNewer(buildImportItem({ changedAt: null, hereChangedAt: 1 })),
    findNewer(buildImportItem({ changedAt: 1, hereChangedAt: null })),
  ];
  expect(found).toEqual(['file', 'here', null, null, null]);
});

describe('what is chosen at first', () => {
  const recommend = (present: Partial<PresentContents>, items: readonly ImportItem[]) =>
    recommendWay({ ...emptyPresent, ...present }, buildImportSummary({ items }));
  const course = [fresh, buildImportItem({ id: 'second' })];

  it('fills a workspace in which nobody has made anything, and leaves any other as it is', () => {
    const others: readonly Partial<PresentContents>[] = [
      { notebooks: 2 },
      { cells: 1 },
      { files: 1 },
      { models: 1 },
      { schemas: 1 },
      { schedules: 1 },
      { profiles: 1 },
      { inTrash: 1 },
    ];
    expect([{}, { notebooks: 0 }].map((present) => recommend(present, course))).toEqual([
      'replace',
      'replace',
    ]);
    expect(others.map((other) => recommend(other, course))).toEqual(others.map(() => 'new'));
  });

  it('adds a single notebook to those that are here, unless something has to be decided on', () => {
    const profile = buildImportItem({ kind: 'profile', id: 'ada', state: 'same' });
    const found = [
      recommend({ cells: 1 }, [fresh]),
      recommend({ cells: 1 }, [same, profile]),
      recommend({ cells: 1 }, [lesson]),
      recommend({ cells: 1 }, [fresh, prices]),
      recommend({ cells: 1 }, [profile]),
      recommend({}, [fresh]),
    ];
    expect(found).toEqual(['merge', 'merge', 'new', 'new', 'new', 'replace']);
  });

  it('adds a backup to what is here, where those of its values are that are left, and makes a workspace of a rescue', () => {
    const present = { ...emptyPresent, cells: 1 };
    const found = (['backup', 'rescue'] as const).map((kind) => {
      const salvaged = {
        kind,
        writtenAt: 1,
        workspaces: [],
        chosen: WorkspaceId.from('own'),
        distrustedCount: 0,
      };
      return recommendWay(present, { ...buildImportSummary({ items: course }), salvaged });
    });
    expect(found).toEqual(['merge', 'new']);
  });
});
