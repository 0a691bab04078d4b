import type { ProjectFiles } from '../sources/ProjectFiles.ts';
import { isYamlList, isYamlRecord, type YamlValue } from '../yaml/yaml-value.ts';

/** A value that names files where they lie in the notebook, and the paths in it that are not there, each once. */
export interface BroughtValue {
  readonly value: YamlValue;
  readonly foreignPaths: readonly string[];
}

/** Folders of OOMOL's own machine. */
const foreignFolders = /^\/(oomol-driver|app\/workspace|oomol-storage)(\/|$)/;

/** Takes the files of the package that a value names into the notebook: the value itself, or texts anywhere in it. */
export function bringFiles(value: YamlValue, projectFiles: ProjectFiles): BroughtValue {
  const foreignPaths = new Set<string>();
  const bring = (part: YamlValue): YamlValue => {
    if (typeof part === 'string') {
      const kept = projectFiles.take(part) ?? part;
      if (foreignFolders.test(kept)) foreignPaths.add(kept);
      return kept;
    }
    if (isYamlList(part)) return part.map(bring);
    if (!isYamlRecord(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, bring(member)]));
  };
  return { value: bring(value), foreignPaths: [...foreignPaths] };
}
