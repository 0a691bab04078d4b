import { expect, test } from 'vitest';
import type { Preview } from '../../model/preview.ts';
import { PreviewStore } from './testing/PreviewStore.ts';
import { settle, showPreview } from './testing/show-preview.ts';

const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"></svg>';

function untrusted(): PreviewStore {
  const store = new PreviewStore();
  store.isTrusted = false;
  return store;
}

/** Shows something that is not trusted, and makes sure that nothing was asked, and no frame made for it. */
async function showKept(content: (store: PreviewStore) => Preview['content']) {
  const store = untrusted();
  const shown = await showPreview(content(store), store);
  const note = shown.screen.getByRole('note', { name: 'Not shown yet' });
  await expect.element(note).toBeVisible();
  await settle(() => shown.container.querySelectorAll('*').length);
  expect(shown.container.querySelectorAll('iframe, video, audio, img[src^="http"]')).toHaveLength(0);
  expect(store.asked).toEqual([]);
  return { ...shown, note };
}

test.each<[string, (store: PreviewStore) => Preview['content'], string]>([
  [
    'HTML',
    (store) => ({ type: 'html', text: store.keep('<script>top.document.title = "taken"</script>') }),
    'HTML, which can run scripts. Shown once you trust this notebook.',
  ],
  [
    'a plot',
    (store) => ({ type: 'plotly', text: store.keep('{"data": []}') }),
    'A plot of Plotly, which runs scripts. Shown once you trust this notebook.',
  ],
  [
    'a site',
    () => ({ type: 'iframe', url: 'https://a.example/page' }),
    'A page of another site. Shown once you trust this notebook. https://a.example/page',
  ],
  [
    'a text on another host',
    () => ({ type: 'remote', shownAs: 'html', language: null, url: 'https://a.example/x' }),
    'A text on another host. Shown once you trust this notebook. https://a.example/x',
  ],
  [
    'a film on another host',
    () => ({ type: 'video', source: { url: 'https://a.example/v.mp4' } }),
    'A video on another host. Shown once you trust this notebook. https://a.example/v.mp4',
  ],
  [
    'images on other hosts',
    () => ({ type: 'image', images: [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }] }),
    '2 images on other hosts. Shown once you trust this notebook.',
  ],
])('%s has a note in its place before it is trusted', async (_what, content, text) => {
  const { note } = await showKept(content);
  await expect.element(note).toHaveTextContent(text);
});

test('of images those that are at hand are drawn before the notebook is trusted', async () => {
  const { screen } = await showKept((store) => ({
    type: 'image',
    images: [
      { mediaType: 'image/svg+xml', data: store.keep(svg) },
      { url: 'https://a.example/i.png' },
      { url: pixel },
    ],
  }));
  await expect.element(screen.getByRole('figure', { name: 'Image 2' })).toBeVisible();
  expect(screen.getByRole('figure').elements()).toHaveLength(2);
});

test('images on other hosts in Markdown wait until the notebook is trusted; the rest of it does not', async () => {
  const store = untrusted();
  const text = store.keep(
    `# Title\n\n![plan](https://a.example/i.gif) ![](https://b.example/i.gif) ![here](${pixel})`,
  );
  const { container, screen } = await showPreview({ type: 'markdown', text }, store);
  await expect.element(screen.getByRole('heading', { name: 'Title' })).toBeVisible();
  await expect
    .element(screen.getByText('[Image “plan”: on another host, shown once you trust this notebook]'))
    .toBeVisible();
  await expect
    .element(screen.getByText('[Image: on another host, shown once you trust this notebook]'))
    .toBeVisible();
  expect([...container.querySelectorAll('img')].map((image) => image.getAttribute('src'))).toEqual([pixel]);
  expect(store.asked).toEqual([]);
});

test('what neither runs nor asks is shown as ever', async () => {
  const store = untrusted();
  const { screen, replace } = await showPreview({ type: 'json', text: store.keep('{"a": 1}') }, store);
  await expect.element(screen.getByRole('treeitem').first()).toBeVisible();
  await replace({ type: 'text', language: null, text: store.keep('plain words') });
  await expect.element(screen.getByText('plain words')).toBeVisible();
  const chart = { mark: 'bar', data: { values: [{ x: 1 }] }, encoding: { x: { field: 'x' } } };
  await replace({ type: 'vega-lite', text: store.keep(JSON.stringify(chart)) });
  await expect.element(screen.getByTitle('Chart')).toBeVisible();
  await expect.element(screen.getByRole('note', { name: 'Not shown yet' })).not.toBeInTheDocument();
});
