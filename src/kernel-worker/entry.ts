import type { JobRequest } from '../model/job.ts';
import type { JobEvent, StartPlan, ToWorker } from '../protocol/messages.ts';
import { assertNever } from '../shared/assert-never.ts';
import { hardenGlobalScope } from './hardening.ts';
import { installNetworkGate } from './network-install.ts';
import { listBuffers, post } from './port.ts';
import type { PythonRuntime } from './python-runtime.ts';
import { SnapshotRefused, startPython, storeSnapshot } from './start-python.ts';
import { createRefusalLog } from './refusal-log.ts';

let runtime: PythonRuntime | null = null;
/** Told of every request of the job that got nowhere. */
let onRefusal: (text: string) => void = () => undefined;

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  switch (message.type) {
    case 'start':
      void start(message.plan);
      return;
    case 'run-job':
      void runJob(message.job);
      return;
    case 'make-snapshot':
      void makeSnapshot(message.plan);
      return;
    case 'stop-job':
    case 'answer-input':
      return;
    default:
      assertNever(message);
  }
});

async function start(plan: StartPlan): Promise<void> {
  try {
    installNetworkGate({
      siteUrl: plan.addresses.siteUrl,
      kernelId: plan.kernelId,
      hasServiceWorker: plan.hasServiceWorker,
      onRefusal: (text) => {
        onRefusal(text);
      },
    });
    const started = await startPython(plan, {
      onProgress: (progress) => {
        post({ type: 'start-progressed', progress });
      },
      onMemory: (memory) => {
        post({ type: 'memory-changed', memory });
      },
      onSnapshotFound: () => {
        post({ type: 'snapshot-found' });
      },
      onFatal: (error) => {
        post({ type: 'kernel-failed', message: toMessage(error) });
      },
    });
    runtime = started.runtime;
    hardenGlobalScope();
    post({ type: 'started', start: started.start });
  } catch (error) {
    if (error instanceof SnapshotRefused) post({ type: 'snapshot-refused', reason: error.message });
    else post({ type: 'start-failed', message: toMessage(error) });
  }
}

async function makeSnapshot(plan: StartPlan): Promise<void> {
  try {
    post({ type: 'snapshot-made', byteSize: await storeSnapshot(plan) });
  } catch (error) {
    post({ type: 'snapshot-failed', reason: toMessage(error) });
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
  const needed = python.packages.listNeeded(python.findImports(job.source));
  emit({ type: 'packages-found', names: needed });
  const names = python.packages.listMissing(needed);
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
