import { expect, test } from 'vitest';
import { showPreview } from '../testing/show-preview.ts';

test('a site is asked for by its name before it is loaded, and can be closed', async () => {
  const { screen, container } = await showPreview({ type: 'iframe', url: 'https://x@a.example/b?c=d' });
  await expect.element(screen.getByText('https://a.example/b?c=d')).toBeVisible();
  const link = screen.getByRole('link', { name: 'Open in a new tab' }).element();
  expect(['href', 'target', 'rel'].map((name) => link.getAttribute(name))).toEqual([
    'https://a.example/b?c=d',
    '_blank',
    'noopener noreferrer',
  ]);
  expect(container.querySelector('iframe')).toBe(null);

  await screen.getByRole('button', { name: 'Load https://a.example' }).click();
  const site = () => container.querySelector('iframe')?.contentDocument?.querySelector('iframe');
  await expect.poll(() => site()?.getAttribute('src')).toBe('https://a.example/b?c=d');
  expect(site()?.getAttribute('sandbox')).toBe('allow-scripts allow-same-origin allow-forms allow-popups');

  await screen.getByRole('button', { name: 'Close a.example' }).click();
  expect(container.querySelector('iframe')).toBe(null);
});

test('another address is asked for again', async () => {
  const { screen, container, replace } = await showPreview({ type: 'iframe', url: 'https://a.example/' });
  await screen.getByRole('button', { name: 'Load https://a.example' }).click();
  await replace({ type: 'iframe', url: 'https://b.example/' });
  await expect.element(screen.getByRole('button', { name: 'Load https://b.example' })).toBeVisible();
  expect(container.querySelector('iframe')).toBe(null);
});

test('the own origin is not embedded, but may be opened', async () => {
  const { screen } = await showPreview({ type: 'iframe', url: `${location.origin}/index.html` });
  await expect.element(screen.getByText('cannot be shown in this page')).toBeVisible();
  await expect.element(screen.getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
  expect(screen.getByRole('button').elements()).toEqual([]);
});

test('what is no site says so', async () => {
  const { screen } = await showPreview({ type: 'iframe', url: 'javascript:alert(1)' });
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent(
      '“javascript:alert(1)” cannot be shown: sites have addresses that begin with https:// or http://.',
    );
});
