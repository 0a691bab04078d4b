import { Inflate } from 'fflate';
import * as v from 'valibot';
import { findConnectionProblem } from '../../model/connections.ts';
import { SchemaId } from '../../model/data-schema.ts';
import { isFilePath } from '../../model/file-edits.ts';
import { hashText } from '../../model/hash-text.ts';
import { CellId, NotebookId } from '../../model/ids.ts';
import { describeLinkLeftOut, type LinkLeftOut } from '../../model/link-left-out.ts';
import { linkLimits, type LinkedFile, type LinkedNotebook } from '../../model/linked-notebook.ts';
import { listChosenDatasets, renewCellIds, type Notebook } from '../../model/notebook.ts';
import { parseValue } from '../../shared/parse-value.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { cellId, count } from '../parse-basics.ts';
import { schemaFields } from '../parse-statement-records.ts';
import { parseNotebook } from '../parse-records.ts';
import { parseJsonText } from '../workspace-file/parse-json-text.ts';
import { writeCompactJson } from '../workspace-file/stable-json.ts';
import { withholdFromCell } from '../workspace-file/withhold-secrets.ts';
import { fromBase64Url } from './base64-url.ts';
import { linkedId, linkVersion, mostFileBytes, mostLinkBytes, mostLinkCells } from './link-format.ts';

const list = v.array(v.unknown());

const leftOut = v.object({
  data: v.array(cellId),
  inputs: v.array(v.object({ cellId, handle: v.string(), value: v.picklist(['dataset', 'secret']) })),
  wheels: v.array(v.string()),
  files: v.array(v.object({ path: v.string(), byteSize: count })),
});

const linked = v.object({
  // Links that were made first have neither this nor `leftOut`.
  notebook: v.optional(v.pipe(v.string(), v.regex(linkedId), v.transform(NotebookId.from))),
  title: v.string(),
  cells: list,
  connections: list,
  requirements: v.string(),
  files: v.array(
    v.union([
      v.object({ path: v.string(), text: v.string() }),
      v.object({ path: v.string(), base64: v.string() }),
    ]),
  ),
  schemas: v.array(
    v.object({
      id: v.pipe(v.string(), v.transform(SchemaId.from)),
      name: v.string(),
      description: v.string(),
      fields: schemaFields,
    }),
  ),
  leftOut: v.optional(leftOut),
});

const damaged = 'it is damaged, or cut off';

/** Packed bytes are unpacked so many at a time: none become more than a megabyte at once. */
const pieceBytes = 1_000;

/**
 * The notebook of a link, whoever made it, with ids of its own. The problem is the end of a sentence: "it is damaged, or cut off".
 */
export function parseNotebookLink(text: string): Result<LinkedNotebook, string> {
  if (text.length > linkLimits.most) {
    return fail(`it has more than ${linkLimits.most.toLocaleString('en')} characters`);
  }
  const [, version, packed] = /^(\d{1,6})\.([^.]*)$/.exec(text) ?? [];
  if (version === undefined || packed === undefined) return fail('it is no link of a notebook');
  if (Number(version) !== linkVersion) {
    return fail(
      `it was made by a newer Cahier (version ${version} of links, and this one reads version ${linkVersion})`,
    );
  }
  const bytes = fromBase64Url(packed);
  if (!bytes) return fail('it has characters that no link has');
  const unpacked = unpack(bytes);
  return unpacked.isOk ? parseText(unpacked.value) : unpacked;
}

function unpack(bytes: Uint8Array): Result<string, string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let isEnded = false;
  const inflate = new Inflate((piece, isLast) => {
    length += piece.byteLength;
    isEnded ||= isLast;
    pieces.push(piece);
  });
  try {
    for (let start = 0; start < bytes.byteLength && length <= mostLinkBytes; start += pieceBytes) {
      const end = start + pieceBytes;
      inflate.push(bytes.slice(start, end), end >= bytes.byteLength);
    }
  } catch {
    return fail(damaged);
  }
  if (length > mostLinkBytes) return fail('it holds more than a megabyte');
  if (!isEnded) return fail(damaged);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.byteLength;
  }
  try {
    return succeed(new TextDecoder('utf-8', { fatal: true }).decode(joined));
  } catch {
    return fail(damaged);
  }
}

function parseText(text: string): Result<LinkedNotebook, string> {
  const json = parseJsonText(text);
  if (!json.isOk) return json;
  const read = parseValue(linked, json.value);
  if (!read.isOk) return fail(`it is not as it should be, ${read.problem}`);
  const { title, cells, connections, requirements, schemas } = read.value;
  if (cells.length > mostLinkCells)
    return fail(`it has more than ${mostLinkCells.toLocaleString('en')} cells`);
  const parsed = parseNotebook({
    id: '',
    workspaceId: '',
    title,
    cells,
    connections,
    files: [],
    requirements,
    wheels: [],
    createdAt: 0,
    changedAt: 0,
    deletedAt: null,
  });
  if (!parsed.isOk) return fail(`it is not as it should be, ${parsed.problem}`);
  const files = readFiles(read.value.files);
  const problem = findProblem(parsed.value, schemas) ?? (files.isOk ? null : files.problem);
  if (problem !== null || !files.isOk) return fail(problem ?? damaged);
  const renewed = renewCellIds(parsed.value, () => CellId.create());
  const missing = read.value.leftOut ?? assumeLeftOut(parsed.value.cells);
  return succeed({
    content: { title, requirements, ...renewed, cells: renewed.cells.map(withholdFromCell) },
    files: files.value,
    schemas,
    leftOut: describeLinkLeftOut(parsed.value.cells, missing),
    notebookId: read.value.notebook ?? null,
    edition: hashText(writeCompactJson([cells, connections, requirements, read.value.files, schemas])),
  });
}

/** A link that does not say what was left out may have been made of Datasets with data. */
function assumeLeftOut(cells: Notebook['cells']): LinkLeftOut {
  const data = cells.flatMap(({ kind, id }) => (kind === 'dataset' ? [id] : []));
  return { data, inputs: [], wheels: [], files: [] };
}

/** What a link could not have made of a notebook. */
function findProblem(notebook: Notebook, schemas: readonly { readonly id: SchemaId }[]): string | null {
  const { cells, connections } = notebook;
  if (new Set(cells.map(({ id }) => id)).size < cells.length) return 'two of its cells have one id';
  const hasData = cells.some((cell) => cell.kind === 'dataset' && cell.content !== null);
  if (hasData || listChosenDatasets(notebook).length > 0) return 'it names data that no link holds';
  const known = new Set(schemas.map(({ id }) => id));
  if (known.size < schemas.length) return 'two of its data schemas have one id';
  const named = cells.flatMap((cell) =>
    cell.kind === 'statement' ? [cell.configuration.inputSchema, cell.configuration.outputSchema] : [],
  );
  if (named.some((id) => id !== null && !known.has(id))) return 'it names a data schema that is not in it';
  const problem = findConnectionProblem(cells, connections);
  return problem && `its connections do not fit: ${problem.replace(/\.$/, '')}`;
}

function readFiles(
  files: readonly ({ readonly path: string } & ({ readonly text: string } | { readonly base64: string }))[],
): Result<readonly LinkedFile[], string> {
  const read: LinkedFile[] = [];
  const paths = new Set<string>();
  let length = 0;
  for (const file of files) {
    const { path } = file;
    if (!isFilePath(path) || paths.has(path)) {
      return fail('it has a file whose name no file of a notebook has');
    }
    paths.add(path);
    const content = 'text' in file ? new TextEncoder().encode(file.text) : fromBase64Url(file.base64);
    if (!content) return fail('one of its files is damaged');
    length += content.byteLength;
    if (length > mostFileBytes) return fail('its files are larger than those of a link');
    read.push({ path, content });
  }
  return succeed(read.sort((one, other) => (one.path < other.path ? -1 : 1)));
}
