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
  /** Why it cannot be had, as a sentence; null where it can. */
  readonly problem: string | null;
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

type Source = Pick<ListedModule, 'version' | 'availability' | 'problem'>;

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
  if (wheel) return { version: wheel.version, availability: 'Added by you', problem: null };
  const required = parseRequirements(notebook.requirements).requirements.find(({ name }) => name === key);
  if (required || found?.requirement) {
    const [problem = null] = indexUrls.flatMap((url) => findRefusal(policy, url, distributionUrl) ?? []);
    const version = sources.installed.find(({ name }) => normaliseName(name) === key)?.version ?? null;
    const place = required ? `PyPI: ${required.text}` : 'PyPI';
    return createSource(version, place, version === null ? problem : null);
  }
  if (!served) return { version: pythonVersion, availability: 'Built in', problem: null };
  if (served.isServed) return { version: served.version, availability: 'In this build', problem: null };
  const refusal = findRefusal(policy, distributionUrl + 'x', distributionUrl);
  return createSource(served.version, 'the Pyodide CDN', refusal);
}

function createSource(version: string | null, place: string, problem: string | null): Source {
  return { version, availability: `${problem === null ? 'From' : 'Not available from'} ${place}`, problem };
}

/** Why the policy keeps an address from being asked for; null where it does not, or the reader is asked. */
function findRefusal(policy: NetworkPolicy, url: string, distributionUrl: string): string | null {
  const decision = decide(policy, { method: 'GET', url }, distributionUrl);
  return decision.decision === 'refused' ? decision.reason : null;
}
