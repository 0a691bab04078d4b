/** What is known of the pages that are open, of whatever build. */
export interface OpenPages {
  /** How many there are. */
  readonly count: number;
  /** The build of each that has said it. */
  readonly buildIds: readonly string[];
}

/**
 * The builds whose files can go: not this one, and none that an open page may still load a part of. While a page has not said
 * of which build it is, all stay.
 */
export function chooseDroppable(
  keptBuildIds: readonly string[],
  buildId: string,
  pages: OpenPages,
): readonly string[] {
  if (pages.buildIds.length < pages.count) return [];
  return keptBuildIds.filter((kept) => kept !== buildId && !pages.buildIds.includes(kept));
}
