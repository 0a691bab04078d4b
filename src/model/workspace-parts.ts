/** What a person may leave out of an exported workspace. */
export const workspaceParts = ['data', 'models', 'results', 'history'] as const;

/**
 * data: tables of Datasets with their original files, datasets that inputs were given, and files of notebooks that are no
 * Python; models: with their versions and groups; results: what cells show, and checkpoints; history: all other
 * sessions, and the runs of schedules and production lines.
 */
export type WorkspacePart = (typeof workspaceParts)[number];

/** What goes along. History is that of results, and comes with them only. */
export type PickedParts = Readonly<Record<WorkspacePart, boolean>>;

export const allParts: PickedParts = { data: true, models: true, results: true, history: true };

/** Bytes that go along where any of these parts does; always where there is none, as what is written in notebooks. */
export interface PartSize {
  readonly parts: readonly WorkspacePart[];
  readonly byteSize: number;
}

/** What is picked as it takes effect. */
export function settleParts(picked: PickedParts): PickedParts {
  return { ...picked, history: picked.history && picked.results };
}

/** Whether something that these parts have goes along. */
export function isTaken(parts: readonly WorkspacePart[], picked: PickedParts): boolean {
  return parts.length === 0 || parts.some((part) => picked[part]);
}

/** Bytes of what goes along, before they are packed. */
export function measureParts(sizes: readonly PartSize[], picked: PickedParts): number {
  const settled = settleParts(picked);
  return sizes.reduce((sum, { parts, byteSize }) => (isTaken(parts, settled) ? sum + byteSize : sum), 0);
}
