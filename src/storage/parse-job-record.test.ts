import * as v from 'valibot';
import { expect, test } from 'vitest';
import { CellId, ModelId } from '../model/ids.ts';
import type { Job } from '../model/job.ts';
import { buildCell, buildHash, buildJob, buildOutput } from '../model/testing/builders.ts';
import { job } from './parse-job-record.ts';

function buildDone(targets?: unknown): Job {
  const output = { ...buildOutput('out', buildHash('a')), ...(targets !== undefined && { targets }) };
  return buildJob(buildCell('one'), 1_000, {
    outcome: { status: 'done', outputs: [output as ReturnType<typeof buildOutput>], images: [] },
  });
}

test('a job is read with the inputs that its outputs went to, and without where it was before there were any', () => {
  for (const record of [
    buildDone(),
    buildDone([]),
    buildDone([{ nodeId: 'two', title: 'Two', inputHandle: 'in' }]),
  ]) {
    expect(v.parse(job, record)).toStrictEqual(record);
  }
});

test('a job is read with what it saw of the cells behind it, and as one that looked at none before that was kept', () => {
  const inputs = [{ cellId: CellId.from('two'), inputHandle: 'in', hash: 'a' }];
  const seen = { handle: 'out', isByTitle: true, isDescribed: false, inputs };
  const record = { ...buildDone(), downstream: [seen] };
  expect(v.parse(job, record)).toStrictEqual(record);
  expect(v.parse(job, { ...record, downstream: undefined }).downstream).toEqual([]);
  expect(v.is(job, { ...record, downstream: [{ ...seen, inputs: null }] })).toBe(false);
});

test('a job is read with the files and scriptlets that it looked for, and as one that looked for none before that was kept', () => {
  const seenBlocks = [{ name: 'two', hash: 'a' }];
  const openedFiles = [
    { path: 'a.csv', blob: buildHash('1') },
    { path: 'b.csv', blob: null },
  ];
  const record = { ...buildDone(), absentModules: ['helpers/deep'], openedFiles, seenBlocks };
  expect(v.parse(job, record)).toStrictEqual(record);
  const old = v.parse(job, {
    ...record,
    absentModules: undefined,
    openedFiles: undefined,
    seenBlocks: undefined,
  });
  expect([old.absentModules, old.openedFiles, old.seenBlocks]).toEqual([[], [], []]);
  expect(v.is(job, { ...record, absentModules: [1] })).toBe(false);
  expect(v.is(job, { ...record, seenBlocks: ['two'] })).toBe(false);
});

test('a job is read with the packages that its notebook brought, and without before they were kept', () => {
  const six = { name: 'six', origin: { type: 'requirement', text: 'six>=1.16' }, isUsed: true } as const;
  const shapes = { name: 'shapes', origin: { type: 'wheel', blob: buildHash('1') }, isUsed: false } as const;
  for (const ownPackages of [null, [], [six, shapes]]) {
    const record = { ...buildDone(), ownPackages };
    expect(v.parse(job, record)).toStrictEqual(record);
  }
  expect(v.parse(job, { ...buildDone(), ownPackages: undefined }).ownPackages).toBe(null);
  for (const broken of [
    'six',
    { ...six, isUsed: undefined },
    { ...shapes, origin: { type: 'wheel', blob: 'x' } },
  ]) {
    expect(v.is(job, { ...buildDone(), ownPackages: [broken] })).toBe(false);
  }
});

test('a job is read with the models that it loaded and saved, and without before there were any', () => {
  const version = { modelId: ModelId.from('m'), name: 'm', number: 3 };
  const saved = { ...version, groups: ['g'], typeName: 'x.Tree', blob: buildHash('1'), byteSize: 10 };
  const record = { ...buildDone(), loadedModels: [version], savedModels: [saved] };
  expect(v.parse(job, record)).toStrictEqual(record);
  const old = v.parse(job, { ...record, loadedModels: undefined, savedModels: undefined });
  expect([old.loadedModels, old.savedModels]).toEqual([[], []]);
  expect(v.is(job, { ...record, loadedModels: [{ ...version, number: 0 }] })).toBe(false);
  expect(v.is(job, { ...record, savedModels: [version] })).toBe(false);
});

test('a job whose outputs went to what is no input is not read', () => {
  for (const targets of [null, 'two', ['two'], [{ nodeId: 'two', title: 'Two' }]]) {
    expect(v.is(job, buildDone(targets))).toBe(false);
  }
});

test('a job is read with what is known of its images, and without where nothing is', () => {
  const value = { blob: buildHash('a'), byteSize: 3 };
  const details = { density: 2, alt: 'Sales of 2024' };
  const plain = { name: 'a', mediaType: 'image/png', ...value } as const;
  const sources = [
    { mediaType: 'image/svg+xml', data: value, ...details },
    { mediaType: 'image/png', data: value },
  ];
  const record: Job = {
    ...buildDone(),
    outcome: { status: 'done', outputs: [], images: [plain, { ...plain, ...details }] },
    previews: [{ id: null, time: 0, content: { type: 'image', images: sources } }],
  };
  expect(v.parse(job, record)).toStrictEqual(record);
});
