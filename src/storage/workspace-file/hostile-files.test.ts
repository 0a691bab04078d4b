// Longer than most files: each way in which a file can lie.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileProblem } from './file-problem.ts';
import { readWorkspaceFile } from './read-workspace-file.ts';
import { buildWorkspace } from './testing/build-workspace.ts';
import { packFile, packPlainly } from './testing/pack-file.ts';
import { writeFile } from './testing/write-file.ts';
import type { Manifest } from './workspace-file-format.ts';

type Files = Record<string, Uint8Array<ArrayBuffer>>;

let bytes: Uint8Array<ArrayBuffer>;
let files: Files;
let manifest: Manifest;

beforeAll(async () => {
  const written = await writeFile(await buildWorkspace());
  bytes = new Uint8Array(await written.file.arrayBuffer());
  ({ manifest } = written);
  files = unzipWithout('manifest.json');
});

function unzipWithout(path: string): Files {
  return unzipSync(bytes, { filter: ({ name }) => name !== path }) as Files;
}

const notebook = 'notebooks/sales-marz/notebook.json';

async function findProblem(file: Blob): Promise<FileProblem | null> {
  const read = await readWorkspaceFile(file);
  return read.isOk ? null : read.problem;
}

/** What is said of a file in which some files have another content; null takes one out. */
async function findProblemWith(
  changed: Readonly<Record<string, string | null>>,
): Promise<FileProblem | null> {
  const others = Object.entries(files).filter(([path]) => !(path in changed));
  const added = Object.entries(changed).flatMap(([path, text]) =>
    text === null ? [] : [[path, strToU8(text)] as const],
  );
  const result = Object.fromEntries([...others, ...added]) as Files;
  return await findProblem(await packFile(result, manifest));
}

function changeJson(path: string, change: (value: never) => unknown): Record<string, string> {
  return { [path]: JSON.stringify(change(JSON.parse(strFromU8(files[path] ?? strToU8('null'))) as never)) };
}

describe('a workspace file that somebody has changed', () => {
  it('is taken where all its hashes were made good', async () => {
    expect(await findProblemWith({})).toBeNull();
  });

  it.each([
    ['../evil.json', 'leads out of its folder'],
    ['/etc/passwd', 'leads out of its folder'],
    ['a\\b.json', 'leads out of its folder'],
    ['C:/a.json', 'leads out of its folder'],
    ['a\0b.json', 'leads out of its folder'],
    ['Workspace.json', 'twice'],
    [`${'a'.repeat(400)}.json`, 'has a name of more than 300 characters'],
    ['other.json', 'A workspace has no such file.'],
    ['notebooks/sales-marz/other.py', 'A workspace has no such file.'],
    ['results/nobody/jobs.json', 'A workspace has no such file.'],
  ])('is refused with a file named %j', async (path, reason) => {
    const problem = await findProblemWith({ [path]: '{}' });
    expect(problem?.reason).toContain(reason);
  });

  it.each<[string, () => Promise<FileProblem | null>, string | null, string]>([
    [
      'a newer format',
      () =>
        findProblem(
          packPlainly({ 'manifest.json': strToU8(JSON.stringify({ ...manifest, formatVersion: 2 })) }),
        ),
      'manifest.json',
      'A newer Cahier made this file: it has version 2 of the format',
    ],
    ['nothing in it', () => findProblem(new Blob([])), null, 'it is no zip, or it is cut off'],
    [
      'no manifest',
      () => findProblem(packPlainly({ 'a.txt': strToU8('a') })),
      null,
      'it has no manifest.json',
    ],
    [
      'another kind of manifest',
      () => findProblem(packPlainly({ 'manifest.json': strToU8('[]') })),
      'manifest.json',
      'This is no workspace of Cahier',
    ],
    ['half of it', () => findProblem(new Blob([bytes.subarray(0, bytes.length / 2)])), null, 'cut off'],
    [
      'a file less than the manifest says',
      () => findProblem(packPlainly(unzipWithout(notebook))),
      notebook,
      'It is in the manifest and not in the zip',
    ],
    [
      'a file more than the manifest says',
      () => findProblem(packPlainly({ ...unzipSync(bytes), 'more.json': strToU8('{}') })),
      'more.json',
      'It is not in the manifest.',
    ],
    [
      'another text of the same length',
      () =>
        findProblem(
          packPlainly({ ...unzipSync(bytes), 'notebooks/sales-marz/con-cell.md': strToU8('# Swords') }),
        ),
      'notebooks/sales-marz/con-cell.md',
      'Its SHA-256 is not what the manifest says',
    ],
    [
      'a value under another name',
      () => findProblemWith({ [`values/${'0'.repeat(64)}`]: 'x' }),
      `values/${'0'.repeat(64)}`,
      'Its SHA-256 is not what its name says.',
    ],
    [
      'a name that changes all objects',
      () => findProblemWith({ 'settings.json': '{"theme": {"\\u005f_proto__": {"a": 1}}}' }),
      'settings.json',
      '__proto__',
    ],
    [
      'deep nesting',
      () => findProblemWith({ 'settings.json': '['.repeat(1_000_000) }),
      'settings.json',
      'nested more than 200 levels deep',
    ],
    [
      'very many values',
      () => findProblemWith({ 'settings.json': `[${'[],'.repeat(6_000_000)}[]]` }),
      'settings.json',
      'it has too many values',
    ],
    [
      'a text of more than 100 MB',
      () => findProblemWith({ 'settings.json': ' '.repeat(100_000_001) }),
      'settings.json',
      'It is a text of more than 100 MB.',
    ],
    ['no JSON', () => findProblemWith({ 'settings.json': '{"a": ' }), 'settings.json', 'it is no JSON'],
    [
      'a record less',
      () => findProblemWith({ 'workspace.json': null }),
      'workspace.json',
      'It is not there.',
    ],
    [
      'a source less',
      () => findProblemWith({ 'notebooks/sales-marz/train.py': null }),
      'notebooks/sales-marz/train.py',
      'It is not there.',
    ],
    [
      'a record of another shape',
      () => findProblemWith(changeJson(notebook, (value: object) => ({ ...value, title: 1 }))),
      notebook,
      'It is not as it should be, at title: expected string, got 1.',
    ],
    [
      'two cells with one source',
      () =>
        findProblemWith(
          changeJson(notebook, ({ cells, ...value }: { cells: object[] }) => ({
            ...value,
            cells: [...cells, cells[1]],
          })),
        ),
      'notebooks/sales-marz/ask.py',
      'Two cells name it as theirs.',
    ],
    [
      'connections in a circle',
      () => findProblemWith(connect(['Ask.answer', 'Ask.count'])),
      notebook,
      'The connections form a circle.',
    ],
    [
      'a connection of an unknown output',
      () => findProblemWith(connect(['Ask.nothing', 'Chart.data'])),
      notebook,
      'A connection comes from the output “nothing” of “Ask”, which has none of that name.',
    ],
    [
      'a connection of an unknown input',
      () => findProblemWith(connect(['Sales.data', 'Chart.nothing'])),
      notebook,
      'A connection leads to the input “nothing” of “Chart”, which has none of that name.',
    ],
    [
      'two connections of one input',
      () => findProblemWith(connect(['Sales.data', 'Chart.data'], ['Ask.answer', 'Chart.data'])),
      notebook,
      'The input “data” of “Chart” has two connections.',
    ],
    [
      'a connection of a cell that is not there',
      () => findProblemWith(connect(['Sales.data', 'Nobody.data'])),
      notebook,
      'A connection leads to or from a cell that is not there.',
    ],
    [
      'records of another workspace',
      () =>
        findProblemWith(
          changeJson('models.json', ([model]: object[]) => [{ ...model, workspaceId: 'other' }]),
        ),
      'models.json',
      'It has a record of another workspace.',
    ],
    [
      'two records of one id',
      () => findProblemWith(changeJson('models.json', ([model]: object[]) => [model, model])),
      'models.json',
      'Two records have one id.',
    ],
    [
      'versions of no model',
      () => findProblemWith({ 'models.json': null }),
      'model-versions.json',
      'It has a version of a model that is not in the file.',
    ],
    [
      'a session of another notebook',
      () =>
        findProblemWith(
          changeJson('results/sales-marz/sessions/first.json', (value: { session: object }) => ({
            ...value,
            session: { ...value.session, notebookId: 'other' },
          })),
        ),
      'results/sales-marz/sessions/first.json',
      'It has a record of another notebook',
    ],
    [
      'a log of no job',
      () =>
        findProblemWith(
          changeJson('results/sales-marz/logs/newest.json', (value: object) => ({
            ...value,
            jobId: 'other',
          })),
        ),
      'results/sales-marz/logs/newest.json',
      'It is the log of a job that is not there.',
    ],
    [
      'a checkpoint of no cell',
      () =>
        findProblemWith(
          changeJson('results/sales-marz/checkpoints.json', ([value]: object[]) => [
            { ...value, cellId: 'other' },
          ]),
        ),
      'results/sales-marz/checkpoints.json',
      'It has a checkpoint of a cell that is not there.',
    ],
  ])('is refused with %s', async (_, find, entry, reason) => {
    const problem = await find();
    expect(problem?.entry ?? null).toBe(entry);
    expect(problem?.reason).toContain(reason);
  });

  it('is refused where a value is neither there nor left out', async () => {
    const path = manifest.entries.find((entry) => entry.path.endsWith('.arrow'))?.path ?? '';
    expect((await findProblemWith({ [path]: null }))?.reason).toContain(
      'which is neither there nor left out',
    );
  });

  it('is not unpacked further than it says', async () => {
    const bomb = zipSync({ 'manifest.json': new Uint8Array(50_000_000) });
    const view = new DataView(bomb.buffer);
    // Both places that say how large it is.
    view.setUint32(22, 10, true);
    view.setUint32(findLast(bomb, 0x02014b50) + 24, 10, true);
    expect(await findProblem(new Blob([bomb]))).toEqual({
      entry: 'manifest.json',
      reason: 'It cannot be read: it holds more than the zip says.',
    });
  });

  it('is not unpacked where it says that it holds more than it can', async () => {
    const zip = zipSync({ 'manifest.json': strToU8('{}') });
    new DataView(zip.buffer).setUint32(findLast(zip, 0x02014b50) + 24, 50_000_000, true);
    expect(await findProblem(new Blob([zip]))).toEqual({
      entry: null,
      reason: 'The file cannot be read: its file manifest.json says that it holds more than it can.',
    });
  });

  it('is refused where two files have one name', async () => {
    const zip = zipSync({ 'a.json': strToU8('{}'), 'b.json': strToU8('{}') }, { level: 0 });
    const text = new TextDecoder('latin1').decode(zip).replaceAll('b.json', 'a.json');
    const twice = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(
      (await findProblem(new Blob([zip.map((byte, at) => (byte === 0x62 ? (twice[at] ?? byte) : byte))])))
        ?.reason,
    ).toBe('The file cannot be read: it has a.json twice.');
  });

  it('is refused where a file has a name that objects have of their own', async () => {
    const zip = packPlainly({ ...unzipSync(bytes), '##proto##': strToU8('{}') });
    const packed = new TextDecoder('latin1').decode(await zip.arrayBuffer());
    const text = packed.replaceAll('##proto##', '__proto__');
    const named = Uint8Array.from(text, (character) => character.charCodeAt(0));
    // Not every byte of windows-1252, which that decoder is, stands for itself: only the name is changed.
    const content = new Uint8Array(await zip.arrayBuffer()).map((byte, at) =>
      byte === 0x23 && named[at] === 0x5f ? 0x5f : byte,
    );
    expect(await findProblem(new Blob([content]))).toEqual({
      entry: '__proto__',
      reason: 'It is not in the manifest.',
    });
  });

  it('is refused where two files share their bytes', async () => {
    const zip = zipSync({ 'a.json': strToU8('aaaa'), 'manifest.json': strToU8('{}') }, { level: 0 });
    const view = new DataView(zip.buffer);
    // The second says that it is where the first is.
    view.setUint32(findLast(zip, 0x02014b50) + 42, 0, true);
    expect((await findProblem(new Blob([zip])))?.reason).toBe('It cannot be read: its header is damaged.');
  });
});

function connect(...connections: readonly (readonly [string, string])[]): Record<string, string> {
  const toPlace = (text: string): object => {
    const [cellId, handle] = text.split('.');
    return { cellId, handle };
  };
  return changeJson(notebook, (value: object) => ({
    ...value,
    connections: connections.map(([from, to]) => ({ from: toPlace(from), to: toPlace(to) })),
  }));
}

function findLast(zip: Uint8Array, signature: number): number {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = zip.byteLength - 4; at >= 0; at -= 1) if (view.getUint32(at, true) === signature) return at;
  throw new Error('it is not there');
}
