import type { JobRequest } from '../model/job.ts';
import type { JobEvent, StartPlan, ToWorker } from '../protocol/messages.ts';
import { assertNever } from '../shared/assert-never.ts';
import { hardenGlobalScope } from './hardening.ts';
import { installNetworkGate } from './network-install.ts';
import { listBuffers, post } from './port.ts';
import { startPython, type PythonRuntime } from './python-runtime.ts';
import { createRefusalLog } from './refusal-log.ts';

let runtime: PythonRuntime | null = null;
/** Told of every request of the job that got nowhere. */
let onRefusal: (text: string) => void = () => undefined;

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  // A script can make such an event too, and its commands are not the page's.
  if (!event.isTrusted) return;
  const message = event.data;
  switch (message.type) {
    case 'start':
      void start(message.plan);
      return;
    case 'run-job':
      void runJob(message.job);
      return;
    case 'make-snapshot':
      post({ type: 'snapshot-failed', reason: 'this version makes none' });
      return;
    case 'stop-job':
    case 'answer-input':
      return;
    default:
      assertNever(message);
  }
});

async function start({ addresses, kernelId, hasServiceWorker, memoryLimitBytes }: StartPlan): Promise<void> {
  try {
    installNetworkGate({
      siteUrl: addresses.siteUrl,
      kernelId,
      hasServiceWorker,
      onRefusal: (text) => {
        onRefusal(text);
      },
    });
    runtime = await startPython(addresses, {
      onProgress: (progress) => {
        post({ type: 'start-progressed', progress });
      },
      onFatal: (error) => {
        post({ type: 'kernel-failed', message: toMessage(error) });
      },
    });
    hardenGlobalScope();
    const { pythonVersion } = runtime;
    const memory = { heapBytes: 0, limitBytes: memoryLimitBytes };
    post({ type: 'started', start: { pythonVersion, memory, isFromSnapshot: false, notes: [] } });
  } catch (error) {
    post({ type: 'start-failed', message: toMessage(error) });
  }
}

async function runJob(job: JobRequest): Promise<void> {
  const emit = (event: JobEvent): void => {
    post({ type: 'job-event', runId: job.id, event }, listBuffers(event));
  };
  onRefusal = createRefusalLog((text) => {
    emit({ type: 'log-added', entries: [{ time: Date.now(), stream: 'warning', text: `${text}\n` }] });
  });
  try {
    if (!runtime) throw new Error('A job was sent before Python had started.');
    await loadPackages(runtime, job, emit);
    emit({ type: 'script-started' });
    await runtime.runJob(job, {
      // What Python sends is checked by the page, as all that comes from here.
      emit: (event) => {
        self.postMessage({ type: 'job-event', runId: job.id, event }, { transfer: listBuffers(event) });
      },
      explainMissingModule: (name) => runtime?.packages.explainMissing(name) ?? '',
    });
  } catch (error) {
    post({ type: 'kernel-failed', message: toMessage(error) });
  }
}

async function loadPackages(
  python: PythonRuntime,
  job: JobRequest,
  emit: (event: JobEvent) => void,
): Promise<void> {
  const names = python.packages.listMissing(python.findImports(job.source));
  if (names.length === 0) return;
  const problems = await python.packages.load(names, (progress) => {
    emit({ type: 'packages-progressed', names, progress });
  });
  if (problems.length === 0) return;
  const time = Date.now();
  emit({
    type: 'log-added',
    entries: problems.map((text) => ({ time, stream: 'warning', text: `${text}\n` })),
  });
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
