import { groupBy } from '../shared/group-by.ts';
import type { CellId } from './ids.ts';
import { isDone, type Job, type JobOutcome } from './job.ts';
import type { JobInput } from './job-inputs.ts';
import { isSameSetup } from './job-setup.ts';
import { getFingerprint, getOutputKey } from './outputs.ts';
import type { Session } from './session.ts';

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
  const images = listChanged(hashImages(before), hashImages(after));
  const previews = listChanged(hashPreviews(before), hashPreviews(after));
  const loaded = listChanged(hashLoaded(before), hashLoaded(after));
  const saved = listChanged(hashSaved(before), hashSaved(after));
  return [
    ...compareOutcomes(before.outcome, after.outcome),
    ...(before.source === after.source ? [] : ['its source']),
    ...(isSameSetup(before.setup, after.setup) ? [] : ['its configuration']),
    ...inputs.map((name) => `the input ${name}`),
    ...loaded.map((name) => `the model ${name} that it loaded`),
    ...saved.map((name) => `the model ${name} that it saved`),
    ...outputs.map((name) => `the output ${name}`),
    ...images.map((name) => `the image ${name}`),
    ...previews.map((id) => (id === '' ? 'its previews' : `the preview ${id}`)),
    ...compareCounts('its warnings', before.notices.warnings, after.notices.warnings),
    ...compareCounts('the errors that it reported', before.notices.errors, after.notices.errors),
  ];
}

function compareOutcomes(before: JobOutcome, after: JobOutcome): string[] {
  if (before.status === 'failed' && after.status === 'failed') {
    const [one, other] = [before, after].map(({ error }) => [error.kind, error.type, error.message]);
    return JSON.stringify(one) === JSON.stringify(other) ? [] : ['its error'];
  }
  const isSameLevel =
    before.status !== 'stopped' || after.status !== 'stopped' || before.level === after.level;
  return before.status === after.status && isSameLevel ? [] : ['how it ended'];
}

function compareCounts(what: string, before: number, after: number): string[] {
  return before === after ? [] : [`${what} (${String(before)} before, ${String(after)} after)`];
}

/**
 * What two sessions ran with in other versions, in the words for the reader. What one of them had alone is left out: what
 * is loaded hangs on what was run before.
 */
export function compareVersions(before: Versions, after: Versions): string[] {
  const [one, other] = [listVersions(before), listVersions(after)];
  return [...one].flatMap(([name, version]) => {
    const otherVersion = other.get(name);
    return otherVersion === undefined || version === otherVersion
      ? []
      : [`${name} (${version} before, ${otherVersion} after)`];
  });
}

type Versions = Pick<Session, 'pythonVersion' | 'packages'>;

function listVersions({ pythonVersion, packages }: Versions): ReadonlyMap<string, string> {
  const groups = [...groupBy(packages, ({ name }) => name)];
  const versions = groups.map(
    ([name, group]) => [name, group.map(({ version }) => version).join(' and ')] as const,
  );
  return new Map([...(pythonVersion === null ? [] : [['Python', pythonVersion] as const]), ...versions]);
}

/** What each name shows. */
function hashLoaded({ loadedModels }: Job): Map<string, string> {
  return new Map(loadedModels.map(({ name, number }) => [name, String(number)]));
}

/** Each has another number: what they hold may be the same. */
function hashSaved({ savedModels }: Job): Map<string, string> {
  return new Map(savedModels.map(({ name, blob }) => [name, blob]));
}

function hashImages(job: Job): ReadonlyMap<string, string> {
  const images = isDone(job) ? job.outcome.images : [];
  return joinTexts(images.map(({ name, mediaType, blob }) => [name, `${mediaType} ${blob}`]));
}

/** What each id shows; those without one, in order, under an empty text. */
function hashPreviews({ previews }: Job): ReadonlyMap<string, string> {
  return joinTexts(previews.map(({ id, content }) => [id ?? '', JSON.stringify(content)]));
}

function joinTexts(texts: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const groups = groupBy(texts, ([name]) => name);
  return new Map([...groups].map(([name, group]) => [name, JSON.stringify(group)]));
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
