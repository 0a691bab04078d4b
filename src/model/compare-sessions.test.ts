import { describe, expect, it } from 'vitest';
import { compareSessions, compareVersions } from './compare-sessions.ts';
import { ModelId } from './ids.ts';
import { createPlainError, type Job } from './job.ts';
import type { StoredOutput } from './outputs.ts';
import type { Session } from './session.ts';
import {
  buildCell,
  buildHash,
  buildJob,
  buildOutput,
  buildScriptlet,
  buildSession,
} from './testing/builders.ts';

const cell = buildScriptlet('cell', ['in'], ['out']);

function done(digit: string, partial: Partial<Job> = {}): Job {
  const outcome = { status: 'done', outputs: [buildOutput('out', buildHash(digit))], images: [] } as const;
  return buildJob(cell, 1_000, { outcome, ...partial });
}

describe('two sessions', () => {
  it('are compared cell by cell', () => {
    const inputs = [{ handle: 'in', hash: 'a', from: { type: 'value' } }] as const;
    const outcome = { status: 'failed', error: createPlainError('exception', 'no') } as const;
    const alone = buildJob(buildCell('alone'), 1_000);
    const compare = (before: Job, after: Job): unknown =>
      compareSessions([before, alone], [after]).map(({ title, differences }) => [title, differences]);
    expect(compare(done('1'), done('1'))).toEqual([
      ['cell', []],
      ['alone', []],
    ]);
    expect(compare(done('1'), done('2', { source: 'x = 2', inputs }))).toEqual([
      ['cell', ['its source', 'the input in', 'the output out']],
      ['alone', []],
    ]);
    const targets = [{ nodeId: 'two', title: 'Two', inputHandle: 'in' }];
    const outputs = [{ ...buildOutput('out', buildHash('1')), targets }];
    expect(compare(done('1'), done('1', { outcome: { status: 'done', outputs, images: [] } }))).toEqual([
      ['cell', ['the output out']],
      ['alone', []],
    ]);
    expect(compare(done('1'), done('1', { outcome }))).toEqual([
      ['cell', ['how it ended', 'the output out']],
      ['alone', []],
    ]);
  });

  it('are compared by the versions of models that they loaded, and by what they saved', () => {
    const load = (number: number): Partial<Job> => ({
      loadedModels: [{ modelId: ModelId.from('m'), name: 'm', number }],
    });
    const save = (number: number, digit: string): Partial<Job> => ({
      savedModels: [
        {
          ...{ modelId: ModelId.from('m'), name: 'm', number, groups: [] },
          ...{ typeName: 'x', blob: buildHash(digit), byteSize: 1 },
        },
      ],
    });
    const compare = (before: Partial<Job>, after: Partial<Job>): unknown =>
      compareSessions([done('1', before)], [done('1', after)]).map(({ differences }) => differences);
    expect([
      compare(load(1), load(2)),
      compare(load(1), load(1)),
      compare(save(1, '1'), save(2, '1')),
      compare(save(1, '1'), save(2, '2')),
    ]).toEqual([[['the model m that it loaded']], [[]], [[]], [['the model m that it saved']]]);
  });

  it('are the same where the outputs for several inputs came in another order', () => {
    const sendTo = (nodeId: string, digit: string): StoredOutput => ({
      ...buildOutput('out', buildHash(digit)),
      targets: [{ nodeId, title: nodeId, inputHandle: 'in' }],
    });
    const [one, two] = [sendTo('one', '1'), sendTo('two', '2')] as const;
    const compare = (...outputs: readonly StoredOutput[]): unknown =>
      compareSessions(
        [done('1', { outcome: { status: 'done', outputs: [one, two], images: [] } })],
        [done('1', { outcome: { status: 'done', outputs, images: [] } })],
      ).map(({ differences }) => differences);
    expect([compare(one, two), compare(two, one), compare(one)]).toEqual([[[]], [[]], [['the output out']]]);
  });

  it('name a cell that was run in one of them only', () => {
    const only = compareSessions([], [done('1')])[0];
    expect([only?.before, only?.after?.title, only?.differences]).toEqual([null, 'cell', []]);
  });

  it('differ in errors, images, previews and counts of what was warned of', () => {
    const compare = (before: Partial<Job>, after: Partial<Job>): unknown =>
      compareSessions([done('1', before)], [done('1', after)]).map(({ differences }) => differences);
    const failed = (type: string, message: string): Partial<Job> => ({
      outcome: { status: 'failed', error: { ...createPlainError('exception', message), type } },
    });
    expect([
      compare(failed('ValueError', 'no'), failed('ValueError', 'no')),
      compare(failed('ValueError', 'no'), failed('ValueError', 'never')),
      compare(failed('ValueError', 'no'), failed('TypeError', 'no')),
      compare(
        { outcome: { status: 'stopped', level: 'soft' } },
        { outcome: { status: 'stopped', level: 'hard' } },
      ),
    ]).toEqual([[[]], [['its error']], [['its error']], [['how it ended']]]);
    const show = (name: string, digit: string): Partial<Job> => ({
      outcome: {
        status: 'done',
        outputs: [],
        images: [{ name, mediaType: 'image/png', blob: buildHash(digit), byteSize: 1 }],
      },
    });
    expect([
      compare(show('a', '1'), show('a', '1')),
      compare(show('a', '1'), show('a', '2')),
      compare(show('a', '1'), show('b', '1')),
    ]).toEqual([[[]], [['the image a']], [['the image a', 'the image b']]]);
    const preview = (id: string | null, time: number, digit: string): Partial<Job> => ({
      previews: [{ id, time, content: { type: 'html', text: { blob: buildHash(digit), byteSize: 1 } } }],
    });
    expect([
      compare(preview('p', 1, '1'), preview('p', 2, '1')),
      compare(preview('p', 1, '1'), preview('p', 1, '2')),
      compare(preview(null, 1, '1'), preview(null, 1, '2')),
      compare(preview(null, 1, '1'), {}),
    ]).toEqual([[[]], [['the preview p']], [['its previews']], [['its previews']]]);
    expect(compare({ notices: { warnings: 1, errors: 2 } }, { notices: { warnings: 3, errors: 0 } })).toEqual(
      [['its warnings (1 before, 3 after)', 'the errors that it reported (2 before, 0 after)']],
    );
  });

  it('name what they ran with in other versions', () => {
    const packages = (...versions: readonly string[]): Session['packages'] =>
      versions.map((version, index) => ({ name: `p${String(index)}`, version }));
    const before = buildSession(1, { pythonVersion: '3.12.1', packages: packages('1.0', '2.0', '3.0') });
    const after = buildSession(2, { pythonVersion: '3.13.2', packages: packages('1.0', '2.1') });
    expect(compareVersions(before, after)).toEqual([
      'Python (3.12.1 before, 3.13.2 after)',
      'p1 (2.0 before, 2.1 after)',
    ]);
    expect(compareVersions(before, { ...after, pythonVersion: null, packages: [] })).toEqual([]);
  });
});
