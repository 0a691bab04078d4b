import { deflateSync } from 'fflate';
import { addConnections } from '../../model/connections.ts';
import { SchemaId, type DataSchema, type FindSchema } from '../../model/data-schema.ts';
import { CellId, type BlobHash } from '../../model/ids.ts';
import { describeLinkLeftOut, type LinkLeftOut } from '../../model/link-left-out.ts';
import type { LinkedFile, NotebookLink } from '../../model/linked-notebook.ts';
import { isProcessor, listInputs, renewCellIds, type Cell, type Notebook } from '../../model/notebook.ts';
import type { NotebookFile } from '../../model/scriptlet.ts';
import { formatBytes } from '../../shared/format-bytes.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { writeCompactJson } from '../workspace-file/stable-json.ts';
import { withholdFromCell } from '../workspace-file/withhold-secrets.ts';
import { toBase64Url } from './base64-url.ts';
import { linkedId, linkVersion, mostFileBytes, mostLinkBytes, mostLinkCells } from './link-format.ts';

export interface LinkSources {
  readonly findSchema: FindSchema;
  /** The content of a file of the notebook; null where it is gone. */
  readonly readBlob: (hash: BlobHash) => Promise<Blob | null>;
}

/** A file whose bytes are text, or what they are otherwise in base64. */
type WrittenFile =
  { readonly path: string; readonly text: string } | { readonly path: string; readonly base64: string };

/**
 * The notebook as the text of a link, without results, datasets, wheels and secrets, of which it says which there are. The same
 * notebook gives the same text, whatever the ids in it are. The problem is a sentence.
 */
export async function writeNotebookLink(
  notebook: Notebook,
  { findSchema, readBlob }: LinkSources,
): Promise<Result<NotebookLink, string>> {
  if (notebook.cells.length > mostLinkCells) {
    const most = mostLinkCells.toLocaleString('en');
    const count = notebook.cells.length.toLocaleString('en');
    return fail(`This notebook has ${count} cells, and no link holds more than ${most}.`);
  }
  const { taken, leftOut } = await takeFiles(notebook.files, readBlob);
  const schemas = listSchemas(notebook.cells, findSchema);
  const numbers = new Map(schemas.map(({ id }, index) => [id, SchemaId.from(String(index + 1))]));
  const { cells, connections } = renewCellIds(notebook, (index) => CellId.from(String(index + 1)));
  const missing: LinkLeftOut = {
    data: cells.flatMap((cell) => (cell.kind === 'dataset' && cell.content ? [cell.id] : [])),
    inputs: cells.flatMap(listLeftOutInputs),
    wheels: notebook.wheels.map(({ fileName }) => fileName),
    files: leftOut,
  };
  const isMissing = Object.values(missing).some((list) => list.length > 0);
  const bytes = new TextEncoder().encode(
    writeCompactJson({
      ...(linkedId.test(notebook.id) && { notebook: notebook.id }),
      title: notebook.title,
      cells: cells.map((cell) => renumberSchemas(emptyCell(withholdFromCell(cell)), numbers)),
      connections: addConnections(cells, [], connections),
      requirements: notebook.requirements,
      files: taken.map(writeFile),
      schemas: schemas.map(({ id, name, description, fields }) => ({
        id: numbers.get(id),
        name,
        description,
        fields,
      })),
      ...(isMissing && { leftOut: missing }),
    }),
  );
  if (bytes.byteLength > mostLinkBytes) {
    return fail(
      `This notebook has ${formatBytes(bytes.byteLength)} without its results, and no link holds more than ${formatBytes(mostLinkBytes)}.`,
    );
  }
  return succeed({
    text: `${linkVersion}.${toBase64Url(deflateSync(bytes, { level: 9 }))}`,
    leftOut: describeLinkLeftOut(cells, missing),
  });
}

/** Without the tables that it holds or was given, which are values of their own. */
function emptyCell(cell: Cell): Cell {
  switch (cell.kind) {
    case 'dataset':
      return { ...cell, content: null };
    case 'scriptlet':
      return { ...cell, inputs: cell.inputs.map(emptyInput) };
    case 'statement':
    case 'chart':
      return { ...cell, inputs: [emptyInput(cell.inputs[0])] };
    case 'data-generator':
    case 'note':
      return cell;
  }
}

function emptyInput<Input extends ReturnType<typeof listInputs>[number]>(input: Input): Input {
  return input.value?.kind === 'dataset' ? { ...input, value: null } : input;
}

function listSchemas(cells: readonly Cell[], findSchema: FindSchema): DataSchema[] {
  const ids = cells.flatMap((cell) =>
    cell.kind === 'statement' ? [cell.configuration.inputSchema, cell.configuration.outputSchema] : [],
  );
  return [...new Set(ids)].flatMap((id) => (id === null ? [] : (findSchema(id) ?? [])));
}

function renumberSchemas(cell: Cell, numbers: ReadonlyMap<SchemaId, SchemaId>): Cell {
  if (!isProcessor(cell) || cell.kind !== 'statement') return cell;
  const renumber = (id: SchemaId | null): SchemaId | null => (id === null ? null : (numbers.get(id) ?? null));
  const { inputSchema, outputSchema } = cell.configuration;
  const configuration = {
    ...cell.configuration,
    inputSchema: renumber(inputSchema),
    outputSchema: renumber(outputSchema),
  };
  return { ...cell, configuration };
}

/** The files that go along, by their paths, as many as there is room for. */
async function takeFiles(
  files: readonly NotebookFile[],
  readBlob: LinkSources['readBlob'],
): Promise<{ readonly taken: readonly LinkedFile[]; readonly leftOut: LinkLeftOut['files'] }> {
  const taken: LinkedFile[] = [];
  const leftOut: LinkLeftOut['files'][number][] = [];
  let room = mostFileBytes;
  for (const { path, blob, byteSize } of files) {
    const content = byteSize <= room ? await readBlob(blob) : null;
    if (content && content.size <= room) {
      room -= content.size;
      taken.push({ path, content: new Uint8Array(await content.arrayBuffer()) });
    } else leftOut.push({ path, byteSize });
  }
  return { taken, leftOut };
}

function writeFile({ path, content }: LinkedFile): WrittenFile {
  try {
    // A mark of byte order is a part of the file.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return { path, text };
  } catch {
    return { path, base64: toBase64Url(content) };
  }
}

function listLeftOutInputs(cell: Cell): LinkLeftOut['inputs'] {
  const withheld = listInputs(withholdFromCell(cell));
  return listInputs(cell).flatMap((input, index): LinkLeftOut['inputs'] => {
    const place = { cellId: cell.id, handle: input.name };
    if (withheld[index] !== input) return input.value ? [{ ...place, value: 'secret' }] : [];
    return input.value?.kind === 'dataset' ? [{ ...place, value: 'dataset' }] : [];
  });
}
