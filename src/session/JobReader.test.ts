import { describe, expect, it } from 'vitest';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import { dataset, int64 } from '../data/testing/build-dataset.ts';
import { TableEngine } from '../data/TableEngine.ts';
import { describeMissing } from '../model/missing-values.ts';
import type { Job } from '../model/job.ts';
import { buildCell, buildHash, buildJob, buildOutput } from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { JobReader } from './JobReader.ts';

const gone = buildHash('1');
const kept = buildHash('2');
const log = [{ time: 1, stream: 'stdout', text: 'hello\n' }] as const;

interface Setup {
  readonly job: Job;
  readonly reader: JobReader;
}

/** A job with a preview whose value is stored, and an output and an image whose values are gone. */
async function setup(): Promise<Setup> {
  const job = buildJob(buildCell('cell'), 1_000, {
    previews: [{ id: null, time: 1, content: { type: 'json', text: { blob: kept, byteSize: 2 } } }],
    outcome: {
      status: 'done',
      outputs: [buildOutput('rows', gone)],
      images: [{ name: 'plot', mediaType: 'image/png', blob: gone, byteSize: 1 }],
    },
  });
  const storage = new MemoryStorage();
  await storage.commitJob({ job, log }, [{ hash: kept, content: new Blob(['{}']) }]);
  const fetchRemote = (): Promise<Blob> => Promise.reject(new Error('nothing is fetched in these tests'));
  const tables = new TableEngine(() => new FakeTableWorker());
  return { job, reader: new JobReader(job, { storage, tables, fetchRemote, isTrusted: () => true }) };
}

describe('the record of a job', () => {
  it('has what is stored of it, and names what is gone', async () => {
    const { job, reader } = await setup();
    expect(await (await reader.previews.readValue({ blob: kept, byteSize: 2 })).text()).toBe('{}');
    expect(await reader.loadLog()).toEqual(log);
    expect(describeMissing(job, await reader.findMissing())).toEqual([
      'the output “rows”',
      'the image “plot”',
    ]);
    await expect(reader.openTable(buildOutput('rows', gone))).rejects.toThrow(
      'The dataset “rows” is not stored any more.',
    );
    await expect(
      reader.readImage({ name: 'plot', mediaType: 'image/png', blob: gone, byteSize: 1 }),
    ).rejects.toThrow('The image “plot” is not stored any more.');
  });

  it('opens a table once, and closes it at the end', async () => {
    const worker = new FakeTableWorker();
    const tables = new TableEngine(() => worker);
    const { file, sha256, summary, byteSize, table } = await tables.importDataset(
      dataset(int64('x', [1n, 2n])),
    );
    table.close();
    const output = { kind: 'dataset', handle: 'rows', blob: sha256, summary, byteSize } as const;
    const job = buildJob(buildCell('cell'), 1_000, {
      outcome: { status: 'done', outputs: [output], images: [] },
    });
    const storage = new MemoryStorage();
    await storage.commitJob({ job, log }, [{ hash: sha256, content: file }]);
    const reader = new JobReader(job, {
      storage,
      tables,
      fetchRemote: () => Promise.reject(new Error()),
      isTrusted: () => true,
    });
    worker.commands.length = 0;
    const [one, other] = await Promise.all([reader.openTable(output), reader.openTable(output)]);
    expect(one).toBe(other);
    reader.close();
    await Promise.resolve();
    expect(worker.commands).toEqual(['open-table', 'close-table']);
  });
});
