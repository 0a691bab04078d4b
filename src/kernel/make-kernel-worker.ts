import { openWorkerChannel, type WorkerChannel } from './WorkerChannel.ts';

/**
 * Gives the function that makes kernel workers: each from a blob that imports the given script. A worker made from a
 * blob stands under the page's Content-Security-Policy; one made from an address of its own would stand under none.
 */
export function createKernelWorkerMaker(scriptUrl: string): () => WorkerChannel {
  const source = new Blob([`import ${JSON.stringify(scriptUrl)};`], { type: 'text/javascript' });
  // One address for all of them, for as long as the page is there.
  const address = URL.createObjectURL(source);
  return () => openWorkerChannel(new Worker(address, { type: 'module', name: 'kernel' }));
}
