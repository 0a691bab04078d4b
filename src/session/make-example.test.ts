import { describe, expect, it } from 'vitest';
import { ImportEngine } from '../data/import/ImportEngine.ts';
import { FakeImportWorker } from '../data/import/testing/FakeImportWorker.ts';
import { findSchemaProblems, hasProblems, SchemaId } from '../model/data-schema.ts';
import { datasetOutput } from '../model/dataset-cell.ts';
import { findCircle } from '../model/dataflow.ts';
import { listInputs, type Notebook } from '../model/notebook.ts';
import { statementOutput } from '../model/statement.ts';
import { makeExample } from './make-example.ts';
import { parseValue } from '../shared/parse-value.ts';
import { notebook as notebookRecord } from '../storage/parse-notebook-record.ts';
import { buildNotebook, sourceOf } from '../model/testing/builders.ts';
import { buildExample } from '../examples/build-example.ts';
import type { Example } from '../examples/Example.ts';
import { examples } from '../examples/list-examples.ts';

async function makeNotebook(offered: (typeof examples)[number]): Promise<Notebook> {
  const made = await makeExample(offered, {
    importer: new ImportEngine(() => new FakeImportWorker()),
    schemas: {
      find: () => null,
      findOrBuild: (content) => ({
        ...content,
        id: SchemaId.create(),
        workspaceId: buildNotebook([]).workspaceId,
        createdAt: 0,
        changedAt: 0,
      }),
    },
  });
  if (!made.isOk) throw new Error(made.problem);
  return buildNotebook([], made.value.content);
}

describe.each(examples.map((offered) => [offered.title, offered] as const))(
  'the example %s',
  (_, offered) => {
    it('makes a notebook whose record can be stored and read', async () => {
      const notebook = await makeNotebook(offered);
      expect(parseValue(notebookRecord, notebook)).toEqual({ isOk: true, value: notebook });
    });

    it('connects inputs that are there to outputs of cells before, in no circle', async () => {
      const { cells, connections } = await makeNotebook(offered);
      for (const [index, connection] of connections.entries()) {
        const { from, to } = connection;
        const target = cells.find(({ id }) => id === to.cellId);
        const source = cells.find(({ id }) => id === from.cellId);
        expect(target && listInputs(target).map(({ name }) => name)).toContain(to.handle);
        if (source?.kind === 'statement') expect(from.handle).toBe(statementOutput.name);
        else if (source?.kind === 'dataset') expect(from.handle).toBe(datasetOutput.name);
        else expect(sourceOf(source)).toContain(`"${from.handle}"`);
        expect(findCircle(connections.slice(0, index), connection)).toBeNull();
      }
    });

    it('begins with a note that says what it shows, and what to press', async () => {
      const { title, cells } = await offered.load();
      const [first] = cells;
      expect(first?.kind).toBe('note');
      const [heading = '', ...text] = (first?.kind === 'note' ? first.source : '').split('\n\n');
      expect(heading).toBe(`# ${title}`);
      expect(text.join(' ')).toMatch(/\bPress \*\*Run|\bAdd a Dataset\b|add a Dataset/);
      expect(text.join(' ').split(/\s+/).length).toBeLessThan(100);
    });

    it('has the title that it is offered by, cells of titles of their own, and schemas without a mistake', async () => {
      const { title, cells, schemas } = await offered.load();
      expect(title).toBe(offered.title);
      expect(new Set(cells.map((cell) => cell.title)).size).toBe(cells.length);
      for (const schema of schemas) {
        const others = schemas.filter((other) => other !== schema).map(({ name }) => name);
        expect(hasProblems(findSchemaProblems(schema, others))).toBe(false);
      }
    });
  },
);

it('an example that names what it does not have is not built', () => {
  const example: Pick<Example, 'cells' | 'connections'> = {
    cells: [{ kind: 'statement', title: 'One', source: 'return []\n', outputSchema: 'Nothing' }],
    connections: [],
  };
  expect(() => buildExample(example, { schemas: new Map(), datasets: new Map() })).toThrow('“Nothing”');
});

it('a scriptlet of an example is given datasets by the names of its inputs', () => {
  const input = { description: '', schema: {}, isNullable: false, isAdditional: false, defaultValue: null };
  const dataset = {
    title: 'Birds',
    summary: { rowCount: 0, columns: [] },
    blob: 'a'.repeat(64),
    byteSize: 1,
  } as never;
  const { cells } = buildExample(
    {
      cells: [
        {
          kind: 'scriptlet',
          title: 'Count',
          description: '',
          source: 'def main(params):\n    pass\n',
          inputs: [
            { ...input, name: 'birds', value: null },
            { ...input, name: 'least', value: { kind: 'json', text: '2' } },
          ],
          outputs: [],
          datasets: { birds: 'Birds' },
          configuration: { timeoutSeconds: 7 },
        },
      ],
      connections: [],
    },
    { schemas: new Map(), datasets: new Map([['Birds', { chosen: dataset, content: dataset }]]) },
  );
  expect(cells).toMatchObject([
    {
      kind: 'scriptlet',
      source: 'def main(params):\n    pass',
      inputs: [
        { name: 'birds', value: { kind: 'dataset', title: 'Birds' } },
        { name: 'least', value: { kind: 'json', text: '2' } },
      ],
      configuration: { timeoutSeconds: 7 },
      flowNode: null,
    },
  ]);
});

it('a Dataset of an example holds its table and its file, which is kept, and inputs alone keep no file', async () => {
  const csv = 'name,count\nwren,3\nkite,\n';
  const importer = new ImportEngine(() => new FakeImportWorker());
  const schemas = { find: () => null, findOrBuild: () => expect.fail('there is none') };
  const make = async (cells: Example['cells']) => {
    const example = {
      title: 'Birds',
      schemas: [],
      datasets: [{ name: 'birds', csv }],
      cells,
      connections: [],
    };
    const offered = {
      id: 'birds',
      title: 'Birds',
      description: '',
      origin: '',
      load: () => Promise.resolve(example),
    };
    const made = await makeExample(offered, { importer, schemas });
    if (!made.isOk) throw new Error(made.problem);
    return made.value;
  };
  const { content, blobs } = await make([{ kind: 'dataset', title: 'Birds', dataset: 'birds' }]);
  const [cell] = content.cells;
  if (cell?.kind !== 'dataset' || !cell.content) throw new Error('a Dataset was asked for');
  const { table, file } = cell.content;
  expect(table.summary).toMatchObject({
    rowCount: 2,
    columns: [
      { name: 'name', type: 'string' },
      { name: 'count', type: 'int64' },
    ],
  });
  expect(file).toMatchObject({ name: 'birds.csv', byteSize: csv.length, url: null, isKept: true });
  expect(blobs.map(({ hash }) => hash)).toEqual([table.blob, file.hash]);
  expect(await blobs[1]?.content.text()).toBe(csv);
  expect((await make([{ kind: 'note', title: 'Note', source: 'x\n' }])).blobs.length).toBe(1);
});
