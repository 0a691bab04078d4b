import type { HandedJob } from '../model/job-request.ts';
import type { Connection, StartPlan, WheelsToPack } from '../protocol/messages.ts';
import { assertNever } from '../shared/assert-never.ts';
import { hardenGlobalScope } from './hardening.ts';
import { JobRunner } from './JobRunner.ts';
import { installNetworkGate } from './network-install.ts';
import { connectToPage, post } from './port.ts';
import { loadPyodideCore, type PyodideCore } from './pyodide-core.ts';
import { SnapshotRefused, startPython, storeSnapshot, storeWheels } from './start-python.ts';
import { toMessage } from '../shared/to-message.ts';

let runner: JobRunner | null = null;
/** The page has said what this worker is for. */
let hasPurpose = false;
/** Pyodide's core as the page has compiled it. */
const compiled = Promise.withResolvers<WebAssembly.Module | null>();
const core = Promise.withResolvers<PyodideCore>();

connectToPage(connect, (message) => {
  hasPurpose ||= message.type !== 'use-core';
  switch (message.type) {
    case 'start':
      void start(message.plan);
      return;
    case 'make-snapshot':
      void makeSnapshot(message.plan);
      return;
    case 'use-core':
      compiled.resolve(message.module);
      return;
    case 'pack-wheels':
      void packWheels(message.plan, message.wheels);
      return;
    case 'run-job':
      void runJob(message.job);
      return;
    case 'stop-job':
      runner?.stop(message.runId);
      return;
    case 'check-statement':
      void checkStatement(message.requestId, message.source);
      return;
    case 'answer-input':
      runner?.answerInput(message.runId, message.answer);
      return;
    default:
      assertNever(message);
  }
});

/** Pyodide's scripts take a while to load, in which the page finds out what the worker is for. */
function connect({ pyodideUrl }: Connection): void {
  const loading = loadPyodideCore(pyodideUrl, compiled.promise);
  core.resolve(loading);
  loading.script.catch((error: unknown) => {
    // Nobody waits for it yet, and nobody is to be handed a worker that will not start.
    if (!hasPurpose) reportError(error);
  });
}

async function start(plan: StartPlan): Promise<void> {
  try {
    installNetworkGate({
      siteUrl: plan.addresses.siteUrl,
      kernelId: plan.kernelId,
      hasServiceWorker: plan.hasServiceWorker,
      onRefusal: (text) => {
        runner?.noteRefusal(text);
      },
      lookForStop: () => {
        runner?.lookForStop();
      },
    });
    const { runtime, start: started } = await startPython(plan, await core.promise, {
      onProgress: (progress) => {
        post({ type: 'start-progressed', progress });
      },
      onMemory: (memory) => {
        post({ type: 'memory-changed', memory });
      },
      onSnapshotFound: () => {
        post({ type: 'snapshot-found' });
      },
      onSnapshotDamaged: (reason) => {
        post({ type: 'snapshot-damaged', reason });
      },
      onFatal: (error) => {
        post({ type: 'kernel-failed', message: toMessage(error) });
      },
    });
    hardenGlobalScope();
    runner = new JobRunner(runtime, plan);
    post({ type: 'started', start: started });
  } catch (error) {
    if (error instanceof SnapshotRefused) post({ type: 'snapshot-refused', reason: error.message });
    else post({ type: 'start-failed', message: toMessage(error) });
  }
}

async function makeSnapshot(plan: StartPlan): Promise<void> {
  try {
    post({ type: 'snapshot-made', byteSize: await storeSnapshot(plan, await core.promise) });
  } catch (error) {
    post({ type: 'snapshot-failed', reason: toMessage(error) });
  }
}

async function packWheels(plan: StartPlan, wheels: WheelsToPack): Promise<void> {
  try {
    const { addresses, kernelId, hasServiceWorker } = plan;
    installNetworkGate({
      siteUrl: addresses.siteUrl,
      kernelId,
      hasServiceWorker,
      onRefusal: () => undefined,
      lookForStop: () => undefined,
    });
    post({ type: 'wheels-packed', byteSize: await storeWheels(plan, wheels, await core.promise) });
  } catch (error) {
    post({ type: 'packing-failed', reason: toMessage(error) });
  }
}

async function checkStatement(requestId: number, source: string): Promise<void> {
  if (!runner) return;
  try {
    post({ type: 'statement-checked', requestId, problems: await runner.checkStatement(source) });
  } catch (error) {
    post({ type: 'kernel-failed', message: toMessage(error) });
  }
}

async function runJob(job: HandedJob): Promise<void> {
  try {
    if (!runner) throw new Error('A job was sent before Python had started.');
    await runner.run(job);
  } catch (error) {
    post({ type: 'kernel-failed', message: toMessage(error) });
  }
}
