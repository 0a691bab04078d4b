import type { FileMap } from '../manifests/read-manifest.ts';
import { getFolder, getName, joinPath, listAncestors } from '../paths.ts';
import { toText } from '../yaml/yaml-value.ts';
import { findPackageRoot, listPackages, readPackage, type Package } from './packages.ts';

/** Blocks are what tasks were called before; both are looked for, blocks first, as OOCANA does. */
const taskKinds = [
  { folder: 'blocks', name: 'block' },
  { folder: 'tasks', name: 'task' },
] as const;

/** Finds the tasks that the nodes of a flow name. */
export class TaskFinder {
  readonly #files: FileMap;
  readonly #flowFolder: string;
  #packages: readonly Package[] | null = null;

  constructor(files: FileMap, flowPath: string) {
    this.#files = files;
    this.#flowFolder = getFolder(flowPath);
  }

  /** The path of a task's manifest; null where it is not among the files. */
  find(named: string): string | null {
    const [packageName, ...rest] = named.split('::').filter((part) => part !== '');
    if (packageName === undefined || rest.length === 0) return this.#findByPath(named);
    const roots = packageName === 'self' ? this.#listOwnRoots() : this.#listRoots(packageName);
    const places = roots.flatMap((root) =>
      taskKinds.map((kind) =>
        this.#findManifest(joinPath(root, `${kind.folder}/${rest.join('/')}`), kind.name),
      ),
    );
    return places.find((place) => place !== null) ?? null;
  }

  /** A path from the flow's folder, or the name of a task beside the flow or in a package around it. */
  #findByPath(named: string): string | null {
    const around = named.startsWith('.') ? [] : listAncestors(this.#flowFolder);
    const folders = [
      joinPath(this.#flowFolder, named),
      ...around.flatMap((folder) => taskKinds.map((kind) => joinPath(folder, `${kind.folder}/${named}`))),
    ];
    const places = folders.flatMap((folder) => taskKinds.map(({ name }) => this.#findManifest(folder, name)));
    return places.find((place) => place !== null) ?? null;
  }

  /** A path that is a manifest itself, its folder, or the manifest without its ending. */
  #findManifest(place: string | null, name: string): string | null {
    if (place === null) return null;
    const inside = place === '' ? name : `${place}/${name}`;
    const candidates = [`${inside}.oo.yaml`, `${inside}.oo.yml`, `${place}.oo.yaml`, `${place}.oo.yml`];
    if (/\.ya?ml$/.test(getName(place))) candidates.unshift(place);
    return candidates.find((candidate) => this.#files.has(candidate)) ?? null;
  }

  /** A flow lies two folders below its package; one that does not belongs to the nearest package around it. */
  #listOwnRoots(): string[] {
    const twoUp = joinPath(this.#flowFolder, '../..');
    const own = findPackageRoot(this.#files, this.#flowFolder);
    return [...(twoUp === null ? [] : [twoUp]), own, ...listAncestors(this.#flowFolder)];
  }

  /** The folders of a package, the version that the flow's own package asks for first. */
  #listRoots(name: string): string[] {
    this.#packages ??= listPackages(this.#files);
    const root = findPackageRoot(this.#files, this.#flowFolder);
    const wanted = toText(readPackage(this.#files, root)?.dependencies?.[name]);
    const found = this.#packages.filter((one) => one.name === name || getName(one.folder) === name);
    return [
      ...found.filter(({ version }) => version === wanted),
      ...found.filter(({ version }) => version !== wanted),
    ].map(({ folder }) => folder);
  }
}
