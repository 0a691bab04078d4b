import type { JobListener, Kernel } from '../kernel/Kernel.ts';
import type { JobRequest } from '../model/job-request.ts';

/** What is heard of the jobs of a kernel, beside who runs them. */
export type JobWatch = Pick<JobListener, 'onLog' | 'onProgress' | 'onPreview' | 'onInputAsked'>;

/** A kernel whose jobs are told to somebody else, too: `begin` is called as each is asked for. */
export function watchKernel(kernel: Kernel, begin: (job: JobRequest) => JobWatch): Kernel {
  return {
    get state() {
      return kernel.state;
    },
    get kernelId() {
      return kernel.kernelId;
    },
    get kernelIds() {
      return kernel.kernelIds;
    },
    subscribe: (listener) => kernel.subscribe(listener),
    run: (job, listener) => {
      const watch = begin(job);
      return kernel.run(job, {
        ...listener,
        onLog: (entries) => {
          listener.onLog(entries);
          watch.onLog(entries);
        },
        onProgress: (percent) => {
          listener.onProgress(percent);
          watch.onProgress(percent);
        },
        onPreview: (preview) => {
          // Its buffers are handed on.
          watch.onPreview(preview);
          listener.onPreview(preview);
        },
        onInputAsked: (prompt) => {
          listener.onInputAsked(prompt);
          watch.onInputAsked(prompt);
        },
      });
    },
    stop: () => {
      kernel.stop();
    },
    answerInput: (answer) => {
      kernel.answerInput(answer);
    },
    checkStatement: (source) => kernel.checkStatement(source),
    restart: () => {
      kernel.restart();
    },
    setPackages: (names) => {
      kernel.setPackages(names);
    },
    dispose: () => {
      kernel.dispose();
    },
  };
}
