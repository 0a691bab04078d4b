import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import { NotebookId } from '../../model/ids.ts';
import { buildHash, buildOutput } from '../../model/testing/builders.ts';
import type { OfferedDataset } from '../../session/NotebookDatasets.ts';
import '../../ui/base.css';
import '../../ui/tokens.css';
import DatasetDialog from './DatasetDialog.svelte';

function buildOffer(digit: string, note: string): OfferedDataset {
  const { summary, blob, byteSize } = buildOutput('rows', buildHash(digit));
  return { title: '', cellTitle: 'Split', handle: 'rows', note, madeAt: 0, summary, blob, byteSize };
}

test('datasets of one cell and handle are told apart, and found, by whom they are for', async () => {
  const datasets = [buildOffer('a', 'for Left: in'), buildOffer('b', 'for Right: in'), buildOffer('c', '')];
  const others = Array.from({ length: 6 }, (_, index) => buildOffer('d', `cell ${index}`));
  const chosen: string[] = [];
  const screen = await render(DatasetDialog, {
    name: 'input',
    hint: 'It is kept as it is now.',
    list: () =>
      Promise.resolve([
        {
          notebookId: NotebookId.from('notebook'),
          notebookTitle: 'Notebook',
          isOpen: true,
          datasets: [...datasets, ...others],
        },
      ]),
    onChoose: ({ note }) => {
      chosen.push(note);
      return Promise.resolve(null);
    },
    onClose: () => chosen.push('close'),
  });
  const list = screen.getByRole('region', { name: 'This notebook' });
  await expect.element(list).toBeVisible();
  await expect.element(screen.getByText('It is kept as it is now.')).toBeVisible();
  const read = () =>
    [...list.element().querySelectorAll('.dataset > :first-child')].map(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );
  expect(read().slice(0, 3)).toEqual([
    'Split: rows for Left: in',
    'Split: rows for Right: in',
    'Split: rows',
  ]);
  await screen.getByRole('searchbox', { name: 'Find a dataset' }).fill('right');
  await expect.poll(read).toEqual(['Split: rows for Right: in']);
  await list.getByRole('button').click();
  await expect.poll(() => chosen).toEqual(['for Right: in', 'close']);
});
