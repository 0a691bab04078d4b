import { groupBy } from '../shared/group-by.ts';
import type { CellId } from './ids.ts';
import { isDone, type Job } from './job.ts';
import type { JobInput } from './job-inputs.ts';
import { isSameSetup } from './job-setup.ts';
import { getFingerprint, getOutputKey } from './outputs.ts';

/** What became of a cell in two sessions; null where it was not run. */
export interface ComparedCell {
  readonly cellId: CellId;
  readonly title: string;
  readonly before: Job | null;
  readonly after: Job | null;
  /** What was different, in the words for the reader. */
  readonly differences: readonly string[];
}

/** Compares the jobs of two sessions cell by cell, in the order of the later one. */
export function compareSessions(before: readonly Job[], after: readonly Job[]): ComparedCell[] {
  const cellIds = new Set([...after, ...before].map(({ cellId }) => cellId));
  return [...cellIds].map((cellId) => {
    const [one, other] = [before, after].map((jobs) => jobs.findLast((job) => job.cellId === cellId) ?? null);
    return {
      cellId,
      title: other?.title ?? one?.title ?? '',
      before: one ?? null,
      after: other ?? null,
      differences: one && other ? listDifferences(one, other) : [],
    };
  });
}

function listDifferences(before: Job, after: Job): string[] {
  const inputs = listChanged(hashInputs(before.inputs), hashInputs(after.inputs));
  const outputs = listChanged(hashOutputs(before), hashOutputs(after));
  return [
    ...(before.outcome.status === after.outcome.status ? [] : ['how it ended']),
    ...(before.source === after.source ? [] : ['its source']),
    ...(isSameSetup(before.setup, after.setup) ? [] : ['its configuration']),
    ...inputs.map((name) => `the input ${name}`),
    ...outputs.map((name) => `the output ${name}`),
  ];
}

function hashInputs(inputs: readonly JobInput[]): ReadonlyMap<string, string> {
  return new Map(inputs.map(({ handle, hash }) => [handle, hash]));
}

/** What each handle put out, whatever came first: outputs for several inputs come in any order. */
function hashOutputs(job: Job): ReadonlyMap<string, string> {
  const outputs = isDone(job) ? job.outcome.outputs : [];
  const parts = [...groupBy(outputs, ({ handle }) => handle)].map(([handle, group]) => {
    const hashes = group.map((output) => `${getOutputKey(output)} ${getFingerprint(output)}`).sort();
    return [handle, hashes.join(' ')] as const;
  });
  return new Map(parts);
}

function listChanged(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
