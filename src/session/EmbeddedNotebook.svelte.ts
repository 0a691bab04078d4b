import type { TableEngine } from '../data/TableEngine.ts';
import { SchemaId } from '../model/data-schema.ts';
import type { FetchProgress } from '../model/fetch-watch.ts';
import type { LinkedNotebook } from '../model/linked-notebook.ts';
import { createNotebook } from '../model/notebook.ts';
import { readOpenAddress, type OpenAddress } from '../model/open-address.ts';
import { toMessage } from '../shared/to-message.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { fillMemory } from '../storage/workspace-file/fill-memory.ts';
import { readWorkspaceFile } from '../storage/workspace-file/read-workspace-file.ts';
import type { WorkspaceImportServices } from './WorkspaceImport.svelte.ts';
import type { Workspace } from './Workspace.svelte.ts';
import { makeLinked, readNotebookHash } from './notebook-links.ts';

/** A page holds a file of this size in memory, with what becomes of it. */
const mostBytes = 100_000_000;

export type EmbeddedState =
  | { readonly step: 'opening' }
  /** A person is asked whether the file of another host is fetched. */
  | { readonly step: 'asking'; readonly address: OpenAddress }
  | { readonly step: 'fetching'; readonly progress: FetchProgress | null }
  /** Why there is nothing to be shown, as sentences. */
  | { readonly step: 'refused'; readonly problem: string }
  /** `origin` is the address of the app that has the same notebook. */
  | { readonly step: 'open'; readonly workspace: Workspace; readonly origin: string };

export interface EmbeddedServices {
  readonly siteUrl: string;
  readonly tables: Pick<TableEngine, 'storeBytes'>;
  readonly fetchFile: WorkspaceImportServices['fetchFile'];
  /** Opens a workspace that lasts as long as the page. */
  readonly openWorkspace: (storage: MemoryStorage) => Promise<Workspace>;
}

/** The one notebook of a page that stands in another one. It is in memory alone, and nothing of the reader's is touched. */
export class EmbeddedNotebook {
  /** By which the gate to other hosts knows it. */
  readonly id = crypto.randomUUID();
  readonly #services: EmbeddedServices;
  #state = $state.raw<EmbeddedState>({ step: 'opening' });
  /** The host that a person has agreed to. */
  #allowedHost: string | null = null;

  constructor(services: EmbeddedServices) {
    this.#services = services;
  }

  get state(): EmbeddedState {
    return this.#state;
  }

  /** Whether a host may be reached for the file; null where somebody else asks. */
  decide(request: { readonly kernelId: string; readonly url: string }): Promise<HostDecision> | null {
    if (request.kernelId !== this.id) return null;
    const host = URL.canParse(request.url) ? new URL(request.url).host : '';
    if (host !== '' && host === this.#allowedHost) return Promise.resolve({ isAllowed: true });
    return Promise.resolve({ isAllowed: false, reason: `Nobody agreed to fetch anything of ${host}.` });
  }

  /** Begins with what the address of the page names: a notebook in its hash, or a file behind `?open=`. */
  async begin(hash: string, openText: string | null): Promise<void> {
    const linked = readNotebookHash(hash);
    if (linked?.isOk) await this.#openLinked(linked.value, hash);
    else if (linked) this.#refuse(`There is no notebook in the address that can be read: ${linked.problem}.`);
    else if (openText !== null) await this.#openAddress(openText);
    else this.#refuse('This page shows a notebook, and its address names none.');
  }

  /** Fetches the file, as a person has agreed to. */
  async fetch(address: OpenAddress): Promise<void> {
    this.#allowedHost = address.host;
    this.#state = { step: 'fetching', progress: null };
    try {
      const file = await this.#services.fetchFile(this.id, address.url, {
        signal: new AbortController().signal,
        mostBytes,
        onProgress: (progress) => {
          this.#state = { step: 'fetching', progress };
        },
      });
      const read = await readWorkspaceFile(file);
      if (!read.isOk) {
        const { entry, reason } = read.problem;
        this.#refuse(entry === null ? reason : `${entry}: ${reason}`);
        return;
      }
      const storage = new MemoryStorage();
      const shown = await fillMemory(storage, read.value, address.url);
      const origin = `${this.#services.siteUrl}?open=${encodeURIComponent(address.url)}`;
      if (shown === null) this.#refuse('There is no notebook in the file.');
      else await this.#show(storage, origin);
    } catch (error) {
      this.#refuse(toMessage(error));
    }
  }

  async #openAddress(text: string): Promise<void> {
    const read = readOpenAddress(text, this.#services.siteUrl);
    if (!read.isOk) this.#refuse(read.problem);
    else if (read.value.isOwn) await this.fetch(read.value);
    else this.#state = { step: 'asking', address: read.value };
  }

  async #openLinked(linked: LinkedNotebook, hash: string): Promise<void> {
    const storage = new MemoryStorage();
    const workspaceId = await storage.openWorkspace();
    const now = Date.now();
    const made = await makeLinked(linked, workspaceId, {
      tables: this.#services.tables,
      schemas: {
        find: () => null,
        findOrBuild: (content) => ({
          ...content,
          id: SchemaId.create(),
          workspaceId,
          createdAt: now,
          changedAt: now,
        }),
      },
    });
    const notebook = createNotebook(workspaceId, made.content, now);
    await storage.saveNotebook(notebook, made.blobs, made.schemas, made.imported);
    await this.#show(storage, `${this.#services.siteUrl}${hash}`);
  }

  async #show(storage: MemoryStorage, origin: string): Promise<void> {
    this.#state = { step: 'open', workspace: await this.#services.openWorkspace(storage), origin };
  }

  #refuse(problem: string): void {
    this.#state = { step: 'refused', problem };
  }
}

type HostDecision = { readonly isAllowed: true } | { readonly isAllowed: false; readonly reason: string };
