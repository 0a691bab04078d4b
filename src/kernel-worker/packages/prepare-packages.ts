import type { InstalledPackage, JobPackages, JobWheel } from '../../model/job-request.ts';
import { normaliseName } from '../../model/package-names.ts';
import { parseRequirements } from '../../model/requirements.ts';
import type { JobEvent } from '../../protocol/messages.ts';
import type { PackageLoader } from './PackageLoader.ts';
import type { RequirementInstaller } from './RequirementInstaller.ts';

/** The lock file's key of what installs requirements. */
const installerKey = 'micropip';

/** Where packages come from, and who is told. */
export interface PackageTools {
  readonly loader: PackageLoader;
  readonly installer: RequirementInstaller;
  readonly emit: (event: JobEvent) => void;
  /** Given when the job is stopped: nothing more is begun then. */
  readonly signal: AbortSignal;
}

/** What a job needs beside what its notebook lists and its source imports by name. */
interface AlsoNeeded {
  /** The packages that what it takes is made of, as Python's lock file spells them. */
  readonly neededPackages?: readonly string[];
  /** What the index is asked for though the notebook does not list it. */
  readonly implied?: readonly string[];
}

/**
 * Brings into Python what a job needs: the notebook's wheels, its requirements, and the packages of the distribution that
 * the source imports, or what it takes is made of. Returns a sentence for each that could not be had; the job goes on without it,
 * or with the version of the distribution: scripts from elsewhere require one that was never built for the browser, and
 * most run with another. Rejects with the reason of the signal once that is given.
 */
export async function preparePackages(
  tools: PackageTools,
  modules: readonly string[],
  { wheels, requirements }: JobPackages,
  { neededPackages = [], implied = [] }: AlsoNeeded = {},
): Promise<string[]> {
  const { loader, installer, emit, signal } = tools;
  const required = [...requirements, ...implied];
  const named = required.flatMap((text) => parseRequirements(text).requirements.map(({ name }) => name));
  const added = new Set(wheels.map(({ name }) => normaliseName(name)));
  const elsewhere = new Set([...added, ...named]);
  const ofWheels = new Set(wheels.flatMap((wheel) => wheel.modules));
  const imported = modules.filter((module) => !ofWheels.has(module));
  const listNeeded = (notFrom: ReadonlySet<string>): string[] => [
    ...new Set([
      ...loader.listNeeded(imported, notFrom),
      ...loader.listWithDependencies(neededPackages, notFrom),
    ]),
  ];
  let needed = listNeeded(elsewhere);
  if (needed.length > 0) emit({ type: 'packages-found', names: needed });

  const load = async (keys: readonly string[]): Promise<string[]> => {
    signal.throwIfAborted();
    const names = loader.listMissing(keys);
    if (names.length === 0) return [];
    return await loader.load(names, (progress) => {
      emit({ type: 'packages-progressed', names, progress });
    });
  };
  installer.noteLists({ wheels, requirements });
  const problems = await loadWheels(wheels, { loader, load, elsewhere, emit });
  problems.push(...(await installRequirements(required, { installer, load, emit, signal })));
  const standIns = listStandIns(installer.listMissing(required), added, loader);
  if (standIns.size > 0) {
    needed = listNeeded(new Set([...elsewhere].filter((key) => !standIns.has(key))));
    emit({ type: 'packages-found', names: needed });
  }
  problems.push(...(await load(needed)));
  const stoodIn = loader.listLoaded(needed.filter((key) => standIns.has(key)));
  if (stoodIn.length > 0) {
    const list = stoodIn.map(({ name, version }) => `${name} ${version}`).join(', ');
    problems.push(
      `Taken in place of the versions that are required: ${list}, which Python in the browser comes with.`,
    );
  }
  const ready = listReady(tools, needed, { wheels, requirements: required });
  if (ready.length > 0) emit({ type: 'packages-ready', packages: ready });
  const unpacked = loader.takeUnpacked();
  if (unpacked) emit({ type: 'wheels-unpacked', ...unpacked });
  return problems;
}

/** The packages of the distribution, by key, that requirements name which could not be installed, and no wheel brings. */
function listStandIns(
  requirements: readonly string[],
  added: ReadonlySet<string>,
  loader: PackageLoader,
): ReadonlySet<string> {
  const named = requirements.flatMap((text) => parseRequirements(text).requirements.map(({ name }) => name));
  return new Set(named.filter((name) => !added.has(name) && loader.isKnown(name)));
}

/** What a job has of what it asked for, in the versions that Python has. */
function listReady(
  { loader, installer }: PackageTools,
  needed: readonly string[],
  { wheels, requirements }: JobPackages,
): InstalledPackage[] {
  const added = wheels.filter((wheel) => loader.hasAdded(wheel));
  const needs = loader.listWithDependencies(
    added.flatMap((wheel) => wheel.needs),
    new Set(),
  );
  const found = [
    ...loader.listLoaded([...needed, ...needs]),
    ...(installer.hasInstalled(requirements) ? installer.list(requirements) : []),
    ...added.map(({ name, version }) => ({ name, version })),
  ];
  return [...new Map(found.map((each) => [normaliseName(each.name), each])).values()];
}

type Load = (keys: readonly string[]) => Promise<string[]>;

/** The notebook's wheels, each with what it needs of the distribution. */
async function loadWheels(
  wheels: readonly JobWheel[],
  {
    loader,
    load,
    elsewhere,
    emit,
  }: {
    readonly loader: PackageLoader;
    readonly load: Load;
    readonly elsewhere: ReadonlySet<string>;
    readonly emit: (event: JobEvent) => void;
  },
): Promise<string[]> {
  const problems: string[] = [];
  for (const wheel of wheels) {
    const names = [`${wheel.name} ${wheel.version}`];
    if (!loader.hasAdded(wheel)) {
      emit({ type: 'packages-progressed', names, progress: { loadedBytes: 0, totalBytes: wheel.byteSize } });
    }
    const problem = await loader.loadAdded(wheel);
    if (problem !== null) problems.push(problem);
    const needs = wheel.needs.filter((name) => !elsewhere.has(name));
    const unknown = needs.filter((name) => !loader.isKnown(name));
    if (unknown.length > 0) {
      problems.push(
        `The wheel ${wheel.fileName} needs what is not here: ${unknown.join(', ')}. Add it to the notebook's requirements, or as a wheel.`,
      );
    }
    problems.push(...(await load(loader.listWithDependencies(needs, elsewhere))));
  }
  return problems;
}

async function installRequirements(
  requirements: readonly string[],
  {
    installer,
    load,
    emit,
    signal,
  }: {
    readonly installer: RequirementInstaller;
    readonly load: Load;
    readonly emit: (event: JobEvent) => void;
    readonly signal: AbortSignal;
  },
): Promise<string[]> {
  const missing = installer.listMissing(requirements);
  if (missing.length === 0) return [];
  const problems = await load([installerKey]);
  if (problems.length > 0) {
    return [
      `Not installed from the Python Package Index: ${missing.join(', ')}. What installs is missing. ${problems.join(' ')}`,
    ];
  }
  for (const requirement of missing) {
    const failure = installer.getFailure(requirement);
    if (failure !== undefined) {
      problems.push(failure);
      continue;
    }
    signal.throwIfAborted();
    emit({
      type: 'packages-progressed',
      names: [requirement],
      progress: { loadedBytes: 0, totalBytes: null },
    });
    const problem = await installer.install(requirement);
    if (problem !== null) problems.push(problem);
  }
  emit({ type: 'packages-installed', packages: installer.list(requirements) });
  return problems;
}
