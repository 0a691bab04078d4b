/**
 * Makes the worker from a blob that imports the given script. A worker made from a blob stands under the page's
 * Content-Security-Policy; one made from an address of its own would stand under none.
 */
export function makeKernelWorker(scriptUrl: string): Worker {
  const source = new Blob([`import ${JSON.stringify(scriptUrl)};`], { type: 'text/javascript' });
  const address = URL.createObjectURL(source);
  const worker = new Worker(address, { type: 'module', name: 'kernel' });
  // The worker reads the blob while it starts; what comes after its first message no longer needs it.
  const release = (): void => {
    URL.revokeObjectURL(address);
  };
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}
