import { packageManifest, type PackageManifest } from '../manifests/parse-manifest.ts';
import { readManifest, type FileMap } from '../manifests/read-manifest.ts';
import { getFolder, getName, joinPath, listAncestors } from '../paths.ts';
import { toText } from '../yaml/yaml-value.ts';

/** Each package is looked at, so that many large ones would take long, in bytes. */
const largestManifest = 50_000;

/** A folder that holds tasks for flows to use. */
export interface Package {
  readonly folder: string;
  readonly name: string;
  /** "" where none is told. */
  readonly version: string;
}

/** The manifest of the package in a folder; null where there is none. */
export function findPackageManifest(files: FileMap, folder: string): string | null {
  const candidates = ['package.oo.yaml', 'package.oo.yml'].map((name) => joinPath(folder, name) ?? name);
  return candidates.find((path) => files.has(path)) ?? null;
}

/** What the package in a folder says of itself; null where it says nothing that can be read. */
export function readPackage(files: FileMap, folder: string): PackageManifest | null {
  const path = findPackageManifest(files, folder);
  if (path === null || (files.get(path)?.byteLength ?? 0) > largestManifest) return null;
  const read = readManifest(files, path, packageManifest);
  return read.isOk ? read.value : null;
}

/** The folder of the package that a folder belongs to: that of `package.oo.yaml`, else the one that its tasks lie in. */
export function findPackageRoot(files: FileMap, folder: string): string {
  const ancestors = listAncestors(folder);
  const declared = ancestors.find((ancestor) => findPackageManifest(files, ancestor) !== null);
  if (declared !== undefined) return declared;
  const holder = ancestors.find((ancestor) => /^(flows|tasks|blocks|subflows)$/.test(getName(ancestor)));
  return holder === undefined ? folder : getFolder(holder);
}

/** Every package among the files, newer ones of a name first. */
export function listPackages(files: FileMap): readonly Package[] {
  const folders = new Set<string>();
  for (const path of files.keys()) {
    const file = getName(path);
    if (/^package\.oo\.ya?ml$/.test(file)) folders.add(getFolder(path));
    if (/^(task|block)\.oo\.ya?ml$/.test(file)) folders.add(getFolder(getFolder(getFolder(path))));
  }
  const collator = new Intl.Collator('en', { numeric: true });
  return [...folders]
    .map((folder) => describePackage(files, folder))
    .sort((one, other) => collator.compare(other.version, one.version));
}

/** The folder is named as the package is, with or without its version: `tools`, `tools-1.0.0`. */
function describePackage(files: FileMap, folder: string): Package {
  const own = readPackage(files, folder);
  const scope = getName(getFolder(folder));
  const [, plain = '', version = ''] = /^(.*?)(?:-(\d+\.[^/]*))?$/.exec(getName(folder)) ?? [];
  const named = scope.startsWith('@') ? `${scope}/${plain}` : plain;
  return { folder, name: toText(own?.name) ?? named, version: toText(own?.version) ?? version };
}
