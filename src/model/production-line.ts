import type { NotebookId, ProductionLineId, WorkspaceId } from './ids.ts';
import type { LineRun } from './line-run.ts';

/** Notebooks that are run one after another. Times are milliseconds since 1970. */
export interface ProductionLine {
  readonly id: ProductionLineId;
  readonly workspaceId: WorkspaceId;
  /** No other line of the workspace has it. */
  readonly title: string;
  /** In the order in which they are run; one that has something to do twice stands in it twice. */
  readonly notebookIds: readonly NotebookId[];
  readonly createdAt: number;
  readonly changedAt: number;
  /** Those that were begun by hand, newest first. */
  readonly runs: readonly LineRun[];
}

/** What of a production line is written by a person. */
export type LineContent = Pick<ProductionLine, 'title' | 'notebookIds'>;

export const mostNotebooks = 50;
export const longestTitle = 200;

/** What is wrong with what was written, as sentences; null where nothing is. */
export interface LineProblems {
  readonly title: string | null;
  readonly notebooks: string | null;
}

export function findLineProblems(
  { title, notebookIds }: LineContent,
  takenTitles: readonly string[],
): LineProblems {
  return {
    title: findTitleProblem(title, takenTitles, 'production line'),
    notebooks: findCountProblem(notebookIds),
  };
}

function findCountProblem(notebookIds: readonly NotebookId[]): string | null {
  if (notebookIds.length === 0) return 'Add a notebook that is to be run.';
  return notebookIds.length > mostNotebooks
    ? `A production line has ${mostNotebooks} notebooks at most. Make two lines of it.`
    : null;
}

/** What is wrong with the title of a production line or a schedule. */
export function findTitleProblem(title: string, takenTitles: readonly string[], what: string): string | null {
  if (title.trim() === '') return `Give the ${what} a title.`;
  if (title.trim().length > longestTitle) return `A title has ${longestTitle} characters at most.`;
  return takenTitles.includes(title.trim()) ? `Another ${what} has this title.` : null;
}
