import { assertNever } from '../shared/assert-never.ts';
import { formatBytes } from '../shared/format-bytes.ts';
import type { CellPlace, OutputContent, RunEvent } from './events.ts';

const indent = '     ';

/** Columns of a table that are written, and characters of a value. */
const mostColumns = 8;
const mostCharacters = 24;
const mostValue = 200;

/** An event as lines for people; empty for one that says nothing to them. Times of 0 are left out. */
export function printText(event: RunEvent): string {
  switch (event.type) {
    case 'started':
      return '';
    case 'notice':
      return `Note: ${event.text}\n`;
    case 'notebook-started':
      return `${event.notebook}\n`;
    case 'job-started':
      return `  ${title(event)}\n`;
    case 'log':
      return within(`${event.stream === 'stdout' ? '' : `${event.stream}: `}${event.text}`, '| ');
    case 'warning':
      return within(`warning: ${event.text}`);
    case 'input-asked':
      return within(`asks: ${event.prompt}`);
    case 'progress':
      return '';
    case 'preview':
      return within(`preview, ${event.kind}: ${event.detail}`);
    case 'output':
      return within(`${event.handle}: ${describeContent(event)}`);
    case 'image':
      return within(`image “${event.name}”: ${event.mediaType}, ${formatBytes(event.byteSize)}`);
    case 'model':
      return within(`model “${event.name}”: version ${event.version}`);
    case 'error':
      return within(describeError(event));
    case 'job-finished':
      if (event.status === 'not-run') return `  ${title(event)}\n${within(event.reason ?? 'Not run.')}`;
      return within(`${event.status}${time(event.milliseconds)}${countNotices(event)}`);
    case 'notebook-finished':
      // Why it failed stands with the cell.
      return event.status === 'stopped' ? `${event.reason ?? ''}\n\n` : '\n';
    case 'finished': {
      const { done, failed, stopped, 'not-run': notRun } = event.cells;
      const parts = [
        `${done} done`,
        ...(failed > 0 ? [`${failed} failed`] : []),
        ...(stopped > 0 ? [`${stopped} stopped`] : []),
        ...(notRun > 0 ? [`${notRun} not run`] : []),
      ];
      return `${event.status}: ${parts.join(', ')}${time(event.milliseconds)}\n`;
    }
    default:
      return assertNever(event);
  }
}

function title({ number, cell }: CellPlace): string {
  return `${number} ${cell}`;
}

function time(milliseconds: number): string {
  return milliseconds > 0 ? `, ${milliseconds} ms` : '';
}

function within(text: string, mark = ''): string {
  const lines = text.split('\n').map((line) => `${indent}${mark}${line}`.trimEnd());
  return `${lines.join('\n')}\n`;
}

function countNotices({ warnings, errors }: { readonly warnings: number; readonly errors: number }): string {
  const count = (number: number, word: string): string =>
    number === 0 ? '' : `, ${number} ${word}${number === 1 ? '' : 's'}`;
  return `${count(warnings, 'warning')}${count(errors, 'error')}`;
}

function describeError(event: Extract<RunEvent, { type: 'error' }>): string {
  const { kind, errorType, message, line, traceback } = event;
  if (kind === 'reported') return `error: ${message}`;
  if (traceback !== '') return traceback.trimEnd();
  const where = line === null ? '' : `line ${line}: `;
  return `${where}${errorType === null || message.startsWith(errorType) ? message : `${errorType}: ${message}`}`;
}

function describeContent(content: OutputContent): string {
  switch (content.kind) {
    case 'dataset':
      return describeTable(content);
    case 'json':
      return cut('value' in content ? JSON.stringify(content.value) : content.text, mostValue);
    case 'binary':
      return formatBytes(content.byteSize);
    case 'variable':
      return cut(`${content.typeName} ${content.summary}`, mostValue);
    case 'secret':
      return '(secret)';
    default:
      return assertNever(content);
  }
}

function describeTable({
  rowCount,
  columns,
  firstRows,
}: Extract<OutputContent, { kind: 'dataset' }>): string {
  const size = `${rowCount} row${rowCount === 1 ? '' : 's'}, ${columns.length} column${columns.length === 1 ? '' : 's'}`;
  const rows = [columns.map(({ name }) => name), ...firstRows].map((row) =>
    row.slice(0, mostColumns).map((text) => cut(text.replaceAll(/\s/g, ' '), mostCharacters)),
  );
  const widths = rows[0]?.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  '));
  return [size, ...(columns.length > 0 ? lines.map((line) => `  ${line}`.trimEnd()) : [])].join('\n');
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
