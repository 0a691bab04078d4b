import { inSlices } from '../../../shared/in-slices.ts';
import { at, decodeString, isContainer, keyOf, rawOf, type JsonIndex } from './JsonIndex.ts';

/** No more places than these are told. */
export const foundLimit = 10_000;
/** Nodes looked at between two looks at the clock. */
const nodesAtOnce = 256;

/** Looks for a text in names and values, whatever its case. */
export class JsonSearch {
  /** The nodes where it was found, in their order. */
  found = $state.raw<readonly number[]>([]);
  isBusy = $state(false);
  #current: AbortController | null = null;

  async look(index: JsonIndex, wanted: string): Promise<void> {
    this.stop();
    this.found = [];
    if (wanted === '') return;
    const current = new AbortController();
    this.#current = current;
    this.isBusy = true;
    const needle = wanted.toLowerCase();
    const found: number[] = [];
    let node = 0;
    try {
      await inSlices((isTimeUp) => {
        do {
          const end = Math.min(index.count, node + nodesAtOnce);
          for (; node < end; node++) if (isFound(index, node, needle)) found.push(node);
          if (node >= index.count || found.length >= foundLimit) return true;
        } while (!isTimeUp());
        return false;
      }, current.signal);
      this.found = found.slice(0, foundLimit);
      this.isBusy = false;
    } catch (error) {
      if (!current.signal.aborted) throw error;
    }
  }

  stop(): void {
    this.#current?.abort();
    this.isBusy = false;
  }
}

function isFound(index: JsonIndex, node: number, needle: string): boolean {
  if (at(index.keyStarts, node) >= 0 && keyOf(index, node)?.toLowerCase().includes(needle)) return true;
  if (isContainer(index, node)) return false;
  const raw = rawOf(index, node);
  return (raw.startsWith('"') ? decodeString(raw) : raw).toLowerCase().includes(needle);
}
