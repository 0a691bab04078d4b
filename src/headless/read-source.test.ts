import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSource } from './read-source.ts';

let folder = '';
const { signal } = new AbortController();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cahier-source-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('reads the files of a flow, and not what its links lead to', async () => {
  await mkdir(join(folder, 'flow', 'inner'), { recursive: true });
  await mkdir(join(folder, 'flow', '.git'));
  await writeFile(join(folder, 'flow', '.git', 'config'), 'x');
  await writeFile(join(folder, 'flow', 'flow.oo.yaml'), 'title: A flow\n');
  await writeFile(join(folder, 'flow', 'inner', 'a.py'), 'a = 1\n');
  await writeFile(join(folder, 'secret.txt'), 'not of the flow');
  await symlink(join(folder, 'secret.txt'), join(folder, 'flow', 'link.txt'));
  const read = await readSource(join(folder, 'flow'), signal);
  if (!read.isOk || read.value.kind !== 'flows') throw new Error('it is a flow');
  expect([...read.value.found.files.keys()].sort()).toEqual(['flow/flow.oo.yaml', 'flow/inner/a.py']);
  expect(read.value.found.flows).toEqual([{ path: 'flow/flow.oo.yaml', title: 'A flow', problem: null }]);
});

it('says of a folder without a flow, a missing file and one that is no workspace what is wrong', async () => {
  const missing = join(folder, 'none.cahier');
  const empty = join(folder, 'empty.cahier');
  await writeFile(empty, 'no zip');
  expect(await readSource(folder, signal)).toEqual({
    isOk: false,
    problem: `${folder}: There is no flow.oo.yaml in it. Name the folder of the flow, or of its package.`,
  });
  expect(await readSource(missing, signal)).toEqual({
    isOk: false,
    problem: `${missing} cannot be read: there is no such file or folder.`,
  });
  expect(await readSource(empty, signal)).toEqual({
    isOk: false,
    problem: `${empty}: The file cannot be read: it is no zip, or it is cut off.`,
  });
});
