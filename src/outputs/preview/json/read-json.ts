import { inSlices } from '../../../shared/in-slices.ts';
import { toMessage } from '../../../shared/to-message.ts';
import type { JsonIndex } from './JsonIndex.ts';
import { JsonIndexer } from './JsonIndexer.ts';

/** JSON that was read; or a text that is none, and why; or one that is too long for a tree. */
export type ReadJson =
  | { readonly kind: 'tree'; readonly index: JsonIndex }
  | { readonly kind: 'broken'; readonly problem: string }
  | { readonly kind: 'too-long' };

/** Bytes of JSON that a tree is made of. Its index takes a few times as much memory as the text. */
export const jsonByteLimit = 64_000_000;

export async function readJson(content: Blob, signal: AbortSignal): Promise<ReadJson> {
  if (content.size > jsonByteLimit) return { kind: 'too-long' };
  const indexer = new JsonIndexer(await content.text());
  try {
    await inSlices((isTimeUp) => indexer.step(isTimeUp), signal);
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'broken', problem: toMessage(error) };
  }
  return { kind: 'tree', index: indexer.index };
}
