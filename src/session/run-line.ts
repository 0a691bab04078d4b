import type { NotebookId } from '../model/ids.ts';
import type { LineRun, RunStep } from '../model/line-run.ts';

/** What became of notebooks that were run one after another. */
export type LineEnd = Pick<LineRun, 'status' | 'reason' | 'steps'>;

export interface LineMeans {
  /** Runs a notebook to its end. Never rejects. */
  readonly runNotebook: (id: NotebookId) => Promise<RunStep>;
  readonly getTitle: (id: NotebookId) => string;
  /** Told of the place, from 0, of each notebook that is run next. */
  readonly onStep: (index: number) => void;
}

/** Runs notebooks one after another. One that is not done ends it: those behind it are noted as not run. */
export async function runLine(notebookIds: readonly NotebookId[], means: LineMeans): Promise<LineEnd> {
  const steps: RunStep[] = [];
  for (const [index, notebookId] of notebookIds.entries()) {
    means.onStep(index);
    const step = await means.runNotebook(notebookId);
    steps.push(step);
    if (step.status === 'done') continue;
    const how = step.status === 'stopped' ? 'was stopped' : 'was not done';
    const reason = `Not run: “${step.title}” before it ${how}.`;
    const left = notebookIds.slice(index + 1).map(
      (id) =>
        ({
          notebookId: id,
          title: means.getTitle(id),
          sessionId: null,
          status: 'not-run',
          reason,
        }) as const,
    );
    const status = step.status === 'stopped' ? 'stopped' : 'failed';
    return { status, reason: step.reason, steps: [...steps, ...left] };
  }
  return { status: 'done', reason: null, steps };
}
