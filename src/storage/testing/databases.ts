import type { BlobHash } from '../../model/ids.ts';
import type { Job } from '../../model/job.ts';
import { buildCell, buildHash, buildJob, buildNotebook, buildOutput } from '../../model/testing/builders.ts';
import { Database, type DatabaseEvents } from '../Database.ts';

export const notebook = buildNotebook(['cell']);
export const cell = buildCell('cell');
export const log = [{ time: 5, stream: 'stdout', text: 'hello\n' }] as const;
const opened: Database[] = [];
let count = 0;

export const noEvents: DatabaseEvents = {
  onBlocked: () => undefined,
  onOutdated: () => undefined,
  onLost: () => undefined,
};

export function createName(): string {
  count += 1;
  return `test ${Date.now()} ${count}`;
}

/** Opens a database in the browser, until `closeDatabases`. */
export async function openDatabase(
  name = createName(),
  events: Partial<DatabaseEvents> = {},
): Promise<Database> {
  const result = await Database.open({ ...noEvents, ...events }, name);
  if (!result.isOk) throw new Error(result.problem);
  opened.push(result.value);
  return result.value;
}

export function closeDatabases(): void {
  for (const database of opened.splice(0)) database.close();
}

/** A job that put out a dataset under each of the hashes, which are given as their digit. */
export function buildDone(finishedAt: number, digits: readonly string[]): Job {
  const outputs = digits.map((digit) => buildOutput(digit, buildHash(digit)));
  return buildJob(cell, finishedAt, { outcome: { status: 'done', outputs, images: [] } });
}

export function buildBlobs(digits: readonly string[]): { readonly hash: BlobHash; readonly content: Blob }[] {
  return digits.map((digit) => ({ hash: buildHash(digit), content: new Blob([`content ${digit}`]) }));
}

export async function readTexts(database: Database, digits: readonly string[]): Promise<(string | null)[]> {
  return await Promise.all(
    digits.map(async (digit) => (await database.readBlob(buildHash(digit)))?.text() ?? null),
  );
}
