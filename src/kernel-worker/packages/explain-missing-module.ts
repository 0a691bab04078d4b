import { findModulePackage } from '../../model/statement-modules.ts';
import { findSimilarNames } from './similar-names.ts';
import { describeUnavailable } from './unavailable-modules.ts';

/** The modules that scripts know by another name than the one to write. */
const otherNames: Readonly<Record<string, string>> = {
  beautifulsoup4: 'bs4',
  opencv: 'cv2',
  opencv_python: 'cv2',
  pillow: 'PIL',
  pyyaml: 'yaml',
  scikit_learn: 'sklearn',
  scikit_image: 'skimage',
};

/** Why no package has a module, and what can be done; `modules` are those that can be imported, with their packages. */
export function explainMissingModule(module: string, modules: ReadonlyMap<string, string>): string {
  const unavailable = describeUnavailable(module);
  if (unavailable !== null) return unavailable;
  const known = findModulePackage(module);
  if (known?.requirement) {
    return `It is in ${known.name}, of the Python Package Index: add ${known.requirement} to the notebook's requirements, under “Packages”.`;
  }
  const key = module.toLowerCase();
  const named = Object.hasOwn(otherNames, key) ? otherNames[key] : undefined;
  const similar = named === undefined ? findSimilarNames(module, modules.keys()) : [named];
  const hint = similar.length === 0 ? '' : ` Did you mean ${joinNames(similar)}?`;
  return `No package that can be imported here has a module "${module}".${hint} It may be on the Python Package Index: add its package to the notebook's requirements, under “Packages”.`;
}

function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
