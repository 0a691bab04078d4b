// Longer than most files: all its tests stand on the same notebook as it is drawn.
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { describe, expect, test, vi } from 'vitest';
import type { Checkpoint } from '../../model/checkpoint.ts';
import { SchemaId, type DataSchema, type FieldType } from '../../model/data-schema.ts';
import { CellId, JobId, SessionId } from '../../model/ids.ts';
import { createPlainError } from '../../model/job.ts';
import type { NetworkMode } from '../../model/network-policy.ts';
import { readJsonSchema } from '../../model/json-schema-fields.ts';
import {
  buildHash,
  buildJob,
  buildNotebook,
  buildOutput,
  buildSession,
} from '../../model/testing/builders.ts';
import { statementInput, type StatementCell, type StatementConfiguration } from '../../model/statement.ts';
import { succeed } from '../../shared/result.ts';
import type { MemoryStorage } from '../../storage/MemoryStorage.ts';
import { CellSelection } from '../CellSelection.svelte.ts';
import ConfigurationPane from '../ConfigurationPane.svelte';
import NotebookView from '../NotebookView.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';
import ModulesDialog from './ModulesDialog.svelte';
import SchemaDialog from './SchemaDialog.svelte';
import SchemasDialog from './SchemasDialog.svelte';

const ordersId = SchemaId.from('orders');

function buildStatement(title: string, partial: Partial<StatementConfiguration> = {}): StatementCell {
  return {
    kind: 'statement',
    id: CellId.from(title),
    title,
    source: 'return []',
    inputs: [statementInput],
    configuration: {
      timeoutSeconds: 300,
      isBulk: false,
      isDebugged: false,
      inputSchema: null,
      outputSchema: ordersId,
      checkpointColumn: null,
      isAppending: false,
      cycles: { type: 'once' },
      ...partial,
    },
  };
}

async function saveOrders(
  storage: MemoryStorage,
  type: FieldType = 'integer',
  names: readonly string[] = ['id'],
): Promise<void> {
  const schema: DataSchema = {
    id: ordersId,
    workspaceId: await storage.openWorkspace(),
    name: 'Orders',
    description: '',
    fields: names.map((name) => ({ name, type, isNullable: false, description: '' })),
    createdAt: 1,
    changedAt: 1,
  };
  await storage.saveSchema(schema);
}

/** A notebook with these cells, beside which no configuration is open. */
async function showNotebook(
  cells: readonly StatementCell[],
  prepare: (storage: MemoryStorage) => Promise<unknown> = saveOrders,
) {
  const opened = await openWorkspace(buildNotebook([], { cells }), prepare);
  let toggled = 0;
  const screen = await render(ViewHost<Parameters<typeof NotebookView>[1]>, {
    workspace: opened.workspace,
    view: NotebookView,
    viewProps: {
      session: opened.session,
      theme: 'light',
      isConfigurationOpen: false,
      onToggleConfiguration: () => (toggled += 1),
    },
  });
  return { ...opened, screen, countToggles: () => toggled };
}

/** The configuration of the first of these cells. */
async function showForm(
  cells: readonly [StatementCell, ...StatementCell[]],
  prepare: (storage: MemoryStorage) => Promise<unknown> = saveOrders,
) {
  const opened = await openWorkspace(buildNotebook([], { cells }), prepare);
  const selection = new CellSelection();
  const getProps = () => ({
    workspace: opened.workspace,
    view: ConfigurationPane,
    viewProps: {
      session: opened.session,
      cell: opened.session.notebook.cells[0] ?? null,
      selection,
      onClose: () => undefined,
    },
  });
  const screen = await render(ViewHost<Parameters<typeof ConfigurationPane>[1]>, getProps());
  return {
    ...opened,
    selection,
    screen,
    redraw: () => screen.rerender(getProps()),
    focused: () =>
      document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim(),
  };
}

describe('the checkpoint', () => {
  const cell = buildStatement('load', { checkpointColumn: 'id' });

  test('is edited and reset by keyboard, and the focus stays beside it', async () => {
    const { screen, focused, session } = await showForm([cell]);
    const place = screen.getByRole('region', { name: 'Data checkpoint' });
    const value = () => session.checkpoints.getValue(cell);
    await expect.element(place).toBeVisible();
    (place.getByRole('button', { name: 'Edit…' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('Value of the checkpoint, integer');
    await userEvent.keyboard('12{Enter}');
    await expect.poll(focused).toBe('Edit…');
    expect(value()).toEqual({ type: 'integer', text: '12' });
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('Value of the checkpoint, integer');
    await userEvent.keyboard('99{Escape}');
    await expect.poll(focused).toBe('Edit…');
    expect(value()).toEqual({ type: 'integer', text: '12' });
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.poll(focused).toBe('Edit…');
    expect(value()).toBe(null);
  });

  test('is stored where its text is of the type of its column, and else says why not', async () => {
    const { screen, focused, session } = await showForm([cell]);
    const place = screen.getByRole('region', { name: 'Data checkpoint' });
    await place.getByRole('button', { name: 'Edit…' }).click();
    const field = place.getByRole('textbox', { name: 'Value of the checkpoint, integer' });
    await userEvent.keyboard('4.5');
    await expect.element(field).toHaveAttribute('aria-invalid', 'false');
    await userEvent.keyboard('{Enter}');
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await expect
      .element(field)
      .toHaveAccessibleDescription('That is no integer. Write digits alone, such as 42.');
    expect([focused(), session.checkpoints.get(cell.id)]).toEqual(['Value of the checkpoint, integer', null]);
    await userEvent.clear(field);
    await userEvent.keyboard('45{Enter}');
    await expect.poll(() => session.checkpoints.getValue(cell)).toEqual({ type: 'integer', text: '45' });
  });

  test('says what becomes of its values when another column is chosen', async () => {
    const { screen, session } = await showForm([cell], async (storage) => {
      await saveOrders(storage, 'integer', ['id', 'number']);
    });
    const select = screen.getByRole('combobox', { name: 'Data checkpoint column' });
    const what = 'Its value in the last row is DATA_CHECKPOINT in the next run.';
    await expect.element(select).toHaveAccessibleDescription(what);
    session.checkpoints.set(cell.id, 'id', { type: 'integer', text: '7' });
    await expect
      .element(select)
      .toHaveAccessibleDescription(
        `${what} If you choose another, its first value replaces this one and the earlier ones.`,
      );
  });

  test('says that its values are there still when another column was chosen', async () => {
    const chosen = buildStatement('load', { checkpointColumn: 'number' });
    const { screen, session } = await showForm([chosen], async (storage) => {
      await saveOrders(storage, 'integer', ['id', 'number']);
    });
    session.checkpoints.set(chosen.id, 'id', { type: 'integer', text: '7' });
    await expect
      .element(screen.getByRole('combobox', { name: 'Data checkpoint column' }))
      .toHaveAccessibleDescription(
        'Its value in the last row is DATA_CHECKPOINT in the next run. The first one replaces the values of “id”. To keep those, choose “id” again.',
      );
  });

  test('leads from each earlier value to the run that it is of', async () => {
    const origin = (id: number) => ({ jobId: JobId.from('job'), sessionId: SessionId.from(`session ${id}`) });
    const checkpoint: Checkpoint = {
      cellId: cell.id,
      notebookId: buildNotebook([]).id,
      column: 'id',
      history: [
        { value: { type: 'integer', text: '3' }, at: 3_000, origin: null },
        { value: { type: 'integer', text: '2' }, at: 2_000, origin: origin(2_000) },
        { value: { type: 'integer', text: '1' }, at: 1_000, origin: origin(1_000) },
      ],
    };
    const { screen } = await showForm([cell], async (storage) => {
      await saveOrders(storage);
      await storage.saveCheckpoint(checkpoint);
      await storage.saveSession(buildSession(2_000, { cause: { type: 'one', cellTitle: 'second' } }));
      await storage.saveSession(buildSession(9_000, { cause: { type: 'one', cellTitle: 'newest' } }));
    });
    await screen.getByText('Earlier values').click();
    const values = screen.getByRole('list', { name: 'Values of the checkpoint, newest first' });
    const texts = values
      .getByRole('listitem')
      .elements()
      .map(({ textContent }) => textContent.trim());
    expect(texts.map((text) => text.replace(/\s+/g, ' ').replace(/ .* · /, ' · '))).toEqual([
      '3 · by hand',
      '2 · by a run',
      '1 · by a run',
    ]);
    const links = values.getByRole('button', { name: /^Show the run of / });
    (links.nth(0).element() as HTMLElement).click();
    const history = screen.getByRole('dialog', { name: 'History' });
    // The history is loaded when it is first shown.
    await expect
      .poll(() => document.activeElement?.getAttribute('aria-current'), { timeout: 25_000 })
      .toBe('true');
    expect(document.activeElement?.textContent).toContain('second');
    expect(history.element().textContent).not.toContain('not kept any more');
    await userEvent.keyboard('{Escape}');
    (links.nth(1).element() as HTMLElement).click();
    await expect
      .element(screen.getByText('The run that was asked for is not kept any more. This is the newest.'))
      .toBeVisible();
  });
});

describe('the configuration of a Statement', () => {
  test('has a name for each of its parts', async () => {
    const { screen } = await showForm([buildStatement('load')]);
    await expect.element(screen.getByRole('region', { name: 'Cycles' })).toBeVisible();
    const names = screen
      .getByRole('region')
      .elements()
      .map((part) => part.getAttribute('aria-label'));
    expect(names).toEqual(['Input', 'Output', 'Data checkpoint', 'Cycles']);
  });

  test.each([
    ['inputs', 'Where input comes from'],
    ['outputs', 'Output schema'],
  ] as const)('takes the focus when one of the %s is pressed beside the cell', async (side, label) => {
    const { screen, selection } = await showForm([buildStatement('load')]);
    const field = screen.getByRole('combobox', { name: label });
    await expect.element(field).toBeVisible();
    selection.configure(CellId.from('load'), side, side === 'inputs' ? 'input' : 'output');
    await expect.element(field).toHaveFocus();
  });

  test('opens from what failed for want of an output schema', async () => {
    const cell = buildStatement('load', { outputSchema: null });
    const error = createPlainError('rule', 'A Statement needs an output schema.');
    const job = buildJob(cell, 1_000, { outcome: { status: 'failed', error } });
    const { screen, countToggles } = await showNotebook([cell], (storage) =>
      storage.commitJob({ job, log: [] }, []),
    );
    await screen.getByRole('alert').getByRole('button', { name: 'Output schema' }).click();
    expect(countToggles()).toBe(1);
  });

  test.each<[string, Partial<StatementConfiguration>, boolean]>([
    ['each cycle replaces the output', { isAppending: false }, true],
    ['the rows add up', { isAppending: true }, false],
  ])('says of cycles until no rows how they end where %s', async (_, partial, isSaid) => {
    const { screen } = await showForm([
      buildStatement('load', { cycles: { type: 'until-empty' }, ...partial }),
    ]);
    const cycles = screen.getByRole('region', { name: 'Cycles' });
    await expect.element(cycles).toBeVisible();
    expect(cycles.element().textContent.includes('it ends empty')).toBe(isSaid);
  });

  test('says which other cells use the schema that is edited', async () => {
    const { screen } = await showForm([
      buildStatement('load'),
      buildStatement('clean', { inputSchema: ordersId }),
    ]);
    await screen.getByRole('region', { name: 'Output' }).getByRole('button', { name: 'Edit…' }).click();
    await expect
      .element(screen.getByRole('dialog', { name: 'Data schema Orders' }))
      .toHaveTextContent(
        'What is changed here changes for clean in Notebook (input), clean in Notebook (output), too.',
      );
  });
});

describe('a data schema that is written', () => {
  async function showSchema() {
    const heard: string[] = [];
    const field = { name: 'id', type: 'integer', isNullable: false, description: '' } as const;
    const screen = await render(SchemaDialog, {
      title: 'Data schema Orders',
      content: { name: 'Orders', description: '', fields: [field, { ...field, name: 'at' }] },
      takenNames: ['Taken'],
      onSave: ({ name }) => heard.push(`save ${name}`),
      onClose: () => heard.push('close'),
    });
    const dialog = screen.getByRole('dialog', { name: 'Data schema Orders' });
    return {
      heard,
      dialog,
      find: (name: string) => dialog.getByLabelText(name, { exact: true }),
      press: (name: string) => dialog.getByRole('button', { name, exact: true }).click(),
    };
  }

  test('has the focus on the first field that is wrong when it cannot be saved', async () => {
    const { heard, find, press } = await showSchema();
    await userEvent.clear(find('Name of field 2'));
    await press('Save');
    await expect.element(find('Name of field 2')).toHaveFocus();
    await userEvent.fill(find('Name'), 'Taken');
    await press('Save');
    await expect.element(find('Name')).toHaveFocus();
    expect(heard).toEqual([]);
  });

  test('asks before it is left with changes, whichever way, and keeps them', async () => {
    const { heard, dialog, find, press } = await showSchema();
    await userEvent.fill(find('Description'), 'From the shop');
    const stay = dialog.getByRole('button', { name: 'Keep editing' });
    for (const leave of [() => press('Cancel'), () => press('Close'), () => userEvent.keyboard('{Escape}')]) {
      await leave();
      await expect.element(stay).toHaveFocus();
      await stay.click();
      await expect.element(find('Description')).toHaveValue('From the shop');
      await expect.element(dialog.getByRole('button', { name: 'Save' })).toBeVisible();
    }
    // However often Escape is pressed, nothing is lost.
    for (let time = 0; time < 4; time += 1) await userEvent.keyboard('{Escape}');
    await expect.element(dialog).toBeVisible();
    expect(heard).toEqual([]);
    await press('Cancel');
    await press('Discard');
    expect(heard).toEqual(['close']);
  });

  test('is left at once without changes', async () => {
    const { heard } = await showSchema();
    await userEvent.keyboard('{Escape}');
    expect(heard).toEqual(['close']);
  });
});

describe('the list of modules', () => {
  const packagesUrl = `data:application/json,${encodeURIComponent(
    JSON.stringify([{ name: 'pyyaml', version: '6.0.2', imports: ['yaml'], isServed: false }]),
  )}`;

  async function showModules(mode: NetworkMode) {
    const { workspace, session } = await openWorkspace(buildNotebook([]));
    await workspace.network.settings.setMode(mode);
    const screen = await render(ViewHost<Parameters<typeof ModulesDialog>[1]>, {
      workspace,
      view: ModulesDialog,
      viewProps: { session, packagesUrl, onClose: () => undefined },
    });
    const row = (name: string) => screen.getByRole('row', { name });
    await expect.element(row('yaml')).toBeVisible();
    return { row, refusal: () => screen.getByText('The network policy of this workspace').elements() };
  }

  test('says once that the policy forbids to fetch any, and what to do, and which those are', async () => {
    const { row, refusal } = await showModules('none');
    expect(refusal().map(({ textContent }) => textContent)).toEqual([
      'The network policy of this workspace allows no other host, so that what is “not available” below cannot be fetched. Choose another policy under “Network” in the workspace pane, or add the wheels under “Packages” above the notebook: those need no network.',
    ]);
    await expect.element(row('yaml')).toHaveTextContent('Not available from the Pyodide CDN');
    await expect.element(row('deepdiff')).toHaveTextContent('Not available from PyPI');
    await expect.element(row('json')).toHaveTextContent('Built in');
  });

  test('says nothing of a policy that asks', async () => {
    const { row, refusal } = await showModules('ask');
    expect(refusal()).toEqual([]);
    await expect.element(row('yaml')).toHaveTextContent('From the Pyodide CDN');
  });
});

async function showSchemas() {
  const { workspace } = await openWorkspace(buildNotebook(['one']), saveOrders);
  const screen = await render(ViewHost<Parameters<typeof SchemasDialog>[1]>, {
    workspace,
    view: SchemasDialog,
    viewProps: { onClose: () => undefined },
  });
  return { workspace, screen, dialog: screen.getByRole('dialog', { name: 'Data schemas' }) };
}

describe('JSON Schema', () => {
  const ordersText = JSON.stringify({
    title: 'Orders',
    type: 'object',
    properties: { id: { type: 'integer' }, at: { type: ['string', 'null'], format: 'date-time' } },
    required: ['id', 'at'],
  });

  async function showImport() {
    const { workspace, screen, dialog } = await showSchemas();
    await dialog.getByRole('button', { name: 'From JSON Schema…' }).click();
    const reader = screen.getByRole('dialog', { name: 'A data schema from JSON Schema' });
    return {
      workspace,
      screen,
      reader,
      text: reader.getByRole('textbox', { name: 'JSON Schema of a row, or of a list of rows' }),
      read: () => reader.getByRole('button', { name: 'Read' }).click(),
    };
  }

  test('that is no schema of rows says why, and can be mended', async () => {
    const { workspace, screen, reader, text, read } = await showImport();
    await userEvent.fill(text, '{"type": ');
    await read();
    await expect.element(text).toHaveAttribute('aria-invalid', 'true');
    await expect.element(text).toHaveAccessibleDescription(/^Line 1, column 10: /);
    await userEvent.fill(text, '[]');
    await read();
    await expect.element(text).toHaveAccessibleDescription('A JSON Schema is an object in braces.');
    await userEvent.fill(text, ordersText);
    await read();
    const editor = screen.getByRole('dialog', { name: 'New data schema' });
    await expect.element(reader).not.toBeInTheDocument();
    await expect.element(editor.getByLabelText('Name', { exact: true })).toHaveValue('Orders 2');
    await editor.getByRole('button', { name: 'Save', exact: true }).click();
    await expect
      .poll(() => workspace.schemas.schemas.map(({ name }) => name))
      .toEqual(['Orders', 'Orders 2']);
    const part = { description: '' };
    expect(workspace.schemas.schemas[1]?.fields).toEqual([
      { ...part, name: 'id', type: 'integer', isNullable: false },
      { ...part, name: 'at', type: 'datetime', isNullable: true },
    ]);
  });

  test('that was written is not left without a question', async () => {
    const { screen, reader, text } = await showImport();
    await userEvent.fill(text, ordersText);
    await userEvent.keyboard('{Escape}');
    const question = reader.getByRole('alertdialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Keep editing' }).click();
    await expect.element(text).toHaveFocus();
    await expect.element(text).toHaveValue(ordersText);
    await reader.getByRole('button', { name: 'Cancel' }).click();
    await question.getByRole('button', { name: 'Discard' }).click();
    await expect.element(reader).not.toBeInTheDocument();
    await expect.element(screen.getByRole('dialog', { name: 'Data schemas' })).toBeInTheDocument();
  });

  test('is read from a file, unless that is too large', async () => {
    const { reader, text } = await showImport();
    const picker = reader.getByLabelText('JSON Schema to read');
    await userEvent.upload(picker, new File([' '.repeat(1_000_001)], 'large.json'));
    await expect.element(text).toHaveAccessibleDescription('“large.json” is too large for a JSON Schema.');
    await userEvent.upload(picker, new File([ordersText], 'orders.json'));
    await expect.element(text).toHaveValue(ordersText);
    await expect.element(text).toHaveAccessibleDescription('');
  });

  test('is what a data schema is exported as, to be read again', async () => {
    const { dialog } = await showSchemas();
    const saved: { name: string; content: Promise<string> }[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      const content = fetch(this.href).then((response) => response.text());
      saved.push({ name: this.download, content });
    });
    try {
      await dialog.getByRole('button', { name: 'Actions for Orders' }).click();
      await dialog.getByRole('menuitem', { name: 'Export as JSON Schema' }).click();
      await expect.poll(() => saved.map(({ name }) => name)).toEqual(['Orders.schema.json']);
      expect(readJsonSchema((await saved[0]?.content) ?? '')).toEqual(
        succeed({
          name: 'Orders',
          description: '',
          fields: [{ name: 'id', type: 'integer', isNullable: false, description: '' }],
        }),
      );
    } finally {
      click.mockRestore();
    }
  });
});

test('the queue lists a Statement that waits for its next cycle, and stops it', async () => {
  const { session, kernel, screen } = await showNotebook([
    buildStatement('load', { cycles: { type: 'interval', seconds: 60 } }),
  ]);
  session.runCell(CellId.from('load'));
  await vi.waitUntil(() => kernel.isRunning);
  kernel.end({ status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } });
  await screen.getByRole('button', { name: 'Next cycle awaited' }).click();
  const queue = screen.getByRole('dialog', { name: 'Queue' });
  await expect.element(queue.getByRole('listitem')).toHaveTextContent(/^load Cycle 1 · next in \d+/);
  await queue.getByRole('button', { name: 'Stop load' }).click();
  await expect.element(queue).toHaveTextContent('Nothing runs, and nothing waits.');
  expect(session.isBusy).toBe(false);
});

test('a new output schema begins with the fields of what was put out last', async () => {
  const cell = buildStatement('load', { outputSchema: null });
  const columns = [
    { name: 'count', type: 'uint64', timeZone: null },
    { name: 'at', type: 'datetime', timeZone: 'UTC' },
  ] as const;
  const output = { ...buildOutput('rows', buildHash('a')), summary: { rowCount: 1, columns } };
  const job = buildJob(cell, 1_000, { outcome: { status: 'done', outputs: [output], images: [] } });
  const content = { hash: buildHash('a'), content: new Blob(['rows']) };
  const { screen } = await showForm([cell], (storage) => storage.commitJob({ job, log: [] }, [content]));
  const place = screen.getByRole('region', { name: 'Output', exact: true });
  await place.getByRole('button', { name: 'New schema…' }).click();
  const editor = screen.getByRole('dialog', { name: 'New data schema' });
  await expect.element(editor.getByLabelText('Name', { exact: true })).toHaveValue('load output');
  await expect.element(editor.getByLabelText('Name of field 1')).toHaveValue('count');
  await expect.element(editor.getByLabelText('Type of count')).toHaveValue('integer');
  await expect.element(editor.getByLabelText('Name of field 2')).toHaveValue('at');
  await expect.element(editor.getByLabelText('Type of at')).toHaveValue('datetime');
  await expect.element(editor.getByLabelText('Name of field 3')).not.toBeInTheDocument();
});

test('a data schema that was deleted comes back by Undo in the dialog it was deleted in', async () => {
  const { dialog } = await showSchemas();
  await dialog.getByRole('button', { name: 'Actions for Orders' }).click();
  await dialog.getByRole('menuitem', { name: 'Delete' }).click();
  await expect.element(dialog.getByText('There are none yet.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect.element(dialog.getByRole('button', { name: 'Orders', exact: true })).toBeVisible();
  expect(dialog.element().contains(document.activeElement)).toBe(true);
});
