import type { SourceProblem } from '../../model/source-problem.ts';
import { checkColumns } from './check-columns.ts';
import { checkTree, type TreeProblem } from './check-tree.ts';
import { parseJsonTree } from './json-tree.ts';
import type { SchemaBook } from './schema.ts';

/** What is wrong with a specification that is JSON; `columns` are those of its dataset, null where it has none yet. */
export function checkSpecification(
  text: string,
  columns: readonly string[] | null,
  book: SchemaBook,
): TreeProblem[] {
  const node = parseJsonTree(text);
  return node ? [...checkTree(node, book), ...checkColumns(text, node, columns)] : [];
}

/** The same with its place in lines and columns, from 1. */
export function toSourceProblem(text: string, { start, end, message }: TreeProblem): SourceProblem {
  const from = toPosition(text, start);
  const to = toPosition(text, end);
  return { severity: 'error', message, ...from, endLine: to.line, endColumn: to.column };
}

function toPosition(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start + 1 };
}
