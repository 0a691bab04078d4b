import type { JobListener } from '../kernel/Kernel.ts';
import type { JobPackages } from '../model/job-request.ts';
import { listBrought, pickLoaded } from '../model/own-packages.ts';
import type { RunningPhase } from '../model/run-state.ts';
import type { CellRun } from './CellRun.svelte.ts';
import type { NotebookPackages } from './NotebookPackages.svelte.ts';
import type { StartedJob } from './started-job.ts';
import type { ValueStore } from './ValueStore.ts';

/** What news of a job are told to. */
export interface WatchServices {
  readonly packages: NotebookPackages;
  readonly announce: (text: string) => void;
}

/**
 * Takes what is heard of a job while it runs: into what is known of the job, and into what its cell shows. `brought` are
 * the packages that it was given.
 */
export function watchJob(
  { packages, announce }: WatchServices,
  job: StartedJob,
  run: CellRun,
  values: ValueStore,
  brought: JobPackages,
): JobListener {
  const begun: RunningPhase = {
    phase: 'running',
    startedAt: job.startedAt,
    loading: null,
    prompt: null,
    progress: null,
  };
  // A question that is answered is gone from there: what comes next must not bring it back.
  const getShown = (): RunningPhase => (run.phase.phase === 'running' ? run.phase : begun);
  const show = (change: Partial<RunningPhase>): void => {
    run.setPhase({ ...getShown(), ...change });
  };
  return {
    onHandedOver: () => {
      job.startedAt = Date.now();
      packages.noteGiven(brought);
      job.ownPackages = listBrought(pickLoaded(brought, []));
      show({ startedAt: job.startedAt });
      announce(`${job.title} is running`);
    },
    onPackagesFound: (names) => {
      job.packages = names;
    },
    onPackagesReady: (ready) => {
      job.readyPackages = ready;
      job.ownPackages = listBrought(pickLoaded(brought, ready));
    },
    onPackagesInstalled: (installed) => {
      packages.noteInstalled(installed);
    },
    onLoading: (loading) => {
      show({ loading, prompt: null });
    },
    onScriptStarted: () => {
      const { loading, prompt } = getShown();
      if (loading || prompt !== null) show({ loading: null, prompt: null });
    },
    onInputAsked: (prompt) => {
      show({ loading: null, prompt });
      announce(`${job.title} asks for input`);
    },
    onLog: (entries) => {
      run.log.append(entries);
    },
    onProgress: (progress) => {
      show({ progress });
    },
    onFilesChanged: (change) => {
      const { directory } = change;
      if (directory === 'notebook') job.filesChange = change;
      else job.sessionChanges.set(directory, { ...change, directory });
    },
    onFilesOpened: (paths) => {
      job.openedPaths = paths;
    },
    onPreview: (preview) => {
      run.previews.add(preview.id, values.addPreview(preview), values, (reason) => {
        const text = `A preview of type ${preview.content.type} cannot be shown: ${reason}\n`;
        run.log.append([{ time: preview.time, stream: 'warning', text }]);
      });
    },
  };
}
