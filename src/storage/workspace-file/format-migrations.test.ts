import { strToU8, strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../../shared/result.ts';
import { formatSteps, type FormatStep } from './format-migrations.ts';
import { readWorkspaceFile } from './read-workspace-file.ts';
import { buildWorkspace } from './testing/build-workspace.ts';
import { packFile } from './testing/pack-file.ts';
import { writeFile } from './testing/write-file.ts';
import { formatVersion, type Manifest } from './workspace-file-format.ts';

/** A file of a version, in which the title of the workspace has another name. */
async function packVersion(version: number, titleName: string): Promise<Blob> {
  const { file, manifest } = await writeFile(await buildWorkspace());
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()), {
    filter: ({ name }) => name !== 'manifest.json',
  }) as Record<string, Uint8Array<ArrayBuffer>>;
  const text = strFromU8(files['workspace.json'] ?? strToU8(''));
  const workspace = strToU8(text.replace('"title"', JSON.stringify(titleName))) as Uint8Array<ArrayBuffer>;
  const older: Manifest = { ...manifest, formatVersion: version };
  return await packFile({ ...files, 'workspace.json': workspace }, older);
}

function rename(from: string, to: string): FormatStep {
  return (texts) => {
    const text = texts.get('workspace.json');
    if (text === undefined) return fail({ entry: 'workspace.json', reason: 'It is not there.' });
    return succeed(new Map(texts).set('workspace.json', text.replace(`"${from}"`, `"${to}"`)));
  };
}

const steps = [rename('heading', 'name'), rename('name', 'title')];

describe('a file of an older version of the format', () => {
  it.each([
    [1, 'heading'],
    [2, 'name'],
    [3, 'title'],
  ])('is read: version %i, which calls it %s', async (version, titleName) => {
    const read = await readWorkspaceFile(await packVersion(version, titleName), { steps });
    expect(read.isOk ? read.value.records.workspace.title : read.problem).toBe('Workspace');
  });

  it('is refused where what it holds is not of its version, or of none', async () => {
    const wrong = await readWorkspaceFile(await packVersion(2, 'heading'), { steps });
    expect(wrong.isOk ? null : wrong.problem.entry).toBe('workspace.json');
    const none = await readWorkspaceFile(await packVersion(0, 'title'), { steps });
    expect(none.isOk ? null : none.problem).toEqual({
      entry: 'manifest.json',
      reason: 'It is not as it should be, at formatVersion: expected >=1, got 0.',
    });
    const newer = await readWorkspaceFile(await packVersion(4, 'title'), { steps });
    expect(newer.isOk ? null : newer.problem.reason).toContain(
      'it has version 4 of the format, and this Cahier reads up to version 3',
    );
  });

  it('is known, each of them', () => {
    expect(formatSteps).toHaveLength(formatVersion - 1);
  });
});
