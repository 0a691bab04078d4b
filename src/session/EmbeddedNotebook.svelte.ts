import type { TableEngine } from '../data/TableEngine.ts';
import { SchemaId } from '../model/data-schema.ts';
import type { FetchProgress } from '../model/fetch-watch.ts';
import type { LinkedNotebook } from '../model/linked-notebook.ts';
import { createNotebook } from '../model/notebook.ts';
import { readOpenAddress, type OpenAddress } from '../model/open-address.ts';
import { createDeferred } from '../shared/deferred.ts';
import { toMessage } from '../shared/to-message.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { fillMemory } from '../storage/workspace-file/fill-memory.ts';
import { readWorkspaceFile } from '../storage/workspace-file/read-workspace-file.ts';
import { unwrapFile } from '../storage/workspace-file/unwrap-file.ts';
import { describePage } from './describe-page.ts';
import type { WorkspaceImportServices } from './WorkspaceImport.svelte.ts';
import type { Workspace } from './Workspace.svelte.ts';
import { makeLinked, readNotebookHash } from './notebook-links.ts';

/** So long a host may send nothing, in milliseconds: a first visit waits for the service worker meanwhile. */
const longestSilenceMs = 40_000;

/** A page holds a file of this size in memory, with what becomes of it. */
const mostBytes = 100_000_000;

export type EmbeddedState =
  | { readonly step: 'opening' }
  /** A person is asked whether the file of another host is fetched. */
  | { readonly step: 'asking'; readonly address: OpenAddress }
  | { readonly step: 'fetching'; readonly progress: FetchProgress | null }
  | ({ readonly step: 'refused' } & EmbedRefusal)
  /** `origin` is the address of the app that has the same notebook. */
  | { readonly step: 'open'; readonly workspace: Workspace; readonly origin: string };

/** Why there is nothing to be shown. */
export interface EmbedRefusal {
  /** What is wrong, and what to do, as sentences. */
  readonly problem: string;
  readonly remedy: string;
  /** That of the file; null where there is none that could be fetched. */
  readonly address: OpenAddress | null;
  /** Of the app, which opens that address itself. */
  readonly appUrl: string;
}

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
    else if (linked) {
      const problem = `There is no notebook in the address that can be read: ${linked.problem}.`;
      this.#refuse(problem, remedies.link);
    } else if (openText !== null) await this.#openAddress(openText);
    else this.#refuse('This page shows a notebook, and its address names none.', remedies.link);
  }

  /** Fetches the file, as a person has agreed to. */
  async fetch(address: OpenAddress): Promise<void> {
    this.#allowedHost = address.host;
    let file: Blob;
    try {
      file = await this.#fetchFile(address);
    } catch (error) {
      this.#refuse(toMessage(error), remedies.fetch, address);
      return;
    }
    try {
      const problem = await this.#openFile(file, address);
      if (problem !== null) this.#refuse(problem, remedies.file, address);
    } catch (error) {
      this.#refuse(toMessage(error), remedies.file, address);
    }
  }

  /** Rejects with a sentence, also where the host sends nothing for long. */
  async #fetchFile({ url, host }: OpenAddress): Promise<Blob> {
    this.#state = { step: 'fetching', progress: null };
    const silence = new AbortController();
    const { promise: whenSilent, reject } = createDeferred<never>();
    const giveUp = (): void => {
      reject(new Error(`${host} has sent nothing for ${longestSilenceMs / 1_000} seconds.`));
      silence.abort();
    };
    let waiting = setTimeout(giveUp, longestSilenceMs);
    const fetching = this.#services.fetchFile(this.id, url, {
      signal: silence.signal,
      mostBytes,
      onProgress: (progress) => {
        if (silence.signal.aborted) return;
        clearTimeout(waiting);
        waiting = setTimeout(giveUp, longestSilenceMs);
        this.#state = { step: 'fetching', progress };
      },
    });
    try {
      return await Promise.race([fetching, whenSilent]);
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Shows a notebook of a file; gives why there is none, as sentences. */
  async #openFile(file: Blob, { host, url }: OpenAddress): Promise<string | null> {
    const found = await unwrapFile(file);
    if (!found.isOk) return describePage(found.problem, host).problem;
    const read = await readWorkspaceFile(found.value);
    if (!read.isOk) {
      const { entry, reason } = read.problem;
      return entry === null ? reason : `${entry}: ${reason}`;
    }
    const storage = new MemoryStorage();
    const shown = await fillMemory(storage, read.value, url);
    if (shown === null) return 'There is no notebook in the file.';
    await this.#show(storage, this.#createAppUrl(url));
    return null;
  }

  #createAppUrl(url: string): string {
    return `${this.#services.siteUrl}?open=${encodeURIComponent(url)}`;
  }

  async #openAddress(text: string): Promise<void> {
    const read = readOpenAddress(text, this.#services.siteUrl);
    if (!read.isOk) this.#refuse(read.problem, remedies.address);
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

  #refuse(problem: string, remedy: string, address: OpenAddress | null = null): void {
    const appUrl = address ? this.#createAppUrl(address.url) : this.#services.siteUrl;
    this.#state = { step: 'refused', problem, remedy, address, appUrl };
  }
}

/** By what the page was to show. Its reader sees them, who has not made the page around it. */
const remedies = {
  link: 'Whoever made the page around this one has to copy the link to the notebook from Cahier anew.',
  address: 'Whoever made the page around this one has to name the address of the file anew.',
  fetch:
    'Try again, or open it in Cahier. If it stays so, whoever made the page around this one has to mend the address, or see to it that the host lets other sites read the file.',
  file: 'The file was fetched. Whoever made the page around this one has to put a workspace file there that this Cahier reads.',
} as const;

type HostDecision = { readonly isAllowed: true } | { readonly isAllowed: false; readonly reason: string };
