import type { JobPackages } from '../../model/job-request.ts';
import { normaliseName } from '../../model/package-names.ts';
import { parseRequirements } from '../../model/requirements.ts';
import { findModulePackage } from '../../model/statement-modules.ts';

/**
 * What the index is asked for as a Statement imports these top-level modules: their packages, where Pyodide does not have
 * them and the notebook does not bring them itself.
 */
export function listImplied(
  modules: readonly string[],
  { wheels, requirements }: Pick<JobPackages, 'wheels' | 'requirements'>,
): string[] {
  const brought = new Set([
    ...wheels.map(({ name }) => normaliseName(name)),
    ...requirements.flatMap((text) => parseRequirements(text).requirements.map(({ name }) => name)),
  ]);
  const ofWheels = new Set(wheels.flatMap((wheel) => wheel.modules));
  return modules.flatMap((module) => {
    const found = findModulePackage(module);
    if (!found?.requirement || ofWheels.has(module) || brought.has(normaliseName(found.name))) return [];
    return [found.requirement];
  });
}

/** Why a module of such a package cannot be imported; null where it is of no such package. */
export function explainImplied(module: string): string | null {
  const found = findModulePackage(module);
  if (!found?.requirement) return null;
  return `It is in ${found.name}, which comes from the Python Package Index and was not installed: the log says why. You can also add its wheel under “Packages”.`;
}
