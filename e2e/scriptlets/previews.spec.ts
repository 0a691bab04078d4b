import type { FrameLocator, Locator } from '@playwright/test';
import { expect, testInUse as test } from '../fixtures.ts';
import { recordFilm } from './record-film.ts';

const writeScript = (film: string): string => `import base64
import json
import math
import struct
import wave

import pandas as pd
from oocana import Context


def main(params, context: Context):
    context.preview(pd.DataFrame({"A": [1, 2, 3], "B": [4, 5, 6]}))
    context.preview({"type": "text", "data": "plain text"})
    context.preview({"type": "text/python", "data": "print(1)"})
    context.preview({"type": "json", "data": {"big": 2**70, "nan": math.nan, "list": [1, 2]}})
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
    context.preview({"type": "image", "data": [f"data:image/png;base64,{dot}", dot]})
    with wave.open("tone.wav", "wb") as tone:
        tone.setnchannels(1)
        tone.setsampwidth(2)
        tone.setframerate(8000)
        tone.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(n / 3))) for n in range(8000)))
    context.preview({"type": "audio", "data": "tone.wav"})
    context.preview({"type": "markdown", "data": "# Title\\n\\nThe area is $\\\\pi r^2$."})
    context.preview({"type": "html", "data": "<h1>Held apart</h1><script>document.body.append('ran')</script>"})
    with open("page.html", "w") as page:
        page.write("<h1>From a file</h1>")
    context.preview({"type": "iframe", "data": "page.html"})
    context.preview({"type": "iframe", "data": "https://example.org/"})
    context.preview({"type": "csv", "data": "x,y\\n1,2\\n3,4\\n"})
    spec = {"data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 5}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "ordinal"}, "y": {"field": "b", "type": "quantitative"}}}
    context.preview({"type": "vega-lite", "data": spec})
    context.preview({"type": "plotly", "data": {"data": [{"type": "bar", "y": [2, 3, 1]}], "layout": {}}})
    context.preview({"type": "unheard-of", "data": {"a": 1}})
    with open("film.webm", "wb") as film:
        film.write(base64.b64decode("${film}"))
    context.preview({"type": "video", "data": "film.webm"})
    context.preview({"type": "video", "data": "missing.mp4"})
    context.preview({"type": "text", "data": "first"}, id="same")
    context.preview({"type": "text", "data": "second"}, id="same")`;

/** Waits until a chart is drawn in its frame, which has room for it; gives its frame's content. */
async function findDrawn(place: Locator): Promise<FrameLocator> {
  const chart = place.locator('[aria-busy="false"]:has(> iframe)');
  await expect(chart).toBeVisible({ timeout: 30_000 });
  // It is made as high as what is drawn once that is there.
  await expect
    .poll(async () => (await chart.locator('iframe').boundingBox())?.height ?? 0)
    .toBeGreaterThan(150);
  return chart.frameLocator('iframe').frameLocator('iframe');
}

/** How much of the frame that a film shows has a colour, between 0 and 1. */
async function measureColour(film: Locator): Promise<number> {
  return await film.evaluate((element) => {
    if (!(element instanceof HTMLVideoElement)) throw new Error('it is no film');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.max(1, element.videoWidth), Math.max(1, element.videoHeight)];
    const context = canvas.getContext('2d');
    context?.drawImage(element, 0, 0);
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    // Not transparent, and no grey.
    for (let at = 0; at < pixels.length; at += 4) {
      const [red = 0, , blue = 0, alpha = 0] = pixels.slice(at, at + 4);
      if (alpha > 200 && Math.abs(red - blue) > 40) count += 1;
    }
    return count / (pixels.length / 4);
  });
}

/** Whether a plot of three bars answers the pointer: by a label, by zooming in where it drags, and back out. */
async function checkPointer(drawn: FrameLocator): Promise<void> {
  const plane = drawn.locator('.nsewdrag');
  await plane.scrollIntoViewIfNeeded();
  await plane.hover();
  await expect(drawn.locator('.hoverlayer .hovertext')).toHaveText('(1, 3)');
  const ticks = drawn.locator('.xtick');
  const readTicks = async () => (await ticks.allTextContents()).toSorted();
  const before = await readTicks();
  const box = (await plane.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { mouse } = plane.page();
  await mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.2);
  await mouse.down();
  await mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.8, { steps: 4 });
  await mouse.up();
  await expect.poll(readTicks).not.toEqual(before);
  await plane.dblclick();
  await expect.poll(readTicks).toEqual(before);
}

/** What a preview is called, what it says, and how what is drawn of it is looked at. */
interface Expected {
  readonly name: RegExp;
  readonly text: string;
  readonly check?: (preview: Locator) => Promise<void>;
}

/** The cells of a table of numbers, row by row. */
function checkCells(...cells: readonly string[]): (preview: Locator) => Promise<void> {
  return async (preview) => {
    await expect(preview.getByRole('gridcell')).toHaveText(cells);
  };
}

/** Whether a text is drawn, in a box of its own. */
function checkText(text: string): (preview: Locator) => Promise<void> {
  return async (preview) => {
    const box = await preview.getByText(text).first().boundingBox();
    expect(box?.height ?? 0).toBeGreaterThan(10);
    expect(box?.width ?? 0).toBeGreaterThan(10);
  };
}

const expected: readonly Expected[] = [
  { name: /^Preview: Table/, text: 'int64', check: checkCells('1', '4', '2', '5', '3', '6') },
  { name: /^Preview: Text/, text: 'plain text', check: checkText('plain text') },
  { name: /^Preview: Text/, text: 'print(1)', check: checkText('print') },
  {
    name: /^Preview: JSON/,
    text: '1180591620717411303424',
    check: async (preview) => {
      await expect(preview.getByRole('tree')).toContainText('NaN');
    },
  },
  {
    name: /^Preview: Images/,
    text: '67 B',
    check: async (preview) => {
      const images = preview.locator('img');
      await expect(images).toHaveCount(2);
      for (const image of await images.all()) {
        await expect(image).toHaveJSProperty('naturalWidth', 1);
        expect((await image.boundingBox())?.height ?? 0).toBeGreaterThan(0);
      }
    },
  },
  {
    name: /^Preview: Audio/,
    text: 'audio/wav',
    check: async (preview) => {
      await expect(preview.locator('audio')).toHaveJSProperty('duration', 1);
      expect((await preview.locator('audio').boundingBox())?.width ?? 0).toBeGreaterThan(100);
    },
  },
  {
    name: /^Preview: Markdown/,
    text: 'Title',
    check: async (preview) => {
      await expect(preview.getByRole('heading', { name: 'Title' })).toBeVisible();
      expect((await preview.locator('math').boundingBox())?.width ?? 0).toBeGreaterThan(10);
    },
  },
  {
    name: /^Preview: HTML/,
    text: 'Runs apart from the notebook',
    check: async (preview) => {
      const apart = preview.frameLocator('iframe').frameLocator('iframe');
      await expect(apart.locator('body')).toHaveText(/Held apart\s*ran/);
      expect((await preview.locator('iframe').boundingBox())?.height ?? 0).toBeGreaterThan(40);
    },
  },
  {
    name: /^Preview: HTML/,
    text: 'Runs apart from the notebook',
    check: async (preview) => {
      const apart = preview.frameLocator('iframe').frameLocator('iframe');
      await expect(apart.getByRole('heading', { name: 'From a file' })).toBeVisible();
    },
  },
  { name: /^Preview: Site/, text: 'example.org', check: checkText('example.org') },
  { name: /^Preview: CSV/, text: 'int64', check: checkCells('1', '2', '3', '4') },
  {
    name: /^Preview: Chart/,
    text: 'Chart',
    check: async (preview) => {
      const bars = (await findDrawn(preview)).locator('svg [aria-roledescription=bar]');
      await expect(bars).toHaveCount(2);
      for (const bar of await bars.all()) expect((await bar.boundingBox())?.height ?? 0).toBeGreaterThan(10);
    },
  },
  {
    name: /^Preview: Plot/,
    text: 'Plot',
    check: async (preview) => {
      const drawn = await findDrawn(preview);
      const bars = drawn.locator('.barlayer .point');
      await expect(bars).toHaveCount(3);
      for (const bar of await bars.all()) expect((await bar.boundingBox())?.height ?? 0).toBeGreaterThan(10);
      await checkPointer(drawn);
    },
  },
  {
    name: /^Preview: Other/,
    text: '“unheard-of” is no type of preview known here',
    check: async (preview) => {
      await expect(preview.getByRole('tree')).toContainText('1');
    },
  },
  {
    name: /^Preview: Video/,
    text: 'video/webm',
    check: async (preview) => {
      const film = preview.locator('video');
      await expect(film).toHaveJSProperty('videoWidth', 64);
      await film.evaluate((video: HTMLVideoElement) => void video.play());
      await expect.poll(() => measureColour(film)).toBeGreaterThan(0.9);
    },
  },
  { name: /^Preview: Not shown/, text: 'there is no file "missing.mp4"', check: checkText('missing.mp4') },
  { name: /^Preview: Text/, text: 'second', check: checkText('second') },
];

test('a scriptlet shows everything there is to show', async ({ notebook, page }, testInfo) => {
  const cell = await notebook.addFirstScriptlet();
  await cell.replaceSource(writeScript(await recordFilm(page)));
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('missing.mp4');
  await cell.tab('Previews').click();
  const places = cell.tabPanel.getByRole('list', { name: 'Previews' }).locator('> li');
  await expect(places).toHaveCount(expected.length);
  for (const [index, { name, text, check }] of expected.entries()) {
    // One that is far from the window is drawn when it comes near.
    await places.nth(index).scrollIntoViewIfNeeded();
    const preview = places.nth(index).getByRole('article');
    await expect(preview).toHaveAccessibleName(name);
    await expect(preview).toContainText(text);
    await check?.(preview);
    // So that each type can be looked at.
    const body = await preview.screenshot();
    await testInfo.attach(`${index} ${await preview.getAttribute('aria-label')}`, {
      body,
      contentType: 'image/png',
    });
  }
  // Back tomorrow they are there as they were.
  await notebook.open();
  await expect(places).toHaveCount(expected.length);
});
