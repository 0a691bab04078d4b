import type { JobRequest } from '../model/job.ts';
import type { StartPlan, ToWorker } from '../protocol/messages.ts';
import { assertNever } from '../shared/assert-never.ts';
import { hardenGlobalScope } from './hardening.ts';
import { JobRunner } from './JobRunner.ts';
import { post } from './port.ts';
import { startPython } from './python-runtime.ts';

let runner: JobRunner | null = null;

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
      post({ type: 'snapshot-failed', reason: 'this version makes none' });
      return;
    case 'stop-job':
      runner?.stop(message.runId);
      return;
    case 'answer-input':
      runner?.answerInput(message.runId, message.answer);
      return;
    default:
      assertNever(message);
  }
});

async function start(plan: StartPlan): Promise<void> {
  try {
    const runtime = await startPython(plan.addresses, {
      onProgress: (progress) => {
        post({ type: 'start-progressed', progress });
      },
      onFatal: (error) => {
        post({ type: 'kernel-failed', message: toMessage(error) });
      },
    });
    hardenGlobalScope();
    runner = new JobRunner(runtime, plan);
    const { pythonVersion } = runtime;
    const memory = { heapBytes: 0, limitBytes: plan.memoryLimitBytes };
    post({ type: 'started', start: { pythonVersion, memory, isFromSnapshot: false, notes: [] } });
  } catch (error) {
    post({ type: 'start-failed', message: toMessage(error) });
  }
}

async function runJob(job: JobRequest): Promise<void> {
  try {
    if (!runner) throw new Error('A job was sent before Python had started.');
    await runner.run(job);
  } catch (error) {
    post({ type: 'kernel-failed', message: toMessage(error) });
  }
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
