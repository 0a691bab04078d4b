import type { ImportEngine } from '../data/import/ImportEngine.ts';
import type { ExampleTable } from '../examples/build-example.ts';
import type { Example, ExampleDataset } from '../examples/Example.ts';
import type { OfferedExample } from '../examples/list-examples.ts';
import type { DataSchema } from '../model/data-schema.ts';
import { createImportOptions } from '../model/import-options.ts';
import { hashText } from '../model/hash-text.ts';
import type { LessonSource } from '../model/lesson.ts';
import type { Notebook } from '../model/notebook.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { BlobToStore } from '../storage/Storage.ts';
import type { SchemaRepository } from './SchemaRepository.svelte.ts';

export interface ExampleServices {
  readonly importer: Pick<ImportEngine, 'load'>;
  readonly schemas: Pick<SchemaRepository, 'find' | 'findOrBuild'>;
}

/** The content of a notebook, and what it names and has to be stored with it. */
export interface MadeExample {
  readonly content: Pick<Notebook, 'title' | 'cells' | 'connections'>;
  /** What the notebook is made a lesson with. */
  readonly source: LessonSource;
  readonly blobs: readonly BlobToStore[];
  /** Those that the workspace does not have. */
  readonly schemas: readonly DataSchema[];
}

/**
 * Loads an example and makes what it needs: datasets of its CSV, and those of its data schemas that the workspace does not
 * have. Nothing is stored yet. The problem is a sentence.
 */
export async function makeExample(
  { id, title, load }: OfferedExample,
  services: ExampleServices,
): Promise<Result<MadeExample, string>> {
  try {
    // Nobody has to download what builds examples before one is opened.
    const [example, { buildExample }] = await Promise.all([load(), import('../examples/build-example.ts')]);
    const { datasets, blobs } = await importDatasets(example, services.importer);
    const found = example.schemas.map(
      (schema) => [schema.name, services.schemas.findOrBuild(schema)] as const,
    );
    const schemas = new Map(found.map(([name, { id }]) => [name, id]));
    return succeed({
      content: { title: example.title, ...buildExample(example, { schemas, datasets }) },
      source: { kind: 'example', exampleId: id, edition: hashExample(example) },
      blobs,
      schemas: found.map(([, schema]) => schema).filter(({ id }) => services.schemas.find(id) === null),
    });
  } catch (error) {
    return fail(`“${title}” could not be opened (${toMessage(error)}). Reload the page and try again.`);
  }
}

/** Which edition of an example this is: another one has another hash. */
export function hashExample(example: Example): string {
  return hashText(JSON.stringify(example));
}

async function importDatasets(
  { datasets, cells }: Example,
  importer: ExampleServices['importer'],
): Promise<{ datasets: ReadonlyMap<string, ExampleTable>; blobs: readonly BlobToStore[] }> {
  const imported = await Promise.all(datasets.map((dataset) => importDataset(dataset, importer)));
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
  importer: ExampleServices['importer'],
): Promise<{ readonly table: ExampleTable; readonly blob: BlobToStore; readonly original: BlobToStore }> {
  const original = new File([csv], `${name}.csv`);
  const options = createImportOptions('csv');
  const { table, content, fileHash } = await importer.load(original, options, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return {
    table: {
      chosen: { title: name, ...table },
      content: {
        table,
        file: { name: original.name, byteSize: original.size, hash: fileHash, url: null, isKept: true },
        options,
        rejected: null,
        emptied: null,
        shortRowCount: 0,
        notes: [],
        importedAt: Date.now(),
      },
    },
    blob: { hash: table.blob, content },
    original: { hash: fileHash, content: original },
  };
}
