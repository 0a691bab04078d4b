// @ts-check

/**
 * The named packages and all that they need, each once, a package before what only it needs.
 * @param {Record<string, { depends: string[] }>} packages
 * @param {string[]} roots
 * @returns {string[]}
 * @throws {Error} when a package is not in the list, with who needs it
 */
export function dependencyClosure(packages, roots) {
  /** @type {Set<string>} */
  const found = new Set();
  /**
   * @param {string} name
   * @param {string} neededBy
   */
  const visit = (name, neededBy) => {
    if (found.has(name)) return;
    const entry = packages[name];
    if (entry === undefined)
      throw new Error(`The lock file has no package "${name}" (needed by ${neededBy})`);
    found.add(name);
    entry.depends.forEach((dependency) => visit(dependency, name));
  };
  roots.forEach((root) => visit(root, 'Cahier'));
  return [...found];
}
