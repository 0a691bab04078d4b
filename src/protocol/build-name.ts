/**
 * Names of what belongs to one build of one site: its cache, and the lock that every open page of it shares. Both are
 * the origin's, where several sites may stand beside each other.
 */
export interface BuildNames {
  readonly toName: (buildId: string) => string;
  /** The build that a name belongs to; null for a name of somebody else. */
  readonly toBuildId: (name: string) => string | null;
}

/** @param scopeUrl the folder that the site is served from, with a slash at its end */
export function createBuildNames(scopeUrl: string): BuildNames {
  const prefix = `cahier ${new URL(scopeUrl).pathname} `;
  return {
    toName: (buildId) => prefix + buildId,
    toBuildId: (name) => (name.startsWith(prefix) ? name.slice(prefix.length) : null),
  };
}
