import { render } from 'vitest-browser-svelte';
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { buildCell, buildNotebook } from '../../model/testing/builders.ts';
import ConfigurationPane from '../ConfigurationPane.svelte';
import { CellSelection } from '../CellSelection.svelte.ts';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';
import WorkspacePane from '../WorkspacePane.svelte';

async function showProfiles() {
  const opened = await openWorkspace(buildNotebook(['cell']));
  const screen = await render(ViewHost<Parameters<typeof WorkspacePane>[1]>, {
    workspace: opened.workspace,
    view: WorkspacePane,
    viewProps: { onChosen: () => undefined },
  });
  const button = screen.getByRole('button', { name: /^Profile: / });
  await button.click();
  const dialog = screen.getByRole('dialog', { name: 'Profiles' });
  await expect.element(dialog).toBeVisible();
  return { ...opened, screen, button, dialog };
}

type Shown = Awaited<ReturnType<typeof showProfiles>>;

/** The profiles as they are listed; the active one has a star. */
function listProfiles({ dialog }: Shown): string[] {
  return [...dialog.element().querySelectorAll('li')].map((item) => {
    const names = item.querySelector('label')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    return item.querySelector('input')?.checked ? `${names}*` : names;
  });
}

async function addProfile({ screen, dialog }: Shown, displayName: string, username?: string): Promise<void> {
  await dialog.getByRole('button', { name: 'New profile' }).click();
  const form = screen.getByRole('dialog', { name: 'New profile' });
  await form.getByLabelText('Display name').fill(displayName);
  if (username !== undefined) await form.getByLabelText('Username').fill(username);
  await form.getByRole('button', { name: 'Save' }).click();
}

async function act({ screen, dialog }: Shown, name: string, action: string): Promise<void> {
  await dialog.getByRole('button', { name: `Actions for ${name}` }).click();
  await screen.getByRole('menuitem', { name: action }).click();
}

describe('profiles', () => {
  test('begin with one, and are added, switched and changed', async () => {
    const shown = await showProfiles();
    const { screen, workspace, button, dialog } = shown;
    expect(listProfiles(shown)).toEqual(['You you*']);
    await addProfile(shown, 'Zoë de Vries');
    await expect.poll(() => listProfiles(shown)).toEqual(['You you*', 'Zoë de Vries zoe.de.vries']);
    await dialog.getByRole('radio', { name: /Zoë/ }).click();
    await expect.poll(() => listProfiles(shown)).toEqual(['You you', 'Zoë de Vries zoe.de.vries*']);
    await act(shown, 'Zoë de Vries', 'Edit');
    const form = screen.getByRole('dialog', { name: 'Profile Zoë de Vries' });
    await expect.element(form.getByLabelText('Username')).toHaveValue('zoe.de.vries');
    await form.getByLabelText('Display name').fill('Zoë');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => listProfiles(shown)).toEqual(['You you', 'Zoë zoe.de.vries*']);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.element(button).toHaveTextContent('Profile: Zoë');
    expect(workspace.profiles.active.username).toBe('zoe.de.vries');
  });

  test('are switched by the keyboard, and the focus comes back to where it was', async () => {
    const shown = await showProfiles();
    await addProfile(shown, 'Ada');
    await expect.poll(() => listProfiles(shown)).toHaveLength(2);
    await expect.element(shown.dialog.getByRole('button', { name: 'New profile' })).toHaveFocus();
    shown.dialog.getByRole('radio', { name: /You/ }).element().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(() => listProfiles(shown)).toEqual(['You you', 'Ada ada*']);
    await userEvent.keyboard('{Escape}');
    await expect.element(shown.button).toHaveFocus();
  });

  test('have names that are said to be wrong where they stand', async () => {
    const shown = await showProfiles();
    await addProfile(shown, 'Me', 'YOU');
    const form = shown.screen.getByRole('dialog', { name: 'New profile' });
    const username = form.getByLabelText('Username');
    await expect.element(username).toHaveFocus();
    await expect
      .element(username)
      .toHaveAccessibleDescription(/^Another profile has the username “you”\. Give a different one\./);
    await form.getByLabelText('Display name').fill(' ');
    await username.fill('me');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.element(form.getByLabelText('Display name')).toHaveAccessibleDescription('Give a name.');
    expect(listProfiles(shown)).toEqual(['You you*']);
  });

  test('are deleted and brought back, though never the active one', async () => {
    const shown = await showProfiles();
    await addProfile(shown, 'Ada');
    await expect.poll(() => listProfiles(shown)).toHaveLength(2);
    await act(shown, 'You', 'Delete');
    await expect
      .element(shown.dialog.getByRole('alert'))
      .toHaveTextContent('“You” is active. Switch to another profile first.');
    await act(shown, 'Ada', 'Delete');
    await expect.poll(() => listProfiles(shown)).toEqual(['You you*']);
    await expect.element(shown.dialog.getByRole('alert')).not.toBeInTheDocument();
    await expect.element(shown.dialog.getByRole('radio', { name: /You/ })).toHaveFocus();
    await shown.dialog.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => listProfiles(shown)).toEqual(['You you*', 'Ada ada']);
  });
});

describe('a real server', () => {
  test('is connected with a token that is shown nowhere, and disconnected', async () => {
    const shown = await showProfiles();
    const { screen, dialog, workspace } = shown;
    await dialog.getByRole('button', { name: 'Connect a real server…' }).click();
    const form = screen.getByRole('dialog', { name: 'Connect a real server' });
    await form.getByLabelText('Token (optional)').fill('abc.def.ghi');
    await form.getByRole('button', { name: 'Connect' }).click();
    await expect
      .element(form.getByLabelText('Address'))
      .toHaveAccessibleDescription(/^Give the address of the server/);
    await form.getByLabelText('Address').fill('https://od.example/');
    await form.getByRole('button', { name: 'Connect' }).click();
    await expect.element(dialog).toHaveTextContent('onedata-server:8080 leads to https://od.example');
    await expect
      .element(dialog)
      .toHaveTextContent('What runs as the profile “You” gets the token that you gave');
    expect(document.documentElement.outerHTML).not.toContain('abc.def');
    expect(workspace.server.connection).toMatchObject({ baseUrl: 'https://od.example', hasToken: true });
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await expect.element(dialog.getByRole('button', { name: 'Connect a real server…' })).toHaveFocus();
    expect(workspace.server.connection).toBeNull();
  });
});

describe('the configuration of a Data Generator', () => {
  test('says as whom it runs, and whose token it gets', async () => {
    const { workspace, session } = await openWorkspace(buildNotebook([], { cells: [buildCell('cell')] }));
    const screen = await render(ViewHost<Parameters<typeof ConfigurationPane>[1]>, {
      workspace,
      view: ConfigurationPane,
      viewProps: {
        session,
        cell: session.notebook.cells[0] ?? null,
        selection: new CellSelection(),
        onClose: () => undefined,
      },
    });
    const pane = screen.getByRole('complementary', { name: 'Configuration' });
    await expect
      .element(pane)
      .toHaveTextContent('Runs as the profile You Its od_authorization is a token of this profile');
    await workspace.profiles.add({ username: 'ada', displayName: 'Ada' });
    const ada = workspace.profiles.profiles[1];
    if (ada) workspace.profiles.switchTo(ada.id);
    await expect.element(pane).toHaveTextContent('Runs as the profile Ada');
    workspace.server.connect('https://od.example', 'abc.def.ghi');
    await expect.element(pane).toHaveTextContent('is the token that you gave for https://od.example');
  });
});
