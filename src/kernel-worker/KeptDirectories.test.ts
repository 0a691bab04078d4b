import { loadPyodide } from 'pyodide';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BlobHash, SessionId } from '../model/ids.ts';
import type { JobDirectory, JobFile } from '../model/job-request.ts';
import { hashBytes } from '../shared/hash-bytes.ts';
import { removeTree, type FileSystem } from './file-system.ts';
import { KeptDirectories } from './KeptDirectories.ts';

let files: FileSystem;
let kept: KeptDirectories;

beforeAll(async () => {
  files = (await loadPyodide()).FS;
}, 60_000);

beforeEach(() => {
  for (const path of ['/notebook', '/session', '/tmp/session']) {
    if (files.analyzePath(path).exists) removeTree(files, path);
  }
  kept = new KeptDirectories(files);
});

async function build(directory: JobDirectory, path: string, text: string): Promise<JobFile> {
  const content = new Blob([text]);
  const blob = BlobHash.from(await hashBytes(await content.bytes()));
  return { directory, path, blob, byteSize: content.size, content };
}

/** Begins a job of a session, which finds these files. */
async function begin(session: string, ...wanted: readonly JobFile[]): Promise<void> {
  kept.open(SessionId.from(session));
  await kept.bring(wanted);
}

function write(path: string, text: string): void {
  files.mkdirTree(path.slice(0, path.lastIndexOf('/')));
  files.writeFile(path, text);
}

function read(path: string): string | null {
  return files.analyzePath(path).exists ? files.readFile(path, { encoding: 'utf8' }) : null;
}

/** What a job did: what it wrote as "path: text", what it removed, what is left out. */
function collect(directory: JobDirectory): unknown {
  const { change, leftOut } = kept.collect(directory);
  const written = change?.written.map(({ path, data }) => `${path}: ${new TextDecoder().decode(data)}`);
  return change || leftOut.length > 0
    ? { directory: change?.directory, written, removed: change?.removed, leftOut }
    : null;
}

describe('the directories of a job', () => {
  it('tell what a job left in each, once', async () => {
    await begin('one');
    write('/session/one/a/b.txt', 'b');
    write('/tmp/session/one/c.txt', 'c');
    const told = (directory: JobDirectory, text: string): unknown => ({
      directory,
      written: [text],
      removed: [],
      leftOut: [],
    });
    expect((['notebook', 'session', 'temporary'] as const).map(collect)).toEqual([
      null,
      told('session', 'a/b.txt: b'),
      told('temporary', 'c.txt: c'),
    ]);
    await begin('one', await build('session', 'a/b.txt', 'b'), await build('temporary', 'c.txt', 'c'));
    expect([collect('session'), collect('temporary')]).toEqual([null, null]);
  });

  it('have the files of the session again in another Python', async () => {
    await begin('one', await build('session', 'a/b.txt', 'b'), await build('notebook', 'n.txt', 'n'));
    expect([read('/session/one/a/b.txt'), read('/notebook/n.txt')]).toEqual(['b', 'n']);
    files.unlink('/session/one/a/b.txt');
    expect(collect('session')).toEqual({
      directory: 'session',
      written: [],
      removed: ['a/b.txt'],
      leftOut: [],
    });
  });

  it('are empty when another session begins', async () => {
    await begin('one');
    write('/session/one/a.txt', 'a');
    await begin('two');
    expect([read('/session/one/a.txt'), collect('session')]).toEqual([null, null]);
  });

  it('hold what another session lends, and what a job does to that is neither collected nor seen by the next', async () => {
    const own = await build('session', 'a.txt', 'a');
    const { path, blob, byteSize, content } = own;
    const of = { sessionId: SessionId.from('one'), path: `deep/${path}`, blob, byteSize, content };
    const lent = [{ ...of, directory: 'session' } as const, { ...of, directory: 'temporary' } as const];
    kept.open(SessionId.from('two'));
    await kept.bring([], lent);
    const places = ['/session/one/deep/a.txt', '/tmp/session/one/deep/a.txt'];
    expect(places.map(read)).toEqual(['a', 'a']);
    write('/session/one/deep/a.txt', 'changed');
    write('/session/one/new.txt', 'new');
    expect([collect('session'), collect('temporary')]).toEqual([null, null]);
    kept.open(SessionId.from('two'));
    await kept.bring([], lent.slice(0, 1));
    expect([...places, '/session/one/new.txt'].map(read)).toEqual(['a', null, null]);
  });

  it('lose what a job did to the notebook and nobody kept, and not what it did to its session', async () => {
    await begin('one');
    write('/notebook/n.txt', 'n');
    write('/session/one/a.txt', 'a');
    expect([collect('notebook'), collect('session')]).not.toContain(null);
    await begin('one');
    expect([read('/notebook/n.txt'), read('/session/one/a.txt')]).toEqual([null, 'a']);
    // What could not be stored then may be now.
    expect(collect('session')).toMatchObject({ written: ['a.txt: a'] });
  });

  it('leave the bytes that jobs put out to their outputs', async () => {
    await begin('one');
    write('/session/one/binary/one/job/out', 'bytes');
    write('/session/one/binary/mine', 'mine');
    expect(collect('session')).toMatchObject({ written: ['binary/mine: mine'] });
  });

  it('name what is too large, once, and leave it to the next job of the session', async () => {
    await begin('one');
    files.writeFile('/session/one/large', new Uint8Array(250_000_001));
    expect(kept.collect('session')).toEqual({ change: null, leftOut: ['large'] });
    await begin('one');
    expect([files.analyzePath('/session/one/large').exists, collect('session')]).toEqual([true, null]);
  });

  it('take a directory that a script removed for an empty one', async () => {
    await begin('one', await build('session', 'a.txt', 'a'));
    removeTree(files, '/session/one');
    expect(collect('session')).toMatchObject({ removed: ['a.txt'] });
  });
});
