import type { BlobHash } from './ids.ts';
import type { Job } from './job.ts';
import type { InstalledPackage, JobPackages, JobWheel } from './job-request.ts';
import type { Notebook } from './notebook.ts';
import { normaliseName } from './package-names.ts';
import { parseRequirements } from './requirements.ts';
import { findModulePackage } from './statement-modules.ts';

/** What a package comes from; a requirement as it was typed, without its comment. */
export type PackageOrigin =
  | { readonly type: 'wheel'; readonly blob: BlobHash }
  | { readonly type: 'requirement'; readonly text: string };

/** A package that a notebook brings itself. */
export interface OwnPackage {
  /** As indexes compare names. */
  readonly name: string;
  readonly origin: PackageOrigin;
  /** The outermost modules of a wheel; null for a requirement, of which nobody knows them before it is installed. */
  readonly modules: readonly string[] | null;
}

/** A package that a notebook brought, as a job found it. */
export interface FoundPackage extends Pick<OwnPackage, 'name' | 'origin'> {
  /** Whether the job imported something from it. */
  readonly isUsed: boolean;
}

/** The packages that a notebook brings itself, each once: a wheel is there before requirements are asked for. */
export function listOwnPackages({
  requirements,
  wheels,
}: Pick<Notebook, 'requirements' | 'wheels'>): OwnPackage[] {
  const required = parseRequirements(requirements).requirements.map(({ name, text }): OwnPackage => ({
    name,
    origin: { type: 'requirement', text },
    modules: null,
  }));
  const added = wheels.map(({ name, blob, modules }): OwnPackage => ({
    name: normaliseName(name),
    origin: { type: 'wheel', blob },
    modules,
  }));
  return [...new Map([...required, ...added].map((each) => [each.name, each])).values()];
}

/** The same of what a job brings along. */
export function listBrought({ requirements, wheels }: JobPackages): OwnPackage[] {
  return listOwnPackages({ requirements: requirements.join('\n'), wheels });
}

/** What a job brings along, without wheels that Python could not load. */
export function pickLoaded(brought: JobPackages, ready: readonly InstalledPackage[]): JobPackages {
  const isLoaded = (wheel: JobWheel): boolean =>
    ready.some(
      ({ name, version }) => normaliseName(name) === normaliseName(wheel.name) && version === wheel.version,
    );
  return { ...brought, wheels: brought.wheels.filter(isLoaded) };
}

/** The packages as a job found them; `used` are the names of those that it used. */
export function describePackages(own: readonly OwnPackage[], used: readonly string[]): FoundPackage[] {
  return own.map(({ name, origin }) => ({ name, origin, isUsed: used.includes(name) }));
}

/**
 * Whether a job would have something else of the packages than it had: one that it used is gone or another one, or one
 * came that would bring what it had from elsewhere or looked for in vain.
 */
export function havePackagesChanged(
  { ownPackages: found, packages, absentModules }: Pick<Job, 'ownPackages' | 'packages' | 'absentModules'>,
  own: readonly OwnPackage[],
): boolean {
  if (!found) return false;
  const isThere = (
    { name, origin }: OwnPackage | FoundPackage,
    list: readonly FoundPackage[] | readonly OwnPackage[],
  ): boolean => list.some((other) => other.name === name && isSameOrigin(other.origin, origin));
  return (
    found.some((each) => each.isUsed && !isThere(each, own)) ||
    own.some(
      (each) =>
        !isThere(each, found) &&
        (packages.includes(each.name) || absentModules.some((place) => brings(each, place))),
    )
  );
}

function isSameOrigin(one: PackageOrigin, other: PackageOrigin): boolean {
  if (one.type === 'wheel') return other.type === 'wheel' && one.blob === other.blob;
  return other.type === 'requirement' && one.text === other.text;
}

/** Whether a module is in a package; that of a requirement is known by its name alone. */
function brings({ name, modules }: OwnPackage, module: string): boolean {
  if (modules) return modules.includes(module);
  const known = findModulePackage(module)?.name ?? module;
  return normaliseName(known) === name;
}
