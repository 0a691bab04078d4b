import type { BlobHash } from '../model/ids.ts';
import type { JobWheel } from '../model/job-request.ts';
import type { WheelsToPack } from '../protocol/messages.ts';

/** The wheels that jobs had to unpack, until they are packed for later starts. Each is tried once. */
export class UnpackedWheels {
  readonly #locked = new Set<string>();
  readonly #added = new Map<BlobHash, JobWheel>();
  readonly #tried = new Set<string>();

  /** Takes note of what a worker tells; of the notebook's own it says hashes alone, and the job has them. */
  note(locked: readonly string[], hashes: readonly BlobHash[], ofJob: readonly JobWheel[]): void {
    for (const name of locked) if (!this.#tried.has(name)) this.#locked.add(name);
    for (const wheel of ofJob) {
      if (hashes.includes(wheel.blob) && !this.#tried.has(wheel.blob)) this.#added.set(wheel.blob, wheel);
    }
  }

  /** Those that wait to be packed; null when there are none. */
  get waiting(): WheelsToPack | null {
    const wheels = { locked: [...this.#locked], added: [...this.#added.values()] };
    return wheels.locked.length + wheels.added.length === 0 ? null : wheels;
  }

  /** These were packed or could not be. */
  settle({ locked, added }: WheelsToPack): void {
    for (const name of locked) {
      this.#tried.add(name);
      this.#locked.delete(name);
    }
    for (const { blob } of added) {
      this.#tried.add(blob);
      this.#added.delete(blob);
    }
  }
}
