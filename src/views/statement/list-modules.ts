import { decide, type NetworkPolicy } from '../../model/network-policy.ts';
import type { InstalledPackage } from '../../model/job-request.ts';
import type { Notebook } from '../../model/notebook.ts';
import { normaliseName } from '../../model/package-names.ts';
import { parseRequirements } from '../../model/requirements.ts';
import { findModulePackage, statementModules } from '../../model/statement-modules.ts';
import type { ImportablePackage } from '../parse-packages.ts';

/** A module that a Statement may import, and whether it can. */
export interface ListedModule {
  /** The full name to import. */
  readonly name: string;
  /** Null for what is Python's own. */
  readonly packageName: string | null;
  /** Null where it is known only when it is there. */
  readonly version: string | null;
  /** Of the platform that Statements are written for; null for what is Python's own. */
  readonly platformVersion: string | null;
  readonly availability: string;
  /** Hosts that it would have to come from and that the policy refuses; none where it can be had. */
  readonly refusedHosts: readonly string[];
}

/** What the availability of modules depends on. */
export interface ModuleSources {
  /** Those of Pyodide, of this site or not. */
  readonly packages: readonly ImportablePackage[];
  readonly notebook: Pick<Notebook, 'wheels' | 'requirements'>;
  /** What requirements have brought into the Python that runs. */
  readonly installed: readonly InstalledPackage[];
  readonly policy: NetworkPolicy;
  /** The folder that Pyodide's packages come from; ends in a slash. */
  readonly distributionUrl: string;
  /** Null while Python starts. */
  readonly pythonVersion: string | null;
}

type Source = Pick<ListedModule, 'version' | 'availability' | 'refusedHosts'>;

/** The hosts that the Python Package Index is. */
const indexUrls = ['https://pypi.org/simple/', 'https://files.pythonhosted.org/packages/'];

/** Every module that a Statement may import, in the order of the language's list. */
export function listModules(sources: ModuleSources): ListedModule[] {
  return statementModules.map((name) => {
    const [top = name] = name.split('.');
    const found = findModulePackage(name);
    const served = sources.packages.find(({ imports }) => imports.includes(top));
    return {
      name,
      packageName: found?.name ?? served?.name ?? null,
      platformVersion: found?.platformVersion ?? null,
      ...findSource(top, sources, served),
    };
  });
}

function findSource(top: string, sources: ModuleSources, served: ImportablePackage | undefined): Source {
  const { notebook, policy, distributionUrl, pythonVersion } = sources;
  const found = findModulePackage(top);
  const key = normaliseName(found?.name ?? top);
  const wheel = notebook.wheels.find(
    ({ name, modules }) => modules.includes(top) || normaliseName(name) === key,
  );
  if (wheel) return { version: wheel.version, availability: 'Added by you', refusedHosts: [] };
  const required = parseRequirements(notebook.requirements).requirements.find(({ name }) => name === key);
  if (required || found?.requirement) {
    const refused = listRefused(policy, indexUrls, distributionUrl);
    const version = sources.installed.find(({ name }) => normaliseName(name) === key)?.version ?? null;
    const place = required ? `PyPI: ${required.text}` : 'PyPI';
    return createSource(version, place, version === null ? refused : []);
  }
  if (!served) return { version: pythonVersion, availability: 'Built in', refusedHosts: [] };
  if (served.isServed) return { version: served.version, availability: 'In this build', refusedHosts: [] };
  const refused = listRefused(policy, [distributionUrl + 'x'], distributionUrl);
  return createSource(served.version, 'the Pyodide CDN', refused);
}

function createSource(version: string | null, place: string, refusedHosts: readonly string[]): Source {
  const from = refusedHosts.length === 0 ? 'From' : 'Not available from';
  return { version, availability: `${from} ${place}`, refusedHosts };
}

/** The hosts of addresses that may not be asked for, not even after the reader was asked. */
function listRefused(policy: NetworkPolicy, urls: readonly string[], distributionUrl: string): string[] {
  return urls
    .filter((url) => decide(policy, { method: 'GET', url }, distributionUrl).decision === 'refused')
    .map((url) => new URL(url).host);
}

/** Says that the policy keeps modules from being fetched, and what to do; null where it keeps none. */
export function describeRefusal(modules: readonly ListedModule[], { mode }: NetworkPolicy): string | null {
  const hosts = [...new Set(modules.flatMap(({ refusedHosts }) => refusedHosts))];
  if (hosts.length === 0) return null;
  const [refused, remedy] =
    mode === 'none'
      ? ['allows no other host', 'Choose another policy']
      : [`does not allow ${hosts.join(' and ')}`, `Allow ${hosts.length === 1 ? 'it' : 'them'}`];
  return `The network policy of this workspace ${refused}, so that what is “not available” below cannot be fetched. ${remedy} under “Network” in the workspace pane, or add the wheels under “Packages” above the notebook: those need no network.`;
}
