import type { TableEngine } from '../data/TableEngine.ts';
import type { ExampleTable } from '../examples/build-example.ts';
import type { Example, ExampleDataset } from '../examples/Example.ts';
import type { OfferedExample } from '../examples/list-examples.ts';
import type { DataSchema } from '../model/data-schema.ts';
import { hashText } from '../model/hash-text.ts';
import { BlobHash } from '../model/ids.ts';
import { createImportOptions } from '../model/import-options.ts';
import type { Notebook } from '../model/notebook.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { BlobToStore } from '../storage/Storage.ts';
import type { SchemaRepository } from './SchemaRepository.svelte.ts';

export interface ExampleServices {
  readonly tables: Pick<TableEngine, 'importCsv'>;
  readonly schemas: Pick<SchemaRepository, 'find' | 'findOrBuild'>;
}

/** The content of a notebook, and what it names and has to be stored with it. */
export interface MadeExample {
  readonly content: Pick<Notebook, 'title' | 'cells' | 'connections'>;
  readonly blobs: readonly BlobToStore[];
  /** Those that the workspace does not have. */
  readonly schemas: readonly DataSchema[];
}

/**
 * Loads an example and makes what it needs: datasets of its CSV, and those of its data schemas that the workspace does not
 * have. Nothing is stored yet. The problem is a sentence.
 */
export async function makeExample(
  { title, load }: OfferedExample,
  services: ExampleServices,
): Promise<Result<MadeExample, string>> {
  try {
    // Nobody has to download what builds examples before one is opened.
    const [example, { buildExample }] = await Promise.all([load(), import('../examples/build-example.ts')]);
    const { datasets, blobs } = await importDatasets(example, services.tables);
    const found = example.schemas.map(
      (schema) => [schema.name, services.schemas.findOrBuild(schema)] as const,
    );
    const schemas = new Map(found.map(([name, { id }]) => [name, id]));
    return succeed({
      content: { title: example.title, ...buildExample(example, { schemas, datasets }) },
      blobs,
      schemas: found.map(([, schema]) => schema).filter(({ id }) => services.schemas.find(id) === null),
    });
  } catch (error) {
    return fail(`“${title}” could not be opened (${toMessage(error)}). Reload the page and try again.`);
  }
}

async function importDatasets(
  { datasets, cells }: Example,
  tables: Pick<TableEngine, 'importCsv'>,
): Promise<{ datasets: ReadonlyMap<string, ExampleTable>; blobs: readonly BlobToStore[] }> {
  const imported = await Promise.all(datasets.map((dataset) => importDataset(dataset, tables)));
  // The files of those that inputs alone are given are not kept.
  const held = new Set(cells.map((cell) => (cell.kind === 'dataset' ? cell.dataset : null)));
  return {
    datasets: new Map(imported.map(({ table }) => [table.chosen.title, table])),
    blobs: imported.flatMap(({ table, blob, original }) =>
      held.has(table.chosen.title) ? [blob, original] : [blob],
    ),
  };
}

async function importDataset(
  { name, csv }: ExampleDataset,
  tables: Pick<TableEngine, 'importCsv'>,
): Promise<{ readonly table: ExampleTable; readonly blob: BlobToStore; readonly original: BlobToStore }> {
  const original = new Blob([csv]);
  const { table, file, sha256, byteSize, summary } = await tables.importCsv(original);
  table.close();
  const hash = BlobHash.from(hashText(csv));
  const stored = { summary, blob: sha256, byteSize };
  return {
    table: {
      chosen: { title: name, ...stored },
      content: {
        table: stored,
        file: { name: `${name}.csv`, byteSize: original.size, hash, url: null, isKept: true },
        options: createImportOptions('csv'),
        rejected: null,
        shortRowCount: 0,
        importedAt: Date.now(),
      },
    },
    blob: { hash: sha256, content: file },
    original: { hash, content: original },
  };
}
