import { expect, test } from 'vitest';
import { BlobHash } from '../../../model/ids.ts';
import ImageList from '../../image/ImageList.svelte';
import { render } from 'vitest-browser-svelte';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { settle, showPreview } from '../testing/show-preview.ts';

const svg = (inner = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/>${inner}</svg>`;

test('images are drawn, each under its number', async () => {
  const store = new PreviewStore();
  const image = { mediaType: 'image/svg+xml', data: store.keep(svg()) };
  const { screen } = await showPreview({ type: 'image', images: [image, image] }, store);
  await expect.element(screen.getByRole('img', { name: 'Image 1' })).toBeVisible();
  await expect.element(screen.getByRole('img', { name: 'Image 2' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Zoom Image 2' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Download Image 2' })).toBeVisible();
});

test('no image says so', async () => {
  const { screen } = await showPreview({ type: 'image', images: [] });
  await expect.element(screen.getByText('No images')).toBeVisible();
});

test('a script in SVG does not run, and an image that claims to be a page is none', async () => {
  const store = new PreviewStore();
  const attack = '<script>top.document.title = "taken"; document.title = "taken"</script>';
  const images = [
    { mediaType: 'image/svg+xml', data: store.keep(svg(attack)) },
    { mediaType: 'text/html', data: store.keep(attack) },
  ];
  const { screen, container } = await showPreview({ type: 'image', images }, store);
  await expect.element(screen.getByRole('img', { name: 'Image 1' })).toBeVisible();
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent('The image “Image 2” cannot be drawn: its bytes are damaged.');
  expect(document.title).not.toBe('taken');
  expect(container.querySelector('svg rect, object, embed, iframe')).toBe(null);
});

test('an image on another host comes through the gate, and is asked for again', async () => {
  const store = new PreviewStore();
  const url = 'https://a.example/i.svg';
  const { screen } = await showPreview({ type: 'image', images: [{ url }] }, store);
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent('The workspace does not allow a.example.');
  store.remote.set(url, new Blob([svg()], { type: 'image/svg+xml' }));
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('img', { name: 'Image' })).toBeVisible();
  expect(store.asked).toEqual([url, url]);
});

test.each(['javascript:alert(1)', '/favicon.svg', 'file:///etc/passwd'])(
  'an image at %s is not drawn',
  async (url) => {
    const { screen } = await showPreview({ type: 'image', images: [{ url }] });
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent(`This image has an address that leads nowhere here: “${url}”.`);
  },
);

test('of a list of 1,000 images only those near what is seen are drawn', async () => {
  const bytes = new Blob([svg()], { type: 'image/svg+xml' });
  const images = Array.from({ length: 1000 }, (_, index) => ({
    name: `picture ${String(index)}`,
    mediaType: 'image/png' as const,
    blob: BlobHash.from(String(index)),
    byteSize: bytes.size,
  }));
  const container = document.createElement('div');
  document.body.append(container);
  const screen = await render(ImageList, {
    target: container,
    props: { images, read: () => Promise.resolve(bytes) },
  });
  await expect.element(screen.getByRole('figure', { name: 'picture 0', exact: true })).toBeVisible();
  await expect.poll(() => container.querySelectorAll('li').length).toBe(1000);
  expect(await settle(() => container.querySelectorAll('figure').length)).toBeLessThan(100);
  container.remove();
});
