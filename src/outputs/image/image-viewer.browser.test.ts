import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { StoredImage } from '../../model/job.ts';
import { BlobHash } from '../../model/ids.ts';
import '../../ui/tokens.css';
import '../../ui/base.css';
import ImageList from './ImageList.svelte';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A picture of one colour. */
async function paint(width: number, height: number, colour: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('a canvas can be drawn on');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('a canvas can be read'));
    });
  });
}

function imageOf(name: string, content: Blob, details: Partial<StoredImage> = {}): StoredImage {
  const blob = BlobHash.from(name);
  return { name, mediaType: 'image/png', blob, byteSize: content.size, ...details };
}

interface Kept {
  readonly image: StoredImage;
  readonly content: Blob;
}

async function showList(kept: readonly Kept[], former: readonly Kept[] = []) {
  const all = new Map([...kept, ...former].map(({ image, content }) => [image, content]));
  return await render(ImageList, {
    images: kept.map(({ image }) => image),
    read: (image: StoredImage) => Promise.resolve(all.get(image) ?? new Blob()),
    loadFormer: () =>
      Promise.resolve(
        former.length > 0 ? { from: 'run of 11:03', images: former.map(({ image }) => image) } : null,
      ),
  });
}

async function keep(name: string, colour = 'red', details: Partial<StoredImage> = {}): Promise<Kept> {
  const content = await paint(200, 100, colour);
  return { image: imageOf(name, content, details), content };
}

function widthOf(element: Element): number {
  return element.getBoundingClientRect().width;
}

test('an image for a finer screen is as large as it was drawn for, and says what it shows', async () => {
  const screen = await showList([await keep('plot', 'red', { density: 2, alt: 'Sales of 2024' })]);
  const image = screen.getByRole('figure', { name: 'plot' }).getByRole('img', { name: 'Sales of 2024' });
  await expect.element(image).toBeVisible();
  await expect.poll(() => widthOf(image.element())).toBe(100);
});

test('an image is zoomed by buttons, keys and the wheel, moved by keys and the pointer, and fitted again', async () => {
  const screen = await showList([await keep('plot')]);
  await screen.getByRole('button', { name: 'Zoom plot' }).click();
  const dialog = screen.getByRole('dialog', { name: 'plot' });
  const scale = dialog.getByRole('status', { name: 'Scale' });
  const image = dialog.getByRole('img', { name: 'plot' });
  await dialog.getByRole('button', { name: '100 %' }).click();
  await expect.poll(() => widthOf(image.element())).toBe(200);
  await dialog.getByRole('button', { name: 'Larger' }).click();
  await userEvent.keyboard('+++');
  await expect.element(scale).toHaveTextContent('1600 %');
  const { left } = image.element().getBoundingClientRect();
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => image.element().getBoundingClientRect().left).toBeCloseTo(left - 60, 0);
  const stage = image.element().parentElement;
  if (!stage) throw new Error('an image stands on its stage');
  const point = { bubbles: true, cancelable: true, button: 0, pointerId: 1, clientX: 300, clientY: 300 };
  vi.spyOn(stage, 'setPointerCapture').mockImplementation(() => undefined);
  stage.dispatchEvent(new PointerEvent('pointerdown', point));
  stage.dispatchEvent(new PointerEvent('pointermove', { ...point, clientX: 320 }));
  stage.dispatchEvent(new PointerEvent('pointerup', point));
  await expect.poll(() => image.element().getBoundingClientRect().left).toBeCloseTo(left - 40, 0);
  const turn = new WheelEvent('wheel', { ...point, deltaY: 1000 });
  stage.dispatchEvent(turn);
  expect(turn.defaultPrevented).toBe(true);
  await expect.element(scale).toHaveTextContent('217 %');
  await userEvent.keyboard('0');
  await expect.element(scale).toHaveTextContent('100 %');
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
});

test('two fingers zoom', async () => {
  const screen = await showList([await keep('plot')]);
  await screen.getByRole('button', { name: 'Zoom plot' }).click();
  const dialog = screen.getByRole('dialog', { name: 'plot' });
  const image = dialog.getByRole('img', { name: 'plot' });
  await expect.element(image).toBeVisible();
  const stage = image.element().parentElement;
  if (!stage) throw new Error('an image stands on its stage');
  vi.spyOn(stage, 'setPointerCapture').mockImplementation(() => undefined);
  const touch = (type: string, pointerId: number, clientX: number): void => {
    stage.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY: 200, button: 0 }));
  };
  touch('pointerdown', 1, 100);
  touch('pointerdown', 2, 200);
  touch('pointermove', 2, 300);
  await expect.element(dialog.getByRole('status', { name: 'Scale' })).toHaveTextContent('200 %');
});

test('two images are compared side by side or by a slider, also with the run before', async () => {
  const kept = [await keep('plot'), await keep('other', 'green')];
  const screen = await showList(kept, [await keep('plot', 'blue', { blob: BlobHash.from('former') })]);
  await screen.getByRole('button', { name: 'Zoom plot' }).click();
  const dialog = screen.getByRole('dialog', { name: 'plot' });
  const choice = dialog.getByRole('combobox', { name: 'Compare with' });
  await expect.element(choice.getByRole('option', { name: 'plot, run of 11:03' })).toBeInTheDocument();
  await choice.selectOptions('other');
  await expect
    .element(dialog.getByRole('figure', { name: 'other' }).getByRole('img', { name: 'other' }))
    .toBeVisible();
  await choice.selectOptions('plot, run of 11:03');
  const former = dialog.getByRole('figure', { name: 'plot, run of 11:03' }).getByRole('img');
  await expect.element(former).toBeVisible();
  await dialog.getByRole('button', { name: 'Larger' }).click();
  await userEvent.keyboard('1');
  await expect.poll(() => widthOf(former.element())).toBe(200);

  await dialog.getByRole('button', { name: 'Slider' }).click();
  const divider = dialog.getByRole('slider', { name: 'Divider' });
  await expect.element(divider).toHaveValue('0.5');
  const [under, over] = dialog.getByRole('img', { name: 'plot' }).elements();
  if (!under || !over?.parentElement) throw new Error('one image lies over the other');
  expect(over.getBoundingClientRect()).toEqual(under.getBoundingClientRect());
  const edge = /([\d.]+)px\)$/.exec(over.parentElement.style.clipPath)?.[1];
  expect(Number(edge) / widthOf(over.parentElement)).toBeCloseTo(0.5, 1);
  await dialog.getByRole('button', { name: 'Close' }).click();
});

test('an image is copied as PNG, and one that cannot be copied says why', async () => {
  const write = vi.spyOn(navigator.clipboard, 'write').mockResolvedValue();
  const { content } = await keep('plot');
  const jpeg = await createImageBitmap(content).then(async (bitmap) => {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    return await canvas.convertToBlob({ type: 'image/jpeg' });
  });
  const screen = await showList([
    { image: imageOf('photo', jpeg, { mediaType: 'image/jpeg' }), content: jpeg },
  ]);
  await screen.getByRole('button', { name: 'Copy photo' }).click();
  await expect.element(screen.getByText('Copied')).toBeVisible();
  const [item] = write.mock.calls[0]?.[0] ?? [];
  const copied = await item?.getType('image/png');
  expect(copied && (await createImageBitmap(copied)).width).toBe(200);
  write.mockRejectedValue(new Error('The page is not in front.'));
  await screen.getByRole('button', { name: 'Copy photo' }).click();
  await expect.element(page.getByText('Not copied: The page is not in front.')).toBeVisible();
});

test('an image of too many pixels is not drawn, can be downloaded, and says so', async () => {
  const header = Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82],
    ...[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30],
  ]);
  const content = new Blob([header]);
  const screen = await showList([{ image: imageOf('giant', content), content }]);
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent(
      'The image “giant” has 30,000 × 30,000 pixels, too many to be drawn here. Download it, or make it smaller.',
    );
  await expect.element(screen.getByRole('button', { name: 'Download giant' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Zoom giant' })).not.toBeInTheDocument();
});
