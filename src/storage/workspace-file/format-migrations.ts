import { succeed, type Result } from '../../shared/result.ts';
import type { FileProblem } from './file-problem.ts';

/** The texts of a file by their paths; neither the manifest is among them, nor logs, nor values. */
export type FileTexts = ReadonlyMap<string, string>;

/** Brings the texts of a file to the next version of the format. They are of whoever made the file, and not checked yet. */
export type FormatStep = (texts: FileTexts) => Result<FileTexts, FileProblem>;

/**
 * What brings a file from each version of the format to the next: entry 0 makes version 2 out of version 1. Entries are never
 * changed once released; a new shape is a new entry, a higher `formatVersion`, and a file of the version before, kept for a test.
 */
export const formatSteps: readonly FormatStep[] = [];

/** Runs, in order, what lies between the version of a file and the newest. */
export function migrateTexts(
  texts: FileTexts,
  foundVersion: number,
  steps = formatSteps,
): Result<FileTexts, FileProblem> {
  return steps
    .slice(foundVersion - 1)
    .reduce<Result<FileTexts, FileProblem>>(
      (before, step) => (before.isOk ? step(before.value) : before),
      succeed(texts),
    );
}
