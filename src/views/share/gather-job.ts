import type { DoneJob, Job, JobError } from '../../model/job.ts';
import { LogFolder } from '../../model/log-text.ts';
import type { Processor } from '../../model/notebook.ts';
import type { StoredOutput } from '../../model/outputs.ts';
import { previewLabel } from '../../outputs/preview/preview-label.ts';
import type { PagePart } from '../../page/page-content.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { describeOutput, describeTargets, longestShownJson } from '../describe-output.ts';
import { embedImage, gatherPreview, type JobReader } from './gather-preview.ts';
import { orRemark, type PageTools } from './page-tools.ts';
import { readPageTable } from './read-page-table.ts';

/** So many lines of a log are shown in a page, the last ones. */
const mostLines = 500;

/** What runs of a processor came to, as its cell shows it. */
export async function gatherRun(
  session: NotebookSession,
  cell: Processor,
  tools: PageTools,
): Promise<PagePart[]> {
  const { lastJob, doneJob } = session.getRun(cell.id);
  if (!lastJob) return [];
  const last = session.results.createJobReader(lastJob);
  const done = doneJob && doneJob !== lastJob ? session.results.createJobReader(doneJob) : last;
  try {
    const { outcome } = lastJob;
    return [
      ...(outcome.status === 'failed' ? [gatherError(outcome.error)] : []),
      ...(doneJob && done !== last
        ? [{ type: 'remark' as const, text: 'The results below are those of an earlier run.' }]
        : []),
      ...(doneJob ? await gatherResults(cell, doneJob, done, tools) : []),
      ...(await gatherPreviews(lastJob, last, tools)),
      ...(doneJob && cell.kind === 'scriptlet' ? gatherOutputs(doneJob) : []),
      ...(await gatherLog(last)),
    ];
  } finally {
    last.close();
    done.close();
  }
}

function gatherError({ type, message, line, traceback }: JobError): PagePart {
  const title = type ? `${type}: ${message}` : message;
  const hasMore = traceback.trim() !== title.trim();
  return { type: 'error', title, line, traceback: hasMore ? traceback : '' };
}

async function gatherResults(
  { title }: Processor,
  job: DoneJob,
  reader: JobReader,
  tools: PageTools,
): Promise<PagePart[]> {
  const { outputs, images } = job.outcome;
  const parts: PagePart[] = [];
  const tables = outputs.filter((output) => output.kind === 'dataset');
  if (tables.length > 0)
    parts.push({ type: 'heading', text: tables.length === 1 ? 'Result table' : 'Result tables' });
  for (const output of tables) {
    const label = [output.handle, describeTargets(output)].filter((part) => part !== null).join(' ');
    parts.push(
      ...(await orRemark(`The table “${label}” of ${title}`, tools, async () => [
        await readPageTable(await reader.openTable(output), label, tools.signal),
      ])),
    );
  }
  if (images.length > 0) parts.push({ type: 'heading', text: 'Images' });
  for (const image of images) {
    const { name, alt = name, density } = image;
    parts.push(
      ...(await orRemark(`The image “${name}”`, tools, async () => {
        const content = await reader.readImage(image);
        const typed = content.slice(0, content.size, image.mediaType);
        return [await embedImage(typed, { name, alt, density }, tools.room)];
      })),
    );
  }
  return parts;
}

async function gatherPreviews({ previews }: Job, reader: JobReader, tools: PageTools): Promise<PagePart[]> {
  const parts: PagePart[] = previews.length > 0 ? [{ type: 'heading', text: 'Previews' }] : [];
  for (const preview of previews) {
    const what = `The preview “${previewLabel(preview)}”`;
    parts.push(...(await orRemark(what, tools, () => gatherPreview(preview, reader, tools))));
  }
  return parts;
}

/** Tables stand among the results already. */
function gatherOutputs({ outcome }: DoneJob): PagePart[] {
  const outputs = outcome.outputs.filter(({ kind }) => kind !== 'dataset');
  if (outputs.length === 0) return [];
  return [{ type: 'heading', text: 'Outputs' }, ...outputs.map(gatherOutput)];
}

function gatherOutput(output: StoredOutput): PagePart {
  const label = `${output.handle} (${describeOutput(output)})`;
  const text = readOutput(output);
  if (text === null) return { type: 'remark', text: `${label} is not in this page.` };
  const cut = text.length > longestShownJson ? 'The rest is left out.' : null;
  const language = output.kind === 'json' ? 'json' : null;
  return {
    type: 'text',
    label,
    language,
    text: `${output.handle} = ${text.slice(0, longestShownJson)}`,
    cut,
  };
}

/** Null where it is no text that stands in the record. */
function readOutput(output: StoredOutput): string | null {
  switch (output.kind) {
    case 'json':
      return output.text;
    case 'variable':
      return output.summary;
    case 'secret':
      return '••••••••';
    case 'binary':
    case 'dataset':
      return null;
  }
}

async function gatherLog(reader: JobReader): Promise<PagePart[]> {
  const folder = new LogFolder();
  folder.add(await reader.loadLog());
  const { lines } = folder;
  if (lines.length === 0) return [];
  const shown = lines.slice(-mostLines).map(({ stream, text }) => ({ stream, text }));
  return [{ type: 'log', lines: shown, leftOut: lines.length - shown.length }];
}
