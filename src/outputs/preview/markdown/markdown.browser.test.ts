import { expect, test } from 'vitest';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { showPreview } from '../testing/show-preview.ts';
import { renderMarkdown } from './render-markdown.ts';

const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

function toHtml(markdown: string): string {
  const holder = document.createElement('div');
  holder.append(renderMarkdown(markdown));
  return holder.innerHTML.trim();
}

async function showMarkdown(text: string, store = new PreviewStore()) {
  return await showPreview({ type: 'markdown', text: store.keep(text) }, store);
}

test('headings, lists, tables and code are drawn as such', async () => {
  const { screen } = await showMarkdown(
    '# Title\n\n- one\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```\nx < y\n```',
  );
  await expect.element(screen.getByRole('heading', { name: 'Title' })).toBeVisible();
  await expect.element(screen.getByRole('listitem')).toHaveTextContent('one');
  await expect.element(screen.getByRole('cell', { name: '2' })).toBeVisible();
  await expect.element(screen.getByText('x < y')).toBeVisible();
});

test('formulas are MathML, in a line and on their own, and prices are none', async () => {
  const { container, screen } = await showMarkdown(
    'It costs $5 or $6, and $e^{i\\pi} = -1$.\n\n$$\n\\int_0^1 x\\,dx\n= \\frac12\n$$\n\n`$no$`',
  );
  await expect.element(screen.getByText('It costs $5 or $6, and')).toBeVisible();
  expect(
    [...container.querySelectorAll('math')].map((math) => math.getAttribute('display') ?? 'inline'),
  ).toEqual(['inline', 'block']);
  await expect.element(screen.getByText('$no$')).toBeVisible();
});

test('a formula that is wrong says so in its place and spoils nothing else', () => {
  const html = toHtml('before $\\frac{$ after');
  expect(html).toContain('temml-error');
  expect(html).toContain('before ');
  expect(html).toContain(' after');
});

test('links lead to new tabs, and to sites only', () => {
  expect(
    toHtml(
      '[a](https://a.example/x) [b](javascript:alert(1)) [c](data:text/html,x) [d](#d) <https://e.example>',
    ),
  ).toBe(
    '<p><a href="https://a.example/x" target="_blank" rel="noopener noreferrer">a</a> [b](javascript:alert(1)) [c](data:text/html,x) <a>d</a> <a href="https://e.example" target="_blank" rel="noopener noreferrer">https://e.example</a></p>',
  );
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror="alert(1)">',
  '<svg><script>alert(1)</script><a href="javascript:alert(1)">x</a></svg>',
  '<iframe src="https://a.example"></iframe>',
  '<form action="https://a.example"><input name="q"><button>Go</button></form>',
  '<style>body { display: none }</style>',
  '<div style="position: fixed; inset: 0" class="visually-hidden" id="app" onclick="alert(1)">x</div>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
  '<video src="https://a.example/v.mp4" autoplay></video>',
  '<object data="x"></object><embed src="x"><base href="https://a.example"><meta http-equiv="refresh" content="0">',
  '$\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://a.example/i.png}$',
])('nothing that runs, asks, sends or covers is left of %s', (markdown) => {
  const holder = document.createElement('div');
  holder.append(renderMarkdown(markdown));
  const left = [...holder.querySelectorAll('*')];
  const forbidden = /^(script|svg|iframe|form|input|button|style|video|object|embed|base|meta|mglyph)$/i;
  expect(left.filter(({ tagName }) => forbidden.test(tagName))).toEqual([]);
  const attributes = left.flatMap((element) => [...element.attributes]);
  const isOurs = (element: Element | null) => (element?.closest('math, .temml-error') ?? null) !== null;
  const suspicious = attributes.filter(
    ({ name, value, ownerElement }) =>
      /^on|^id$|^src/.test(name) ||
      /javascript:|a\.example/.test(value) ||
      (name === 'style' && !isOurs(ownerElement)),
  );
  expect(suspicious.map(({ name, value }) => `${name}=${value}`)).toEqual([]);
});

test('images in the text are drawn, those on other hosts through the gate, and others not at all', async () => {
  const store = new PreviewStore();
  store.remote.set('https://a.example/i.gif', await (await fetch(pixel)).blob());
  const { container, screen } = await showMarkdown(
    `![here](${pixel}) ![there](https://a.example/i.gif) ![gone](https://b.example/i.gif) ![own](/favicon.svg)`,
    store,
  );
  await expect
    .element(screen.getByText('[Image “gone”: The workspace does not allow b.example.]'))
    .toBeVisible();
  await expect.poll(() => container.querySelector('img[alt=there]')?.getAttribute('src')).toMatch(/^blob:/);
  expect(container.querySelector('img[alt=here]')?.getAttribute('src')).toBe(pixel);
  expect(container.querySelector('img[alt=own]')?.hasAttribute('src')).toBe(false);
  expect(store.asked).toEqual(['https://a.example/i.gif', 'https://b.example/i.gif']);
});

test('a text that is very long is shown as it is written', async () => {
  const { screen } = await showMarkdown('# Title\n'.repeat(30_000));
  await expect
    .element(screen.getByText('Markdown of more than 200.0 kB is shown as it is written.'))
    .toBeVisible();
  await expect.element(screen.getByRole('region', { name: 'Text, markdown' })).toBeVisible();
});
