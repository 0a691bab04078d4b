import { expect, it } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { createPlainError, type JobEnding } from '../model/job.ts';
import { createSecretHash } from '../model/secret-hash.ts';
import { concludeJob } from './conclude-job.ts';
import { ValueStore } from './ValueStore.ts';

it('a secret that a job puts out is known by a hash that workspaces do not share', async () => {
  const outputs = [{ handle: 'key', value: { kind: 'secret', text: 'hush' } as const }];
  const products = { outputs, images: [], modules: [], ranBlocks: [] };
  const ending: JobEnding = { status: 'done', products };
  const tables = new TableEngine(() => {
    throw new Error('a secret is no table');
  });
  const conclude = async (salt: string): Promise<unknown> =>
    (
      await concludeJob(ending, new ValueStore(tables), {
        cellTitle: 'Secrets',
        kernelId: null,
        hashSecret: createSecretHash(salt),
        readBefore: () => Promise.resolve([]),
      })
    ).outcome;
  expect([await conclude('one'), await conclude('other')]).toEqual(
    ['one', 'other'].map((salt) => ({
      status: 'done',
      outputs: [{ kind: 'secret', handle: 'key', text: 'hush', hash: createSecretHash(salt)('hush') }],
      images: [],
    })),
  );
});

it('an output that cannot be kept is named with its cell, and makes the job a failed one', async () => {
  const dataset = { rowCount: 0, columns: [] };
  const outputs = [{ handle: 'rows', value: { kind: 'dataset', dataset } as const }];
  const ending: JobEnding = { status: 'done', products: { outputs, images: [], modules: [], ranBlocks: [] } };
  const tables = new TableEngine(() => {
    throw new Error('no table is made');
  });
  const { outcome } = await concludeJob(ending, new ValueStore(tables), {
    cellTitle: 'Load',
    kernelId: null,
    hashSecret: createSecretHash('salt'),
    readBefore: () => Promise.reject(new Error('The rows before are gone.')),
  });
  expect(outcome).toEqual({
    status: 'failed',
    error: createPlainError(
      'kernel',
      'The output “rows” of the cell “Load” cannot be kept: The rows before are gone.',
    ),
  });
});

it('a model that cannot be kept is named with its cell, and makes the job a failed one', async () => {
  const model = { name: 'm', groups: [], typeName: 'x', pythonVersion: '3', packages: [] };
  const models = [{ ...model, parts: [new Uint8Array(1), new Uint8Array(1)] }];
  const products = { outputs: [], images: [], modules: [], ranBlocks: [], models };
  const tables = new TableEngine(() => {
    throw new Error('The worker is gone.');
  });
  const { outcome, models: kept } = await concludeJob({ status: 'done', products }, new ValueStore(tables), {
    cellTitle: 'Train',
    kernelId: null,
    hashSecret: createSecretHash('salt'),
    readBefore: () => Promise.resolve([]),
  });
  const message = 'The model “m” of the cell “Train” cannot be kept: The worker is gone.';
  expect([outcome, kept]).toEqual([{ status: 'failed', error: createPlainError('kernel', message) }, []]);
});

it('an image is kept with what is known of it', async () => {
  const image = { name: 'plot', mediaType: 'image/png', density: 2, alt: 'Sales' } as const;
  const products = {
    outputs: [],
    images: [{ ...image, data: new Uint8Array(3) }],
    modules: [],
    ranBlocks: [],
  };
  const tables = new TableEngine(() => {
    throw new Error('three bytes are hashed here');
  });
  const { outcome } = await concludeJob({ status: 'done', products }, new ValueStore(tables), {
    cellTitle: 'Plot',
    kernelId: null,
    hashSecret: createSecretHash('salt'),
    readBefore: () => Promise.resolve([]),
  });
  const blob = expect.any(String) as string;
  expect(outcome).toEqual({ status: 'done', outputs: [], images: [{ ...image, blob, byteSize: 3 }] });
});
