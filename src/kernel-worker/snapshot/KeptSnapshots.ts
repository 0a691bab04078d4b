import { nameSnapshotUse, nameSnapshotWriter } from '../../protocol/kept-names.ts';
import { toMessage } from '../../shared/to-message.ts';
import { makeRoom } from '../make-room.ts';
import type { KeptFile } from './KeptFile.ts';
import { nameSnapshot, openSnapshot, verifySnapshot, type SnapshotFile } from './read-snapshot.ts';
import { openSnapshotStore, type SnapshotStore } from './SnapshotStore.ts';

/** So many are kept at most, of whatever notebooks, builds and sites of the same origin. */
const mostKept = 4;

/** Time in milliseconds that a snapshot is waited for to be let go before it is removed. */
const longestWait = 1_000;

/** A stored snapshot that can be restored. While it is held no other tab removes it. */
export interface FoundSnapshot extends SnapshotFile {
  /** To be called when it is not read any more; else it is held as long as the worker lives. */
  readonly release: () => void;
}

/** The snapshots of Python that this browser keeps, for one build. */
export class KeptSnapshots {
  readonly #store: SnapshotStore;
  readonly #build: string;

  private constructor(store: SnapshotStore, build: string) {
    this.#store = store;
    this.#build = build;
  }

  /** `build` names all that a snapshot depends on beside its packages. Null where there is no place for any. */
  static async open(siteUrl: string, build: string): Promise<KeptSnapshots | null> {
    const store = await openSnapshotStore(siteUrl);
    return store && new KeptSnapshots(store, build);
  }

  /**
   * The snapshot of exactly these packages, sorted; else the one that has most of them and none beside them; else
   * null. Files that are damaged or of another build are told and removed.
   */
  async find(
    packages: readonly string[],
    onProblem: (problem: string) => void,
  ): Promise<FoundSnapshot | null> {
    const own = await nameSnapshot(this.#build, packages);
    const exact = await this.#hold(own, onProblem);
    if (exact) return exact;
    const others = (await this.#listOwn()).filter((name) => name !== own);
    const found = await Promise.all(others.map((name) => this.#hold(name, onProblem)));
    let best: FoundSnapshot | null = null;
    for (const snapshot of found) {
      const isBetter =
        snapshot?.header.packages.every((name) => packages.includes(name)) === true &&
        snapshot.header.packages.length > (best?.header.packages.length ?? -1);
      (isBetter ? best : snapshot)?.release();
      if (isBetter) best = snapshot;
    }
    return best;
  }

  /** Removes those of this build, but for those that a worker reads from for a while still. */
  async discard(): Promise<void> {
    for (const name of await this.#listOwn()) {
      // A worker that was ended just now lets go in a moment.
      const signal = AbortSignal.timeout(longestWait);
      await navigator.locks
        .request(nameSnapshotUse(name), { signal }, () => this.#store.remove(name))
        .catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
    }
  }

  /**
   * Stores the snapshot of these packages, sorted, unless it is there and sound. `make` gives the parts of its file.
   * Returns how many bytes were written.
   */
  async write(
    packages: readonly string[],
    make: () => Promise<readonly Uint8Array<ArrayBuffer>[]>,
  ): Promise<number> {
    const name = await nameSnapshot(this.#build, packages);
    // Another tab may be at it, too.
    return await navigator.locks.request(nameSnapshotWriter(name), async () => {
      if (await this.#isSound(name)) return 0;
      const parts = await make();
      await makeRoom(this.#store, name, mostKept, (old) => this.#removeUnused(old));
      await this.#store.write(name, parts);
      return parts.reduce((sum, part) => sum + part.byteLength, 0);
    });
  }

  async #isSound(name: string): Promise<boolean> {
    const snapshot = await this.#hold(name, () => undefined);
    if (!snapshot) return false;
    try {
      await verifySnapshot(snapshot);
      return true;
    } catch {
      return false;
    } finally {
      snapshot.release();
    }
  }

  /** The snapshot of this name, held; one that cannot be restored is told and removed. */
  async #hold(name: string, onProblem: (problem: string) => void): Promise<FoundSnapshot | null> {
    const release = await holdShared(nameSnapshotUse(name));
    let file: KeptFile | null = null;
    const letGo = (): void => {
      file?.close();
      release();
    };
    try {
      file = await this.#store.open(name);
      const opened = file && (await openSnapshot(file, name, this.#build));
      if (opened?.isOk) return { ...opened.value, release: letGo };
      letGo();
      if (opened) await this.#throwAway(name, opened.problem, onProblem);
    } catch (error) {
      letGo();
      onProblem(`A stored snapshot of Python cannot be read: ${toMessage(error)}.`);
    }
    return null;
  }

  /** One that is being written has no beginning yet, and is left alone. */
  async #throwAway(name: string, problem: string, onProblem: (problem: string) => void): Promise<void> {
    await navigator.locks.request(nameSnapshotWriter(name), { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      // The one who wrote it may have come to the end meanwhile.
      if (!(await this.#isBroken(name))) return;
      onProblem(`The stored snapshot of Python was thrown away: ${problem}.`);
      await this.#removeUnused(name);
    });
  }

  async #isBroken(name: string): Promise<boolean> {
    const file = await this.#store.open(name);
    try {
      return file !== null && !(await openSnapshot(file, name, this.#build)).isOk;
    } finally {
      file?.close();
    }
  }

  async #listOwn(): Promise<readonly string[]> {
    const own = await nameSnapshot(this.#build, []);
    const prefix = own.slice(0, own.indexOf('-') + 1);
    return (await this.#store.list()).filter((name) => name.startsWith(prefix));
  }

  /** Removes a snapshot; false where a worker reads from it. */
  async #removeUnused(name: string): Promise<boolean> {
    return await navigator.locks.request(nameSnapshotUse(name), { ifAvailable: true }, async (lock) => {
      if (lock) await this.#store.remove(name);
      return lock !== null;
    });
  }
}

/** Waits for a lock that others may have as well; returns what gives it back. */
async function holdShared(name: string): Promise<() => void> {
  const held = Promise.withResolvers<() => void>();
  const wholeUse = Promise.withResolvers<undefined>();
  navigator.locks
    .request(name, { mode: 'shared' }, () => {
      held.resolve(() => {
        wholeUse.resolve(undefined);
      });
      return wholeUse.promise;
    })
    .catch(held.reject);
  return await held.promise;
}
