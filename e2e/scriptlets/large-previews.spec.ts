import { expect, testInUse as test } from '../fixtures.ts';
import { writeScriptlet } from './write-scriptlet.ts';

test('a film of 200 MB and 10 MB of JSON are shown, sought in and searched', async ({ notebook }) => {
  const cell = await writeScriptlet(notebook, {
    title: 'large',
    source: `import struct


def main(params, context):
    # Browsers look at what a film holds, not at its name: this one is 25,000 s of silence. 200 MB of pictures would take
    # minutes to encode; that those of a real film are drawn is shown in previews.spec.ts.
    with open("film.mp4", "wb") as film:
        size = 200_000_000
        film.write(b"RIFF" + struct.pack("<I", size + 36) + b"WAVEfmt ")
        film.write(struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", size))
        block = bytes([128]) * 10_000_000
        for _ in range(20):
            film.write(block)
    context.preview({"type": "video", "data": "film.mp4"})
    rows = [{"id": number, "name": f"row number {number:,}", "value": [number / 7] * 5} for number in range(69_000)]
    context.preview({"type": "json", "data": rows})
    import os
    os.remove("film.mp4")`,
  });
  await notebook.waitForPython();
  await cell.run();
  await cell.expectState('Done');
  const places = cell.tabPanel.getByRole('list', { name: 'Previews' }).locator('> li');
  const film = places.first().getByLabel('Video', { exact: true });
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.duration)).toBe(25_000);
  await film.evaluate((video: HTMLVideoElement) => (video.currentTime = 20_000));
  await expect
    .poll(() => film.evaluate((video: HTMLVideoElement) => [video.seeking, video.currentTime]))
    .toEqual([false, 20_000]);

  const json = places.nth(1);
  await json.scrollIntoViewIfNeeded();
  await json.getByLabel('Search names and values').fill('row number 67,321');
  await expect(json).toContainText('1 of 1');
  await expect(json.getByRole('tree')).toContainText('row number 67,321');
});
