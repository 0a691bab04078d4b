import type { DataSchema, SchemaId } from '../model/data-schema.ts';
import type { BlobHash } from '../model/ids.ts';
import type { LessonContent } from '../model/lesson.ts';
import { listContentValues, type Cell, type Notebook } from '../model/notebook.ts';
import { formatBytes } from '../shared/format-bytes.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import type { BlobToStore } from '../storage/Storage.ts';
import { describePage } from './describe-page.ts';
import type { NewerLesson } from './LessonSources.ts';

/** A lesson is small: reading a larger file would hold the page up, and is what an import is for. */
const mostBytes = 20_000_000;

export interface LessonFileServices {
  /** The workspace's data schema of this name and these fields, else a new one that is not stored yet. */
  readonly findOrBuild: (content: Pick<DataSchema, 'name' | 'description' | 'fields'>) => DataSchema;
  readonly isStored: (id: SchemaId) => boolean;
  /** Values that the notebook has which is to become the lesson, or was opened with. */
  readonly ownValues: ReadonlySet<BlobHash>;
}

/**
 * Reads a lesson out of a workspace file, or a page that carries one, whoever made it: its only notebook, else the one of this title. A value that the
 * file names and does not carry leads to nothing that only others here have. The problem is a sentence.
 */
export async function readLessonFile(
  file: Blob,
  title: string,
  { findOrBuild, isStored, ownValues }: LessonFileServices,
): Promise<Result<Omit<NewerLesson, 'source'>, string>> {
  if (file.size > mostBytes) {
    return fail(`The file has ${formatBytes(file.size)}, which is too much for a lesson. Import it instead.`);
  }
  const { unwrapFile } = await import('../storage/workspace-file/unwrap-file.ts');
  const found = await unwrapFile(file);
  if (!found.isOk) return fail(describePage(found.problem, null).problem);
  const { readWorkspaceFile } = await import('../storage/workspace-file/read-workspace-file.ts');
  const read = await readWorkspaceFile(found.value);
  if (!read.isOk) {
    const { entry, reason } = read.problem;
    return fail(entry === null ? reason : `${entry}: ${reason}`);
  }
  const { manifest, records, readValue } = read.value;
  const [only, ...others] = records.notebooks;
  const notebook = others.length === 0 ? only : records.notebooks.find((each) => each.title === title);
  if (!notebook) return fail(`The file has no notebook “${title}”.`);
  const made = new Map<SchemaId, DataSchema>();
  const findSchema = (id: SchemaId | null): SchemaId | null => {
    const schema = records.schemas.find((each) => each.id === id);
    if (!schema) return null;
    const found = made.get(schema.id) ?? findOrBuild(schema);
    made.set(schema.id, found);
    return found.id;
  };
  const taken = takeContent(notebook, findSchema);
  const absent = new Set(manifest.absent.map(({ sha256 }) => sha256));
  const named = new Set(listContentValues(taken).map(({ blob }) => blob));
  const foreign = [...named].filter((hash) => absent.has(hash) && !ownValues.has(hash));
  const { createStandIns, replaceHashes } = await import('../storage/workspace-file/replace-hashes.ts');
  const content = replaceHashes(taken, await createStandIns(foreign));
  const blobs: BlobToStore[] = [];
  for (const { blob } of listContentValues(content)) {
    const value = await readValue(blob);
    if (value) blobs.push({ hash: blob, content: value });
  }
  return succeed({ content, blobs, schemas: [...made.values()].filter(({ id }) => !isStored(id)) });
}

function takeContent(
  { cells, connections, files, requirements, wheels }: Notebook,
  findSchema: (id: SchemaId | null) => SchemaId | null,
): LessonContent {
  const take = (cell: Cell): Cell => {
    if (cell.kind !== 'statement') return cell;
    const { configuration } = cell;
    const inputSchema = findSchema(configuration.inputSchema);
    const outputSchema = findSchema(configuration.outputSchema);
    return { ...cell, configuration: { ...configuration, inputSchema, outputSchema } };
  };
  return { cells: cells.map(take), connections, files, requirements, wheels };
}
