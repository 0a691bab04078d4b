import { listDatasetValues } from '../../model/dataset-cell.ts';
import type { BlobHash } from '../../model/ids.ts';
import { isDone, listValues, type Job } from '../../model/job.ts';
import type { Lesson } from '../../model/lesson.ts';
import { listChosenDatasets, type Notebook } from '../../model/notebook.ts';
import { listTableFiles } from '../../model/outputs.ts';
import type { StoredValue } from '../../model/preview.ts';
import type { WorkspacePart } from '../../model/workspace-parts.ts';
import { listShownJobs } from './choose-records.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** A value that records name. */
export interface NamedValue {
  readonly hash: BlobHash;
  readonly byteSize: number;
  /** It goes along where any of these does; always where there is none. */
  readonly parts: readonly WorkspacePart[];
  /** The ending of its file's name. */
  readonly ending: string;
  /** What it is, for people, by the first record that names it: "a result of “Train”". */
  readonly what: string;
}

/** The values that records name, each once, by hash. */
export function listNamedValues(
  records: Pick<WorkspaceRecords, 'notebooks' | 'models' | 'versions' | 'jobs' | 'sessions'>,
): NamedValue[] {
  const found = new Map<BlobHash, NamedValue>();
  const add: Add = (value, part, what, ending = '') => {
    const before = found.get(value.blob);
    found.set(value.blob, {
      hash: value.blob,
      byteSize: value.byteSize,
      parts: joinParts(before?.parts ?? null, part),
      ending: [before?.ending, ending].find((each) => each) ?? '',
      what: before?.what ?? what,
    });
  };
  for (const notebook of records.notebooks) addNotebook(notebook, add);
  const models = new Map(records.models.map(({ id, name }) => [id, name]));
  for (const version of records.versions) {
    add(version, 'models', `version ${version.number} of “${models.get(version.modelId) ?? ''}”`, '.pickle');
  }
  const shown = new Set(listShownJobs(records.jobs));
  for (const job of records.jobs) addJob(job, shown.has(job) ? 'results' : 'history', add);
  for (const { files } of records.sessions) {
    for (const file of files) add(file, 'history', `the session’s file ${file.path}`, readEnding(file.path));
  }
  return [...found.values()].sort((one, other) => (one.hash < other.hash ? -1 : 1));
}

type Add = (value: StoredValue, part: WorkspacePart | null, what: string, ending?: string) => void;

function addNotebook(notebook: Notebook, add: Add): void {
  const place = `“${notebook.title}”`;
  for (const { blob, byteSize, fileName } of notebook.wheels) {
    add({ blob, byteSize }, null, `the wheel ${fileName} of ${place}`, '.whl');
  }
  for (const file of notebook.files) {
    const part = file.path.endsWith('.py') ? null : 'data';
    add(file, part, `the file ${file.path} of ${place}`, readEnding(file.path));
  }
  for (const cell of notebook.cells) {
    if (cell.kind !== 'dataset' || !cell.content) continue;
    const { table, file } = cell.content;
    add(table, 'data', `the table of “${cell.title}” in ${place}`, '.arrow');
    for (const value of listDatasetValues(cell)) {
      const isFile = file.isKept && value.blob === file.hash;
      const what = isFile ? `the file ${file.name}` : 'the report';
      add(value, 'data', `${what} of “${cell.title}” in ${place}`, isFile ? readEnding(file.name) : '.csv');
    }
  }
  for (const chosen of listChosenDatasets(notebook)) {
    add(chosen, 'data', `the dataset “${chosen.title}” of ${place}`, '.arrow');
  }
  if (notebook.lesson) addLesson(notebook.lesson, place, add);
}

function addLesson({ original, byteSize, values }: Lesson, place: string, add: Add): void {
  add({ blob: original, byteSize }, null, `the original of ${place}`, '.json');
  for (const value of values) add(value, 'data', `data of the original of ${place}`);
}

function addJob(job: Job, part: WorkspacePart, add: Add): void {
  const what = `a result of “${job.title}”`;
  if (isDone(job)) {
    for (const output of job.outcome.outputs) {
      if (output.kind === 'dataset')
        for (const file of listTableFiles(output)) add(file, part, what, '.arrow');
      else if (output.kind === 'variable' && output.pickle) add(output.pickle, part, what, '.pickle');
    }
    for (const image of job.outcome.images) {
      add(image, part, what, image.mediaType === 'image/png' ? '.png' : '.jpg');
    }
  }
  for (const value of listValues(job)) add(value, part, what);
}

/** A value that always goes along for one record does so whatever the others are. */
function joinParts(
  before: readonly WorkspacePart[] | null,
  part: WorkspacePart | null,
): readonly WorkspacePart[] {
  if (before === null) return part === null ? [] : [part];
  if (before.length === 0 || part === null) return [];
  return before.includes(part) ? before : [...before, part];
}

function readEnding(path: string): string {
  return /\.[a-z0-9]{1,8}$/.exec(path.toLowerCase())?.[0] ?? '';
}
