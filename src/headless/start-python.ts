import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { pythonSite, type SiteFile, type SitePackage } from 'virtual:python-site';
import type { KernelMaker } from '../kernel/LateKernel.ts';
import { chooseMemoryLimit } from '../kernel/memory-limit.ts';
import { openWorkerChannel } from '../kernel/WorkerChannel.ts';
import { WorkerKernel } from '../kernel/WorkerKernel.ts';
import type { PackedFile, PackedPackage, PythonAddresses } from '../protocol/messages.ts';
import { siteUrl, type Site } from './Site.ts';
import { ThreadWorker } from './ThreadWorker.ts';

/** Where Python's files are, in a folder that the build made; ends in a slash. */
export function listAddresses(siteFolder: string): PythonAddresses {
  const toFile = ({ path, ...file }: SiteFile): PackedFile => ({
    url: new URL(path, siteFolder).href,
    ...file,
  });
  const toPackage = ({ archive, sources }: SitePackage): PackedPackage => ({
    archive: toFile(archive),
    sources: toFile(sources),
  });
  return {
    siteUrl,
    pyodideUrl: new URL(pythonSite.pyodidePath, siteFolder).href,
    servedFiles: pythonSite.servedFiles,
    wheelCdnUrl: pythonSite.wheelCdnUrl,
    stdlib: toPackage(pythonSite.stdlib),
    sdk: toPackage(pythonSite.sdk),
    archives: pythonSite.archives.map((archive) => ({ ...archive, ...toPackage(archive) })),
    pythonBuildId: pythonSite.pythonBuildId,
  };
}

/** Makes kernels as the page does, in threads of Node. */
export function createKernelMaker(siteFolder: string, site: Site): KernelMaker {
  const addresses = listAddresses(siteFolder);
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
