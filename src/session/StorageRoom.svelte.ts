import type { NotebookId, SessionId } from '../model/ids.ts';
import type { FreedFiles, KeptFiles, KeptKind, KeptUse } from '../model/kept-files.ts';
import { isRoomShort, type KindUse, type StorageRoomSize } from '../model/storage-use.ts';
import { formatBytes } from '../shared/format-bytes.ts';
import { logger } from '../shared/logger.ts';
import { BackupFolder, type Backup } from '../storage/salvage/BackupFolder.ts';
import { removeLeftOver } from '../storage/salvage/scratch-names.ts';
import type { Storage } from '../storage/Storage.ts';
import type { Notices } from './Notices.svelte.ts';

export interface RoomServices {
  readonly storage: Pick<Storage, 'databaseName' | 'measureUse' | 'loadSessions' | 'removeSessions'>;
  readonly notices: Notices;
  /** What the browser says of the room that it grants; null where it says nothing. */
  readonly manager: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | null;
  /** Whether the browser was asked before to keep what is stored: some ask the reader then. */
  readonly hasAsked: () => boolean;
  readonly noteAsked: () => void;
  /** What is kept beside what its reader made; not given where nothing is. */
  readonly kept?: KeptFiles | undefined;
}

/** A notebook whose history may go, but for the sessions that run. */
export interface NotebookWithHistory {
  readonly id: NotebookId;
  readonly isRunning: (id: SessionId) => boolean;
}

const roomNotice = 'room';

/** How long nothing is asked of the browser after it was asked for its room, in milliseconds. */
const shortestPause = 20_000;

/** What the workspace takes of the browser's room, whether it is kept for good, and what may go. */
export class StorageRoom {
  readonly #services: RoomServices;
  #size = $state.raw<StorageRoomSize | null>(null);
  #isKept = $state<boolean | null>(null);
  #kinds = $state.raw<readonly KindUse[] | null>(null);
  #kept = $state.raw<readonly KeptUse[]>([]);
  #backups = $state.raw<readonly Backup[]>([]);
  #isShown = $state(false);
  #checkedAt = -Infinity;

  constructor(services: RoomServices) {
    this.#services = services;
  }

  /** Null where the browser does not say. */
  get size(): StorageRoomSize | null {
    return this.#size;
  }

  /** Whether the browser deletes nothing by itself when it runs out of room; null where it does not say. */
  get isKept(): boolean | null {
    return this.#isKept;
  }

  /** Null until it was measured. */
  get kinds(): readonly KindUse[] | null {
    return this.#kinds;
  }

  /** What can be made again. */
  get kept(): readonly KeptUse[] {
    return this.#kept;
  }

  /** Copies of the records from before they were brought to a newer version, newest first. */
  get backups(): readonly Backup[] {
    return this.#backups;
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  show(): void {
    this.#isShown = true;
  }

  hide(): void {
    this.#isShown = false;
  }

  /** Reads all that is shown of the room anew. Rejects where the database cannot be read. */
  async refresh(): Promise<void> {
    // What a tab was closed over while it read a copy.
    await removeLeftOver().catch(() => undefined);
    await this.#readSize();
    this.#kinds = await this.#services.storage.measureUse();
    this.#kept = (await this.#services.kept?.measure()) ?? [];
    this.#backups = (await (await this.#openBackups())?.list()) ?? [];
  }

  /** Frees what can be made again. */
  async freeKept(kind: KeptKind): Promise<FreedFiles> {
    return (await this.#services.kept?.free(kind)) ?? { byteSize: 0, usedCount: 0 };
  }

  /** Null where it is gone. */
  async readBackup({ name }: Pick<Backup, 'name'>): Promise<Blob | null> {
    return (await (await this.#openBackups())?.read(name)) ?? null;
  }

  async removeBackup({ name }: Backup): Promise<void> {
    await (await this.#openBackups())?.remove(name);
  }

  /** Null where nothing is stored for longer than the page is open, or the browser has no private file system. */
  async #openBackups(): Promise<BackupFolder | null> {
    const name = this.#services.storage.databaseName;
    return name === null ? null : await BackupFolder.open(name).catch(() => null);
  }

  /** Asks the browser to delete nothing by itself; whether it agreed. */
  async keep(): Promise<boolean> {
    this.#services.noteAsked();
    const isKept = (await this.#services.manager?.persist().catch(() => false)) ?? false;
    this.#isKept = isKept;
    return isKept;
  }

  /** Something was stored that a person made: it is asked to be kept, once, and told of when the room runs short. */
  async noteStored(): Promise<void> {
    // Some browsers ask the reader, and answer when that one does.
    if (!this.#services.hasAsked()) void this.keep();
    if (performance.now() - this.#checkedAt < shortestPause) return;
    await this.#readSize();
    const { notices } = this.#services;
    if (!this.#size || !isRoomShort(this.#size)) {
      notices.settle(roomNotice);
      return;
    }
    const left = formatBytes(Math.max(0, this.#size.granted - this.#size.used));
    notices.tellUntilSettled(
      roomNotice,
      `This browser has only ${left} of room left for what is stored here.`,
      {
        label: 'Show storage',
        run: () => {
          this.show();
        },
      },
    );
  }

  /** Removes what is kept of earlier runs; the results that cells show stay. Why that did not work, null where it did. */
  async removeHistory(notebooks: readonly NotebookWithHistory[]): Promise<string | null> {
    const { storage } = this.#services;
    for (const { id, isRunning } of notebooks) {
      const { values } = await storage.loadSessions(id);
      const written = await storage.removeSessions(
        values.map((session) => session.id).filter((sessionId) => !isRunning(sessionId)),
      );
      if (!written.isOk) return `The history could not be deleted: ${written.problem.message}. Try again.`;
    }
    return null;
  }

  async #readSize(): Promise<void> {
    this.#checkedAt = performance.now();
    const { manager } = this.#services;
    try {
      const estimate = await manager?.estimate();
      const { usage: used, quota: granted } = estimate ?? {};
      this.#size = used === undefined || granted === undefined ? null : { used, granted };
      this.#isKept = (await manager?.persisted()) ?? null;
    } catch (error) {
      logger.warn('The browser does not say how much room there is', error);
    }
  }
}

export type { Backup };
