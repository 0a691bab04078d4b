import { describe, expect, test, vi } from 'vitest';
import { NotebookId } from '../model/ids.ts';
import { carriedFileMark, pageMark } from '../model/saved-page.ts';
import { buildCell, buildNotebook } from '../model/testing/builders.ts';
import type { MemoryStorage } from '../storage/MemoryStorage.ts';
import { writeNotebookLink } from '../storage/notebook-link/write-link.ts';
import { buildWorkspace } from '../storage/workspace-file/testing/build-workspace.ts';
import { writeFile } from '../storage/workspace-file/testing/write-file.ts';
import { EmbeddedNotebook, type EmbeddedServices } from './EmbeddedNotebook.svelte.ts';
import type { Workspace } from './Workspace.svelte.ts';

const workspace = {} as Workspace;

/** An embedded notebook, the storages that it opened a workspace over, and the addresses that it fetched. */
function build(
  fetchFile: (url: string) => Promise<Blob> = () => Promise.reject(new Error('Nobody is there.')),
) {
  const storages: MemoryStorage[] = [];
  const fetched: string[] = [];
  const services: EmbeddedServices = {
    siteUrl: 'https://cahier.example/',
    tables: { storeBytes: () => Promise.reject(new Error('nothing is large here')) },
    fetchFile: (_id, url) => {
      fetched.push(url);
      return fetchFile(url);
    },
    openWorkspace: (storage) => {
      storages.push(storage);
      return Promise.resolve(workspace);
    },
  };
  return { embedded: new EmbeddedNotebook(services), storages, fetched };
}

async function makeHash(): Promise<string> {
  const notebook = buildNotebook([], { title: 'Lesson', cells: [buildCell('Count')] });
  const link = await writeNotebookLink(notebook, {
    findSchema: () => null,
    readBlob: () => Promise.resolve(null),
  });
  return `#notebook=${link.isOk ? link.value.text : ''}`;
}

describe('an embedded notebook', () => {
  test('is the one of the link, in memory and untrusted', async () => {
    const { embedded, storages, fetched } = build();
    const hash = await makeHash();
    await embedded.begin(hash, 'https://a.example/b.cahier');
    expect(embedded.state).toEqual({ step: 'open', workspace, origin: `https://cahier.example/${hash}` });
    const [notebook] = (await storages[0]?.loadNotebooks())?.values ?? [];
    const [imported] = (await storages[0]?.loadImports())?.values ?? [];
    expect(notebook).toMatchObject({ title: 'Lesson', importId: imported?.id });
    expect([imported?.isTrusted, fetched]).toEqual([false, []]);
  });

  test('is that of a file of the own origin, with what its cells show', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built);
    const { embedded, storages, fetched } = build(() => Promise.resolve(file));
    await embedded.begin('', 'lessons/one.cahier');
    expect(fetched).toEqual(['https://cahier.example/lessons/one.cahier']);
    expect(embedded.state).toEqual({
      step: 'open',
      workspace,
      origin: 'https://cahier.example/?open=https%3A%2F%2Fcahier.example%2Flessons%2Fone.cahier',
    });
    const [storage] = storages;
    if (!storage) throw new Error('a workspace is open');
    const [imported] = (await storage.loadImports()).values;
    const [notebook] = (await storage.loadNotebooks()).values;
    expect(imported).toMatchObject({
      name: 'https://cahier.example/lessons/one.cahier',
      isTrusted: false,
    });
    expect(notebook).toMatchObject({ title: 'Sales, März', importId: imported?.id });
    const jobs = (await storage.loadJobs(notebook?.id ?? NotebookId.from(''))).values;
    expect(jobs.map(({ title, sessionId }) => [title, sessionId])).toContainEqual(['Train', null]);
    const hashes = jobs.flatMap(({ outcome }) =>
      outcome.status === 'done' ? outcome.images.map(({ blob }) => blob) : [],
    );
    expect([hashes.length > 0, [...(await storage.findMissing(hashes))]]).toEqual([true, []]);
  });

  test('of another host is fetched once its reader agrees, and of that host alone', async () => {
    const { embedded, fetched } = build();
    await embedded.begin('', 'https://school.example/one.cahier');
    const { state, id } = embedded;
    if (state.step !== 'asking') throw new Error(`it is ${state.step}`);
    const decide = (url: string) => embedded.decide({ kernelId: id, url });
    expect([state.address.host, fetched]).toEqual(['school.example', []]);
    expect(await decide(state.address.url)).toMatchObject({ isAllowed: false });
    await embedded.fetch(state.address);
    expect(fetched).toEqual(['https://school.example/one.cahier']);
    expect(await decide('https://school.example/elsewhere')).toEqual({ isAllowed: true });
    expect(await decide('https://other.example/')).toMatchObject({ isAllowed: false });
    expect(embedded.decide({ kernelId: 'another', url: state.address.url })).toBeNull();
    expect(embedded.state).toMatchObject({ step: 'refused', problem: 'Nobody is there.' });
  });

  test.each([
    { hash: '', openText: null, problem: 'This page shows a notebook, and its address names none.' },
    {
      hash: '#notebook=1.cut',
      openText: null,
      problem: 'There is no notebook in the address that can be read: it is damaged, or cut off.',
    },
    {
      hash: '',
      openText: 'ftp://a.example/b',
      problem: 'The address begins with ftp:, and only https:// and http:// lead to a file.',
    },
    {
      hash: '',
      openText: 'bad.cahier',
      problem: 'The file cannot be read: it is no zip, or it is cut off.',
    },
  ])('is none where $problem', async ({ hash, openText, problem }) => {
    const { embedded, storages } = build(() => Promise.resolve(new Blob(['no zip'])));
    await embedded.begin(hash, openText);
    expect(embedded.state).toMatchObject({ step: 'refused', problem });
    expect(storages).toEqual([]);
  });

  test('that is refused says what, where and what to do, is tried again, and leads to the app', async () => {
    const { file } = await writeFile(await buildWorkspace());
    const answers = [
      () => Promise.reject(new Error('school.example answered with 404: it has no file at this address.')),
      () => Promise.resolve(new Blob(['<!doctype html><title>Sign in</title>'])),
      () => Promise.resolve(new Blob(['a,b'])),
      () => Promise.resolve(file),
    ];
    const { embedded } = build(() => answers.shift()?.() ?? Promise.reject(new Error('asked too often')));
    await embedded.begin('', 'https://school.example/one.cahier');
    const { state } = embedded;
    if (state.step !== 'asking') throw new Error(`it is ${state.step}`);
    const { address } = state;
    const told: unknown[] = [];
    while (embedded.state.step !== 'open') {
      await embedded.fetch(address);
      const now = embedded.state;
      if (now.step === 'refused') told.push([now.problem, now.remedy.slice(0, 21)]);
      if (now.step === 'refused') {
        expect(now).toMatchObject({
          address,
          appUrl: 'https://cahier.example/?open=https%3A%2F%2Fschool.example%2Fone.cahier',
        });
      }
    }
    expect(told).toEqual([
      ['school.example answered with 404: it has no file at this address.', 'Try again, or open it'],
      [
        'school.example sent a web page in place of a file. The address may be that of a page about the file, or one has to sign in first.',
        'The file was fetched.',
      ],
      ['The file cannot be read: it is no zip, or it is cut off.', 'The file was fetched.'],
    ]);
  });

  test('is given up where its host sends nothing for long, and taken from a page that carries it', async () => {
    vi.useFakeTimers();
    try {
      const { embedded } = build(() => new Promise(() => undefined));
      const begun = embedded.begin('', 'one.cahier');
      await vi.advanceTimersByTimeAsync(39_000);
      expect(embedded.state.step).toBe('fetching');
      await vi.advanceTimersByTimeAsync(1_000);
      await begun;
      expect(embedded.state).toMatchObject({
        step: 'refused',
        problem: 'cahier.example has sent nothing for 40 seconds.',
      });
    } finally {
      vi.useRealTimers();
    }
    const { file } = await writeFile(await buildWorkspace());
    const base64 = Buffer.from(await file.arrayBuffer()).toString('base64');
    const page = new Blob([`<!doctype html>${pageMark}1">${carriedFileMark}a.cahier">${base64}</script>`]);
    const { embedded, storages } = build(() => Promise.resolve(page));
    await embedded.begin('', 'page.html');
    expect([embedded.state.step, storages.length]).toEqual(['open', 1]);
  });
});
