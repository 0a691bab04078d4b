// Longer than most files: what goes into a link and comes out of it again, and each way in which one can lie.
import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { SchemaId, type DataSchema } from '../../model/data-schema.ts';
import { BlobHash, CellId, NotebookId, WorkspaceId } from '../../model/ids.ts';
import { noModels } from '../../model/model-configuration.ts';
import { createStatement } from '../../model/create-cell.ts';
import {
  buildCell,
  buildConnection,
  buildNotebook,
  buildNotebookWheel,
  buildScriptlet,
} from '../../model/testing/builders.ts';
import type { Notebook } from '../../model/notebook.ts';
import { buildWorkspace, hiddenTrace } from '../workspace-file/testing/build-workspace.ts';
import { toBase64Url } from './base64-url.ts';
import { parseNotebookLink } from './parse-link.ts';
import { writeNotebookLink, type LinkSources } from './write-link.ts';

const nothing: LinkSources = { findSchema: () => null, readBlob: () => Promise.resolve(null) };

async function write(notebook: Notebook, sources = nothing) {
  const written = await writeNotebookLink(notebook, sources);
  if (!written.isOk) throw new Error(written.problem);
  return written.value;
}

function read(text: string) {
  const parsed = parseNotebookLink(text);
  if (!parsed.isOk) throw new Error(parsed.problem);
  return parsed.value;
}

/** The link that JSON of any kind would make. */
function pack(value: unknown, version = 1): string {
  const json = typeof value === 'string' ? value : JSON.stringify(value);
  return `${version}.${toBase64Url(deflateSync(strToU8(json)))}`;
}

/** A notebook as it comes out of a link, its ids being the numbers of its cells. */
function forgetIds({ cells, connections }: Pick<Notebook, 'cells' | 'connections'>) {
  const ids = cells.map(({ id }) => id);
  const number = (id: CellId) => ids.indexOf(id);
  return {
    cells: cells.map(({ id: _id, ...cell }) => cell),
    connections: connections.map(({ from, to }) => [
      number(from.cellId),
      from.handle,
      number(to.cellId),
      to.handle,
    ]),
  };
}

describe('a notebook in a link', () => {
  test('comes out as what was written, whatever that is, and is written the same again', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const files = fc.uniqueArray(
      fc.record({
        path: fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?\.[a-z]{1,3}$/),
        content: fc.uint8Array({ maxLength: 200 }),
      }),
      { selector: ({ path }) => path, maxLength: 3 },
    );
    const cells = fc.array(fc.record({ title: text, source: text }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(text, text, cells, files, async (title, requirements, written, kept) => {
        const sorted = [...kept].sort((one, other) => (one.path < other.path ? -1 : 1));
        const contents = new Map(
          sorted.map(({ content }, index) => [
            BlobHash.from(String(index)),
            new Blob([Uint8Array.from(content)]),
          ]),
        );
        const notebook = buildNotebook([], {
          title,
          requirements,
          cells: written.map((cell, index) => ({
            ...buildScriptlet('', ['in'], ['out']),
            ...cell,
            id: CellId.from(`cell ${index}`),
          })),
          connections: [buildConnection('cell 0.out', 'cell 1.in')],
          files: sorted.map(({ path, content }, index) => ({
            path,
            blob: BlobHash.from(String(index)),
            byteSize: content.byteLength,
          })),
        });
        const sources = { ...nothing, readBlob: async (hash: BlobHash) => contents.get(hash) ?? null };
        const link = await write(notebook, sources);
        const out = read(link.text);
        expect(link).toEqual({ text: expect.stringMatching(/^1\.[A-Za-z0-9_-]+$/), leftOut: [] });
        expect({ ...out.content, ...forgetIds(out.content) }).toEqual({
          title,
          requirements,
          ...forgetIds(notebook),
        });
        expect(out.files.map(({ path, content }) => [path, [...content]])).toEqual(
          sorted.map(({ path, content }) => [path, [...content]]),
        );
        expect(await write({ ...notebook, ...out.content }, sources)).toEqual(link);
      }),
      { numRuns: 60 },
    );
  });

  test('of version 1 is read by every later one', () => {
    const { content, files, schemas } = read(
      '1.TZBBS8RADIX_SokXlQrqYYVeVbyIF_cmHoY2uw7OJDWTEUrpfzeRlt1b8ia8972ZoceUCnQfM8QBOriDFr4j-UisaFvhKj3aftHsZWqimqZRk0tvfrK05sJ0iMcqQSMTdDMckdA2fM6jTk9BQ0GFTqViCzlQDWk_jejBnybwgA4xQ-Jg0a759CJcx_WmhF9L3KbTy-I0GbnqOxrFYOLu1sT_NvenNoMx3KxULOe9Romkl7vmunm4Ouv2yJUUFgs0W8Lem60sh5g2dMGfGgUzkpoC7tt_YQ7r82b2iqXYxyx_',
    );
    expect([content.title, content.cells, content.connections, files, schemas]).toEqual([
      'Lesson',
      [
        { kind: 'note', id: expect.any(String), title: 'Note', source: '# Try it' },
        buildCell('Count', {
          id: expect.any(String),
          source: 'print(6 * 7)',
          configuration: {
            timeoutSeconds: 60,
            generateEmptyDataset: true,
            manualTypes: [],
            models: noModels,
          },
        }),
      ],
      ...[[], [], []],
    ]);
  });

  test('has no result, dataset, wheel or secret in it, and names those', async () => {
    const { records, blobs } = await buildWorkspace();
    const [notebook] = records.notebooks;
    if (!notebook) throw new Error('there is a notebook');
    const { text, leftOut } = await write(notebook, {
      ...nothing,
      readBlob: async (hash) => blobs.get(hash) ?? null,
    });
    const out = read(text);
    expect(leftOut).toEqual([
      'the data of “Sales”',
      'the secret input “password” of “Ask”',
      'the secret input “nested” of “Ask”',
      'the secret input “given” of “Ask”',
      'the dataset that the input “table” of “Ask” was given',
      'the wheel six-1.0-py3-none-any.whl',
    ]);
    expect(out.leftOut).toEqual(leftOut);
    expect(out.notebookId).toBe(notebook.id);
    expect(JSON.stringify(out)).not.toContain(hiddenTrace);
    expect(out.content.cells.map((cell) => [cell.kind, cell.title])).toEqual([
      ['dataset', 'Sales'],
      ['scriptlet', 'Ask'],
      ['data-generator', 'Train'],
      ['note', 'con'],
      ['chart', 'Chart'],
      ['data-generator', 'Train'],
    ]);
    expect(out.files.map(({ path, content }) => [path, new TextDecoder().decode(content)])).toEqual([
      ['data/points.bin', 'some data of the notebook'],
      ['helper.py', 'def help():\n    return 1\n'],
    ]);
  });

  test('is known for another one of its notebook, and for one with nothing else in it', async () => {
    const notebook = buildNotebook(['a', 'b'], { id: NotebookId.from('from Ada'), title: 'Sums' });
    const made = [
      notebook,
      { ...notebook, title: 'Sums, again' },
      { ...notebook, wheels: [buildNotebookWheel('six', '1')] },
      { ...buildNotebook(['a', 'b']), id: NotebookId.from('another') },
      { ...notebook, requirements: 'six' },
      buildNotebook(['a', 'c'], { id: notebook.id }),
    ];
    const links = await Promise.all(made.map(async (each) => read((await write(each)).text)));
    const editions = links.map(({ edition }) => edition);
    expect(links.map(({ notebookId }) => notebookId)).toEqual(made.map(({ id }) => id));
    expect(editions.map((edition) => editions.indexOf(edition))).toEqual([0, 0, 0, 0, 4, 5]);
  });

  test('can be read whatever the id of the notebook is, which goes along where files may have it', async () => {
    const ids = ['lesson_1', 'Lesson 1', '../other', 'ü', '', 'x'.repeat(101)];
    const links = await Promise.all(
      ids.map((id) => write(buildNotebook(['A'], { id: NotebookId.from(id) }))),
    );
    expect(links.map(({ text }) => read(text).notebookId)).toEqual([
      ...['lesson_1', 'Lesson 1'],
      ...[null, null, null, null],
    ]);
  });

  test('brings the data schemas along that its Statements name', async () => {
    const schema: DataSchema = {
      id: SchemaId.from('a long id'),
      workspaceId: WorkspaceId.from('workspace'),
      name: 'Person',
      description: 'Who it is',
      fields: [{ name: 'age', type: 'integer', isNullable: true, description: '' }],
      createdAt: 1,
      changedAt: 2,
    };
    const statement = createStatement('Ask');
    const gone = SchemaId.from('gone');
    const configuration = { ...statement.configuration, inputSchema: gone, outputSchema: schema.id };
    const { text } = await write(buildNotebook([], { cells: [{ ...statement, configuration }] }), {
      ...nothing,
      findSchema: (id) => (id === schema.id ? schema : null),
    });
    const { content, schemas } = read(text);
    const { name, description, fields } = schema;
    expect(schemas).toEqual([{ id: '1', name, description, fields }]);
    expect(content.cells[0]).toMatchObject({ configuration: { inputSchema: null, outputSchema: '1' } });
  });

  test('leaves files out that do not fit, and gives none that no link could hold', async () => {
    const files = [{ path: 'big.bin', blob: BlobHash.from('1'), byteSize: 3_000_000 }];
    const wheels = [buildNotebookWheel('six', '2')];
    expect((await write(buildNotebook(['a'], { files, wheels }))).leftOut).toEqual([
      'the wheel six-1.0-py3-none-any.whl',
      'the file big.bin (3.0 MB)',
    ]);
    const large = buildNotebook([], { cells: [buildCell('a', { source: 'x'.repeat(1_000_001) })] });
    expect(await writeNotebookLink(large, nothing)).toEqual({
      isOk: false,
      problem: 'This notebook has 1.0 MB without its results, and no link holds more than 1.0 MB.',
    });
    const long = buildNotebook(Array.from({ length: 1_001 }, (_, index) => `cell ${String(index)}`));
    expect(await writeNotebookLink(long, nothing)).toEqual({
      isOk: false,
      problem: 'This notebook has 1,001 cells, and no link holds more than 1,000.',
    });
  });
});

const plain = { title: 'T', cells: [], connections: [], requirements: '', files: [], schemas: [] };
const cell = { kind: 'note', id: '1', title: 'N', source: '' };
const scriptlet = { ...buildScriptlet('S', ['in'], ['out']), id: '1' };
const dataset = { kind: 'dataset', id: '1', title: 'D', content: null };
const circle = { from: { cellId: '1', handle: 'out' }, to: { cellId: '1', handle: 'in' } };
const bomb = toBase64Url(deflateSync(new Uint8Array(20_000_000)));

const damaged = 'it is damaged, or cut off';

describe('a link that nobody made of a notebook', () => {
  test.each(
    [
      ['', 'it is no link of a notebook'],
      ['hello', 'it is no link of a notebook'],
      [pack(plain, 2), 'it was made by a newer Cahier (version 2 of links, and this one reads version 1)'],
      ['1.%41%00', 'it has characters that no link has'],
      ['1.AAAAA', 'it has characters that no link has'],
      ['1.AAAA', damaged],
      ['1.', damaged],
      [pack({ ...plain, cells: [cell] }).slice(0, -12), damaged],
      [`1.${bomb}`, 'it holds more than a megabyte'],
      [pack({ ...plain, cells: Array.from({ length: 1_001 }, () => cell) }), 'it has more than 1,000 cells'],
      [`1.${'A'.repeat(40_000)}`, 'it has more than 32,000 characters'],
      [`1.${toBase64Url(deflateSync(new Uint8Array([0xff, 0xfe])))}`, damaged],
      [pack('[1'), 'it is no JSON'],
      [pack('['.repeat(100_000)), 'it is nested more than 200 levels deep'],
      [pack('{"__proto__": {"title": "x"}}'), 'it has a name that no record has: __proto__'],
      [pack([]), 'it is not as it should be, at title: expected "title", got undefined'],
      [
        pack({ ...plain, cells: [{ ...cell, kind: 'shell' }] }),
        'it is not as it should be, at cells[0].kind: expected ("data-generator" | "scriptlet" | "statement" | "dataset" | "chart" | "note"), got "shell"',
      ],
      [pack({ ...plain, cells: [cell, cell] }), 'two of its cells have one id'],
      [
        pack({ ...plain, cells: [scriptlet], connections: [circle] }),
        'its connections do not fit: The connections form a circle',
      ],
      [pack({ ...plain, cells: [createStatementOf('9')] }), 'it names a data schema that is not in it'],
      [
        pack({ ...plain, files: [{ path: '../up.py', text: '' }] }),
        'it has a file whose name no file of a notebook has',
      ],
      [
        pack({ ...plain, files: [1, 2].map(() => ({ path: 'a.py', text: '' })) }),
        'it has a file whose name no file of a notebook has',
      ],
      [
        pack({ ...plain, files: [{ path: 'a.py', text: 'x'.repeat(64_001) }] }),
        'its files are larger than those of a link',
      ],
      [pack({ ...plain, files: [{ path: 'a.py', base64: '?' }] }), 'one of its files is damaged'],
      [
        pack({ ...plain, notebook: 'x'.repeat(101) }),
        `it is not as it should be, at notebook: expected /^[\\w -]{1,100}$/, got "${'x'.repeat(101)}"`,
      ],
      [
        pack({ ...plain, leftOut: { data: [], inputs: [], wheels: [5], files: [] } }),
        'it is not as it should be, at leftOut.wheels[0]: expected string, got 5',
      ],
    ].map(([text = '', problem = '']) => ({ text, problem })),
  )('is refused as $problem', ({ text, problem }) => {
    expect(parseNotebookLink(text)).toEqual({ isOk: false, problem });
  });

  test('that does not say what was left out may be of Datasets with data', () => {
    const { leftOut, notebookId } = read(pack({ ...plain, cells: [cell, { ...dataset, id: '2' }] }));
    expect([leftOut, notebookId]).toEqual([['the data of “D”'], null]);
    const said = { data: ['1', '9'], inputs: [], wheels: [], files: [] };
    const cells = [dataset, { ...dataset, id: '2' }];
    expect(read(pack({ ...plain, cells, leftOut: said })).leftOut).toEqual(['the data of “D”']);
  });

  test('brings no data, no secret, and no id of its own', () => {
    const secret = { ...scriptlet.inputs[0], value: { kind: 'secret', text: 'x' } };
    const { content } = read(
      pack({ ...plain, importId: 'mine', cells: [dataset, { ...scriptlet, id: '2', inputs: [secret] }] }),
    );
    expect(content).toEqual({
      title: 'T',
      requirements: '',
      connections: [],
      cells: [
        { ...dataset, id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        { ...scriptlet, id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      ],
    });
  });

  test('is refused or read in little time, whatever was changed in it', async () => {
    const { text } = await write(buildNotebook(['a', 'b', 'c']));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, other) => {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        const began = performance.now();
        const parsed = parseNotebookLink(changed);
        expect(parsed.isOk || parsed.problem.length > 0).toBe(true);
        expect(performance.now() - began).toBeLessThan(2_000);
      }),
      { numRuns: 500 },
    );
  });
});

function createStatementOf(schema: string) {
  const statement = createStatement('Ask');
  return { ...statement, configuration: { ...statement.configuration, inputSchema: schema } };
}
