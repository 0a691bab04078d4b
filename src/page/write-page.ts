import { cellKindNames, type CellKind } from '../model/notebook.ts';
import type { CellState } from '../model/run-state.ts';
import { carriedFileMark, pageLinkMark, pageMark } from '../model/saved-page.ts';
import { formatBytes } from '../shared/format-bytes.ts';
import { escapeHtml } from './escape-html.ts';
import type { PageCell, PageContent, PageFile } from './page-content.ts';
import { style } from './page-style.ts';
import { saveFileScript, saveFileScriptHash } from './save-file-script.ts';
import { writePart } from './write-part.ts';
import { writeSource } from './write-source.ts';

/**
 * The page as one file of HTML, piece by piece. It asks nobody for anything, and what it runs is one script of ours, and only where
 * it carries a file. Equal contents give equal texts.
 */
export function* writePage(page: PageContent): Generator<string> {
  const title = escapeHtml(page.title);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${writePolicy(page)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${pageMark}${escapeHtml(page.appVersion)}">
<title>${title}</title>
<style>
${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="about">A notebook with its results. Nothing in this page runs or is sent.</p>
`;
  yield* writeWays(page);
  yield `</header>
<main>
`;
  for (const [index, cell] of page.cells.entries()) yield* writeCell(cell, `cell-${index + 1}`);
  yield `</main>
<footer>Made with <a href="${escapeHtml(page.siteUrl)}" target="_blank" rel="noopener noreferrer">Cahier</a>, which runs Python in the browser.</footer>
</body>
</html>
`;
}

/** Nothing is fetched from anywhere; styles stand in formulas, too. Frames inherit it. */
function writePolicy({ file }: PageContent): string {
  const script = file ? ` script-src '${saveFileScriptHash}';` : '';
  return `default-src 'none';${script} style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function* writeWays({ address, file }: PageContent): Generator<string> {
  if (address === null && file === null) return;
  yield '<p class="ways">\n';
  if (address !== null) {
    yield `${pageLinkMark}${escapeHtml(address)}" target="_blank" rel="noopener noreferrer">Open in Cahier</a>\n`;
  }
  if (file)
    yield `<button type="button" id="save">Save the notebook’s file (${formatBytes(file.byteSize)})</button>\n`;
  yield '</p>\n';
  if (file) yield* writeFile(file);
}

function* writeFile({ name, base64 }: PageFile): Generator<string> {
  yield `${carriedFileMark}${escapeHtml(name)}">`;
  yield escapeHtml(base64);
  yield `</script>\n<script>${saveFileScript}</script>\n`;
}

const stateWords: Readonly<Record<CellState, string>> = {
  idle: 'not run',
  queued: 'waits to run',
  running: 'runs',
  done: 'done',
  failed: 'failed',
  stopped: 'stopped',
  stale: 'stale: it would do something else now',
};

function* writeCell(cell: PageCell, id: string): Generator<string> {
  const { title, kind, state, ranAt, source, parts } = cell;
  const label = kind === 'note' ? `aria-label="${escapeHtml(title)}"` : `aria-labelledby="${id}"`;
  yield `<section class="cell" ${label}${state ? ` data-state="${state}"` : ''}>\n`;
  if (kind !== 'note') {
    yield `<div class="head"><h2 id="${id}">${escapeHtml(title)}</h2><p class="facts">${describe(kind, state, ranAt)}</p></div>\n`;
  }
  if (source) yield writeSource(source);
  for (const part of parts) yield* writePart(part);
  yield '</section>\n';
}

function describe(kind: CellKind, state: CellState | null, ranAt: number | null): string {
  const facts: string[] = [cellKindNames[kind]];
  if (state) facts.push(stateWords[state]);
  if (ranAt !== null) {
    const time = new Date(ranAt).toISOString().slice(0, 16);
    facts.push(`run <time datetime="${time}Z">${time.replace('T', ', ')} UTC</time>`);
  }
  return facts.join(' · ');
}
