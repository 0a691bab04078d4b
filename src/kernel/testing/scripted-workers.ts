import { CellId, JobId, SessionId } from '../../model/ids.ts';
import type { JobEnding } from '../../model/job.ts';
import type { ScriptletRequest } from '../../model/job-request.ts';
import type {
  FromWorker,
  JobEvent,
  PythonAddresses,
  PythonStart,
  StartPlan,
  ToWorker,
} from '../../protocol/messages.ts';
import type { JobListener } from '../Kernel.ts';
import type { KernelServices } from '../PythonWorkers.ts';
import type { ChannelListener, WorkerChannel } from '../WorkerChannel.ts';
import { WorkerKernel } from '../WorkerKernel.ts';

const packedFile = { url: '', sizeBytes: 0, unpackedBytes: 0, sha256: '' };
const packed = { archive: packedFile, sources: packedFile };

const addresses: PythonAddresses = {
  siteUrl: '',
  pyodideUrl: '',
  servedFiles: {},
  wheelCdnUrl: '',
  stdlib: packed,
  sdk: packed,
  archives: [],
  pythonBuildId: '',
};

export const plainStart: PythonStart = {
  pythonVersion: '3.13.2',
  memory: { heapBytes: 10, limitBytes: 1_000 },
  isFromSnapshot: false,
  notes: [],
  libraries: [],
};

/** Stands at the other end of the port and says what the test wants said. */
export class ScriptedWorker implements WorkerChannel {
  #listener: ChannelListener | null = null;
  readonly received: ToWorker[] = [];
  isTerminated = false;

  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  send(message: ToWorker): void {
    this.received.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(message: FromWorker | { type: 'nonsense' }): void {
    if (!this.isTerminated) this.#listener?.onMessage(message);
  }

  start(partial: Partial<PythonStart> = {}): void {
    this.say({ type: 'started', start: { ...plainStart, ...partial } });
  }

  /** The plan that the worker was started by. */
  get plan(): StartPlan {
    const [message] = this.received;
    if (!message || !('plan' in message)) throw new Error('no plan was sent');
    return message.plan;
  }

  get receivedTypes(): string[] {
    return this.received.map((message) => message.type);
  }

  report(id: string, event: JobEvent): void {
    this.say({ type: 'job-event', runId: JobId.from(id), event });
  }
}

export function buildRequest(id: string, timeoutSeconds = 2): ScriptletRequest {
  return {
    id: JobId.from(id),
    kind: 'scriptlet',
    nodeId: 'cell',
    inputHandles: [],
    outputHandles: [],
    inputs: [],
    downstream: [],
    blocks: '[]',
    sessionId: SessionId.from('session'),
    cellId: CellId.from('cell'),
    variables: [],
    neededPackages: [],
    files: [],
    title: 'Cell',
    source: 'pass',
    configuration: { timeoutSeconds },
    packages: { requirements: [], wheels: [] },
  };
}

export const doneEvent: JobEvent = {
  type: 'job-finished',
  outcome: { status: 'done', outputs: [], images: [], modules: [], ranBlocks: [] },
};
export const doneEnding: JobEnding = {
  status: 'done',
  products: { outputs: [], images: [], modules: [], ranBlocks: [] },
};

export interface Setup {
  readonly kernel: WorkerKernel;
  readonly workers: readonly ScriptedWorker[];
  /** The worker made last. */
  readonly latest: () => ScriptedWorker;
  readonly heard: string[];
  readonly listener: JobListener;
  /** What was left in the mailboxes, in order. */
  readonly mail: unknown[];
}

/** A kernel whose workers do what the test says, and what is heard of it. */
export function startKernel(services: Partial<KernelServices> = {}, packages: readonly string[] = []): Setup {
  const workers: ScriptedWorker[] = [];
  const heard: string[] = [];
  const mail: unknown[] = [];
  const kernel = new WorkerKernel(
    {
      makeWorker: () => {
        const worker = new ScriptedWorker();
        workers.push(worker);
        return worker;
      },
      addresses,
      core: new Promise(() => undefined),
      mailbox: {
        post: (kernelId, content) => mail.push([kernelId, content]),
        empty: (kernelId) => mail.push([kernelId, 'emptied']),
        endRequests: (kernelId) => mail.push([kernelId, 'requests ended']),
      },
      canShareMemory: false,
      memoryLimitBytes: 1_000,
      canHaveSpare: true,
      ...services,
    },
    packages,
  );
  const listener: JobListener = {
    onHandedOver: () => heard.push('handed over'),
    onPackagesFound: (names) => heard.push(`found ${names.join(' ')}`),
    onPackagesReady: (packages) =>
      heard.push(`has ${packages.map(({ name, version }) => `${name} ${version}`).join(', ')}`),
    onPackagesInstalled: (installed) =>
      heard.push(`installed ${installed.map(({ name }) => name).join(' ')}`),
    onLoading: ({ names }) => heard.push(`loading ${names.join(' ')}`),
    onScriptStarted: () => heard.push('script started'),
    onInputAsked: (prompt) => heard.push(`asked ${prompt}`),
    onLog: (entries) => heard.push(...entries.map((entry) => `${entry.stream} ${entry.text}`)),
    onProgress: (percent) => heard.push(`${percent} %`),
    onPreview: ({ content }) => heard.push(`preview ${content.type}`),
    onFilesChanged: ({ directory, removed }) =>
      heard.push(`removed ${removed.join(' ')} of the ${directory}`),
    onFilesOpened: (paths) => heard.push(`opened ${paths.join(' ')}`),
  };
  const latest = (): ScriptedWorker => {
    const worker = workers.at(-1);
    if (!worker) throw new Error('no worker was made');
    return worker;
  };
  return { kernel, workers, latest, heard, listener, mail };
}
