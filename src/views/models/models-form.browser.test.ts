// Longer than most files: each of the four lists of the form, with its mistakes.
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { describe, expect, test } from 'vitest';
import { noModels, type ModelConfiguration } from '../../model/model-configuration.ts';
import type { Cell } from '../../model/notebook.ts';
import type { KnownModels } from '../../model/known-models.ts';
import { buildNotebook } from '../../model/testing/builders.ts';
import { buildGroup, buildModel, buildModelCell, buildVersion } from '../../model/testing/build-models.ts';
import { succeed } from '../../shared/result.ts';
import FirstCellPane from '../testing/FirstCellPane.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';
import type { ModelGoal } from './model-pages.ts';

const titles = {
  load: 'Load One or More Models',
  save: 'Save One or More Models',
  saveGroups: 'Save One or More Model Groups With Assigned Models',
  loadGroups: 'Load One or More Model Groups',
};

const known: KnownModels = {
  models: [buildModel('iris'), buildModel('wine')],
  versions: [buildVersion('iris', 1), buildVersion('iris', 2), buildVersion('wine', 1)],
  groups: [buildGroup('plants', ['iris'])],
};

/** The configuration of a Data Generator, with one of its parts unfolded. */
async function showForm(
  part: keyof typeof titles | null,
  { cells, ...models }: Partial<ModelConfiguration> & { readonly cells?: readonly Cell[] } = {},
) {
  const opened = await openWorkspace(
    buildNotebook([], { cells: cells ?? [buildModelCell('Train', models)] }),
    (storage) => storage.changeModels(() => succeed(known)),
  );
  await opened.workspace.models.load();
  const opening: (ModelGoal | null)[] = [];
  const screen = await render(ViewHost<Parameters<typeof FirstCellPane>[1]>, {
    workspace: opened.workspace,
    view: FirstCellPane,
    viewProps: { session: opened.session },
    onOpenModels: (goal: ModelGoal | null) => opening.push(goal),
  });
  if (part) {
    // The form is loaded when it is first shown.
    const section = screen.getByRole('button', {
      name: new RegExp(`^${titles[part]}( \\d+ problems?)?( \\d+)?$`),
    });
    await expect.element(section, { timeout: 25_000 }).toBeVisible();
    if (section.element().getAttribute('aria-expanded') === 'false') await section.click();
  }
  return {
    ...opened,
    screen,
    opening,
    getModels: () => {
      const [cell] = opened.session.notebook.cells;
      return cell?.kind === 'data-generator' ? cell.configuration.models : null;
    },
    focused: () => document.activeElement?.getAttribute('aria-label'),
  };
}

describe('what a Data Generator loads and saves', () => {
  test('is folded, and says how much of it is set', async () => {
    const { screen } = await showForm(null, {
      load: [
        { name: 'iris', version: null },
        { name: 'wine', version: 1 },
      ],
      loadGroups: ['plants'],
    });
    await expect.element(screen.getByRole('button', { name: titles.saveGroups })).toBeVisible();
    const headings = screen.getByRole('heading', { level: 3 }).elements();
    const parts = headings.filter((heading) => heading.querySelector('button'));
    expect(parts.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())).toEqual([
      `${titles.load} 2`,
      titles.save,
      titles.saveGroups,
      `${titles.loadGroups} 1`,
    ]);
    expect(screen.getByRole('combobox').elements()).toEqual([]);
  });

  test('a model to load is chosen by keyboard, with its version, and can be opened', async () => {
    const { screen, getModels, focused, opening } = await showForm('load');
    (screen.getByRole('button', { name: 'Add Group' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('Model to load, new model');
    expect(getModels()).toEqual(noModels);
    await userEvent.keyboard('ir{ArrowDown}{Enter}');
    expect(getModels()).toEqual({ ...noModels, load: [{ name: 'iris', version: null }] });
    await expect.poll(focused).toBe('Model to load, iris');
    const version = screen.getByRole('combobox', { name: 'Version of iris' });
    expect(
      version
        .getByRole('option')
        .elements()
        .map(({ textContent }) => textContent),
    ).toEqual(['latest', 'version 2', 'version 1']);
    await version.selectOptions('version 1');
    expect(getModels()).toEqual({ ...noModels, load: [{ name: 'iris', version: 1 }] });
    await screen.getByRole('button', { name: 'Open Model iris' }).click();
    expect(opening).toEqual([{ type: 'model', id: 'iris' }]);
  });

  test('a model to load may have a name that none has yet, and then cannot be opened', async () => {
    const { screen, getModels, opening } = await showForm('load');
    await screen.getByRole('button', { name: 'Add Group' }).click();
    await userEvent.keyboard('made later{Tab}');
    await expect.poll(getModels).toEqual({ ...noModels, load: [{ name: 'made later', version: null }] });
    const button = screen.getByRole('button', { name: 'Open Model made later' });
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    (button.element() as HTMLElement).click();
    expect(opening).toEqual([]);
  });

  test('a version that is not there is shown as it is, and another model begins with its latest one', async () => {
    const { screen, getModels } = await showForm('load', { load: [{ name: 'iris', version: 99 }] });
    await expect
      .element(screen.getByRole('combobox', { name: 'Version of iris' }))
      .toHaveDisplayValue('version 99');
    await screen.getByRole('combobox', { name: 'Model to load, iris' }).fill('wine');
    await userEvent.keyboard('{Enter}');
    await expect.poll(getModels).toEqual({ ...noModels, load: [{ name: 'wine', version: null }] });
  });

  test('a row that is begun and not named is none, and one that loses its name keeps it', async () => {
    const { screen, getModels } = await showForm('load', { load: [{ name: 'iris', version: 1 }] });
    await screen.getByRole('button', { name: 'Add Group' }).click();
    await screen.getByRole('button', { name: 'Add Group' }).click();
    const fields = screen.getByRole('combobox', { name: /^Model to load/ });
    expect(fields.elements().length).toBe(2);
    await fields.first().fill('');
    await userEvent.keyboard('{Tab}');
    await expect.element(fields.first()).toHaveValue('iris');
    const refused = 'A model needs a name of more than spaces';
    await expect.element(screen.getByText(`${refused}: it is still “iris”.`)).toBeVisible();
    await fields.last().fill('   ');
    await userEvent.keyboard('{Tab}');
    await expect.element(fields.last()).toHaveValue('');
    await expect.element(screen.getByText(`${refused}.`)).toBeVisible();
    await expect.element(fields.last()).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByText(refused).elements()).toHaveLength(1);
    expect(getModels()).toEqual({ ...noModels, load: [{ name: 'iris', version: 1 }] });
    await fields.last().fill('wine');
    await userEvent.keyboard('{Tab}');
    await expect.poll(() => screen.getByText(refused).elements()).toEqual([]);
  });

  test('a row is removed, and the focus goes to the one in its place, at last to what adds one', async () => {
    const load = ['iris', 'wine'].map((name) => ({ name, version: null }));
    const { screen, getModels, focused } = await showForm('load', { load });
    await screen.getByRole('button', { name: 'Remove iris' }).click();
    expect(getModels()?.load).toEqual(load.slice(1));
    await expect.poll(focused).toBe('Model to load, wine');
    await screen.getByRole('button', { name: 'Remove wine' }).click();
    await expect.element(screen.getByRole('button', { name: 'Add Group' })).toHaveFocus();
  });

  test('a model to save has one of three modes and a name', async () => {
    const { screen, getModels } = await showForm('save');
    await screen.getByRole('button', { name: 'Add Model', exact: true }).click();
    const mode = screen.getByRole('combobox', { name: 'How new model is saved' });
    expect(
      mode
        .getByRole('option')
        .elements()
        .map(({ textContent }) => textContent),
    ).toEqual(['Create New Model', 'Add New Model Version', 'Create Or Add Version']);
    await expect.element(mode).toHaveDisplayValue('Create Or Add Version');
    await mode.selectOptions('Create New Model');
    const name = screen.getByRole('combobox', { name: 'Model to save, new model' });
    await name.click();
    expect(screen.getByRole('listbox').elements()).toEqual([]);
    await userEvent.keyboard('trees{Enter}');
    expect(getModels()).toEqual({ ...noModels, save: [{ mode: 'create', name: 'trees' }] });
    await screen.getByRole('combobox', { name: 'How trees is saved' }).selectOptions('Add New Model Version');
    await screen.getByRole('combobox', { name: 'Model to save, trees' }).click();
    await screen.getByRole('option', { name: /^iris/ }).click();
    expect(getModels()).toEqual({ ...noModels, save: [{ mode: 'add-version', name: 'iris' }] });
  });

  test('a group to save has models, those that are saved here first', async () => {
    const { screen, getModels, focused } = await showForm('saveGroups', {
      save: [{ mode: 'create', name: 'trees' }],
    });
    await screen.getByRole('button', { name: 'Add Model Group' }).click();
    await userEvent.keyboard('forest{Enter}');
    const group = screen.getByRole('combobox', { name: 'Group to save, forest' });
    await expect.element(group).toHaveAccessibleDescription('Add the models that the script saves into it.');
    await expect.element(group).toHaveAttribute('aria-invalid', 'false');
    const add = screen.getByRole('combobox', { name: 'Add a model to forest' });
    await add.click();
    expect(
      screen
        .getByRole('option')
        .elements()
        .map(({ textContent }) => textContent.trim()),
    ).toEqual(['trees', 'iris', 'wine']);
    await screen.getByRole('option', { name: 'trees' }).click();
    await add.fill('wine');
    await userEvent.keyboard('{Enter}');
    expect(getModels()?.saveGroups).toEqual([{ name: 'forest', models: ['trees', 'wine'] }]);
    const list = screen.getByRole('list', { name: 'Models of forest' });
    await list.getByRole('button', { name: 'Remove trees' }).click();
    expect([getModels()?.saveGroups, focused()]).toEqual([
      [{ name: 'forest', models: ['wine'] }],
      'Add a model to forest',
    ]);
  });

  test('a group to load says which models come with it', async () => {
    const { screen, getModels } = await showForm('loadGroups');
    await screen.getByRole('button', { name: 'Add Model Group' }).click();
    await screen.getByRole('combobox', { name: 'Group to load, new group' }).click();
    await screen.getByRole('option', { name: 'plants' }).click();
    expect(getModels()).toEqual({ ...noModels, loadGroups: ['plants'] });
    await expect
      .element(screen.getByRole('combobox', { name: 'Group to load, plants' }))
      .toHaveAccessibleDescription('Loads iris.');
  });

  test('Escape closes the list of names, and then leads back to the cell', async () => {
    const { screen } = await showForm('load', { load: [{ name: 'iris', version: null }] });
    const field = screen.getByRole('combobox', { name: 'Model to load, iris' });
    await field.click();
    await expect.element(screen.getByRole('listbox')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('listbox').elements()).toEqual([]);
    await expect.element(field).toHaveFocus();
  });

  test('a row says what is wrong with it, and a folded part how much', async () => {
    const models = {
      load: [
        { name: 'none', version: null },
        { name: 'iris', version: 7 },
        { name: 'wine', version: 1 },
      ],
    };
    const { screen } = await showForm('load', models);
    const describe = (name: string) =>
      expect.element(screen.getByRole('combobox', { name: `Model to load, ${name}` }));
    await describe('none').toHaveAccessibleDescription(
      'There is no model “none”. Run the cell that saves it first, or choose another.',
    );
    await describe('iris').toHaveAccessibleDescription('The model “iris” has no version 7. Choose 2 or 1.');
    await describe('iris').toHaveAttribute('aria-invalid', 'true');
    await describe('wine').toHaveAttribute('aria-invalid', 'false');
    await screen.getByRole('button', { name: titles.load }).click();
    await expect.element(screen.getByRole('button', { name: `${titles.load} 2 problems 3` })).toBeVisible();
  });

  test('a model that another cell will save is no problem, and one that this cell saves alone is', async () => {
    const load = [{ name: 'later', version: null }];
    const train = buildModelCell('Train', {
      load,
      loadGroups: ['grown'],
      save: [{ mode: 'create', name: 'later' }],
    });
    const maker = buildModelCell('Make', {
      save: [{ mode: 'create', name: 'later' }],
      saveGroups: [{ name: 'grown', models: ['later'] }],
    });
    const alone = await showForm('load', { cells: [train] });
    const field = alone.screen.getByRole('combobox', { name: 'Model to load, later' });
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await alone.screen.unmount();
    const { screen } = await showForm('load', { cells: [train, maker] });
    const saved = 'It is not there yet: “Make” in “Notebook” saves it.';
    const later = screen.getByRole('combobox', { name: 'Model to load, later' });
    await expect.element(later).toHaveAccessibleDescription(saved);
    await expect.element(later).toHaveAttribute('aria-invalid', 'false');
    await screen.getByRole('button', { name: titles.loadGroups }).click();
    await expect
      .element(screen.getByRole('combobox', { name: 'Group to load, grown' }))
      .toHaveAccessibleDescription(saved);
  });

  test('a group whose name is too long says so, also without models', async () => {
    const name = 'g'.repeat(300);
    const { screen } = await showForm('saveGroups', { saveGroups: [{ name, models: [] }] });
    await expect
      .element(screen.getByRole('combobox', { name: `Group to save, ${name}` }))
      .toHaveAccessibleDescription('A name has at most 200 characters, and this one has 300.');
  });

  test('a name that is too long is not cut without a word, be it of emoji', async () => {
    const { screen } = await showForm('save');
    await screen.getByRole('button', { name: 'Add Model', exact: true }).click();
    await screen.getByRole('combobox', { name: 'Model to save, new model' }).fill('😀'.repeat(250));
    await userEvent.tab();
    await expect
      .element(screen.getByRole('combobox', { name: /^Model to save/ }))
      .toHaveAccessibleDescription('A name has at most 200 characters, and this one has 250.');
  });

  test('a name that is there twice is a problem, whatever saves it', async () => {
    const { screen } = await showForm('loadGroups', { loadGroups: ['plants', 'plants'] });
    const fields = screen.getByRole('combobox', { name: 'Group to load, plants' });
    await expect.element(fields.nth(0)).toHaveAccessibleDescription('Loads iris.');
    await expect
      .element(fields.nth(1))
      .toHaveAccessibleDescription('“plants” is in row 1 already. Remove one of them.');
  });
});
