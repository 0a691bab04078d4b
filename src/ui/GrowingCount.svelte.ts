import { nextTask } from '../shared/in-slices.ts';

/** Elements that are there at once, and those that each task adds. */
const firstCount = 50;
const addedCount = 50;

/** How many elements of a long list are there: a few more with each task, so that none has to make them all. */
export class GrowingCount {
  current = $state(firstCount);

  /** Grows to a total; returns what ends that. */
  growTo(total: number): () => void {
    let isEnded = false;
    const grow = async () => {
      while (!isEnded && this.current < total) {
        await nextTask();
        if (!isEnded) this.current += addedCount;
      }
    };
    void grow();
    return () => {
      isEnded = true;
    };
  }
}
