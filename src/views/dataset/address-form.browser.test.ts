import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { FetchWatch } from '../../model/fetch-watch.ts';
import { createDeferred } from '../../shared/deferred.ts';
import AddressButton from './AddressButton.svelte';

interface Asked {
  readonly url: string;
  readonly watch: FetchWatch;
  readonly answer: (problem: string | null) => void;
}

async function setup() {
  const asked: Asked[] = [];
  const screen = await render(AddressButton, {
    onUrl: (url: string, watch: FetchWatch) => {
      const { promise, resolve } = createDeferred<string | null>();
      asked.push({ url, watch, answer: resolve });
      return promise;
    },
  });
  await screen.getByRole('button', { name: 'From an address…' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Import from an address' });
  await dialog.getByRole('textbox', { name: 'Address of a file' }).fill('https://open.example/a.csv');
  await dialog.getByRole('button', { name: 'Fetch' }).click();
  return { asked, dialog };
}

it('a file is fetched from its address, with what has come of it', async () => {
  const { asked, dialog } = await setup();
  const [one] = asked;
  expect(one?.url).toBe('https://open.example/a.csv');
  await expect.element(dialog).toHaveTextContent('Asking the host…');
  one?.watch.onProgress?.({ doneBytes: 1_500_000, allBytes: 4_000_000 });
  await expect.element(dialog).toHaveTextContent('1.5 MB of 4.0 MB');
  await expect.element(dialog.getByRole('progressbar', { name: 'Fetched so far' })).toHaveValue(1_500_000);
  one?.watch.onProgress?.({ doneBytes: 2_000_000, allBytes: null });
  await expect.element(dialog).toHaveTextContent('2.0 MB so far');
  one?.answer(null);
  await expect.element(dialog).not.toBeInTheDocument();
});

it('a file that is fetched can be given up, and one that could not be fetched says why', async () => {
  const { asked, dialog } = await setup();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(asked[0]?.watch.signal?.aborted).toBe(true);
  await dialog.getByRole('button', { name: 'Fetch' }).click();
  // What comes of the one that was given up says nothing about the other.
  asked[0]?.answer('The first failed.');
  asked[1]?.answer('The file could not be fetched: open.example answered with 404 Not Found.');
  await expect.element(dialog.getByRole('alert')).toHaveTextContent('answered with 404 Not Found.');
});
