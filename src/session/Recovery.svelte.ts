import { toMessage } from '../shared/to-message.ts';
import { BackupFolder, type Backup } from '../storage/salvage/BackupFolder.ts';
import { removeEverything } from '../storage/salvage/remove-everything.ts';
import { markBackup } from './open-backup.ts';
import { salvage, type Salvaged } from '../storage/salvage/salvage.ts';

/**
 * Why the app does not begin. newer: a later version of it stored what is here; migration: what is stored could not be brought up to
 * date; broken: it cannot be opened; unusable: it was opened, and something that has to be there is not; blocked: an earlier
 * version in another tab holds it.
 */
export interface RecoveryReason {
  readonly kind: 'newer' | 'migration' | 'broken' | 'unusable' | 'blocked';
  readonly message: string;
}

export type RescueState =
  | { readonly step: 'waiting'; readonly problem: string | null }
  | { readonly step: 'saving'; readonly doneBytes: number }
  | { readonly step: 'saved'; readonly rescue: Salvaged };

export interface RecoveryServices {
  readonly databaseName: string;
  readonly appVersion: string;
  readonly reload: () => void;
  /** Begins the app with a workspace that lasts as long as the tab. */
  readonly goWithout: () => void;
}

/** What can be done where what is stored cannot be opened: nothing is changed unless its reader says so. */
export class Recovery {
  readonly reason: RecoveryReason;
  readonly #services: RecoveryServices;
  #rescue = $state.raw<RescueState>({ step: 'waiting', problem: null });
  #backups = $state.raw<readonly Backup[]>([]);
  #saving: AbortController | null = null;

  constructor(reason: RecoveryReason, services: RecoveryServices) {
    this.reason = reason;
    this.#services = services;
    void this.#listBackups();
  }

  get rescue(): RescueState {
    return this.#rescue;
  }

  /** Copies of the records that were made before they were brought to a newer version, newest first. */
  get backups(): readonly Backup[] {
    return this.#backups;
  }

  tryAgain(): void {
    this.#services.reload();
  }

  goWithout(): void {
    this.#saving?.abort();
    this.#services.goWithout();
  }

  /** Writes what can be read to a file; gives it where there is no target. */
  async save(target: FileSystemFileHandle | null): Promise<Blob | null> {
    const { databaseName, appVersion } = this.#services;
    this.#saving = new AbortController();
    const { signal } = this.#saving;
    this.#rescue = { step: 'saving', doneBytes: 0 };
    try {
      const rescue = await salvage(
        { type: 'write-rescue', databaseName, appVersion, target },
        {
          signal,
          onProgress: (doneBytes) => {
            this.#rescue = { step: 'saving', doneBytes };
          },
        },
      );
      this.#rescue = { step: 'saved', rescue };
      return rescue.file;
    } catch (error) {
      const problem = signal.aborted ? null : `Nothing could be saved: ${toMessage(error)}`;
      this.#rescue = { step: 'waiting', problem };
      return null;
    }
  }

  cancel(): void {
    this.#saving?.abort();
  }

  /** Null where it is gone. */
  async readBackup({ name }: Backup): Promise<Blob | null> {
    return await (await BackupFolder.open(this.#services.databaseName)).read(name);
  }

  /**
   * Removes all that is stored for good, and begins anew: with a copy, where one is given, which is offered then. Gives why it
   * could not, as a sentence; `tell` is told what it waits for.
   */
  async removeEverything(tell: (text: string) => void, backup: Backup | null = null): Promise<string | null> {
    const onBlocked = (): void => {
      tell('Another tab of Cahier holds it. It is deleted once all other tabs are closed.');
    };
    try {
      await removeEverything(this.#services.databaseName, onBlocked, backup ? 'kept' : 'removed');
      // Where that is not remembered, “Storage” offers it.
      if (backup) markBackup(backup);
    } catch (error) {
      return `It could not be deleted: ${toMessage(error)}`;
    }
    this.#services.reload();
    return null;
  }

  async #listBackups(): Promise<void> {
    try {
      this.#backups = await (await BackupFolder.open(this.#services.databaseName)).list();
    } catch {
      // Where there is no private file system there are no copies.
    }
  }
}

export type { Backup };
