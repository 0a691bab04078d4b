import { readFile } from 'node:fs/promises';
import { expect, testInUse as test } from './fixtures.ts';

/** A red picture of 40 × 20 pixels, made with Python's own library. */
const drawing = `import struct, zlib
from onelogic.odpf import ImageType

def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

row = b"\\x00" + b"\\xd0\\x20\\x20" * 40
picture = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 20, 8, 2, 0, 0, 0))
picture += chunk(b"IDAT", zlib.compress(row * 20)) + chunk(b"IEND", b"")
od_output.add_image("red", ImageType.PNG, picture)
from onelogic.odpf.common import ODDataset
od_output.add_data("output", ODDataset([[1]], ["x"]))
`;

test('an image is shown, zoomed, downloaded, and kept over a reload', async ({ notebook, page }) => {
  const cell = await notebook.addScript(drawing);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Image List').click();
  const image = cell.root.getByRole('img', { name: 'red' });
  await expect(image).toBeVisible();

  await cell.root.getByRole('button', { name: 'Zoom red' }).click();
  const dialog = page.getByRole('dialog', { name: 'red' });
  await dialog.getByRole('button', { name: '100 %' }).click();
  await dialog.getByRole('button', { name: 'Larger' }).click();
  await expect(dialog.getByRole('status', { name: 'Scale' })).toHaveText('200 %');
  expect((await dialog.getByRole('img', { name: 'red' }).boundingBox())?.width).toBe(80);
  await page.keyboard.press('0');
  await expect(dialog.getByRole('status', { name: 'Scale' })).toHaveText('100 %');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  const downloading = page.waitForEvent('download');
  await cell.root.getByRole('button', { name: 'Download red' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('red.png');
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');

  await page.reload();
  await cell.tab('Image List').click();
  await expect(image).toBeVisible();
  expect(
    await image.evaluate((element: HTMLImageElement) => [element.naturalWidth, element.naturalHeight]),
  ).toEqual([40, 20]);
});
