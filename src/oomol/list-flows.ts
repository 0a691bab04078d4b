import { getFlowTitle } from './import-flow.ts';
import { flowManifest } from './manifests/parse-manifest.ts';
import { type FileMap, readManifest } from './manifests/read-manifest.ts';
import { getName } from './paths.ts';
import { toText } from './yaml/yaml-value.ts';

/** A flow among some files, for a person to choose. */
export interface ListedFlow {
  readonly path: string;
  readonly title: string;
  /** Why it cannot be imported, as far as its own file tells; null where nothing speaks against it. */
  readonly problem: string | null;
}

/** The flows among some files, in the order of their paths. */
export function listFlows(files: FileMap): readonly ListedFlow[] {
  return [...files.keys()]
    .filter((path) => /^flow\.oo\.ya?ml$/.test(getName(path)))
    .sort()
    .map((path) => {
      const read = readManifest(files, path, flowManifest);
      const title = read.isOk ? (toText(read.value.title) ?? toText(read.value.name)) : null;
      return { path, title: getFlowTitle(path, title), problem: read.isOk ? null : read.problem };
    });
}
