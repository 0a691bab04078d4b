import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { ImportId, WorkspaceId } from '../../model/ids.ts';
import type { ImportWay } from '../../model/workspace-import.ts';
import { chooseRecords } from './choose-records.ts';
import { planImport, type ImportedRecords } from './plan-import.ts';
import { readWorkspaceFile } from './read-workspace-file.ts';
import { buildLinkedRecords } from './testing/build-linked-records.ts';
import { buildWorkspace, type BuiltWorkspace } from './testing/build-workspace.ts';
import { replaceAt } from './testing/change-json.ts';
import { shapeOf } from './testing/id-shapes.ts';
import { packFile, packPlainly } from './testing/pack-file.ts';
import { carryOut, createWorld, findWorkspace, moveRecords, toState } from './testing/stored-worlds.ts';
import { writeFile } from './testing/write-file.ts';
import type { Manifest } from './workspace-file-format.ts';

/** How many files are made of random changes; more where somebody asks for them. */
const fileCount = Number(process.env['CAHIER_FUZZ_FILES'] ?? 300);
/** Each kind of change has its part of them. */
const options = { numRuns: Math.ceil(fileCount / 5) };
/** Most that one file may take of a processor, in milliseconds; most take 10. */
const mostWork = 5_000;
const patience = 30_000 + fileCount * 500;

type Files = Record<string, Uint8Array<ArrayBuffer>>;

let built: BuiltWorkspace;
let bytes: Uint8Array<ArrayBuffer>;
let files: Files;
let manifest: Manifest;

beforeAll(async () => {
  built = await buildWorkspace();
  const written = await writeFile(built);
  bytes = new Uint8Array(await written.file.arrayBuffer());
  ({ manifest } = written);
  files = unzipSync(bytes, { filter: ({ name }) => name !== 'manifest.json' }) as Files;
});

const hereId = WorkspaceId.from('here');

/** A workspace that has some of the same ids, and another one. */
function createStored(): ReturnType<typeof createWorld> {
  const { notebooks, ...records } = chooseRecords(built.records, manifest.picked);
  const own = moveRecords({ ...records, notebooks: notebooks.slice(0, 1) }, hereId);
  const linked = buildLinkedRecords('linked-');
  return createWorld(own, linked);
}

/** Imports a file into what is stored in each way, or expects a reason; either within its time. */
async function expectReasonOrImport(file: Blob): Promise<void> {
  const before = process.cpuUsage();
  const read = await readWorkspaceFile(file);
  if (!read.isOk) expect(read.problem.reason).toMatch(/\w.*[.”]$/s);
  else {
    const { records, readLog, readValue } = read.value;
    for (const { id } of records.jobs) await readLog(id);
    const stored = createStored();
    for (const way of ['new', 'merge', 'replace'] satisfies ImportWay[]) {
      const origin = { importId: ImportId.from('import'), name: 'a.cahier', now: 9_000 };
      const choice = { way, conflicts: [], title: 'New' };
      const plan = planImport(records, toState(stored, hereId), choice, origin);
      if (way !== 'merge') expect(forget(plan.records)).toEqual(forget(records));
      const after = findWorkspace(carryOut(stored, plan), plan.imported.workspaceId);
      // What was imported can be exported, and read again.
      const again = await writeFile({
        records: after,
        reader: { loadLog: () => Promise.resolve([]), readBlob: (hash) => readValue(hash) },
      });
      const reread = await readWorkspaceFile(again.file);
      expect(reread.isOk ? null : reread.problem).toBeNull();
    }
  }
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(mostWork);
}

/** Where records lie, names that may have been taken, and what an import decides on itself. */
const decided = [
  'workspace',
  'settings',
  'title',
  'username',
  'importId',
  'deletedAt',
  'paused',
  'running',
  'lastNumber',
];

/** What of the records has to come along as it is. */
function forget(records: ImportedRecords): unknown {
  return shapeOf(records, decided);
}

describe('a workspace file gives a reason or an equal import', () => {
  it('wherever its bytes were changed', { timeout: patience }, async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat({ max: 40 }),
      by: fc.uint8Array({ maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const file = changes.reduce<Blob>(
          (before, { at, length, by }) => {
            const start = Math.floor(at * before.size);
            return new Blob([before.slice(0, start), by as BlobPart, before.slice(start + length)]);
          },
          new Blob([bytes]),
        );
        await expectReasonOrImport(file);
      }),
      options,
    );
  });

  it('whatever stands in its records', { timeout: patience }, async () => {
    const paths = Object.keys(files).filter((path) => path.endsWith('.json') && !path.endsWith('.vl.json'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.jsonValue(), async (path, at, value) => {
        await expectReasonOrImport(await packFile({ ...files, [path]: change(path, at, value) }, manifest));
      }),
      options,
    );
  });

  it('whatever its records name', { timeout: patience }, async () => {
    const paths = Object.keys(files).filter((path) => path.endsWith('.json') && !path.endsWith('.vl.json'));
    const names = [
      'notebook',
      'Train',
      'Sales',
      'ada',
      'iris',
      'newest',
      'second',
      'workspace',
      'here',
      'linked-job',
    ];
    const odd = ['', '__proto__', 'constructor', '../..', '/etc', 'x'.repeat(1_000), ' ', '\u0000', '\ud800'];
    const text = fc.constantFrom(...names, ...odd);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...paths), fc.nat(), text), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const changed = changes.reduce(
            (before, [path, at, value]) => ({ ...before, [path]: change(path, at, value, before) }),
            files,
          );
          await expectReasonOrImport(await packFile(changed, manifest));
        },
      ),
      options,
    );
  });

  it('wherever its files lie', { timeout: patience }, async () => {
    const paths = fc.constantFrom(...Object.keys(files));
    const other = fc.oneof(
      paths,
      fc.constantFrom('../a.json', '/a.json', 'C:/a', 'a//b', 'results/x/jobs.json', 'values/', 'con'),
      // fflate cannot pack a file of this name; how one is read is tried with the other hostile files.
      fc.string({ maxLength: 40 }).filter((name) => name !== '__proto__'),
    );
    await fc.assert(
      fc.asyncProperty(paths, other, fc.boolean(), async (path, to, isMoved) => {
        const { [path]: moved, ...rest } = files;
        const changed = { ...(isMoved ? rest : files), [to]: moved ?? strToU8('') } as Files;
        await expectReasonOrImport(await packFile(changed, manifest));
      }),
      options,
    );
  });

  it('whatever it says of itself', { timeout: patience }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.jsonValue(), async (at, value) => {
        const text = JSON.stringify(replaceAt(manifest, at, value));
        await expectReasonOrImport(packPlainly({ ...files, 'manifest.json': strToU8(text) }));
      }),
      options,
    );
  });
});

function change(path: string, at: number, by: unknown, of = files): Uint8Array<ArrayBuffer> {
  const record: unknown = JSON.parse(strFromU8(of[path] ?? strToU8('null')));
  return strToU8(JSON.stringify(replaceAt(record, at, by)) ?? 'null') as Uint8Array<ArrayBuffer>;
}
