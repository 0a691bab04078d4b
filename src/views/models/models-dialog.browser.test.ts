// Longer than most files: all its tests stand on the same models as they are drawn.
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { describe, expect, test, vi } from 'vitest';
import { CellId, JobId, ModelGroupId, ModelId, NotebookId, ProfileId, SessionId } from '../../model/ids.ts';
import type { KnownModels } from '../../model/known-models.ts';
import type { DataGeneratorCell } from '../../model/data-generator.ts';
import { buildCell, buildHash, buildNotebook } from '../../model/testing/builders.ts';
import { buildGroup, buildLoadingCell, buildModel, buildVersion } from '../../model/testing/build-models.ts';
import { succeed } from '../../shared/result.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import { formatMoment } from '../history/describe-session.ts';
import { openWorkspace } from '../testing/open-workspace.ts';

const iris = ModelId.from('iris');

const madeByTrain = {
  type: 'job',
  notebookId: NotebookId.from('notebook'),
  notebookTitle: 'Old title',
  cellId: CellId.from('Train'),
  cellTitle: 'Old cell',
  sessionId: SessionId.from('session'),
  jobId: JobId.from('job'),
  sources: [
    { kind: 'model', modelId: ModelId.from('wine'), name: 'grapes', number: 1 },
    { kind: 'model', modelId: ModelId.from('gone'), name: 'gone', number: 4 },
    { kind: 'file', path: 'data/iris.csv' },
  ],
} as const;

const known: KnownModels = {
  models: [
    buildModel('iris', { lastNumber: 3 }),
    buildModel('wine'),
    buildModel('deleted', { deletedAt: Date.now() }),
  ],
  versions: [
    buildVersion('iris', 1, { byteSize: 2_000, notes: 'the first' }),
    buildVersion('iris', 2, { deletedAt: Date.now() }),
    buildVersion('iris', 3, {
      typeName: 'sklearn.linear_model.LogisticRegression',
      packages: [
        { name: 'numpy', version: '2.2.5' },
        { name: 'scikit-learn', version: '1.6.1' },
      ],
      profile: { id: ProfileId.from('ada'), username: 'ada' },
      origin: madeByTrain,
    }),
    buildVersion('wine', 1),
    buildVersion('deleted', 1),
  ],
  groups: [buildGroup('plants', ['iris', 'deleted'])],
};

/** The whole app, with the list of models open. */
async function showModels({
  cells = [buildCell('First'), buildCell('Train')],
  models = known,
  width = 1280,
}: {
  readonly cells?: readonly DataGeneratorCell[];
  readonly models?: KnownModels;
  readonly width?: number;
} = {}) {
  await fitWindow(width);
  const opened = await openWorkspace(buildNotebook([], { title: 'Lesson', cells }), (storage) =>
    storage.changeModels(() => succeed(models)),
  );
  await opened.workspace.models.load();
  const screen = await render(App, { workspace: opened.workspace, packagesUrl: 'packages.json' });
  if (width < 900) await screen.getByRole('button', { name: 'Workspace pane' }).click();
  await screen.getByRole('button', { name: 'Models', exact: true }).click();
  const dialog = screen.getByRole('dialog', { name: 'Models' });
  await expect.element(dialog).toBeVisible();
  const versions = dialog.getByRole('list', { name: 'Versions', exact: true });
  return {
    ...opened,
    screen,
    dialog,
    versions,
    listVersions: () =>
      versions
        .getByRole('button', { name: /^Version/ })
        .elements()
        .map(({ textContent }) => textContent.trim().replace(/\s+/g, ' ')),
    getNumbers: () => opened.workspace.models.index.byId.get(iris)?.versions.map(({ number }) => number),
    focused: () =>
      document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim(),
  };
}

describe('the list of models', () => {
  test('teaches how to save one where there is none', async () => {
    const { dialog } = await showModels({ models: { models: [], versions: [], groups: [] } });
    await expect.element(dialog.getByText('od_output.add_model("my_model", model)')).toBeVisible();
    await expect.element(dialog.getByText('od_models["my_model"]')).toBeVisible();
  });

  test('shows each model, the first of them whole, and those of the groups and the trash', async () => {
    const { dialog } = await showModels();
    const texts = (name: string) =>
      dialog
        .getByRole('list', { name, exact: true })
        .getByRole('listitem')
        .elements()
        .map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(1_000);
    expect(texts('Models')).toEqual([
      `iris Version 3, 2 kept · 2.0 kB · ${date} In plants`,
      `wine Version 1 · 10 B · ${date}`,
    ]);
    expect(texts('Groups')).toEqual(['plants 2 models']);
    await expect.element(dialog.getByRole('region', { name: 'iris' })).toBeVisible();
    await dialog.getByText('Trash').first().click();
    expect(texts('Models in the trash')).toEqual(['deleted 1 version']);
  });

  test('of many is searched, and drawn a part at a time', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `model ${index}`);
    const { dialog } = await showModels({
      models: {
        models: names.map((name) => buildModel(name)),
        versions: names.map((name) => buildVersion(name, 1)),
        groups: [],
      },
    });
    const list = dialog.getByRole('list', { name: 'Models', exact: true });
    const count = () => list.getByRole('listitem').elements().length;
    expect(count()).toBe(50);
    await dialog.getByRole('button', { name: 'Show 50 more of 200' }).click();
    await expect.poll(count).toBe(100);
    await dialog.getByRole('searchbox', { name: 'Search for a model' }).fill('L 24');
    await expect.poll(count).toBe(11);
    await dialog.getByRole('searchbox').fill('zebra');
    await expect
      .element(dialog.getByRole('status').getByText('None has a name with “zebra” in it.'))
      .toBeVisible();
  });

  test('brings a model back from the trash, and shows it', async () => {
    const { dialog } = await showModels();
    await dialog.getByText('Trash').first().click();
    await dialog.getByRole('button', { name: 'Actions for deleted in the trash' }).click();
    await dialog.getByRole('menuitem', { name: 'Restore' }).click();
    await expect.element(dialog.getByRole('region', { name: 'deleted' })).toBeVisible();
  });

  test('removes a model for good', async () => {
    const { dialog, workspace } = await showModels();
    await dialog.getByText('Trash').first().click();
    await dialog.getByRole('button', { name: 'Actions for deleted in the trash' }).click();
    await dialog.getByRole('menuitem', { name: 'Delete for good' }).click();
    await expect.poll(() => workspace.models.index.trash.length).toBe(0);
    expect(workspace.models.known.groups[0]?.modelIds).toEqual([iris]);
  });
});

describe('the page of a model', () => {
  test('shows its versions, newest first, and all that is kept of the newest', async () => {
    const { dialog, listVersions, versions } = await showModels();
    const when = (time: number) => formatMoment(time).replace(/\s+/g, ' ');
    expect(listVersions()).toEqual([
      `Version 3, newest ${when(3_000)} 10 B LogisticRegression`,
      `Version 1 ${when(1_000)} 2.0 kB dict the first`,
    ]);
    const facts = versions.getByRole('definition').elements();
    expect(facts.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'sklearn.linear_model.LogisticRegression',
      'Lesson › Train · its run',
      'wine, version 1gone, version 4data/iris.csv',
      'ada',
      '33333333… Copy hash',
      '3.13.2 2 packages numpy 2.2.5scikit-learn 1.6.1',
    ]);
    await versions.getByRole('button', { name: 'wine' }).click();
    await expect.element(dialog.getByRole('region', { name: 'wine' })).toBeVisible();
  });

  test('opens a version by keyboard, and closes the one before', async () => {
    const { versions } = await showModels();
    const first = versions.getByRole('button', { name: /^Version 1/ });
    (first.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(first).toHaveAttribute('aria-expanded', 'true');
    await expect
      .element(versions.getByRole('button', { name: /^Version 3/ }))
      .toHaveAttribute('aria-expanded', 'false');
    await expect.element(versions.getByText('builtins.dict')).toBeVisible();
  });

  test('gives the model another name in its place, which cells follow, and says why it does not', async () => {
    const { dialog, session } = await showModels({ cells: [buildLoadingCell('Predict', 'iris')] });
    await dialog.getByRole('button', { name: 'Rename iris' }).click();
    const field = dialog.getByRole('textbox', { name: 'Name of the model' });
    await field.fill('wine');
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog.getByRole('alert')).toHaveTextContent('There is a model “wine” already.');
    await dialog.getByRole('button', { name: 'Rename iris' }).click();
    await field.fill('flowers/🌸');
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog.getByRole('region', { name: 'flowers/🌸' })).toBeVisible();
    expect(dialog.getByRole('alert').elements()).toEqual([]);
    expect(session.notebook.cells).toEqual([buildLoadingCell('Predict', 'flowers/🌸')]);
  });

  test('shows the beginning of the hash of a version, and copies all of it', async () => {
    const { versions } = await showModels();
    const copied: string[] = [];
    const writeText = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => {
      copied.push(text);
      return Promise.resolve();
    };
    try {
      await expect.element(versions.getByText('33333333…')).toHaveAttribute('title', '3'.repeat(64));
      await versions.getByRole('button', { name: 'Copy hash' }).click();
      await expect.poll(() => copied).toEqual(['3'.repeat(64)]);
    } finally {
      navigator.clipboard.writeText = writeText;
    }
  });

  test('keeps notes of the model and of a version as they are written', async () => {
    const { dialog, workspace } = await showModels();
    await dialog.getByRole('textbox', { name: 'Notes of the model' }).fill('For week 2');
    await dialog.getByRole('textbox', { name: 'Notes of version 3' }).fill('With the petals alone');
    const notes = () => {
      const entry = workspace.models.index.byId.get(iris);
      return [entry?.model.notes, entry?.versions[0]?.notes];
    };
    await expect.poll(notes).toEqual(['For week 2', 'With the petals alone']);
  });

  test('keeps what was written when the dialog is closed right after', async () => {
    const { dialog, workspace } = await showModels();
    await dialog.getByRole('textbox', { name: 'Notes of the model' }).fill('For week 2');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => workspace.models.index.byId.get(iris)?.model.notes).toBe('For week 2');
  });

  test('makes an older version the newest, as one more', async () => {
    const { versions, listVersions, screen } = await showModels();
    await expect
      .element(versions.getByRole('button', { name: 'Make version 3 the newest' }))
      .toHaveAttribute('aria-disabled', 'true');
    await versions.getByRole('button', { name: /^Version 1/ }).click();
    await versions.getByRole('button', { name: 'Make version 1 the newest' }).click();
    await expect.poll(() => listVersions().length).toBe(3);
    expect(listVersions()[0]).toMatch(/^Version 4, newest/);
    await versions.getByRole('button', { name: /^Version 4/ }).click();
    await expect.element(versions.getByText('Version 1, rolled back to')).toBeVisible();
    await screen.getByRole('dialog', { name: 'Models' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => listVersions().length).toBe(2);
  });

  test('deletes a version, and the focus goes to the one in its place; it comes back from the trash', async () => {
    const { dialog, versions, getNumbers, focused } = await showModels();
    await versions.getByRole('button', { name: 'Delete version 3' }).click();
    await expect.poll(getNumbers).toEqual([1]);
    await expect.poll(focused).toMatch(/^Version 1/);
    await dialog.getByRole('region', { name: 'iris' }).getByText('Trash').click();
    const trash = dialog.getByRole('list', { name: 'Versions in the trash' });
    expect(trash.getByRole('listitem').elements().length).toBe(2);
    await trash.getByRole('button', { name: 'Actions for version 2 in the trash' }).click();
    await trash.getByRole('menuitem', { name: 'Restore' }).click();
    await expect.poll(getNumbers).toEqual([2, 1]);
    await trash.getByRole('button', { name: 'Actions for version 3 in the trash' }).click();
    await trash.getByRole('menuitem', { name: 'Delete for good' }).click();
    await expect.poll(() => trash.elements().length).toBe(0);
  });

  test('refuses to delete what a cell loads by its number, and says which', async () => {
    const { dialog, versions, getNumbers } = await showModels({
      cells: [buildLoadingCell('Predict', 'iris', 3)],
    });
    await versions.getByRole('button', { name: 'Delete version 3' }).click();
    await expect
      .element(dialog.getByRole('alert'))
      .toHaveTextContent(
        'Version 3 of “iris” cannot be deleted while “Predict” in “Lesson” loads it by its number. Choose another version there first.',
      );
    await dialog.getByRole('button', { name: 'Delete the model' }).click();
    await expect
      .element(dialog.getByRole('alert').last())
      .toHaveTextContent(/^“iris” cannot be deleted while “Predict”/);
    expect(getNumbers()).toEqual([3, 1]);
  });

  test('deletes the model, the focus goes to the one that is shown then, and Undo brings it back', async () => {
    const { dialog, focused } = await showModels();
    await dialog.getByRole('button', { name: 'Delete the model' }).click();
    await expect.element(dialog.getByRole('region', { name: 'wine' })).toBeVisible();
    await expect.poll(focused).toMatch(/^wine/);
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect.element(dialog.getByRole('region', { name: 'iris' })).toBeVisible();
  });

  test('has its offers at its foot, where they cover nothing, and they go soon after it is closed', async () => {
    const { dialog, screen, workspace } = await showModels({ width: 420 });
    await dialog.getByRole('button', { name: /^iris/ }).click();
    await workspace.models.rename(iris, 'flowers');
    const offer = dialog.getByText('The model “iris” is called “flowers” now.');
    await expect.element(offer).toBeVisible();
    const remove = dialog.getByRole('button', { name: 'Delete the model' }).element();
    remove.scrollIntoView({ block: 'end' });
    expect(remove.getBoundingClientRect().bottom).toBeLessThan(offer.element().getBoundingClientRect().top);
    const begin = Date.now();
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    const inPage = screen.getByText('The model “iris” is called “flowers” now.');
    await expect.element(inPage).toBeVisible();
    await expect.poll(() => inPage.elements(), { timeout: 6_000 }).toEqual([]);
    expect(Date.now() - begin).toBeGreaterThan(3_500);
  });

  test('says that a name of spaces is none', async () => {
    const { dialog, workspace } = await showModels();
    await dialog.getByRole('button', { name: 'Rename iris' }).click();
    await dialog.getByRole('textbox', { name: 'Name of the model' }).fill('  ');
    await userEvent.keyboard('{Enter}');
    const refusal = dialog.getByText('A name needs more than spaces: it is still “iris”.');
    await expect.element(refusal).toBeVisible();
    expect(workspace.models.index.byName.has('iris')).toBe(true);
    await dialog.getByRole('button', { name: 'Rename iris' }).click();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => refusal.elements()).toEqual([]);
  });

  test('downloads a version as a pickle under a name that every system takes', async () => {
    const models = { ...known, models: [buildModel('iris', { name: 'a/b', lastNumber: 3 })] };
    const { versions, dialog, storage } = await showModels({ models });
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    await versions.getByRole('button', { name: 'Download version 3' }).click();
    await expect
      .element(dialog.getByRole('alert'))
      .toHaveTextContent("Version 3 of “a/b” is not in this browser's storage any more");
    await storage.saveNotebook(buildNotebook([]), [{ hash: buildHash('3'), content: new Blob(['pickle']) }]);
    await versions.getByRole('button', { name: 'Download version 3' }).click();
    await expect.poll(() => saved).toEqual(['a-b-v3.pkl']);
    expect(dialog.getByRole('alert').elements()).toEqual([]);
    vi.restoreAllMocks();
  });

  test('leads to the cell that made a version, and closes', async () => {
    const { screen, dialog, versions, focused } = await showModels();
    await versions.getByRole('button', { name: 'Lesson › Train' }).click();
    await expect.poll(() => dialog.elements().length).toBe(0);
    await expect.poll(focused).toBe('Train');
    await expect.element(screen.getByRole('region', { name: 'Train', exact: true })).toHaveFocus();
  });

  test('leads to a cell of another notebook, which is opened', async () => {
    const { dialog, versions, workspace, focused } = await showModels();
    await workspace.createNotebook('Other');
    await versions.getByRole('button', { name: 'Lesson › Train' }).click();
    await expect.poll(focused).toBe('Train');
    expect([workspace.session?.notebook.title, dialog.elements().length]).toEqual(['Lesson', 0]);
  });

  test('says that the cell is gone, and where its notebook is', async () => {
    const { versions, workspace } = await showModels({ cells: [buildCell('First')] });
    await expect.element(versions.getByText('Old title › Old cell (deleted since)')).toBeVisible();
    await workspace.deleteNotebook(NotebookId.from('notebook'));
    await expect.element(versions.getByText('Old title › Old cell (in the trash)')).toBeVisible();
    expect(versions.getByRole('button', { name: 'its run' }).elements()).toEqual([]);
  });

  test('leads to the run that made a version, which may not be kept any more', async () => {
    const { screen, versions } = await showModels();
    await versions.getByRole('button', { name: 'its run' }).click();
    // The history is loaded when it is first shown.
    await expect.element(screen.getByRole('dialog', { name: 'History' }), { timeout: 25_000 }).toBeVisible();
  });

  test('names the cells that work with it', async () => {
    const { dialog } = await showModels({
      cells: [buildLoadingCell('Predict', 'iris', 3), buildLoadingCell('Newest', 'iris')],
    });
    const texts = dialog
      .getByRole('list', { name: 'Used by' })
      .getByRole('listitem')
      .elements()
      .map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    expect(texts).toEqual(['Lesson › Predict loads version 3', 'Lesson › Newest loads the latest version']);
  });
});

describe('the page of a group', () => {
  async function showGroup() {
    const shown = await showModels();
    await shown.dialog.getByRole('list', { name: 'Groups' }).getByRole('button').click();
    const members = () => shown.workspace.models.index.groupsById.get(ModelGroupId.from('plants'))?.modelIds;
    return { ...shown, members };
  }

  test('shows its models, which can be added and taken out again', async () => {
    const { dialog, members, focused } = await showGroup();
    await expect.element(dialog.getByText('in the trash, not loaded')).toBeVisible();
    await dialog.getByRole('combobox', { name: 'Add a model to the group' }).fill('none');
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog.getByRole('alert')).toHaveTextContent(/^There is no model “none”\./);
    await dialog.getByRole('combobox', { name: 'Add a model to the group' }).fill('wine');
    await userEvent.keyboard('{Enter}');
    await expect.poll(members).toEqual(['iris', 'deleted', 'wine']);
    await dialog.getByRole('button', { name: 'Take iris out of the group' }).click();
    await expect.poll(members).toEqual(['deleted', 'wine']);
    await expect.poll(focused).toBe('Add a model to the group');
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(members).toEqual(['iris', 'deleted', 'wine']);
  });

  test('shows a model that is listed in it and missing, and takes it out', async () => {
    const models = { ...known, groups: [buildGroup('plants', ['gone', 'iris'])] };
    const { dialog, workspace } = await showModels({ models });
    await dialog.getByRole('list', { name: 'Groups' }).getByRole('button').click();
    const list = dialog.getByRole('list', { name: 'Models of the group' });
    const rows = () => list.element().textContent.replace(/\s+/g, ' ').trim();
    expect(rows()).toBe('Missing model not there any more, not loaded iris 2 versions');
    await dialog.getByRole('button', { name: 'Take the missing model out of the group' }).click();
    await expect.poll(rows).toBe('iris 2 versions');
    expect(workspace.models.index.groups.map(({ modelIds }) => modelIds)).toEqual([['iris']]);
  });

  test('stays open when the names that it offers are closed', async () => {
    const { dialog } = await showGroup();
    await dialog.getByRole('combobox', { name: 'Add a model to the group' }).click();
    await expect.element(dialog.getByRole('listbox')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => dialog.getByRole('listbox').elements().length).toBe(0);
    await expect.element(dialog).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => dialog.elements().length).toBe(0);
  });

  test('renames and deletes it', async () => {
    const { dialog, workspace } = await showGroup();
    await dialog.getByRole('button', { name: 'Rename plants' }).click();
    await dialog.getByRole('textbox', { name: 'Name of the model group' }).fill('flora');
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog.getByRole('region', { name: 'flora' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Delete the model group' }).click();
    await expect.poll(() => workspace.models.known.groups).toEqual([]);
    await expect.element(dialog.getByRole('region', { name: 'iris' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => workspace.models.known.groups.map(({ name }) => name)).toEqual(['flora']);
  });
});

describe('in a narrow window', () => {
  test('a page takes the place of the list, and leads back to it', async () => {
    const { dialog, focused } = await showModels({ width: 390 });
    const list = dialog.getByRole('list', { name: 'Models', exact: true });
    expect(dialog.getByRole('region').elements()).toEqual([]);
    await list.getByRole('button', { name: /^wine/ }).click();
    await expect.element(dialog.getByRole('region', { name: 'wine' })).toBeVisible();
    expect([list.elements().length, focused()]).toEqual([0, 'All models']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toMatch(/^wine/);
    const { scrollWidth, clientWidth } = dialog.element();
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });
});
