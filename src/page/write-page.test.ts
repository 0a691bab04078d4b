import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PageContent, PagePart } from './page-content.ts';
import { saveFileScript, saveFileScriptHash } from './save-file-script.ts';
import { buildPage } from './testing/build-page.ts';
import { writePage } from './write-page.ts';

function write(page: PageContent): string {
  return [...writePage(page)].join('');
}

/** What stands in the tags of a text: names of elements and of attributes, the values of the latter left out. */
function listTags(html: string): string[] {
  const body = html.slice(html.indexOf('<body>'));
  return [...body.matchAll(/<\/?[a-z][^>"]*(?:"[^"]*"[^>"]*)*>/gi)].map(([tag]) =>
    tag.replace(/"[^"]*"/g, '""'),
  );
}

/** The same page with this text wherever it shows a text of somebody. */
function buildPageOf(text: string): PageContent {
  const value = { text, kind: 'text' };
  const parts: PagePart[] = [
    { type: 'heading', text },
    {
      type: 'table',
      label: text,
      columns: [{ name: text, isNumeric: false }],
      rows: [[value]],
      rowCount: 1,
      columnCount: 1,
    },
    { type: 'text', label: text, language: 'python', text, cut: text },
    { type: 'text', label: text, language: 'json', text, cut: null },
    { type: 'text', label: text, language: null, text, cut: null },
    { type: 'image', name: text, alt: text, image: { mediaType: text, base64: 'AAAA' }, width: 1 },
    { type: 'document', label: text, html: text },
    { type: 'error', title: text, line: 1, traceback: text },
    { type: 'log', lines: [{ stream: 'stderr', text }], leftOut: 0 },
    { type: 'address', label: text, url: text },
    { type: 'remark', text },
  ];
  const cell = { title: text, state: 'done', ranAt: 0, parts } as const;
  return {
    title: text,
    cells: [
      { ...cell, kind: 'scriptlet', source: { language: 'python', text } },
      { ...cell, kind: 'chart', source: { language: 'json', text } },
      { ...cell, kind: 'note', source: null },
    ],
    siteUrl: 'https://cahier.example/',
    address: `https://cahier.example/#${text}`,
    file: { name: text, byteSize: 3, base64: 'AAAA' },
    appVersion: text,
  };
}

describe('the page of a notebook', () => {
  test('is this file', async () => {
    await expect(write(buildPage())).toMatchFileSnapshot('testing/sales.html');
    expect(write(buildPage())).not.toMatch(/\/\*|\*\//);
  });

  test.each([
    '</script><script>alert(1)</script>',
    '</style></title><img src=x onerror="alert(1)">',
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    'javascript:alert(1)',
    '--><svg/onload=alert(1)>',
    '</textarea></pre></code></table><iframe src="https://a.example">',
    '<!-- ]]> &lt;b&gt; &amp;quot; \u0000 \u2028',
  ])('has the tags of a harmless one where all that is shown is %s', (text) => {
    const html = write(buildPageOf(text));
    const harmless = listTags(write(buildPageOf('x'))).filter((tag) => !/^<\/?span/.test(tag));
    expect(listTags(html).filter((tag) => !/^<\/?span/.test(tag))).toEqual(harmless);
    expect(html).not.toMatch(/(?:href|src)="(?!https:\/\/cahier\.example\/|data:)/);
  });

  test('has a policy by which nothing is fetched, and one script where it carries a file', () => {
    const readPolicy = (page: PageContent) =>
      /Content-Security-Policy" content="([^"]*)"/.exec(write(page))?.[1];
    const rest = "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    const file = { name: 'Sales.cahier', byteSize: 3, base64: 'AAAA' };
    expect(readPolicy(buildPage())).toBe(`default-src 'none'; ${rest}`);
    expect(readPolicy(buildPage({ file }))).toBe(
      `default-src 'none'; script-src '${saveFileScriptHash}'; ${rest}`,
    );
    expect(createHash('sha256').update(saveFileScript).digest('base64')).toBe(saveFileScriptHash.slice(7));
    expect(write(buildPage())).not.toContain('<script');
  });

  test('leads nowhere but to the app where the notebook fits no link', () => {
    const html = write(buildPage({ address: null }));
    expect(html).not.toContain('Open in Cahier');
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      'https://a.example/?a=1&amp;b=2',
      'https://cahier.example/',
    ]);
  });
});
