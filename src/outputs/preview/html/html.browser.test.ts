import { describe, expect, test } from 'vitest';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { showPreview, wait } from '../testing/show-preview.ts';

function showHtml(html: string) {
  const store = new PreviewStore();
  return showPreview({ type: 'html', text: store.keep(html) }, store);
}

function frameOf(container: Element): HTMLIFrameElement | null {
  return container.querySelector('iframe');
}

/**
 * Runs a script within the frame until that has the expected height, which is the one thing that leaves a frame: by it the
 * script reports. The content's own is 40, which may be reported later than what a script says once. Returns what reads
 * the height.
 */
async function expectHeight(script: string, expected: number): Promise<() => number> {
  const { container } = await showHtml(
    `<body style="margin: 0"><div style="height: 40px"></div><script>setInterval(() => { ${script} }, 500)</script>`,
  );
  const height = () => frameOf(container)?.getBoundingClientRect().height ?? -1;
  // The frame gets a process of its own, for which a machine with much else to do takes seconds.
  await expect.poll(height, { timeout: 25_000 }).toBe(expected);
  return height;
}

const tell = (height: string) => `parent.postMessage({ cahierHeight: ${height} }, '*')`;

test('HTML with scripts runs in a frame that takes its height', async () => {
  const { container } = await showHtml(
    '<body style="margin:0"><div id="a"></div><script>a.style.height = "300px"</script>',
  );
  await expect.poll(() => frameOf(container)).not.toBe(null);
  await expect.poll(() => container.querySelector('iframe')?.style.height).toBe('300px');
});

test('what a document would load from other hosts is named, and forged names are but names', async () => {
  const claims = [
    '<b>x</b>',
    'Call 110',
    { a: 1 },
    'forged.example',
    ...Array.from({ length: 30 }, (_, n) => `h${n}.example`),
  ];
  const { screen } = await showHtml(
    `<link rel="stylesheet" href="https://fonts.example/a.css"><script src="https://cdn.example:8443/b.js"></script><img src="https://cdn.example:8443/c.png">
    <script>document.write('<script>1<\\/script>');</script>`,
  );
  const told = screen.getByRole('status');
  await expect.element(told).toHaveTextContent('Nothing was loaded from ');
  await expect.element(told).toHaveTextContent('fonts.example');
  await expect.element(told).toHaveTextContent('cdn.example:8443');
  await expect
    .element(told)
    .toHaveTextContent('A script that the document wrote with document.write was not run.');

  const forged = await showHtml(
    `<script>for (const cahierBlocked of ${JSON.stringify(claims)}) parent.postMessage({ cahierBlocked }, '*')</script>`,
  );
  const names = ['forged.example', ...Array.from({ length: 9 }, (_, n) => `h${n}.example`)].join(', ');
  await expect
    .element(forged.screen.getByRole('status'))
    .toHaveTextContent(`Nothing was loaded from ${names} and others, as previews ask no host.`);
});

describe('a script of a document runs', () => {
  test.each([
    [
      'in its head and its body, and shares names',
      '<script>const a = 100</script><p><script>tell(a)</script>',
    ],
    ['as a module', '<script type="module">tell(100)</script>'],
    [
      'that another made',
      '<script>const s = document.createElement("script"); s.textContent = "tell(100)"; document.head.append(s)</script>',
    ],
    [
      'in a fragment',
      '<script>document.head.append(document.createRange().createContextualFragment("<script>tell(100)<\\/script>"))</script>',
    ],
    ['within SVG', '<svg><script>tell(100)</script></svg>'],
    [
      'in an attribute',
      '<button id="b" onclick="if (event.type === \'click\' && this === b) tell(100)"></button><script>onload = () => b.click()</script>',
    ],
    ['in an attribute of its body', '<body onload="tell(100)">'],
    [
      'in an attribute that was set',
      '<b id="b"></b><script>b.setAttribute("onclick", "tell(100)"); setTimeout(() => b.click())</script>',
    ],
  ])('%s', async (_name, html) => {
    const { container } = await showHtml(
      `<style>body, html { height: 40px; margin: 0 }</style><script>function tell(cahierHeight) { setInterval(() => parent.postMessage({ cahierHeight }, '*'), 300) }</script>${html}`,
    );
    await expect.poll(() => frameOf(container)?.style.height, { timeout: 25_000 }).toBe('100px');
  });
});

test('an empty document says so', async () => {
  const { screen } = await showHtml('');
  await expect.element(screen.getByText('An empty document')).toBeVisible();
});

describe('an attack', () => {
  /** The frame tells 200 where something was reached that should not be, 100 where nothing was. */
  const attacks: Record<string, string> = {
    'on the document of the page': 'top.document.title = "taken"',
    'on the file that holds the frame': 'parent.document.title = "taken"',
    'on local storage': 'localStorage.setItem("x", "y")',
    'on session storage': 'sessionStorage.length',
    'on cookies': 'document.cookie = "x=y"; if (!document.cookie) throw 1',
    'on databases': 'indexedDB.open("cahier")',
    'on caches': 'await caches.keys()',
    'on service workers': 'await navigator.serviceWorker.getRegistrations()',
    'by fetch': 'await fetch("https://a.example/")',
    'by fetch on the own origin': `await fetch("${location.origin}/favicon.svg")`,
    'by XMLHttpRequest': `const x = new XMLHttpRequest(); x.open("GET", "${location.origin}/favicon.svg", false); x.send()`,
    'by WebSocket':
      'await new Promise((ok, no) => { const w = new WebSocket("wss://a.example"); w.onopen = ok; w.onerror = no; })',
    'by an image': `await new Promise((ok, no) => { const i = new Image(); i.onload = ok; i.onerror = no; i.src = "${location.origin}/favicon.svg"; })`,
    'by a window': 'if (open("https://a.example") === null) throw 1',
    'by peers': 'new RTCPeerConnection()',
    'on the nonce of its scripts':
      'const s = document.currentScript ?? document.querySelector("script"); if (!(s.nonce || s.getAttribute("nonce") || document.querySelector("meta[content*=nonce]"))) throw 1',
    'on the policy of its scripts':
      'await new Promise((ok, no) => { addEventListener("securitypolicyviolation", (e) => e.originalPolicy ? ok() : no()); new Image().src = "https://a.example/"; })',
    'by a frame': `await new Promise((ok, no) => { const f = document.createElement("iframe"); f.onload = () => { try { f.contentDocument.title ? no() : no() } catch { no() } }; f.src = "${location.origin}/frames/apart.html"; document.body.append(f); setTimeout(no, 300); })`,
  };

  test.each(Object.entries(attacks))('%s fails', async (_name, attack) => {
    const script = `(async () => { try { ${attack}; ${tell('200')}; } catch { ${tell('100')}; } })()`;
    await expectHeight(script, 100);
    expect(document.title).not.toBe('taken');
  });

  test('that would lead the page elsewhere leaves it where it is', async () => {
    const before = location.href;
    const leave = (window: string) => `try { ${window}.location = "https://a.example/" } catch {}`;
    await expectHeight(`${leave('top')} ${leave('parent')} ${tell('100')}`, 100);
    await wait(200);
    expect(location.href).toBe(before);
  });

  test('that closes the head early, or leaves a comment open, is held all the same', async () => {
    const { container } = await showHtml('</head></html><!-- <script>document.title = "x"</script>');
    const inner = () => frameOf(container)?.contentDocument?.querySelector('iframe');
    await expect.poll(() => inner()?.getAttribute('sandbox')).toBe('allow-scripts');
  });
});

describe('a forged height', () => {
  test.each([
    ['1e9', 640],
    ['-5', 32],
    ['Infinity', 100],
    ['NaN', 100],
    ['"300"', 100],
  ])('of %s after one of 100 is kept within bounds', async (height, shown) => {
    const read = await expectHeight(`${tell('100')}; ${tell(height)}`, shown);
    await wait(200);
    expect(read()).toBe(shown);
  });

  test('in a flood ends the frame, and the page goes on', async () => {
    const { screen, container } = await showHtml(
      `<script>setInterval(() => { for (let i = 0; i < 5000; i++) ${tell('i % 2 * 300')}; }, 10)</script>`,
    );
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('This document sent so many messages that it was ended.');
    expect(frameOf(container)).toBe(null);
    await expect.element(screen.getByRole('button', { name: 'Show HTML' })).toBeVisible();
  });
});

test('a document can be closed and shown again', async () => {
  const { screen, container } = await showHtml('<p>here</p>');
  await expect.poll(() => frameOf(container)).not.toBe(null);
  await screen.getByRole('button', { name: 'Close HTML' }).click();
  expect(frameOf(container)).toBe(null);
  await screen.getByRole('button', { name: 'Show HTML' }).click();
  await expect.poll(() => frameOf(container)).not.toBe(null);
});
