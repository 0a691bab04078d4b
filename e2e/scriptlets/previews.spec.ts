import type { FrameLocator, Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

const script = `import json
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
    context.preview({"type": "iframe", "data": "https://example.org/"})
    context.preview({"type": "csv", "data": "x,y\\n1,2\\n3,4\\n"})
    spec = {"data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 5}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "ordinal"}, "y": {"field": "b", "type": "quantitative"}}}
    context.preview({"type": "vega-lite", "data": spec})
    context.preview({"type": "plotly", "data": {"data": [{"type": "bar", "y": [2, 3, 1]}], "layout": {}}})
    context.preview({"type": "unheard-of", "data": {"a": 1}})
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

/** How much of a canvas is of the colour of a chart's bars, between 0 and 1. */
async function measureBars(canvas: Locator): Promise<number> {
  return await canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('it is no canvas');
    const pixels = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? [];
    let count = 0;
    // Not transparent, and no grey: axes and labels are.
    for (let at = 0; at < pixels.length; at += 4) {
      const [red = 0, , blue = 0, alpha = 0] = pixels.slice(at, at + 4);
      if (alpha > 200 && Math.abs(red - blue) > 40) count += 1;
    }
    return count / (pixels.length / 4);
  });
}

test('a scriptlet shows everything there is to show', async ({ notebook }, testInfo) => {
  const cell = await notebook.addFirstScriptlet();
  await cell.replaceSource(script);
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('missing.mp4');
  await cell.tab('Previews').click();
  const places = cell.tabPanel.getByRole('list', { name: 'Previews' }).locator('> li');
  const expected = [
    [/^Preview: Table/, 'int64'],
    [/^Preview: Text/, 'plain text'],
    [/^Preview: Text/, 'print(1)'],
    [/^Preview: JSON/, '1180591620717411303424'],
    [/^Preview: Images/, '67 B'],
    [/^Preview: Audio/, 'audio/wav'],
    [/^Preview: Markdown/, 'Title'],
    [/^Preview: HTML/, 'Runs apart from the notebook'],
    [/^Preview: Site/, 'example.org'],
    [/^Preview: CSV/, 'int64'],
    [/^Preview: Chart/, 'Chart'],
    [/^Preview: Plot/, 'Plot'],
    [/^Preview: Other/, '“unheard-of” is no type of preview known here'],
    [/^Preview: Text/, 'second'],
  ] as const;
  await expect(places).toHaveCount(expected.length);
  for (const [index, [name, text]] of expected.entries()) {
    // One that is far from the window is drawn when it comes near.
    await places.nth(index).scrollIntoViewIfNeeded();
    const preview = places.nth(index).getByRole('article');
    await expect(preview).toHaveAccessibleName(name);
    await expect(preview).toContainText(text);
    if (text === 'Chart') {
      const canvas = (await findDrawn(preview)).locator('canvas');
      await expect.poll(() => measureBars(canvas)).toBeGreaterThan(0.05);
    }
    if (text === 'Plot') await expect((await findDrawn(preview)).locator('.barlayer .point')).toHaveCount(3);
    if (text === '67 B') await expect(preview.locator('img').first()).toHaveJSProperty('naturalWidth', 1);
    // So that each type can be looked at.
    const body = await preview.screenshot();
    await testInfo.attach(`${index} ${await preview.getAttribute('aria-label')}`, {
      body,
      contentType: 'image/png',
    });
  }
  await places.nth(7).scrollIntoViewIfNeeded();
  const apart = places.nth(7).frameLocator('iframe').frameLocator('iframe');
  await expect(apart.getByRole('heading', { name: 'Held apart' })).toBeVisible();

  // Back tomorrow they are there as they were.
  await notebook.open();
  await expect(places).toHaveCount(expected.length);
});
