import { escapeHtml } from './escape-html.ts';
import type { PagePart, PageTable } from './page-content.ts';
import { colour } from './write-source.ts';

/** What `PagePart` is, as HTML. */
export function* writePart(part: PagePart): Generator<string> {
  switch (part.type) {
    case 'heading':
      yield `<h3>${escapeHtml(part.text)}</h3>\n`;
      return;
    case 'table':
      yield* writeTable(part.label, part);
      return;
    case 'markdown':
      yield `<div class="markdown">${part.html}</div>\n`;
      return;
    case 'text':
      yield `<pre tabindex="0" role="region" aria-label="${escapeHtml(part.label)}"><code>${colour(part.language, part.text)}</code></pre>\n`;
      if (part.cut !== null) yield writeRemark(part.cut);
      return;
    case 'image': {
      const { mediaType, base64 } = part.image;
      const width = part.width === null ? '' : ` width="${Math.round(part.width)}"`;
      yield `<figure><img alt="${escapeHtml(part.alt)}"${width} src="data:${escapeHtml(mediaType)};base64,`;
      yield base64;
      yield `">${part.name === '' ? '' : `<figcaption>${escapeHtml(part.name)}</figcaption>`}</figure>\n`;
      return;
    }
    case 'document':
      yield `<iframe sandbox title="${escapeHtml(part.label)}" srcdoc="${escapeHtml(part.html)}"></iframe>\n`;
      yield writeRemark('Scripts in it do not run in this page.');
      return;
    case 'error': {
      const place = part.line === null ? '' : ` (line ${part.line})`;
      yield `<div class="error"><p><strong>${escapeHtml(part.title)}</strong>${place}</p>`;
      if (part.traceback !== '') {
        yield `<details><summary>Traceback</summary><pre tabindex="0">\n${escapeHtml(part.traceback)}</pre></details>`;
      }
      yield '</div>\n';
      return;
    }
    case 'log':
      yield* writeLog(part);
      return;
    case 'address':
      yield `<p>${escapeHtml(part.label)}: ${writeAddress(part.url)}</p>\n`;
      return;
    case 'remark':
      yield writeRemark(part.text);
      return;
  }
}

function writeRemark(text: string): string {
  return `<p class="remark">${escapeHtml(text)}</p>\n`;
}

/** A link to a site; the text alone where it leads to none. */
function writeAddress(url: string): string {
  const text = escapeHtml(url);
  return /^https?:\/\//i.test(url)
    ? `<a href="${text}" target="_blank" rel="noopener noreferrer">${text}</a>`
    : text;
}

function* writeTable(label: string, table: PageTable): Generator<string> {
  const { columns, rows } = table;
  const caption = `${escapeHtml(label)}: ${describeSize(table)}`;
  yield `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><table><caption>${caption}</caption>\n<thead><tr><th scope="col">Row</th>`;
  yield columns
    .map(
      ({ name, isNumeric }) =>
        `<th scope="col"${isNumeric ? ' class="numeric"' : ''}>${escapeHtml(name)}</th>`,
    )
    .join('');
  yield '</tr></thead>\n<tbody>\n';
  for (const [index, row] of rows.entries()) {
    const cells = row.map(({ text, kind }, place) => {
      const looks = [
        columns[place]?.isNumeric ? 'numeric' : '',
        kind === 'null' || kind === 'nan' ? kind : '',
      ];
      const look = looks.filter((each) => each !== '').join(' ');
      return `<td${look === '' ? '' : ` class="${look}"`}>${escapeHtml(text)}</td>`;
    });
    yield `<tr><th scope="row">${index + 1}</th>${cells.join('')}</tr>\n`;
  }
  yield '</tbody></table></div>\n';
}

/** How much of a table is shown: "the first 20 of 1,234 rows, 3 columns". */
function describeSize({ columns, rows, rowCount, columnCount }: PageTable): string {
  return `${describePart(rows.length, rowCount, 'row')}, ${describePart(columns.length, columnCount, 'column')}`;
}

function describePart(shown: number, all: number, what: string): string {
  const count = `${all.toLocaleString('en')} ${what}${all === 1 ? '' : 's'}`;
  return shown === all ? count : `the first ${shown.toLocaleString('en')} of ${count}`;
}

function* writeLog({ lines, leftOut }: Extract<PagePart, { type: 'log' }>): Generator<string> {
  const count = (lines.length + leftOut).toLocaleString('en');
  yield `<details><summary>Log (${count} ${lines.length + leftOut === 1 ? 'line' : 'lines'})</summary>`;
  if (leftOut > 0) yield writeRemark(`The last ${lines.length.toLocaleString('en')} of them:`);
  yield '<pre class="log" tabindex="0" role="region" aria-label="Log">\n';
  for (const { stream, text } of lines) {
    const mark =
      stream === 'stdout' ? '' : `<span class="${escapeHtml(stream)}-line">${escapeHtml(stream)}</span> `;
    yield `${mark}${escapeHtml(text)}\n`;
  }
  yield '</pre></details>\n';
}
