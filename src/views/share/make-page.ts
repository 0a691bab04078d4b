import { writePage } from '../../page/write-page.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { createPauses } from '../../shared/in-slices.ts';
import { gatherPage, type PageRequest } from './gather-page.ts';

/**
 * A notebook as one file of HTML, made a little at a time. The same notebook with the same results gives the same bytes. Rejects
 * with an `AbortError` once the signal is aborted.
 */
export async function makePage(session: NotebookSession, request: PageRequest): Promise<Blob> {
  const page = await gatherPage(session, request);
  const pieces: string[] = [];
  const pause = createPauses();
  for (const piece of writePage(page)) {
    pieces.push(piece);
    await pause();
    request.signal.throwIfAborted();
  }
  return new Blob(pieces, { type: 'text/html' });
}
