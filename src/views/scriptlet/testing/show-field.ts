import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import type { InputHandle, InputValue } from '../../../model/handles.ts';
import type { NotebookFile } from '../../../model/scriptlet.ts';
import { buildHash, buildInput } from '../../../model/testing/builders.ts';
import '../../../ui/base.css';
import '../../../ui/tokens.css';
import ValueField from '../ValueField.svelte';

export const sales: NotebookFile = { path: 'sales.csv', blob: buildHash('a'), byteSize: 2_000 };

/** The field of an input, in a notebook with these files, as wide as the configuration. */
export async function showField(partial: Partial<InputHandle>, files: readonly NotebookFile[] = [sales]) {
  document.body.innerHTML = '<div id="place" style="width: 256px"></div>';
  const target = document.querySelector('#place');
  if (!target) throw new Error('it was just made');
  let input = buildInput('x', partial);
  let known = files;
  const given: (InputValue | null)[] = [];
  const uploaded: string[] = [];
  const asked: string[] = [];
  const getProps = () => ({
    input,
    files: known,
    onChange: (value: InputValue | null) => {
      given.push(value);
      input = { ...input, value };
      void screen.rerender(getProps());
    },
    onUpload: async (added: readonly File[]) => {
      const texts = await Promise.all(added.map(async (file) => `${file.name}: ${await file.text()}`));
      uploaded.push(...texts);
      if (texts.some((text) => text.includes('too large')))
        return [`${texts.join()} was not added: it is too large.`];
      known = [
        ...known,
        ...added.map(({ name, size }) => ({ path: name, blob: buildHash('b'), byteSize: size })),
      ];
      await screen.rerender(getProps());
      return [];
    },
    onChooseDataset: () => asked.push('dataset'),
  });
  const screen = await render(ValueField, { target, props: getProps() });
  const field = screen.getByLabelText('Value of x', { exact: true });
  return {
    screen,
    field,
    given,
    uploaded,
    asked,
    target,
    press: async (name: string) => {
      await screen.getByRole('button', { name, exact: true }).click();
    },
    /** Whether what the field holds is wrong, and what is said of it. */
    said: () => {
      const element = field.element();
      const said = document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent;
      return [element.getAttribute('aria-invalid'), said?.trim()];
    },
    setFiles: async (next: readonly NotebookFile[]) => {
      known = next;
      await screen.rerender(getProps());
    },
  };
}

export function json(text: string): InputValue {
  return { kind: 'json', text };
}

export async function type(text: string): Promise<void> {
  await userEvent.keyboard(text);
}
