import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import v8 from 'node:v8';
import { pythonSite } from 'virtual:python-site';
import { WorkerKernel } from '../kernel/WorkerKernel.ts';
import { openWorkerChannel } from '../kernel/WorkerChannel.ts';
import { ThreadWorker } from './ThreadWorker.ts';
import { Site, siteUrl } from './Site.ts';

v8.setFlagsFromString('--disallow-code-generation-from-strings');
const folder = new URL('./', import.meta.url).href;
const t0 = performance.now();
const site = new Site({ decideHost: () => ({ isAllowed: false, reason: 'no' }), answerServer: async () => ({ isAllowed: false, reason: 'no' }) });
const file = ({ path, ...f }) => ({ url: new URL(path, folder).href, ...f });
const pack = (p) => ({ archive: file(p.archive), sources: file(p.sources) });
const addresses = {
  siteUrl, pyodideUrl: new URL(pythonSite.pyodidePath, folder).href, servedFiles: pythonSite.servedFiles, wheelCdnUrl: pythonSite.wheelCdnUrl,
  stdlib: pack(pythonSite.stdlib), sdk: pack(pythonSite.sdk), archives: pythonSite.archives.map((a) => ({ ...a, ...pack(a) })), pythonBuildId: pythonSite.pythonBuildId,
};
const core = WebAssembly.compile(readFileSync(new URL('pyodide.asm.wasm', addresses.pyodideUrl)));
core.then(() => console.log('core', performance.now() - t0));
const kernel = new WorkerKernel({
  makeWorker: () => openWorkerChannel(new ThreadWorker({ script: new URL('kernel.mjs', folder), siteFolder: folder, siteUrl }, site), addresses.pyodideUrl),
  addresses, core, mailbox: site.mailbox, canShareMemory: true, memoryLimitBytes: 2 ** 31, canHaveSpare: false,
}, process.argv[2]?.split(',') ?? []);
kernel.subscribe((s) => console.log((performance.now() - t0).toFixed(0), JSON.stringify(s)));
const log = (name) => (...a) => console.log(name, JSON.stringify(a));
const ending = await kernel.run({ kind: 'scriptlet', id: 'x', sessionId: 's', cellId: 'c', title: 'T', source: process.argv[3] ?? 'def main(p, c):\n    print("hi")\n    return {"a": 1}', packages: { requirements: [], wheels: [] }, neededPackages: [], files: [], variables: [], configuration: { timeoutSeconds: 5 }, nodeId: 'n', inputHandles: [], outputHandles: [{ name: 'a', description: '', schema: {}, isNullable: false, isAdditional: false }], inputs: [], downstream: [], blocks: '[]' },
  Object.fromEntries(['onHandedOver','onPackagesFound','onPackagesInstalled','onPackagesReady','onLoading','onScriptStarted','onInputAsked','onLog','onProgress','onPreview','onFilesChanged','onFilesOpened'].map((n) => [n, log(n)])));
console.log((performance.now() - t0).toFixed(0), JSON.stringify(ending));
kernel.dispose();
