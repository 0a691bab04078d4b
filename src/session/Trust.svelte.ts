import type { ImportId, WorkspaceId } from '../model/ids.ts';
import {
  describeArrival,
  describeImport,
  nameSource,
  type DescribeDistrust,
  type Imported,
  type ImportedFile,
} from '../model/imported-file.ts';
import { logger } from '../shared/logger.ts';
import type { Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';

export interface TrustServices {
  readonly storage: Pick<Storage, 'loadImports' | 'changeImport' | 'watchImports'>;
  readonly notices: Notices;
}

/** Which workspace files and links came in, and whether what came with them may run: not until somebody has said so. */
export class Trust {
  readonly #services: TrustServices;
  readonly #workspaceId: WorkspaceId;
  #listener: () => void = () => undefined;
  #imports = $state.raw<ReadonlyMap<ImportId, ImportedFile>>(new Map());

  private constructor(services: TrustServices, workspaceId: WorkspaceId) {
    this.#services = services;
    this.#workspaceId = workspaceId;
    services.storage.watchImports(() => void this.refresh());
  }

  /** Reads what is stored. */
  static async open(services: TrustServices, workspaceId: WorkspaceId): Promise<Trust> {
    const trust = new Trust(services, workspaceId);
    for (const problem of await trust.#load()) services.notices.tell(problem);
    return trust;
  }

  /** The listener is told when something is trusted that was not, or the other way round, in whichever tab that was decided. */
  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  /** The import that a thing came with; null where it was made here, or nothing is known of its import. */
  find({ importId }: Imported): ImportedFile | null {
    return importId === undefined ? null : (this.#imports.get(importId) ?? null);
  }

  /** Whether a thing was made here, or came with a file or link that is trusted. */
  isTrusted(thing: Imported): boolean {
    return thing.importId === undefined || this.find(thing)?.isTrusted === true;
  }

  readonly describeDistrust: DescribeDistrust = (thing) => {
    if (this.isTrusted(thing)) return null;
    const file = this.find(thing);
    return file
      ? `${describeArrival(file)}, which is not trusted yet. Trust that ${nameSource(file)} first`
      : 'came with a file or link of which nothing is known any more, so it cannot be trusted. Open that again';
  };

  /** Lets run what came with a file or link; false where that could not be stored, which is told. */
  async trust(id: ImportId): Promise<boolean> {
    return await this.#decide(id, true);
  }

  /** Lets nothing run any more that came with one; as `trust`. */
  async stopTrusting(id: ImportId): Promise<boolean> {
    return await this.#decide(id, false);
  }

  /** Reads anew what is known of imports where nothing is of that of a thing, which another tab may have imported; never rejects. */
  async learn({ importId }: Imported): Promise<void> {
    if (importId !== undefined && !this.#imports.has(importId)) await this.refresh();
  }

  /** Takes over what another tab has decided; never rejects. */
  async refresh(): Promise<void> {
    await this.#load();
    this.#listener();
  }

  async #decide(id: ImportId, isTrusted: boolean): Promise<boolean> {
    const { storage, notices } = this.#services;
    const changed = await storage.changeImport(id, (stored) => stored && { ...stored, isTrusted });
    if (!changed.isOk || changed.value === null) {
      const reason = changed.isOk ? 'nothing is known of it any more' : changed.problem.message;
      const file = this.#imports.get(id);
      const what = file ? describeImport(file) : 'a file';
      notices.tell(`What you decided on ${what} could not be stored: ${reason}. It stays as it was.`);
      return false;
    }
    this.#imports = new Map([...this.#imports, [id, changed.value]]);
    this.#listener();
    return true;
  }

  /** What cannot be read is not trusted. */
  async #load(): Promise<readonly string[]> {
    try {
      const { values, problems } = await this.#services.storage.loadImports();
      const own = values.filter(({ workspaceId }) => workspaceId === this.#workspaceId);
      this.#imports = new Map(own.map((file) => [file.id, file]));
      return problems;
    } catch (error) {
      logger.warn('The imports cannot be read: nothing that came with them is trusted', error);
      this.#imports = new Map();
      return [];
    }
  }
}
