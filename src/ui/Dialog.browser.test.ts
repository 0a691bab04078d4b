import { createRawSnippet } from 'svelte';
import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import Dialog from './Dialog.svelte';

async function showDialog() {
  const heard: string[] = [];
  const screen = await render(Dialog, {
    title: 'Files',
    onClose: () => heard.push('close'),
    children: createRawSnippet(() => ({ render: () => '<label>Upload <input type="file" /></label>' })),
  });
  const dialog = screen.getByRole('dialog', { name: 'Files' }).element() as HTMLDialogElement;
  return { dialog, heard };
}

test('Escape closes a dialog at once, so that what the next key opens stays open', async () => {
  const { dialog, heard } = await showDialog();
  dialog.requestClose();
  expect(heard).toEqual(['close']);
  expect(dialog.open).toBe(true);
});

test('giving up the choice of a file leaves the dialog open', async () => {
  const { dialog, heard } = await showDialog();
  dialog.querySelector('input')?.dispatchEvent(new Event('cancel', { bubbles: true }));
  expect(heard).toEqual([]);
  expect(dialog.open).toBe(true);
});

test('a press beside the dialog closes it, and a selection that is dragged out of it does not', async () => {
  const { dialog, heard } = await showDialog();
  const press = (target: Element): void => {
    target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    dialog.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  };
  press(dialog.querySelector('input') ?? dialog);
  expect(heard).toEqual([]);
  press(dialog);
  expect(heard).toEqual(['close']);
});

test('the focus stays in a dialog when what has it there goes', async () => {
  const { dialog } = await showDialog();
  dialog.querySelector('input')?.focus();
  dialog.querySelector('label')?.remove();
  await expect.poll(() => document.activeElement).toBe(dialog);
});

test('the focus goes back to what opened a dialog, or to what is left around that', async () => {
  document.body.innerHTML = '<section tabindex="0"><button>Import</button></section>';
  const opener = document.querySelector('button');
  const around = document.querySelector('section');
  const open = async () => {
    opener?.focus();
    return await render(Dialog, {
      title: 'Files',
      onClose: () => undefined,
      children: createRawSnippet(() => ({ render: () => '<p>None</p>' })),
    });
  };
  await (await open()).unmount();
  expect(document.activeElement).toBe(opener);
  const screen = await open();
  opener?.remove();
  await screen.unmount();
  expect(document.activeElement).toBe(around);
});
