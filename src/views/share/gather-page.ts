import { isProcessor, isWritten, type Cell } from '../../model/notebook.ts';
import { renderForPage } from '../../outputs/preview/markdown/render-for-page.ts';
import type { PageCell, PageContent, PagePart } from '../../page/page-content.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { createPauses } from '../../shared/in-slices.ts';
import { gatherChart } from './gather-chart.ts';
import { gatherRun } from './gather-job.ts';
import { orRemark, PageRoom, type PageTools } from './page-tools.ts';
import { readPageTable } from './read-page-table.ts';

export interface PageRequest extends Pick<PageContent, 'address' | 'file' | 'siteUrl' | 'appVersion'> {
  readonly signal: AbortSignal;
  /** Told how many of the cells are gathered. */
  readonly onProgress: (done: number, all: number) => void;
}

/** All that a page shows of a notebook as it stands. Rejects with an `AbortError` once the signal is aborted. */
export async function gatherPage(session: NotebookSession, request: PageRequest): Promise<PageContent> {
  const { address, file, siteUrl, appVersion, signal, onProgress } = request;
  const { title, cells } = session.notebook;
  const tools: PageTools = { signal, room: new PageRoom() };
  const pause = createPauses();
  const gathered: PageCell[] = [];
  for (const cell of cells) {
    signal.throwIfAborted();
    onProgress(gathered.length, cells.length);
    gathered.push(await gatherCell(session, cell, tools));
    await pause();
  }
  return { title, cells: gathered, address, file, siteUrl, appVersion };
}

async function gatherCell(session: NotebookSession, cell: Cell, tools: PageTools): Promise<PageCell> {
  const run = isProcessor(cell) ? session.getRun(cell.id) : null;
  return {
    title: cell.title,
    kind: cell.kind,
    state: run && session.getState(cell),
    ranAt: run?.doneJob?.finishedAt ?? null,
    source: isProcessor(cell) && isWritten(cell) ? { language: 'python', text: cell.source } : null,
    parts: await gatherParts(session, cell, tools),
  };
}

async function gatherParts(session: NotebookSession, cell: Cell, tools: PageTools): Promise<PagePart[]> {
  switch (cell.kind) {
    case 'note':
      return [{ type: 'markdown', html: renderForPage(cell.source, 1) }];
    case 'chart':
      return await orRemark('The chart', tools, () => gatherChart(session, cell, tools));
    case 'dataset': {
      const { content } = cell;
      if (!content) return [{ type: 'remark', text: 'No file has been brought in.' }];
      return await orRemark('The table', tools, async () => {
        const source = await session.results.createDatasetReader().openTable(content.table);
        try {
          return [await readPageTable(source, content.file.name, tools.signal)];
        } finally {
          source.close();
        }
      });
    }
    case 'data-generator':
    case 'scriptlet':
    case 'statement':
      return await gatherRun(session, cell, tools);
  }
}
