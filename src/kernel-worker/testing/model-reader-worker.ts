import type { ModelRequest } from '../../model/job-request.ts';
import { createModelReader } from '../model-reader.ts';

/** What is to be read, of which models. */
export interface ReadingOrder {
  readonly models: readonly Pick<ModelRequest, 'name' | 'pickle'>[];
  readonly reads: readonly (readonly [name: string, start: number, byteCount: number])[];
}

// Answers with the texts that were read, or what was raised instead.
self.addEventListener('message', ({ data: { models, reads } }: MessageEvent<ReadingOrder>) => {
  const read = createModelReader(models);
  const texts = reads.map((order) => {
    try {
      return new TextDecoder().decode(read(...order));
    } catch (error) {
      return String(error);
    }
  });
  self.postMessage(texts);
});
