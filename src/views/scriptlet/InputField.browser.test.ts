import { succeed } from '../../shared/result.ts';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import { TableEngine } from '../../data/TableEngine.ts';
import { FakeTableWorker } from '../../data/testing/FakeTableWorker.ts';
import { FakeKernel } from '../../kernel/FakeKernel.ts';
import { NotebookId } from '../../model/ids.ts';
import { noKnownModels } from '../../model/known-models.ts';
import type { Cell, Notebook } from '../../model/notebook.ts';
import {
  buildCell,
  buildHandle,
  buildHash,
  buildInput,
  buildJob,
  buildNotebook,
  buildOutput,
  buildScriptlet,
  buildProfile,
} from '../../model/testing/builders.ts';
import { createSecretHash } from '../../model/secret-hash.ts';
import { ModelRenames } from '../../session/ModelRenames.ts';
import { Notices } from '../../session/Notices.svelte.ts';
import { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { MemoryStorage } from '../../storage/MemoryStorage.ts';
import '../../ui/base.css';
import '../../ui/tokens.css';
import { CellSelection } from '../CellSelection.svelte.ts';
import ScriptletForm from './ScriptletForm.svelte';

const maker = buildCell('Sales');

/** The configuration of a scriptlet beside a cell that has put out a dataset, in a workspace with another notebook. */
async function showForm(cell: Extract<Cell, { kind: 'scriptlet' }>, others: readonly Cell[] = [maker]) {
  const storage = new MemoryStorage();
  const notebook = buildNotebook([], { cells: [...others, cell] });
  const done = (finishedAt: number, digit: string, of: Notebook) =>
    buildJob(maker, finishedAt, {
      notebookId: of.id,
      outcome: { status: 'done', outputs: [buildOutput('result', buildHash(digit))], images: [] },
    });
  const content = (digit: string) => [{ hash: buildHash(digit), content: new Blob([digit]) }];
  const job = done(1_000, 'a', notebook);
  await storage.saveNotebook(notebook);
  await storage.commitJob({ job, log: [] }, content('a'));
  const other = buildNotebook([], { id: NotebookId.from('other'), title: 'Last year', cells: [maker] });
  await storage.saveNotebook(other);
  await storage.commitJob({ job: done(500, 'b', other), log: [] }, content('b'));
  const session = new NotebookSession(
    notebook,
    { jobs: [job], checkpoints: [], wheels: new Map() },
    {
      storage,
      tables: new TableEngine(() => new FakeTableWorker()),
      notices: new Notices(),
      createKernel: () => new FakeKernel(),
      fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
      hashSecret: createSecretHash('salt'),
      onEdited: () => undefined,
      askForFiles: () => Promise.resolve(null),
      onChange: (changed) => {
        const next = changed.cells.find(({ id }) => id === cell.id);
        if (next?.kind === 'scriptlet') void screen.rerender({ session, cell: next });
      },
      save: () => undefined,
      takeBack: () => undefined,
      onJobEnd: () => undefined,
      onIdle: () => undefined,
      findSchema: () => null,
      getActiveProfile: () => buildProfile('Ada'),
      createAuthorization: () => Promise.resolve(succeed('Bearer token')),
      renames: new ModelRenames(),
      getKnownModels: () => noKnownModels,
      onModelsSaved: () => undefined,
      isReadOnly: () => false,
      describeDistrust: () => null,
      onStored: () => undefined,
    },
  );
  const screen = await render(ScriptletForm, { session, cell, selection: new CellSelection() });
  return {
    screen,
    session,
    storage,
    getInput: () => {
      const found = session.notebook.cells.find(({ id }) => id === cell.id);
      return found?.kind === 'scriptlet' ? found.inputs[0] : undefined;
    },
  };
}

describe('an input in the configuration', () => {
  test('is given a dataset of this notebook or of another by keyboard, and keeps the focus', async () => {
    const { screen, getInput, storage, session } = await showForm(buildScriptlet('taker', ['rows']));
    const opener = screen.getByRole('button', { name: 'Choose a dataset for rows' });
    opener.element().focus();
    await userEvent.keyboard('{Enter}');
    const dialog = screen.getByRole('dialog', { name: 'A dataset for rows' });
    await expect.element(dialog.getByText('Last year')).toBeVisible();
    const time = (at: number) =>
      new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
    const sections = [...dialog.element().querySelectorAll('section')].map(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(sections).toEqual(
      [
        `This notebook Sales: result 1 row × 1 column · 10 B · ${time(1_000)}`,
        `Last year Sales: result 1 row × 1 column · 10 B · ${time(500)}`,
      ].map((text) => text.replace(/\s+/g, ' ')),
    );
    await userEvent.keyboard('{Escape}');
    await expect.element(opener).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog.getByText('Last year')).toBeVisible();
    await userEvent.keyboard('{Tab}{Tab}{Enter}');
    await expect.element(screen.getByRole('button', { name: 'Change the dataset of rows' })).toHaveFocus();
    const { summary } = buildOutput('', buildHash('b'));
    expect(getInput()?.value).toEqual({
      kind: 'dataset',
      title: 'Sales: result, from Last year',
      summary,
      blob: buildHash('b'),
      byteSize: 10,
    });
    expect((await storage.loadNotebooks()).values.find(({ title }) => title === 'Notebook')).toEqual(
      session.notebook,
    );
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.poll(() => getInput()?.value).toBeNull();
  });

  test('says at once that an output of another type is no good for it', async () => {
    const lister = buildScriptlet('lister', [], ['rows']);
    const rows = { ...buildHandle('rows'), schema: { type: 'array' } };
    const text = buildInput('text', { schema: { type: 'string' } });
    const { screen } = await showForm(buildScriptlet('taker', [text]), [
      maker,
      { ...lister, outputs: [rows, buildHandle('any')] },
    ]);
    const choice = screen.getByRole('combobox', { name: 'Where text comes from' });
    await userEvent.selectOptions(choice, 'lister → rows');
    await expect
      .element(choice)
      .toHaveAccessibleDescription('This takes text, and “rows” is declared as a list.');
    await userEvent.selectOptions(choice, 'lister → any');
    await expect.element(choice).toHaveAccessibleDescription('');
  });

  test('says where datasets come from while there are none', async () => {
    const { screen, session } = await showForm(buildScriptlet('taker', ['rows']));
    session.datasets.list = () => Promise.resolve([]);
    await screen.getByRole('button', { name: 'Choose a dataset for rows' }).click();
    await expect
      .element(screen.getByRole('dialog', { name: 'A dataset for rows' }))
      .toHaveTextContent(
        'No cell has put out a dataset yet. Run one that does, such as a Data Generator, and choose it here.',
      );
  });

  test('says why a dataset was not taken', async () => {
    const { screen, storage, getInput } = await showForm(buildScriptlet('taker', ['rows']));
    storage.readBlob = () => Promise.resolve(null);
    await screen.getByRole('button', { name: 'Choose a dataset for rows' }).click();
    await screen
      .getByRole('button', { name: /^Sales: result/ })
      .first()
      .click();
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('“Sales: result” is not there any more. Run its cell again, and choose it anew.');
    expect(getInput()?.value).toBeNull();
  });

  test('takes a file that is uploaded, and is told from others of the notebook', async () => {
    const input = buildInput('source', { schema: { type: 'string', 'ui:widget': 'file' } });
    const { screen, session, getInput, storage } = await showForm(buildScriptlet('taker', [input]));
    const picker = screen.getByLabelText('File for source', { exact: true });
    await userEvent.upload(picker, new File(['a,b'], 'sales.csv'));
    await expect.poll(() => getInput()?.value).toEqual({ kind: 'json', text: '"/notebook/sales.csv"' });
    const [file] = session.notebook.files;
    expect([file?.path, await (await storage.readBlob(file?.blob ?? buildHash('0')))?.text()]).toEqual([
      'sales.csv',
      'a,b',
    ]);
  });

  test('is connected to one of two cells of the same title, or not', async () => {
    const twin = { ...maker, id: buildCell('twin').id };
    const { screen, session } = await showForm(buildScriptlet('taker', ['rows']), [maker, twin]);
    const source = screen.getByLabelText('Where rows comes from');
    const options = [...source.element().querySelectorAll('option')].map(({ value }) => value);
    await userEvent.selectOptions(source, options[2] ?? '');
    expect(session.notebook.connections.map(({ from }) => from)).toEqual([
      { cellId: 'twin', handle: 'output' },
    ]);
    expect(screen.getByLabelText('Value of rows').elements()).toEqual([]);
    await userEvent.selectOptions(source, 'A value given here');
    expect(session.notebook.connections).toEqual([]);
    await expect.element(screen.getByLabelText('Value of rows')).toBeVisible();
  });
});
