import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import type { InstalledPackage, JobPackages } from '../../model/job-request.ts';

/** The part of the SDK that installs. */
interface RequirementsModule {
  readonly install: (
    requirement: string,
  ) => Promise<(PyProxy & { toJs: () => [problem: string, isLasting: boolean] }) | undefined>;
  readonly list_installed: (
    requirements: PyProxy,
  ) => PyProxy & { toJs: () => [name: string, version: string][] };
}

/** Installs a notebook's requirements with micropip, which has to be loaded; each once. */
export class RequirementInstaller {
  readonly #pyodide: PyodideAPI;
  readonly #done = new Set<string>();
  /** What was told of requirements that cannot be had: asking for them again would change nothing. */
  readonly #failures = new Map<string, string>();
  /** The lists of the last job, which the failures are of. */
  #lists = '';
  #module: RequirementsModule | null = null;
  /** What `list` gave last, until something is installed. */
  #listed: { readonly requirements: string; readonly packages: readonly InstalledPackage[] } | null = null;
  /** Why requests got nowhere while a requirement was installed. */
  #refusals: string[] | null = null;

  constructor(pyodide: PyodideAPI) {
    this.#pyodide = pyodide;
  }

  /** Takes note of the lists that a job comes with. Where they are others than before, each requirement is tried again. */
  noteLists({ wheels, requirements }: JobPackages): void {
    const lists = JSON.stringify([wheels.map(({ blob }) => blob), requirements]);
    if (lists !== this.#lists) this.#failures.clear();
    this.#lists = lists;
  }

  /** Why a requirement cannot be had, as it was told when it was asked for; undefined where it may be asked for. */
  getFailure(requirement: string): string | undefined {
    return this.#failures.get(requirement);
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
      const failure = await this.#tryInstall(requirement);
      if (failure === null) {
        this.#done.add(requirement);
        // What it brought may be what others lacked.
        this.#failures.clear();
        return null;
      }
      // What the network's policy said is the reason, whatever Python made of it.
      const refusal = refusals.at(-1);
      const told = `The requirement “${requirement}” was not installed. ${refusal ?? failure.problem}`;
      if (failure.isLasting && refusal === undefined) this.#failures.set(requirement, told);
      return told;
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

  async #tryInstall(requirement: string): Promise<{ problem: string; isLasting: boolean } | null> {
    const failure = await this.#getModule().install(requirement);
    if (failure === undefined) return null;
    try {
      const [problem, isLasting] = failure.toJs();
      return { problem, isLasting };
    } finally {
      failure.destroy();
    }
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
