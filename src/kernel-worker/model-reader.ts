import type { ModelRequest } from '../model/job-request.ts';
import { invariant } from '../shared/invariant.ts';

/**
 * Gives Python the pickles of models in parts, so that none is ever whole in this worker, nor read before a script asks for
 * its model. Python computes while it reads, and cannot wait for a promise.
 */
export function createModelReader(
  models: readonly Pick<ModelRequest, 'name' | 'pickle'>[],
): (name: string, start: number, byteCount: number) => Uint8Array {
  const pickles = new Map(models.map(({ name, pickle }) => [name, pickle]));
  return (name, start, byteCount) => {
    const pickle = pickles.get(name);
    invariant(pickle, 'a job reads the models that it was given');
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(pickle.slice(start, start + byteCount)));
  };
}
