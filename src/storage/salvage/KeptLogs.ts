import type { JobId } from '../../model/ids.ts';
import type { Job, LogEntry } from '../../model/job.ts';
import { parseLog } from '../parse-records.ts';

/** Characters that are handed to the browser at once: each hand-over takes its time. */
const partLength = 4_000_000;

interface Place {
  readonly part: Blob;
  readonly start: number;
  readonly end: number;
}

/** Logs as texts that the browser keeps, to be had again one by one without waiting. */
export class KeptLogs {
  readonly #places = new Map<JobId, Place>();

  /** Keeps the logs of these jobs; each is in memory for a moment only. */
  static async keep(
    jobs: readonly Job[],
    loadLog: (id: JobId) => Promise<readonly LogEntry[]>,
    signal: AbortSignal,
  ): Promise<KeptLogs> {
    const kept = new KeptLogs();
    const encoder = new TextEncoder();
    let waiting: { readonly id: JobId; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];
    let waitingBytes = 0;
    const handOver = (): void => {
      const part = new Blob(waiting.map(({ bytes }) => bytes));
      let start = 0;
      for (const { id, bytes } of waiting) {
        kept.#places.set(id, { part, start, end: start + bytes.byteLength });
        start += bytes.byteLength;
      }
      waiting = [];
      waitingBytes = 0;
    };
    for (const { id } of jobs) {
      signal.throwIfAborted();
      const entries = await loadLog(id);
      if (entries.length === 0) continue;
      const bytes = encoder.encode(JSON.stringify({ jobId: id, entries }));
      waiting.push({ id, bytes });
      waitingBytes += bytes.byteLength;
      if (waitingBytes >= partLength) handOver();
    }
    handOver();
    return kept;
  }

  async read(id: JobId): Promise<readonly LogEntry[]> {
    const content = this.#find(id);
    return content ? readEntries(await content.arrayBuffer()) : [];
  }

  /** The same without waiting; `readBytes` gives what a part holds. */
  readNow(id: JobId, readBytes: (part: Blob) => ArrayBuffer): readonly LogEntry[] {
    const content = this.#find(id);
    return content ? readEntries(readBytes(content)) : [];
  }

  #find(id: JobId): Blob | null {
    const place = this.#places.get(id);
    return place ? place.part.slice(place.start, place.end) : null;
  }
}

function readEntries(bytes: ArrayBuffer): readonly LogEntry[] {
  const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const parsed = parseLog(json);
  if (!parsed.isOk) throw new Error(parsed.problem);
  return parsed.value;
}
