import { expect, it } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import type { JobEnding } from '../model/job.ts';
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
