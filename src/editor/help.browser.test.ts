import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { CellId } from '../model/ids.ts';
import '../ui/tokens.css';
import { SpecificationHelp } from './specification/SpecificationHelp.ts';
import EditorWithModels from './testing/EditorWithModels.svelte';

const patient = { timeout: 15_000 };

test('a specification is helped along: properties, words and columns are offered, and said what they are for', async () => {
  const checker = new SpecificationHelp();
  let written = '';
  const help = {
    complete: (text: string, offset: number) => checker.complete(text, offset, ['city', 'amount']),
    describe: (text: string, offset: number) => checker.describe(text, offset),
  };
  await render(EditorWithModels, {
    cellId: CellId.from('chart'),
    source: '{\n  "encoding": {"x": {"field": \n  }}\n}',
    language: 'json',
    label: 'Specification',
    mark: null,
    position: { line: 2, column: 32 },
    theme: 'light',
    isFocused: true,
    help,
    commands: { run: () => undefined, runAndGoOn: () => undefined, leave: () => undefined },
    onChange: (source: string) => (written = source),
  });
  await expect.poll(() => document.querySelector('.monaco-editor'), patient).not.toBe(null);
  await expect.poll(() => document.activeElement?.ariaLabel, patient).toBe('Specification');
  await userEvent.keyboard('"');
  const isOffered = async () => {
    // The first letter may come before there is somebody to ask.
    await userEvent.keyboard('{Control>}[Space]{/Control}');
    return page.getByRole('option', { name: /^city/ }).query() !== null;
  };
  await expect.poll(isOffered, { ...patient, interval: 1_000 }).toBe(true);
  await userEvent.keyboard('am{Enter}');
  await expect.poll(() => written).toContain('"field": "amount"');
  checker.dispose();
});
