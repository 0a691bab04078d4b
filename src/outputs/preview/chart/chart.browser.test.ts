import { cdp, page } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { showPreview, wait } from '../testing/show-preview.ts';

async function showChart(type: 'plotly' | 'vega-lite', text: string) {
  const store = new PreviewStore();
  const shown = await showPreview({ type, text: store.keep(text) }, store);
  const isDrawn = () =>
    shown.container.querySelector('[aria-busy=false] > iframe') !== null &&
    !shown.container.textContent.includes('Drawing takes long.');
  return { ...shown, isDrawn };
}

/** Each frame reads a library of megabytes anew: of all that is shown, this takes longest where others work, too. */
const patient = { timeout: 25_000 };

const figure = {
  data: [{ type: 'scatter', x: [1, 2, 3], y: [2, 1, 3] }],
  layout: { height: 380, title: { text: 'Three points' } },
};

describe('a figure of Plotly', () => {
  test('is drawn in a frame that takes its height', async () => {
    const { isDrawn, container } = await showChart('plotly', JSON.stringify(figure));
    await expect.poll(isDrawn, patient).toBe(true);
    await expect.poll(() => container.querySelector('iframe')?.style.height).toBe('380px');
    expect(container.querySelector('[role=alert]')).toBe(null);
  });

  test.each([
    ['scattergl', { type: 'scattergl', x: [1, 2], y: [1, 2], mode: 'markers' }],
    ['scatter3d', { type: 'scatter3d', x: [1, 2], y: [1, 2], z: [1, 2] }],
    [
      'surface',
      {
        type: 'surface',
        z: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    ['parcoords', { type: 'parcoords', dimensions: [{ values: [1, 2] }, { values: [2, 1] }] }],
    [
      'sankey',
      { type: 'sankey', node: { label: ['a', 'b'] }, link: { source: [0], target: [1], value: [1] } },
    ],
    ['choropleth', { type: 'choropleth', locations: ['DEU'], z: [1] }],
  ])('may have traces of type %s', async (_name, trace) => {
    const { isDrawn, container } = await showChart('plotly', JSON.stringify({ data: [trace] }));
    await expect.poll(isDrawn, patient).toBe(true);
    expect(container.querySelector('[role=alert]')?.textContent).toBe(undefined);
  });

  test('that is broken says why', async () => {
    const broken = await showChart('plotly', '{"data": [');
    await expect
      .element(broken.screen.getByRole('alert'), patient)
      .toHaveTextContent('This cannot be drawn: ');
    const other = await showChart('plotly', '{"x": 1}');
    await expect
      .element(other.screen.getByRole('alert'))
      .toHaveTextContent('This cannot be drawn: This is no figure of Plotly: it has no list “data”.');
  });
});

describe('a chart of Vega-Lite', () => {
  const chart = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    data: {
      values: [
        { a: 'x', b: 1 },
        { a: 'y', b: 2 },
      ],
    },
    mark: 'bar',
    encoding: { x: { field: 'a', type: 'nominal' }, y: { field: 'b', type: 'quantitative' } },
    height: 200,
  };

  test('is drawn in a frame that takes its height', async () => {
    const { isDrawn, container } = await showChart('vega-lite', JSON.stringify(chart));
    await expect.poll(isDrawn, patient).toBe(true);
    const height = () => container.querySelector('iframe')?.getBoundingClientRect().height ?? 0;
    await expect.poll(height).toBeGreaterThan(230);
    await expect.poll(height).toBeLessThan(280);
    expect(container.querySelector('[role=alert]')).toBe(null);
  });

  test('asks no host for data, and says so', async () => {
    const url = 'https://a.example/data.csv';
    const { screen } = await showChart('vega-lite', JSON.stringify({ ...chart, data: { url } }));
    await expect
      .element(
        screen.getByText(
          `The chart asks for “${url}”, and previews ask no host: put it into the specification.`,
        ),
      )
      .toBeVisible();
  });

  test('with an image of another host is drawn without it, as wide as ever, and says so', async () => {
    const url = 'https://a.example/b.png';
    const { isDrawn, container, screen } = await showChart(
      'vega-lite',
      JSON.stringify({ ...chart, mark: { type: 'image', url, width: 20, height: 20 } }),
    );
    await expect.poll(isDrawn, patient).toBe(true);
    await expect
      .element(screen.getByText(`The chart asks for “${url}”, and previews ask no host`), patient)
      .toBeVisible();
    const { width } = container.querySelector('iframe')?.getBoundingClientRect() ?? expect.unreachable();
    expect(width).toBeGreaterThan(container.getBoundingClientRect().width - 60);
  });

  test('with a link stays when that is pressed, and the page tells where it leads', async () => {
    const { isDrawn, container, screen } = await showChart(
      'vega-lite',
      JSON.stringify({
        ...chart,
        // What it says to the one who draws it is no matter of the specification.
        usermeta: { embedOptions: { patch: [], ast: false, actions: true } },
        mark: { type: 'bar', width: { band: 1 }, href: 'https://a.example/b' },
        encoding: {},
        width: 400,
      }),
    );
    await expect.poll(isDrawn, patient).toBe(true);
    const frame = container.querySelector('iframe') ?? expect.unreachable();
    await page.elementLocator(frame).click({ position: { x: 250, y: 100 } });
    const link = screen.getByRole('link', { name: 'https://a.example/b' });
    await expect.element(link, patient).toHaveAttribute('rel', 'noopener noreferrer');
    expect(container.querySelector('[role=alert]')).toBe(null);
  });

  test('takes the colours that a system forces upon pages', async () => {
    const { isDrawn, container } = await showChart('vega-lite', JSON.stringify(chart));
    await expect.poll(isDrawn, patient).toBe(true);
    const posted = vi.spyOn(MessagePort.prototype, 'postMessage');
    const forceColors = (value: 'active' | 'none') =>
      cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
    const lastTheme = () =>
      posted.mock.calls.flatMap(([message]) => (message?.type === 'draw' ? [message.theme] : [])).at(-1);
    try {
      await forceColors('active');
      await expect
        .poll(lastTheme, patient)
        .toMatchObject({ isContrast: true, ink: '#000000', ground: '#ffffff', rule: '#000000' });
    } finally {
      await forceColors('none');
      posted.mockRestore();
    }
    expect(container.querySelector('[role=alert]')).toBe(null);
  });

  test('that is broken says why, and the place that is kept for a picture stays as high as it is', async () => {
    const { screen, container } = await showChart('vega-lite', '{"mark": "nothing"}');
    await expect.element(screen.getByRole('alert')).toHaveTextContent('This cannot be drawn: ');
    // Longer than a frame waits between two changes of its height.
    await wait(200);
    expect(container.querySelector('iframe')?.style.height).toBe('300px');
  });

  test('is drawn anew when the theme changes', async () => {
    const { isDrawn, container } = await showChart('vega-lite', JSON.stringify(chart));
    await expect.poll(isDrawn, patient).toBe(true);
    document.documentElement.dataset['theme'] = 'dark';
    await expect.poll(() => container.querySelector('iframe')?.style.colorScheme).toBe('dark');
    await wait(200);
    expect(container.querySelector('[role=alert]')).toBe(null);
    delete document.documentElement.dataset['theme'];
  });
});
