import type { Profile } from '../model/profile.ts';
import type { ModelVersion, TrainedModel, VersionOrigin } from '../model/trained-model.ts';
import { assertNever } from '../shared/assert-never.ts';

/** A profile as the API gives it. */
export function describeProfile({ id, username, displayName, createdAt, changedAt }: Profile): object {
  return { id, username, displayName, createdAt: toText(createdAt), changedAt: toText(changedAt) };
}

/** A model as the API gives it, with its versions, the newest of which leads. */
export function describeModel(
  { id, name, notes, createdAt, changedAt }: TrainedModel,
  versions: readonly ModelVersion[],
): object {
  return {
    id,
    name,
    notes,
    latestVersion: versions[0]?.number ?? null,
    createdAt: toText(createdAt),
    changedAt: toText(changedAt),
  };
}

/** A version of a model as the API gives it: all that is known of the object, which itself stays where it is. */
export function describeVersion(version: ModelVersion): object {
  const { number, createdAt, origin, profile, typeName, pythonVersion, packages, notes, blob, byteSize } =
    version;
  return {
    version: number,
    createdAt: toText(createdAt),
    savedBy: profile,
    origin: describeOrigin(origin),
    type: typeName,
    pythonVersion,
    packages,
    notes,
    sha256: blob,
    byteSize,
  };
}

function describeOrigin(origin: VersionOrigin): object {
  switch (origin.type) {
    case 'job': {
      const { type, notebookTitle, cellTitle, sessionId, jobId } = origin;
      return { type, notebook: notebookTitle, cell: cellTitle, sessionId, jobId };
    }
    case 'rollback':
      return { type: origin.type, version: origin.number };
    default:
      return assertNever(origin);
  }
}

function toText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
