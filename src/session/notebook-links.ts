import type { TableEngine } from '../data/TableEngine.ts';
import type { SchemaId } from '../model/data-schema.ts';
import { type DataSchema } from '../model/data-schema.ts';
import { ImportId, type WorkspaceId } from '../model/ids.ts';
import type { ImportedFile } from '../model/imported-file.ts';
import { alignContent } from '../model/compare-contents.ts';
import { keepAddedFiles, keepLeftOut } from '../model/keep-left-out.ts';
import type { LessonSource } from '../model/lesson.ts';
import { linkLimits, linkPrefix, type LinkedNotebook, type NotebookLink } from '../model/linked-notebook.ts';
import type { Cell, Notebook } from '../model/notebook.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { parseNotebookLink } from '../storage/notebook-link/parse-link.ts';
import { writeNotebookLink, type LinkSources } from '../storage/notebook-link/write-link.ts';
import { readLesson } from '../storage/read-lesson.ts';
import type { BlobToStore } from '../storage/Storage.ts';
import { nameFiles } from './flow-files.ts';
import type { NewerLesson } from './LessonSources.ts';
import type { SchemaRepository } from './SchemaRepository.svelte.ts';

/** A notebook as an address of the app. */
export interface NotebookAddress extends Pick<NotebookLink, 'leftOut'> {
  readonly address: string;
}

/** The notebook as an address; the problem is a sentence. */
export async function createNotebookAddress(
  notebook: Notebook,
  siteUrl: string,
  sources: LinkSources,
): Promise<Result<NotebookAddress, string>> {
  const link = await writeNotebookLink(notebook, sources);
  if (!link.isOk) return link;
  const address = `${siteUrl}${linkPrefix}${link.value.text}`;
  if (address.length > linkLimits.most) {
    return fail(
      `This notebook does not fit into a link, which would have ${address.length.toLocaleString('en')} characters; ${linkLimits.most.toLocaleString('en')} are the most.`,
    );
  }
  return succeed({ address, leftOut: link.value.leftOut });
}

/** The notebook in the hash of an address, `#` and all; null where there is none. The problem is the end of a sentence. */
export function readNotebookHash(hash: string): Result<LinkedNotebook, string> | null {
  return hash.startsWith(linkPrefix) ? parseNotebookLink(hash.slice(linkPrefix.length)) : null;
}

/** The content of a notebook that came by a link, and what is to be stored with it. */
export interface MadeLinked {
  readonly content: Pick<Notebook, 'title' | 'cells' | 'connections' | 'requirements' | 'files' | 'importId'>;
  readonly blobs: readonly BlobToStore[];
  /** Those that the workspace does not have. */
  readonly schemas: readonly DataSchema[];
  /** Says that nobody trusts it yet. */
  readonly imported: ImportedFile;
}

/** What a notebook of a link is made a lesson with. */
export function toLessonSource({ notebookId, edition }: LinkedNotebook): LessonSource {
  return { kind: 'link', notebookId, edition };
}

interface LinkServices {
  readonly tables: Pick<TableEngine, 'storeBytes'>;
  readonly schemas: Pick<SchemaRepository, 'find' | 'findOrBuild'>;
}

/** Makes what a notebook of a link becomes in a workspace. Nothing is stored yet. */
export async function makeLinked(
  linked: LinkedNotebook,
  workspaceId: WorkspaceId,
  services: LinkServices,
): Promise<MadeLinked> {
  const imported: ImportedFile = {
    id: ImportId.create(),
    workspaceId,
    name: linked.content.title,
    isLink: true,
    importedAt: Date.now(),
    isTrusted: false,
  };
  const found = linked.schemas.map(
    ({ id, ...content }) => [id, services.schemas.findOrBuild(content)] as const,
  );
  const ids = new Map(found.map(([id, schema]) => [id, schema.id]));
  const { files, blobs } = await nameFiles(services.tables, linked.files);
  const cells = linked.content.cells.map((cell) => nameSchemas(cell, ids));
  return {
    content: { ...linked.content, cells, files, importId: imported.id },
    blobs,
    schemas: found.map(([, schema]) => schema).filter(({ id }) => services.schemas.find(id) === null),
    imported,
  };
}

/** Makes what a notebook that is here would become by a link of another version of it. Nothing is stored yet. */
export async function makeVersion(
  linked: LinkedNotebook,
  notebook: Notebook,
  { readBlob, ...services }: LinkServices & Pick<LinkSources, 'readBlob'>,
): Promise<NewerLesson> {
  const { content, blobs, schemas } = await makeLinked(linked, notebook.workspaceId, services);
  const { cells, connections, requirements, files } = content;
  const { lesson } = notebook;
  const original = lesson && (await readLesson(lesson.original, await readBlob(lesson.original)));
  return {
    content: keepAddedFiles(
      keepLeftOut(alignContent({ cells, connections, requirements, files, wheels: [] }, notebook), notebook),
      notebook.files,
      original?.isOk ? original.value.files : [],
    ),
    source: toLessonSource(linked),
    blobs,
    schemas,
  };
}

function nameSchemas(cell: Cell, ids: ReadonlyMap<SchemaId, SchemaId>): Cell {
  if (cell.kind !== 'statement') return cell;
  const { inputSchema, outputSchema } = cell.configuration;
  const name = (id: SchemaId | null): SchemaId | null => (id === null ? null : (ids.get(id) ?? null));
  return {
    ...cell,
    configuration: {
      ...cell.configuration,
      inputSchema: name(inputSchema),
      outputSchema: name(outputSchema),
    },
  };
}
