import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import type { InstalledPackage } from '../../model/job-request.ts';

/** The part of the SDK that installs. */
interface RequirementsModule {
  readonly install: (requirement: string) => Promise<string | undefined>;
  readonly list_installed: (
    requirements: PyProxy,
  ) => PyProxy & { toJs: () => [name: string, version: string][] };
}

/** Installs a notebook's requirements with micropip, which has to be loaded; each once. */
export class RequirementInstaller {
  readonly #pyodide: PyodideAPI;
  readonly #done = new Set<string>();
  #module: RequirementsModule | null = null;
  /** What `list` gave last, until something is installed. */
  #listed: { readonly requirements: string; readonly packages: readonly InstalledPackage[] } | null = null;
  /** Why requests got nowhere while a requirement was installed. */
  #refusals: string[] | null = null;

  constructor(pyodide: PyodideAPI) {
    this.#pyodide = pyodide;
  }

  /** Those that were not installed yet. */
  listMissing(requirements: readonly string[]): string[] {
    return requirements.filter((requirement) => !this.#done.has(requirement));
  }

  /** Whether any of them was installed. */
  hasInstalled(requirements: readonly string[]): boolean {
    return requirements.some((requirement) => this.#done.has(requirement));
  }

  /** Takes note of a request that got nowhere; true where a requirement is being installed, and tells of it. */
  noteRefusal(text: string): boolean {
    this.#refusals?.push(text);
    return this.#refusals !== null;
  }

  /** Installs a requirement. Returns why it could not be, as a sentence that names it; null when it was. */
  async install(requirement: string): Promise<string | null> {
    const refusals: string[] = [];
    this.#refusals = refusals;
    this.#listed = null;
    try {
      const problem = await this.#getModule().install(requirement);
      if (problem === undefined) this.#done.add(requirement);
      // What the network's policy said is the reason, whatever Python made of it.
      return problem === undefined
        ? null
        : `The requirement “${requirement}” was not installed. ${refusals.at(-1) ?? problem}`;
    } finally {
      this.#refusals = null;
    }
  }

  /** What the requirements brought, by name and version. */
  list(requirements: readonly string[]): readonly InstalledPackage[] {
    const key = requirements.join('\n');
    if (this.#listed?.requirements !== key)
      this.#listed = { requirements: key, packages: this.#read(requirements) };
    return this.#listed.packages;
  }

  #read(requirements: readonly string[]): InstalledPackage[] {
    const given: PyProxy = this.#pyodide.toPy(requirements);
    const listed = this.#getModule().list_installed(given);
    try {
      const pairs: readonly (readonly [string, string])[] = listed.toJs();
      return pairs.map(([name, version]) => ({ name, version }));
    } finally {
      listed.destroy();
      given.destroy();
    }
  }

  #getModule(): RequirementsModule {
    const found: RequirementsModule = this.#module ?? this.#pyodide.pyimport('cahier.requirements');
    this.#module = found;
    return found;
  }
}
