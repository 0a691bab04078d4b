import { readYaml } from './yaml/read-yaml.ts';
import type { FileMap } from './manifests/read-manifest.ts';
import { joinPath } from './paths.ts';
import { isYamlRecord } from './yaml/yaml-value.ts';

/** Puts the text of a key. */
export type Translate = (text: string) => string;

/** The English texts of packages, which stand in their manifests as `%key%`; a key that has none stays as it is. */
export class PackageTexts {
  readonly #files: FileMap;
  readonly #known = new Map<string, Translate>();

  constructor(files: FileMap) {
    this.#files = files;
  }

  read(packageRoot: string): Translate {
    const known = this.#known.get(packageRoot);
    if (known) return known;
    const path = joinPath(packageRoot, 'oo-locales/en.json') ?? '';
    const bytes = this.#files.get(path);
    // JSON is YAML, but for what no list of texts has.
    const read = bytes ? readYaml(path, bytes) : null;
    const value = read?.isOk === true ? read.value : null;
    const texts = new Map(isYamlRecord(value) ? Object.entries(value) : []);
    const translate: Translate = (text) => {
      const found = texts.get(/^%([^%]+)%$/.exec(text)?.[1] ?? '');
      return typeof found === 'string' ? found : text;
    };
    this.#known.set(packageRoot, translate);
    return translate;
  }
}
