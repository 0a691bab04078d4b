// Longer than most files: what goes along, what stays and what comes back of one workspace.
import { readFile, writeFile as writeToDisk } from 'node:fs/promises';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { BlobHash, CellId, JobId, NotebookId } from '../../model/ids.ts';
import { keepOriginal } from '../../model/lesson.ts';
import type { JsonValue } from '../../model/handles.ts';
import { buildInput, buildJob, buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import { allParts, type PickedParts } from '../../model/workspace-parts.ts';
import { chooseRecords } from './choose-records.ts';
import { readWorkspaceFile } from './read-workspace-file.ts';
import { writeStableJson } from './stable-json.ts';
import { buildWorkspace, hiddenTrace } from './testing/build-workspace.ts';
import { packFile } from './testing/pack-file.ts';
import { writeFile } from './testing/write-file.ts';
import type { Manifest } from './workspace-file-format.ts';
import type { WorkspaceRecords } from './workspace-records.ts';
import type { WorkspaceReader } from './write-workspace-file.ts';

async function unzip(file: Blob): Promise<Record<string, string>> {
  const entries = Object.entries(unzipSync(new Uint8Array(await file.arrayBuffer())));
  return Object.fromEntries(entries.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
}

describe('a workspace file', () => {
  it('gives back what was written into it', async () => {
    const built = await buildWorkspace();
    const { file, manifest } = await writeFile(built);
    const read = await readWorkspaceFile(file);
    if (!read.isOk) throw new Error(JSON.stringify(read.problem));
    const { value } = read;
    expect(value.records).toEqual(chooseRecords(built.records, allParts));
    expect(value.manifest).toEqual(manifest);
    for (const job of value.records.jobs) expect(await value.readLog(job.id)).toEqual(built.logs.get(job.id));
    for (const { sha256 } of manifest.entries.filter(({ path }) => path.startsWith('values/'))) {
      const blob = await value.readValue(sha256);
      expect([await blob?.text(), blob?.type]).toEqual([
        await built.blobs.get(sha256)?.text(),
        built.blobs.get(sha256)?.type,
      ]);
    }
  });

  it('carries the original of a lesson, whatever is picked, and its data where data is', async () => {
    const built = await buildWorkspace();
    const [given] = built.records.notebooks;
    if (!given) throw new Error('there is no notebook');
    const { notebook, blob } = await keepOriginal(given, { kind: 'file', name: 'lesson.cahier' });
    const emptied = { ...notebook, cells: [], connections: [] };
    const notebooks = built.records.notebooks.map((each) => (each === given ? emptied : each));
    const reader: WorkspaceReader = {
      ...built.reader,
      readBlob: (hash) => (hash === blob.hash ? Promise.resolve(blob.content) : built.reader.readBlob(hash)),
    };
    const lesson = { ...built, reader, records: { ...built.records, notebooks, jobs: [], checkpoints: [] } };
    for (const picked of [allParts, { data: false, models: false, results: false, history: false }]) {
      const { file } = await writeFile(lesson, { picked });
      const read = await readWorkspaceFile(file);
      if (!read.isOk) throw new Error(JSON.stringify(read.problem));
      const [found] = read.value.records.notebooks;
      expect(found?.lesson).toEqual(notebook.lesson);
      expect(await (await read.value.readValue(blob.hash))?.text()).toBe(await blob.content.text());
      const data = notebook.lesson.values.map(({ blob: hash }) => read.value.readValue(hash));
      expect((await Promise.all(data)).some((value) => value === null)).toBe(!picked.data);
    }
  });

  it('names its files for people, in one order', async () => {
    const { file } = await writeFile(await buildWorkspace());
    const paths = Object.keys(await unzip(file));
    expect(paths.map((path) => path.replace(/[0-9a-f]{64}/, '…'))).toMatchInlineSnapshot(`
      [
        "model-groups.json",
        "model-versions.json",
        "models.json",
        "notebooks/sales-marz/ask.py",
        "notebooks/sales-marz/chart.vl.json",
        "notebooks/sales-marz/con-cell.md",
        "notebooks/sales-marz/notebook.json",
        "notebooks/sales-marz/train.py",
        "production-lines.json",
        "profiles.json",
        "results/sales-marz/checkpoints.json",
        "results/sales-marz/logs/newest.json",
        "results/sales-marz/sessions/first.json",
        "results/sales-marz/sessions/second.json",
        "schedules.json",
        "schemas.json",
        "settings.json",
        "values/….csv",
        "values/….pickle",
        "values/….txt",
        "values/….whl",
        "values/….csv",
        "values/….png",
        "values/….py",
        "values/….png",
        "values/….arrow",
        "values/….bin",
        "workspace.json",
        "manifest.json",
      ]
    `);
  });

  it('holds no secret', async () => {
    const texts = await unzip((await writeFile(await buildWorkspace())).file);
    expect(Object.entries(texts).filter(([path, text]) => `${path} ${text}`.includes(hiddenTrace))).toEqual(
      [],
    );
  });

  it('says of nothing with which import it came, and is not believed where it does', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built);
    const texts = await unzip(file);
    expect(Object.entries(texts).filter(([, text]) => text.includes('importId'))).toEqual([]);
    const entries = Object.entries(unzipSync(new Uint8Array(await file.arrayBuffer())));
    const files = entries
      .filter(([path]) => path !== 'manifest.json')
      .map(([path, bytes]): [string, Uint8Array<ArrayBuffer>] => {
        const text = new TextDecoder().decode(bytes);
        const isClaiming = /(notebook|model-versions)\.json$/.test(path);
        const claim = text.replace('"createdAt"', '"importId": "a trusted one", "createdAt"');
        return [path, isClaiming ? new TextEncoder().encode(claim) : new Uint8Array(bytes)];
      });
    const claiming = await packFile(
      Object.fromEntries(files),
      JSON.parse(texts['manifest.json'] ?? '') as Manifest,
    );
    const read = await readWorkspaceFile(claiming);
    if (!read.isOk) throw new Error(JSON.stringify(read.problem));
    expect(read.value.records).toEqual(chooseRecords(built.records, allParts));
  });

  it('is the same, byte by byte, in whatever order a workspace is read', async () => {
    const built = await buildWorkspace();
    const lists = Object.entries(built.records).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? value.toReversed() : value,
    ]);
    const records = Object.fromEntries(lists) as WorkspaceRecords;
    const one = await writeFile(built);
    const other = await writeFile({ records: swapNames(records), reader: built.reader });
    expect(await hashBytes(await other.file.arrayBuffer())).toBe(
      await hashBytes(await one.file.arrayBuffer()),
    );
  });

  it('goes without what was left out, and says so', async () => {
    const built = await buildWorkspace();
    const none: PickedParts = { data: false, models: false, results: false, history: true };
    const { file, manifest } = await writeFile(built, { picked: none });
    expect(Object.keys(await unzip(file)).map((path) => path.replace(/[0-9a-f]{64}/, '…'))).toEqual([
      'notebooks/sales-marz/ask.py',
      'notebooks/sales-marz/chart.vl.json',
      'notebooks/sales-marz/con-cell.md',
      'notebooks/sales-marz/notebook.json',
      'notebooks/sales-marz/train.py',
      'production-lines.json',
      'profiles.json',
      'schedules.json',
      'schemas.json',
      'settings.json',
      'values/….whl',
      'values/….py',
      'workspace.json',
      'manifest.json',
    ]);
    expect(manifest.picked).toEqual({ ...none, history: false });
    expect(manifest.absent.map(({ reason }) => reason)).toEqual(Array(4).fill('not-picked'));
    expect((await readWorkspaceFile(file)).isOk).toBe(true);
  });

  it('has of results without history those that cells show, and checkpoints as they stand', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built, { picked: { ...allParts, history: false } });
    const read = await readWorkspaceFile(file);
    if (!read.isOk) throw new Error(JSON.stringify(read.problem));
    const { jobs, sessions, checkpoints, lines, schedules } = read.value.records;
    expect([jobs.map(({ id, sessionId }) => [id, sessionId]), sessions]).toEqual([[['newest', null]], []]);
    expect(checkpoints.map(({ history }) => history)).toEqual([
      [{ value: { type: 'integer', text: '7' }, at: 5_000, origin: null }],
    ]);
    expect([...lines, ...schedules].map(({ runs }) => runs)).toEqual([[], []]);
  });

  it('goes without values that are missing or altered, and names them', async () => {
    const built = await buildWorkspace();
    const [missing, altered] = built.blobs.keys();
    const { file, manifest, losses } = await writeFile({
      records: built.records,
      reader: {
        ...built.reader,
        readBlob: (hash) => {
          if (hash === missing) return Promise.resolve(null);
          return hash === altered ? Promise.resolve(new Blob(['other'])) : built.reader.readBlob(hash);
        },
      },
    });
    expect(new Map(manifest.absent.map(({ sha256, reason }) => [sha256, reason]))).toEqual(
      new Map([
        [missing, 'missing'],
        [altered, 'altered'],
      ]),
    );
    expect(losses.toSorted()).toEqual([
      'The file Sales.CSV of “Sales” in “Sales, März” was damaged in this browser’s storage.',
      'The table of “Sales” in “Sales, März” is not in this browser’s storage any more.',
    ]);
    expect((await readWorkspaceFile(file)).isOk).toBe(true);
  });

  it('tells how far it is, until that is given up', async () => {
    const built = await buildWorkspace();
    const told: (readonly [number, number])[] = [];
    await writeFile(built, { onProgress: (...amounts) => told.push(amounts) });
    const [doneBytes, allBytes] = told.at(-1) ?? [0, 1];
    expect([told.length > 10, doneBytes === allBytes]).toEqual([true, true]);
    const given = new AbortController();
    const writing = writeFile(built, { signal: given.signal, onProgress: () => given.abort() });
    await expect(writing).rejects.toThrow(given.signal.reason as Error);
  });

  it('keeps what is packed already as it is', async () => {
    const built = await buildWorkspace();
    const noise = crypto.getRandomValues(new Uint8Array(50_000));
    const hash = BlobHash.from(await hashBytes(noise));
    const notebook = buildNotebook([], { files: [{ path: 'noise.bin', blob: hash, byteSize: 50_000 }] });
    const { file } = await writeFile({
      records: { ...built.records, notebooks: [notebook], checkpoints: [], sessions: [], jobs: [] },
      reader: {
        ...built.reader,
        readBlob: (each) =>
          each === hash ? Promise.resolve(new Blob([noise])) : built.reader.readBlob(each),
      },
    });
    const methods: [string, number][] = [];
    unzipSync(new Uint8Array(await file.arrayBuffer()), {
      filter: ({ name, compression }) => {
        methods.push([name, compression]);
        return false;
      },
    });
    expect(methods.find(([name]) => name.endsWith('.bin'))?.[1]).toBe(0);
    expect(methods.find(([name]) => name.endsWith('notebook.json'))?.[1]).toBe(8);
  });

  // Made by `CAHIER_WRITE_FIXTURE=1`, once for each version of the format, and never changed then.
  const fixture = new URL('testing/format-1.cahier', import.meta.url);

  it('is opened as the first version of the format wrote it, and is still written so', async () => {
    const built = await buildWorkspace();
    const { file } = await writeFile(built);
    if (process.env['CAHIER_WRITE_FIXTURE'])
      await writeToDisk(fixture, Buffer.from(await file.arrayBuffer()));
    const kept = new Blob([await readFile(fixture)]);
    const read = await readWorkspaceFile(kept);
    if (!read.isOk) throw new Error(JSON.stringify(read.problem));
    expect(read.value.records).toEqual(chooseRecords(built.records, allParts));
    expect(await unzip(file)).toEqual(await unzip(kept));
  });

  it('gives back any workspace that was written into it', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    const cell = fc.record({
      title: text,
      source: fc.oneof(text, fc.string({ unit: 'binary' })),
      isNote: fc.boolean(),
    });
    const notebooks = fc.array(
      fc.record({
        title: text,
        cells: fc.array(cell, { maxLength: 6 }),
        createdAt: fc.nat(),
        requirements: text,
      }),
      { maxLength: 5 },
    );
    // Without the sign of a zero, and names that no file has.
    const json = fc.jsonValue().map((value) => JSON.parse(writeStableJson(value)) as JsonValue);
    const { reader, records: standard } = await buildWorkspace();
    await fc.assert(
      fc.asyncProperty(notebooks, fc.array(text), json, async (list, outputs, schema) => {
        const built = list.map(({ cells, ...rest }, at) =>
          buildNotebook([], {
            ...rest,
            id: NotebookId.from(`notebook ${at}`),
            cells: cells.map(({ title, source, isNote }, index) => {
              const id = CellId.from(`${at} ${index}`);
              if (isNote) return { kind: 'note', id, title, source };
              return {
                ...buildScriptlet(title, [buildInput('a', { schema: { schema } })], outputs),
                id,
                source,
              };
            }),
          }),
        );
        const jobs = built.flatMap(({ id: notebookId, cells }, at) =>
          cells.flatMap((each, index) =>
            each.kind === 'scriptlet'
              ? [buildJob(each, index, { notebookId, id: JobId.from(`Job ${at} ${each.title}${index}`) })]
              : [],
          ),
        );
        const records = { ...standard, notebooks: built, jobs, sessions: [], checkpoints: [] };
        const read = await readWorkspaceFile((await writeFile({ records, reader })).file);
        if (!read.isOk) throw new Error(JSON.stringify(read.problem));
        expect(read.value.records).toEqual(chooseRecords(records, allParts));
      }),
      { numRuns: 60 },
    );
  });
});

/** The same records, with the names of each in another order. */
function swapNames<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(swapNames) as Value;
  const entries = Object.entries(value).map(([name, member]) => [
    name,
    name === 'schema' ? (member as unknown) : swapNames(member as unknown),
  ]);
  return Object.fromEntries(entries.toReversed()) as Value;
}
