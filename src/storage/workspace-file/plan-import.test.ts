// Longer than most files: each kind of thing, each way and each choice.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImportId, ModelId, NotebookId, WorkspaceId } from '../../model/ids.ts';
import { buildLoadingCell, buildModel, buildVersion } from '../../model/testing/build-models.ts';
import { buildLine, buildSchedule } from '../../model/testing/build-schedules.ts';
import { buildCell, buildHash, buildJob, buildNotebook, buildProfile } from '../../model/testing/builders.ts';
import type {
  ConflictChoice,
  ConflictDecision,
  ImportChoice,
  ImportedKind,
  ImportItem,
} from '../../model/workspace-import.ts';
import { allParts } from '../../model/workspace-parts.ts';
import { chooseRecords } from './choose-records.ts';
import { compareWithHere } from './compare-with-here.ts';
import { findReferenceProblem } from './find-reference-problem.ts';
import { planImport, type ImportPlan } from './plan-import.ts';
import { buildLinkedRecords } from './testing/build-linked-records.ts';
import { listIds, shapeOf } from './testing/id-shapes.ts';
import {
  buildEmptyRecords,
  buildRecords,
  carryOut,
  createWorld,
  findWorkspace,
  moveRecords,
  toState,
  type StoredWorld,
} from './testing/stored-worlds.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

const origin = { importId: ImportId.from('import'), name: 'linked.cahier', now: 9_000 };
const hereId = WorkspaceId.from('here');
const asNew: ImportChoice = { way: 'new', conflicts: [], title: 'Taken over' };
const replacing: ImportChoice = { ...asNew, way: 'replace' };

function merging(...conflicts: readonly [ImportedKind, string, ConflictChoice][]): ImportChoice {
  return {
    way: 'merge',
    title: '',
    conflicts: conflicts.map(([kind, id, choice]) => ({ kind, id, choice })),
  };
}

function here(partial: Partial<WorkspaceRecords> = {}): StoredWorld {
  return createWorld(buildRecords(partial, hereId));
}

function importInto(
  world: StoredWorld,
  file: WorkspaceRecords,
  choice: ImportChoice,
): {
  readonly plan: ImportPlan;
  readonly after: WorkspaceRecords;
  readonly world: StoredWorld;
} {
  const plan = planImport(file, toState(world, hereId), choice, origin);
  const changed = carryOut(world, plan);
  return { plan, world: changed, after: findWorkspace(changed, plan.imported.workspaceId) };
}

function compare(world: StoredWorld, file: WorkspaceRecords): ImportItem[] {
  return compareWithHere(file, toState(world, hereId).here);
}

/** The records as they come in: schedules switched off, notebooks and versions known by their import. */
function markImported({ workspace: _workspace, settings: _settings, ...records }: WorkspaceRecords): object {
  const { importId } = origin;
  return {
    ...records,
    notebooks: records.notebooks.map((notebook) => ({ ...notebook, importId })),
    versions: records.versions.map((version) => ({ ...version, importId })),
    schedules: records.schedules.map((schedule) => ({
      ...schedule,
      paused: { reason: 'It came with “linked.cahier”.' },
    })),
  };
}

describe('the plan of an import', () => {
  it('keeps every id in a browser that has none of them', () => {
    const file = buildLinkedRecords('old-');
    const { plan, after } = importInto(here(), file, asNew);
    expect(plan.records).toEqual(markImported(file));
    expect(after.workspace).toEqual({ id: file.workspace.id, title: 'Taken over', createdAt: 9_000 });
    expect(plan.settings).toEqual({ openNotebook: 'old-notebook', activeProfile: 'old-profile' });
    expect(plan.notebookId).toBe('old-notebook');
    expect(plan.losses).toEqual([]);
  });

  it('gives everything an id of its own where another workspace has it, in every field', () => {
    const file = buildLinkedRecords('old-');
    expect(listIds(file).filter((id) => !id.startsWith('old-'))).toEqual([]);
    const world = createWorld(buildEmptyRecords(hereId), file);
    const { plan, world: after } = importInto(world, file, asNew);
    expect(JSON.stringify([plan.records, plan.added, plan.settings])).not.toContain('old-');
    expect(findWorkspace(after, file.workspace.id)).toEqual(file);
    expect(shapeOf(plan.records)).toEqual(shapeOf(markImported(file)));
  });

  it('finds everything the same that comes back, and changes nothing', () => {
    const world = createWorld({ ...moveRecords(buildLinkedRecords('old-'), hereId) });
    const file = buildLinkedRecords('old-');
    expect(compare(world, file).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'notebook same',
      'schema same',
      'model same',
      'model-group same',
      'profile same',
      'production-line same',
      'schedule same',
      'schedule same',
    ]);
    expect(importInto(world, file, merging()).after).toEqual(findWorkspace(world, hereId));
  });

  it('replaces all that is here, and nothing of what the workspace is here', () => {
    const file = {
      ...buildLinkedRecords('old-'),
      workspace: { ...buildLinkedRecords('old-').workspace, title: 'Theirs' },
    };
    const world = here({
      notebooks: [buildNotebook(['Cell'], { id: NotebookId.from('mine') })],
      models: [buildModel('iris')],
      profiles: [buildProfile('ada')],
    });
    const { after, plan } = importInto(world, file, replacing);
    expect(after.workspace).toEqual({ id: hereId, title: 'Theirs', createdAt: file.workspace.createdAt });
    expect(plan.records).toEqual(markImported(moveRecords(file, hereId)));
    expect(after.notebooks.map(({ id, deletedAt }) => [id, deletedAt])).toEqual([
      ['mine', 9_000],
      ['old-notebook', null],
    ]);
    expect(after.models.map(({ name, id, deletedAt }) => [name, id, deletedAt])).toEqual([
      ['iris', 'iris', 9_000],
      ['iris', 'old-model', null],
    ]);
    expect(after.profiles.map(({ id }) => id)).toEqual(['old-profile']);
  });

  it('leaves what is in the trash there, and nothing of a notebook in which nothing was made', () => {
    const world = here({
      notebooks: [
        buildNotebook([], { id: NotebookId.from('untouched') }),
        buildNotebook([], { id: NotebookId.from('run'), createdAt: 2 }),
        buildNotebook([], { id: NotebookId.from('deleted'), deletedAt: 8_000 }),
      ],
      jobs: [buildJob(buildCell('Gone'), 1_000, { notebookId: NotebookId.from('run') })],
    });
    const { after, plan } = importInto(world, buildRecords({}), replacing);
    expect(after.notebooks.map(({ id, deletedAt }) => [id, deletedAt])).toEqual([
      ['run', 9_000],
      ['deleted', 8_000],
    ]);
    expect(plan.removed.notebooks).toEqual(['untouched']);
    expect(plan.trashed.notebooks.map(({ formerId }) => formerId)).toEqual(['run']);
  });

  it('puts all that it replaces into the trash under ids of its own where the file is of the same workspace', () => {
    const linked = moveRecords(buildLinkedRecords('old-'), hereId);
    const { after } = importInto(createWorld(linked), buildLinkedRecords('old-'), replacing);
    const { records } = importInto(here(), buildLinkedRecords('old-'), replacing).plan;
    const split = (isTrashed: boolean): object => {
      const notebooks = after.notebooks.filter(({ deletedAt }) => (deletedAt !== null) === isTrashed);
      const models = after.models.filter(({ deletedAt }) => (deletedAt !== null) === isTrashed);
      const notebookIds = notebooks.map(({ id }) => id);
      const modelIds = models.map(({ id }) => id);
      const isOwn = ({ notebookId }: { readonly notebookId: NotebookId }): boolean =>
        notebookIds.includes(notebookId);
      return {
        notebooks,
        models,
        versions: after.versions.filter(({ modelId }) => modelIds.includes(modelId)),
        checkpoints: after.checkpoints.filter(isOwn),
        sessions: after.sessions.filter(isOwn),
        jobs: after.jobs.filter(isOwn),
      };
    };
    const { notebooks, models, versions, checkpoints, sessions, jobs } = records;
    expect(split(false)).toEqual({ notebooks, models, versions, checkpoints, sessions, jobs });
    const isInTrash = <Known extends object>(record: Known): Known => ({ ...record, deletedAt: 9_000 });
    const trashed = {
      notebooks: linked.notebooks.map(isInTrash),
      models: linked.models.map(isInTrash),
      versions: linked.versions,
      checkpoints: linked.checkpoints,
      sessions: linked.sessions,
      jobs: linked.jobs,
    };
    expect(shapeOf(split(true))).toEqual(shapeOf(trashed));
  });

  it('takes no policy for other hosts over', () => {
    const file = buildRecords({});
    const network = { mode: 'allow-list', hosts: ['evil.example'] } as const;
    const { plan } = importInto(here(), { ...file, workspace: { ...file.workspace, network } }, replacing);
    expect(JSON.stringify(plan)).not.toContain('evil.example');
  });
});

describe('a notebook that is here already', () => {
  const mine = buildNotebook(['Mine'], { title: 'Report' });
  const theirs = buildNotebook(['Theirs'], { title: 'Report', changedAt: 5_000 });
  const world = here({
    notebooks: [mine],
    jobs: [buildJob(buildCell('Mine'), 1_000)],
    checkpoints: [
      {
        cellId: buildCell('Mine').id,
        notebookId: mine.id,
        column: 'x',
        history: [{ value: null, at: 1, origin: null }],
      },
    ],
  });
  const file = buildRecords({ notebooks: [theirs], jobs: [buildJob(buildCell('Theirs'), 2_000)] });

  it('is different, and stays with its results where it is kept', () => {
    expect(compare(world, file)).toEqual([
      {
        kind: 'notebook',
        id: 'notebook',
        title: 'Report',
        hereTitle: 'Report',
        state: 'different',
        changedAt: 5_000,
        hereChangedAt: 1_000,
        bothProblem: null,
      },
    ]);
    const { after, plan } = importInto(world, file, merging());
    expect(after).toEqual(findWorkspace(world, hereId));
    expect(plan.notebookId).toBe(mine.id);
  });

  it('goes to the trash with its results, under another id, where that of the file is taken', () => {
    const { after, plan } = importInto(world, file, merging(['notebook', 'notebook', 'take']));
    const [trashed, taken] = after.notebooks;
    expect(taken).toEqual({ ...theirs, workspaceId: hereId, importId: 'import' });
    const [cell] = trashed?.cells ?? [];
    expect(trashed).toEqual({
      ...mine,
      id: trashed?.id,
      workspaceId: hereId,
      cells: [{ ...mine.cells[0], id: cell?.id }],
      deletedAt: 9_000,
    });
    expect(new Set([trashed?.id, taken?.id, cell?.id, taken?.cells[0]?.id]).size).toBe(4);
    expect(after.jobs.map(({ title, notebookId, cellId }) => [title, notebookId, cellId])).toEqual([
      ['Mine', trashed?.id, cell?.id],
      ['Theirs', 'notebook', 'Theirs'],
    ]);
    expect(after.checkpoints.map(({ notebookId, cellId }) => [notebookId, cellId])).toEqual([
      [trashed?.id, cell?.id],
    ]);
    expect(plan.notebookId).toBe('notebook');
  });

  it('stays beside that of the file where both are wanted', () => {
    const { after, plan } = importInto(world, file, merging(['notebook', 'notebook', 'both']));
    const [first, second] = after.notebooks;
    expect(first).toEqual({ ...mine, workspaceId: hereId });
    expect([second?.title, second?.importId]).toEqual(['Report 2', 'import']);
    expect(plan.notebookId).toBe(second?.id);
    expect(
      new Set(
        [...after.notebooks.flatMap(({ cells }) => cells), ...after.jobs, second].map((each) => each?.id),
      ).size,
    ).toBe(5);
    const job = after.jobs.find(({ notebookId }) => notebookId === second?.id);
    expect(job?.cellId).toBe(second?.cells[0]?.id);
    expect(job?.title).toBe('Theirs');
  });

  it('is different where the file has results that are not here', () => {
    const more = buildRecords({ notebooks: [mine], jobs: [buildJob(buildCell('Mine'), 2_000)] });
    expect(compare(world, more).map(({ state }) => state)).toEqual(['different']);
    const less = buildRecords({ notebooks: [{ ...mine, changedAt: 7_000 }] });
    expect(compare(world, less).map(({ state }) => state)).toEqual(['same']);
  });

  it('is different in the trash, and comes back where it is taken', () => {
    const trashed = here({ notebooks: [{ ...mine, deletedAt: 8_000 }] });
    const same = buildRecords({ notebooks: [mine] });
    expect(compare(trashed, same).map(({ state }) => state)).toEqual(['different']);
    const taken = importInto(trashed, same, merging(['notebook', 'notebook', 'take']));
    expect(taken.after.notebooks.map(({ id, deletedAt }) => [id === mine.id, deletedAt])).toEqual([
      [false, 8_000],
      [true, null],
    ]);
    const kept = importInto(trashed, same, merging());
    expect(kept.after.notebooks.map(({ deletedAt }) => deletedAt)).toEqual([8_000]);
    expect(kept.plan.notebookId).toBeNull();
  });
});

describe('a model of a name that is here already', () => {
  const loading = buildNotebook([], {
    id: NotebookId.from('theirs'),
    cells: [buildLoadingCell('Use', 'iris', 2)],
  });
  const world = here({
    notebooks: [
      buildNotebook([], { id: NotebookId.from('mine'), cells: [buildLoadingCell('Mine', 'iris')] }),
    ],
    models: [buildModel('iris', { id: ModelId.from('my-iris'), lastNumber: 7 })],
    versions: [buildVersion('my-iris', 1, { blob: buildHash('a') })],
  });
  const file = buildRecords({
    notebooks: [loading],
    models: [buildModel('iris', { lastNumber: 2 })],
    versions: [buildVersion('iris', 1), buildVersion('iris', 2)],
  });
  const rowsOf = ({ notebooks }: WorkspaceRecords): unknown =>
    notebooks.flatMap(({ cells }) =>
      cells.flatMap((cell) => (cell.kind === 'data-generator' ? cell.configuration.models.load : [])),
    );

  it('is different, and what names it means the one that is kept', () => {
    expect(compare(world, file).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'notebook new',
      'model different',
    ]);
    const { after, plan } = importInto(world, file, merging());
    expect(after.versions).toEqual(findWorkspace(world, hereId).versions);
    expect(after.models.map(({ id }) => id)).toEqual(['my-iris']);
    expect(plan.losses).toEqual([
      '“Use” of “Notebook” loads version 2 of “iris”, which the model that was kept does not have. Choose another version there.',
    ]);
  });

  it('takes the place of the one that is here under its id, which goes to the trash, and gives none of its numbers again', () => {
    const { after, plan } = importInto(world, file, merging(['model', 'iris', 'take']));
    const [trashed] = after.models;
    expect(after.models).toEqual([
      { ...findWorkspace(world, hereId).models[0], id: trashed?.id, deletedAt: 9_000 },
      { ...buildModel('iris', { id: ModelId.from('my-iris'), lastNumber: 7 }), workspaceId: hereId },
    ]);
    expect(after.versions.map(({ modelId, number, importId }) => [modelId, number, importId])).toEqual([
      [trashed?.id, 1, undefined],
      ['my-iris', 1, 'import'],
      ['my-iris', 2, 'import'],
    ]);
    expect(after.versions[0]?.blob).toBe(buildHash('a'));
    expect(plan.losses).toEqual([]);
  });

  it('gets another name where both are wanted, which the notebooks of the file follow', () => {
    const { after } = importInto(world, file, merging(['model', 'iris', 'both']));
    expect(after.models.map(({ name }) => name)).toEqual(['iris', 'iris 2']);
    expect(rowsOf(after)).toEqual([
      { name: 'iris', version: null },
      { name: 'iris 2', version: 2 },
    ]);
  });

  it('may change its name with another one, which the notebooks here follow', () => {
    const swapped = here({
      notebooks: [
        buildNotebook([], {
          id: NotebookId.from('mine'),
          cells: [buildLoadingCell('One', 'iris'), buildLoadingCell('Other', 'rose')],
        }),
      ],
      models: [
        buildModel('iris', { id: ModelId.from('rose') }),
        buildModel('rose', { id: ModelId.from('iris') }),
      ],
    });
    const both = buildRecords({ models: [buildModel('iris'), buildModel('rose')] });
    const choice = merging(['model', 'iris', 'take'], ['model', 'rose', 'take']);
    const { after } = importInto(swapped, both, choice);
    expect(after.models.slice(2).map(({ id, name }) => [id, name])).toEqual([
      ['iris', 'iris'],
      ['rose', 'rose'],
    ]);
    expect(rowsOf(after)).toEqual([
      { name: 'rose', version: null },
      { name: 'iris', version: null },
    ]);
  });
});

describe('names that are unique', () => {
  it('tell what is in the place of what, and are free where both are wanted', () => {
    const world = here({
      profiles: [{ ...buildProfile('me'), username: 'Ada', displayName: 'Me' }],
      lines: [{ ...buildLine('Nightly', ['mine']), id: buildLine('my line', []).id }],
      schedules: [buildSchedule('Hourly', { id: buildSchedule('my schedule').id })],
    });
    const file = buildRecords({
      profiles: [buildProfile('ada')],
      lines: [buildLine('Nightly', [])],
      schedules: [
        buildSchedule('Hourly', { target: { type: 'production-line', lineId: buildLine('Nightly', []).id } }),
      ],
    });
    expect(compare(world, file).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'profile different',
      'production-line different',
      'schedule different',
    ]);
    const choice = merging(
      ['profile', 'ada', 'both'],
      ['production-line', 'Nightly', 'both'],
      ['schedule', 'Hourly', 'both'],
    );
    const { after } = importInto(world, file, choice);
    expect(after.profiles.map(({ username }) => username)).toEqual(['Ada', 'ada 2']);
    expect(after.lines.map(({ title }) => title)).toEqual(['Nightly', 'Nightly 2']);
    expect(after.schedules.map(({ title }) => title)).toEqual(['Hourly', 'Hourly 2']);
    const [, schedule] = after.schedules;
    expect(schedule?.target).toEqual({ type: 'production-line', lineId: after.lines[1]?.id });
    expect(schedule?.ownerId).toBe(after.profiles[1]?.id);
    const kept = importInto(world, file, merging(['schedule', 'Hourly', 'take']));
    expect(kept.after.schedules.map(({ id, target, ownerId }) => [id, target, ownerId])).toEqual([
      ['my schedule', { type: 'production-line', lineId: 'my line' }, 'me'],
    ]);
  });

  it('are given quickly where a file has one very often', () => {
    const models = Array.from({ length: 20_000 }, (_, index) =>
      buildModel('same', { id: ModelId.from(`model ${index}`) }),
    );
    const { after } = importInto(here({ models: [buildModel('same')] }), buildRecords({ models }), merging());
    expect(new Set(after.models.map(({ name }) => name)).size).toBe(20_000);
  });
});

describe('a file that names what it does not have', () => {
  it('reaches nothing that is here', () => {
    const world = here({ notebooks: [buildNotebook(['Mine'], { id: NotebookId.from('mine') })] });
    const file = buildRecords({
      lines: [buildLine('Nightly', ['mine', 'nowhere'])],
      schedules: [
        buildSchedule('Hourly', { target: { type: 'notebook', notebookId: NotebookId.from('mine') } }),
      ],
    });
    const { plan } = importInto(world, file, merging());
    const [schedule] = plan.records.schedules;
    const target = schedule?.target.type === 'notebook' ? schedule.target.notebookId : null;
    expect(plan.records.lines[0]?.notebookIds).toEqual([target, 'nowhere']);
    expect(target).not.toBe('mine');
  });

  it('has notebooks with cells of one id told apart', () => {
    const notebooks = ['one', 'two'].map((id) => buildNotebook(['Cell'], { id: NotebookId.from(id) }));
    const jobs = notebooks.map(({ id }, index) => buildJob(buildCell('Cell'), index, { notebookId: id }));
    const { after } = importInto(here(), buildRecords({ notebooks, jobs }), asNew);
    const cellIds = after.notebooks.map(({ cells }) => cells[0]?.id);
    expect(new Set(cellIds).size).toBe(2);
    expect(after.jobs.map(({ cellId }) => cellId)).toEqual(cellIds);
  });
});

describe('whatever is here, in the file, and chosen', () => {
  const marks = ['a-', 'b-', 'c-'];

  /** Records of several linked workspaces as if they were of one, each part there or not, some changed. */
  const world = fc.array(
    fc.record({
      mark: fc.constantFrom(...marks),
      title: fc.constantFrom('Linked', 'Changed'),
      isTrashed: fc.boolean(),
      hasModels: fc.boolean(),
      hasResults: fc.boolean(),
      modelName: fc.constantFrom('iris', 'rose', 'iris 2'),
    }),
    { maxLength: 4 },
  );
  type Parts = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

  function build(id: WorkspaceId, parts: Parts, isFile: boolean): WorkspaceRecords {
    const used = new Set<string>();
    const taken = { model: new Set<string>(), other: new Set<string>() };
    return parts.reduce<WorkspaceRecords>((before, part) => {
      if (used.has(part.mark)) return before;
      used.add(part.mark);
      const linked = moveRecords(buildLinkedRecords(part.mark), id);
      const isNamed = part.hasModels && !taken.model.has(part.modelName);
      if (isNamed) taken.model.add(part.modelName);
      // Names are unique in a workspace.
      const isFirst = taken.other.size === 0;
      taken.other.add(part.mark);
      return {
        ...before,
        notebooks: [
          ...before.notebooks,
          ...linked.notebooks.map((notebook) => ({
            ...notebook,
            title: part.title,
            deletedAt: part.isTrashed && !isFile ? 8_000 : null,
          })),
        ],
        models: [
          ...before.models,
          ...(isNamed ? linked.models.map((model) => ({ ...model, name: part.modelName })) : []),
        ],
        versions: [...before.versions, ...(isNamed ? linked.versions : [])],
        groups: [...before.groups, ...(isNamed && isFirst ? linked.groups : [])],
        profiles: [...before.profiles, ...(isFirst ? linked.profiles : [])],
        schemas: [...before.schemas, ...(isFirst ? linked.schemas : [])],
        lines: [...before.lines, ...(isFirst ? linked.lines : [])],
        schedules: [...before.schedules, ...(isFirst ? linked.schedules : [])],
        jobs: [...before.jobs, ...(part.hasResults ? linked.jobs : [])],
        sessions: [...before.sessions, ...(part.hasResults ? linked.sessions : [])],
        checkpoints: [...before.checkpoints, ...(part.hasResults ? linked.checkpoints : [])],
      };
    }, buildEmptyRecords(id));
  }

  it('leaves workspaces whole: ids and names once, and nothing that leads to nothing', () => {
    fc.assert(
      fc.property(
        world,
        world,
        world,
        fc.constantFrom<ImportChoice['way']>('new', 'merge', 'replace'),
        fc.infiniteStream(fc.constantFrom<ConflictChoice>('keep', 'take', 'both')),
        (hereParts, otherParts, fileParts, way, choices) => {
          const others = build(WorkspaceId.from('other'), otherParts, false);
          const ownParts = hereParts.filter(({ mark }) => !otherParts.some((other) => other.mark === mark));
          const before = createWorld(build(hereId, ownParts, false), others);
          const file = build(WorkspaceId.from('workspace'), fileParts, true);
          const items = compare(before, file);
          const conflicts = items.map(({ kind, id }): ConflictDecision => {
            const choice = choices.next().value ?? 'keep';
            return { kind, id, choice };
          });
          const choice: ImportChoice = { way, conflicts, title: 'New' };
          const { world: after, after: changed, plan } = importInto(before, file, choice);
          expect(findWorkspace(after, others.workspace.id)).toEqual(others);
          expectUnique(after);
          expectNames(changed);
          const exported = chooseRecords(changed, allParts);
          const manifest = { entries: [], absent: [] };
          const problem = findReferenceProblem(exported, manifest as never, new Map());
          expect(problem?.reason ?? '').toMatch(/^$|^A record names the value/);
          expectLinks(changed, plan);
          expectKept(findWorkspace(before, hereId), changed, choice, items);
          expectTrash(findWorkspace(before, hereId), changed, plan);
          if (way !== 'merge' || others.notebooks.length > 0) return;
          // What was taken or kept twice over is settled: the same file has nothing new.
          expect(
            compareWithHere(file, toState(after, hereId).here).every(({ state }) => state !== 'new'),
          ).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function expectUnique({ workspaces }: StoredWorld): void {
  for (const kind of [
    'notebooks',
    'models',
    'groups',
    'schemas',
    'profiles',
    'lines',
    'schedules',
    'jobs',
    'sessions',
  ] as const) {
    const ids = workspaces.flatMap((records) => records[kind].map(({ id }) => id as string));
    expect(new Set(ids).size).toBe(ids.length);
  }
  const cells = workspaces.flatMap(({ notebooks }) =>
    notebooks.flatMap((each) => each.cells.map(({ id }) => id)),
  );
  expect(new Set(cells).size).toBe(cells.length);
}

function expectNames(records: WorkspaceRecords): void {
  const lists = [
    records.models.filter(({ deletedAt }) => deletedAt === null).map(({ name }) => name),
    records.groups.map(({ name }) => name),
    records.schemas.map(({ name }) => name),
    records.profiles.map(({ username }) => username.toLowerCase()),
    records.lines.map(({ title }) => title),
    records.schedules.map(({ title }) => title),
  ];
  for (const names of lists) expect(new Set(names).size).toBe(names.length);
}

/** All that was put leads to something that is there, and is of the workspace. */
function expectLinks(after: WorkspaceRecords, { records, imported }: ImportPlan): void {
  const notebooks = new Map(after.notebooks.map((notebook) => [notebook.id, notebook]));
  const sessions = new Set(after.sessions.map(({ id }) => id));
  for (const notebook of records.notebooks) {
    expect([notebook.workspaceId, notebook.importId]).toEqual([imported.workspaceId, imported.id]);
  }
  for (const job of records.jobs) {
    const notebook = notebooks.get(job.notebookId);
    expect(notebook?.cells.map(({ id }) => id)).toContain(job.cellId);
    expect(job.sessionId === null || sessions.has(job.sessionId)).toBe(true);
  }
  for (const { cellId, notebookId } of records.checkpoints) {
    expect(notebooks.get(notebookId)?.cells.map(({ id }) => id)).toContain(cellId);
  }
  for (const schedule of records.schedules)
    expect([schedule.paused !== null, schedule.running]).toEqual([true, null]);
}

/** Nothing that is here is gone but what has no trash: what went has all that belongs to it. */
function expectTrash(
  before: WorkspaceRecords,
  after: WorkspaceRecords,
  { trashed, imported }: ImportPlan,
): void {
  if (before.workspace.id !== imported.workspaceId) return;
  const notebookIds = new Map(trashed.notebooks.map(({ formerId, record }) => [formerId, record.id]));
  for (const { id, cells } of before.notebooks) {
    const found = after.notebooks.find((each) => each.id === (notebookIds.get(id) ?? id));
    expect(found?.cells.length).toBe(cells.length);
    if (notebookIds.has(id)) expect(found?.deletedAt).not.toBeNull();
    for (const kind of ['jobs', 'sessions', 'checkpoints'] as const) {
      const count = (records: WorkspaceRecords, notebookId: string | undefined): number =>
        records[kind].filter((each) => each.notebookId === notebookId).length;
      expect(count(after, found?.id)).toBe(count(before, id));
    }
  }
  const modelIds = new Map(trashed.models.map(({ formerId, record }) => [formerId, record.id]));
  for (const { id, name } of before.models) {
    const found = after.models.find((each) => each.id === (modelIds.get(id) ?? id));
    expect(found?.name).toBe(name);
    const listNumbers = (records: WorkspaceRecords, modelId: string | undefined): number[] =>
      records.versions.filter((each) => each.modelId === modelId).map(({ number }) => number);
    expect(listNumbers(after, found?.id)).toEqual(listNumbers(before, id));
  }
}

/** What was not decided on is as it was, but for names that it follows. */
function expectKept(
  before: WorkspaceRecords,
  after: WorkspaceRecords,
  { way, conflicts }: ImportChoice,
  items: readonly ImportItem[],
): void {
  if (way !== 'merge') return;
  const taken = new Set(
    conflicts
      .filter(
        ({ kind, id, choice }) =>
          choice === 'take' &&
          items.find((item) => item.kind === kind && item.id === id)?.state === 'different',
      )
      .map(({ kind, id }) => `${kind} ${id}`),
  );
  for (const notebook of before.notebooks) {
    if (taken.has(`notebook ${notebook.id}`)) continue;
    const found = after.notebooks.find(({ id }) => id === notebook.id);
    expect({ ...found, cells: found?.cells.map(({ id }) => id) }).toEqual({
      ...notebook,
      cells: notebook.cells.map(({ id }) => id),
    });
    for (const kind of ['jobs', 'sessions', 'checkpoints'] as const) {
      const own = (records: WorkspaceRecords): unknown[] =>
        records[kind].filter(({ notebookId }) => notebookId === notebook.id);
      expect(own(after)).toEqual(own(before));
    }
  }
  if (![...taken].some((key) => key.startsWith('model '))) {
    expect(after.versions.slice(0, before.versions.length)).toEqual(before.versions);
  }
}
