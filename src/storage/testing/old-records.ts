import { buildHash, buildOutput } from '../../model/testing/builders.ts';
import { buildDone } from './databases.ts';

/** A job as versions 1 and 2 kept it, which put out a dataset under this hash. */
export function buildOldJob(digit: string): object {
  return {
    ...without(buildDone(1_000, [digit]), [
      'setup',
      'inputs',
      'modules',
      'absentModules',
      'openedFiles',
      'ranBlocks',
      'seenBlocks',
      'downstream',
      'ownPackages',
      'previews',
      'notices',
      'logBytes',
      'sessionId',
      'title',
    ]),
    configuration: { timeoutSeconds: 300, generateEmptyDataset: false },
    outcome: {
      status: 'done',
      outputs: [without(buildOutput(digit, buildHash(digit)), ['kind'])],
      images: [],
    },
    blobs: [buildHash(digit)],
  };
}

/** A record as it was before it had these fields. */
export function without(record: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)));
}
