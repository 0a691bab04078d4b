import { render } from 'vitest-browser-svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { startTableWorker } from '../../data/start-table-worker.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import * as build from '../../data/testing/build-dataset.ts';
import { BlobHash, CellId, NotebookId } from '../../model/ids.ts';
import type { Notebook } from '../../model/notebook.ts';
import {
  buildCell,
  buildConnection,
  buildHash,
  buildInput,
  buildJob,
  buildNotebook,
  buildScriptlet,
} from '../../model/testing/builders.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import { readWorkspaceFile } from '../../storage/workspace-file/read-workspace-file.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function store(content: Blob) {
  const blob = BlobHash.from(await hashBytes(await content.arrayBuffer()));
  return { stored: { blob, byteSize: content.size }, kept: { hash: blob, content } };
}

/** Shows a notebook and gives a function that saves it as a page, and the text of what was saved. */
async function show() {
  await fitWindow(1280);
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  const engine = new TableEngine(startTableWorker);
  const { file, summary, table } = await engine.importDataset(
    build.dataset(
      build.int64('x', numbers.map(BigInt)),
      build.string(
        'who',
        numbers.map((each) => `<b>${each}</b>`),
      ),
    ),
  );
  table.close();
  const dataset = await store(file);
  const image = await store(new Blob([Uint8Array.from(atob(pixel), (each) => each.charCodeAt(0))]));
  const preview = await store(
    new Blob(['# Deep\n\n<img src=x onerror="alert(1)">[go](javascript:alert(1))']),
  );
  const [count, ask] = [
    buildCell('Count'),
    buildScriptlet('Ask', [buildInput('key', { value: { kind: 'secret', text: 'open-sesame' } })]),
  ];
  const notebook: Notebook = buildNotebook([], {
    title: 'Sales </title>',
    cells: [
      { kind: 'note', id: CellId.from('note'), title: 'About', source: '# All of it\n\n$x^2$' },
      count,
      {
        kind: 'chart',
        id: CellId.from('chart'),
        title: 'Chart',
        source: '{"mark": "bar", "encoding": {"x": {"field": "x"}, "y": {"aggregate": "count"}}}',
        inputs: [buildInput('data')],
      },
      ask,
    ],
    connections: [buildConnection('Count.out', 'chart.data')],
  });
  const { workspace } = await openWorkspace(notebook, async (storage) => {
    const job = buildJob(count, 5_000, {
      outcome: {
        status: 'done',
        outputs: [{ kind: 'dataset', handle: 'out', summary, ...dataset.stored }],
        images: [
          { name: 'plot', mediaType: 'image/png', alt: 'A plot', ...image.stored },
          { name: 'lost', mediaType: 'image/png', blob: buildHash('7'), byteSize: 5 },
        ],
      },
    });
    const asked = buildJob(ask, 6_000, {
      previews: [{ id: null, time: 6_000, content: { type: 'markdown', text: preview.stored } }],
      outcome: {
        status: 'done',
        outputs: [{ kind: 'secret', handle: 'answer', text: 'open-sesame', hash: 'a hash' }],
        images: [],
      },
    });
    const log = [{ time: 5_000, stream: 'stdout', text: 'counted\n' }] as const;
    await storage.commitJob({ job, log }, [dataset.kept, image.kept]);
    await storage.saveNotebook({
      ...buildNotebook(['Diary'], { title: 'Private' }),
      id: NotebookId.create(),
      workspaceId: await storage.openWorkspace(),
    });
    await storage.commitJob({ job: asked, log: [] }, [preview.kept]);
  });
  const saved: Blob[] = [];
  const create = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
    if (content instanceof Blob && /html|zip/.test(content.type)) saved.push(content);
    return create(content);
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  const screen = await render(App, { workspace, packagesUrl: 'packages.json' });
  await screen.getByRole('button', { name: 'Share' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Share “Sales </title>”' });
  const save = async () => {
    const before = saved.length;
    await dialog.getByRole('button', { name: 'Save as page' }).click();
    await expect.poll(() => saved.length, { timeout: 25_000 }).toBe(before + 1);
    await expect.element(dialog.getByText(/^Saved\. The page has/)).toBeVisible();
    return (await saved.at(-1)?.text()) ?? '';
  };
  return { save, dialog, saved };
}

test('a notebook becomes a page with all that it shows, without what runs or is secret', async () => {
  const { save } = await show();
  const html = await save();
  const page = new DOMParser().parseFromString(html, 'text/html');
  const texts = (selector: string) =>
    [...page.querySelectorAll(selector)].map(({ textContent }) => textContent.trim());
  expect(texts('h1, h2, h3, h4, h5')).toEqual([
    ...['Sales </title>', 'All of it', 'Count', 'Result table', 'Images'],
    ...['Chart', 'Ask', 'Previews', 'Deep', 'Outputs'],
  ]);
  expect(texts('caption')).toEqual(['out: the first 20 of 30 rows, 2 columns']);
  expect(texts('tbody tr:last-child > *')).toEqual(['20', '19', '<b>19</b>']);
  expect(texts('.remark')).toEqual([
    'The image “lost” is not in this page: The image “lost” is not stored any more.',
  ]);
  const images = [...page.querySelectorAll('img')].map((each) => [each.alt, each.src.slice(0, 26)]);
  expect(images).toEqual([
    ['A plot', 'data:image/png;base64,iVBO'],
    ['Chart', 'data:image/svg+xml;base64,'],
  ]);
  const chart = page.querySelectorAll('img')[1]?.src.split(',')[1] ?? '';
  expect(atob(chart)).toMatch(/^<svg [^]*Count of rows/);
  expect(page.querySelectorAll('math').length).toBe(1);
  expect(html).not.toMatch(/open-sesame|<script|<img[^>]+onerror|href="javascript/);
  expect(page.querySelector('a')?.href).toMatch(/^https:\/\/cahier\.example\/#notebook=1\./);
  expect(await save()).toBe(html);
}, 60_000);

test('a notebook becomes a file of its own, alone or in the page, with nothing of the others', async () => {
  const { save, dialog, saved } = await show();
  await expect.element(dialog.getByText(/^About .* before it is packed$/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Save as file' }).click();
  await expect.element(dialog.getByText(/^Saved\. The file has/)).toBeVisible();
  const [file] = saved;
  const read = await readWorkspaceFile(file ?? new Blob());
  if (!read.isOk) throw new Error(read.problem.reason);
  const { workspace, notebooks, profiles, jobs, models } = read.value.records;
  expect([workspace.title, notebooks.map(({ title }) => title), profiles, models]).toEqual([
    'Sales </title>',
    ['Sales </title>'],
    [],
    [],
  ]);
  expect(jobs.map(({ title }) => title)).toEqual(['Count', 'Ask']);

  await dialog.getByRole('checkbox', { name: /^With the file in it/ }).click();
  const page = new DOMParser().parseFromString(await save(), 'text/html');
  const carried = atob(page.querySelector('#file')?.textContent ?? '');
  expect(carried).toBe(await readBinary(file ?? new Blob()));
  expect(page.querySelector('#save')?.textContent).toMatch(/^Save the notebook’s file \([\d.]+ kB\)$/);
}, 60_000);

async function readBinary(content: Blob): Promise<string> {
  return Array.from(new Uint8Array(await content.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(
    '',
  );
}
