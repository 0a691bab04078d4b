import type { TableFile } from '../data/table-messages.ts';
import type { TableSource } from '../data/TableSource.ts';
import { hashText } from '../model/hash-text.ts';
import { BlobHash } from '../model/ids.ts';
import { createPlainError, type JobEnding, type JobOutcome, type StoredImage } from '../model/job.ts';
import type { MadeModel } from '../model/job-models.ts';
import type { JobProducts } from '../model/job-request.ts';
import { getOutputKey, longestInlineJson, type JobOutput, type StoredOutput } from '../model/outputs.ts';
import type { HashSecret } from '../model/secret-hash.ts';
import { assertNever } from '../shared/assert-never.ts';
import { createPauses } from '../shared/in-slices.ts';
import { toMessage } from '../shared/to-message.ts';
import type { ValueStore } from './ValueStore.ts';

/** A job's outcome, ready to be stored, and the tables that were made on the way, by the keys of their outputs. */
export interface Conclusion {
  readonly outcome: JobOutcome;
  readonly tables: ReadonlyMap<string, TableSource>;
  /** The models that it added; their versions get numbers when they are stored. */
  readonly models: readonly MadeModel[];
}

/** What a conclusion takes beside what Python handed over. */
export interface ConclusionMeans {
  readonly cellTitle: string;
  /** Names the Python that ran the job, which has the objects among what it put out. */
  readonly kernelId: string | null;
  readonly hashSecret: HashSecret;
  /** The files of the table whose rows go before those of a dataset. Rejects with a sentence. */
  readonly readBefore: () => Promise<readonly TableFile[]>;
}

/** Turns what Python handed over into what is stored. What cannot be read makes the job a failed one. */
export async function concludeJob(
  ending: JobEnding,
  values: ValueStore,
  means: ConclusionMeans,
): Promise<Conclusion> {
  switch (ending.status) {
    case 'failed':
    case 'stopped':
      return { outcome: ending, tables: new Map(), models: [] };
    case 'done':
      return await concludeProducts(ending.products, values, means);
    default:
      return assertNever(ending);
  }
}

async function concludeProducts(
  products: JobProducts,
  values: ValueStore,
  means: ConclusionMeans,
): Promise<Conclusion> {
  const tables = new Map<string, TableSource>();
  let what = '';
  try {
    const outputs: StoredOutput[] = [];
    for (const output of products.outputs) {
      what = `output “${output.handle}”`;
      const { targets } = output;
      const stored = await storeOutput(output, values, tables, means);
      outputs.push({ ...stored, ...(targets && { targets }) });
    }
    const images: StoredImage[] = [];
    // A browser takes a quarter of a millisecond to make a Blob, be it ever so small.
    const pause = createPauses();
    for (const { data, ...image } of products.images) {
      what = `image “${image.name}”`;
      images.push({ ...image, ...(await values.addBytes(data, image.mediaType)) });
      await pause();
    }
    const models: MadeModel[] = [];
    for (const { parts, ...model } of products.models ?? []) {
      what = `model “${model.name}”`;
      models.push({ ...model, ...(await values.addParts(parts, 'application/octet-stream')) });
    }
    return { outcome: { status: 'done', outputs, images }, tables, models };
  } catch (error) {
    for (const table of tables.values()) table.close();
    const message = `The ${what} of the cell “${means.cellTitle}” cannot be kept: ${toMessage(error)}`;
    const outcome = { status: 'failed', error: createPlainError('kernel', message) } as const;
    return { outcome, tables: new Map(), models: [] };
  }
}

/** Targets aside. */
async function storeOutput(
  output: JobOutput,
  values: ValueStore,
  tables: Map<string, TableSource>,
  { kernelId, hashSecret, readBefore }: ConclusionMeans,
): Promise<StoredOutput> {
  const { handle, value } = output;
  const { kind } = value;
  switch (kind) {
    case 'dataset': {
      const { table, ...stored } = await values.appendTable(value.dataset, await readBefore());
      tables.set(getOutputKey(output), table);
      return { kind, handle, ...stored };
    }
    case 'json': {
      if (value.text.length <= longestInlineJson) {
        const blob = BlobHash.from(hashText(value.text));
        return { kind, handle, text: value.text, blob, byteSize: value.text.length };
      }
      return { kind, handle, text: null, ...(await values.addText(value.text)) };
    }
    case 'secret':
      return { kind, handle, text: value.text, hash: hashSecret(value.text) };
    case 'binary':
      return { kind, handle, ...(await values.addBytes(value.data, 'application/octet-stream')) };
    case 'variable': {
      const { key, typeName, summary, data, reason } = value;
      const pickle = data && (await values.addBytes(data, 'application/octet-stream'));
      return { kind, handle, key, typeName, summary, pickle, reason, kernelId };
    }
    default:
      return assertNever(value);
  }
}
