import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { pythonSite } from 'virtual:python-site';
import type { KernelMaker } from '../kernel/LateKernel.ts';
import { listAddresses } from '../kernel/list-addresses.ts';
import { chooseMemoryLimit } from '../kernel/memory-limit.ts';
import { openWorkerChannel } from '../kernel/WorkerChannel.ts';
import { WorkerKernel } from '../kernel/WorkerKernel.ts';
import { siteUrl, type Site } from './Site.ts';
import { ThreadWorker } from './ThreadWorker.ts';

/** Makes kernels as the page does, in threads of Node. */
export function createKernelMaker(siteFolder: string, site: Site): KernelMaker {
  const addresses = listAddresses(pythonSite, siteFolder, siteUrl);
  const { pyodideUrl } = addresses;
  const core = readFile(new URL('pyodide.asm.wasm', pyodideUrl))
    .then((bytes) => WebAssembly.compile(bytes))
    // The thread finds out again, and says so.
    .catch(() => null);
  const script = new URL('kernel.mjs', siteFolder);
  return (packages) =>
    new WorkerKernel(
      {
        makeWorker: () =>
          openWorkerChannel(new ThreadWorker({ script, siteFolder, siteUrl }, site), pyodideUrl),
        addresses,
        core,
        mailbox: site.mailbox,
        canShareMemory: true,
        memoryLimitBytes: chooseMemoryLimit(totalmem() / 2 ** 30),
        canHaveSpare: false,
      },
      packages,
    );
}
