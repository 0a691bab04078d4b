import type { TableEngine } from '../data/TableEngine.ts';
import type { Kernel } from '../kernel/Kernel.ts';
import type { FetchWatch } from '../model/fetch-watch.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { FindSchema } from '../model/data-schema.ts';
import type { Edit } from '../model/edits.ts';
import type { BlobHash, JobId } from '../model/ids.ts';
import type { DescribeDistrust } from '../model/imported-file.ts';
import type { Job } from '../model/job.ts';
import type { KnownModels } from '../model/known-models.ts';
import type { Notebook } from '../model/notebook.ts';
import type { Profile } from '../model/profile.ts';
import type { HashSecret } from '../model/secret-hash.ts';
import type { Storage } from '../storage/Storage.ts';
import type { ModelRenames } from './ModelRenames.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import type { Notices } from './Notices.svelte.ts';
import type { CreateAuthorization, RunAs } from './run-as.ts';

/** What a notebook session works with. */
export interface NotebookServices {
  readonly storage: Storage;
  readonly tables: TableEngine;
  readonly notices: Notices;
  /** Makes a kernel that has these packages ready. */
  readonly createKernel: (packages: readonly string[]) => Kernel;
  /** Gets a file of another host for a kernel's notebook, as far as the workspace allows it. Rejects with a sentence. */
  readonly fetchOutside: (kernelId: string, url: string, watch?: FetchWatch) => Promise<Blob>;
  readonly findSchema: FindSchema;
  /** Those of the workspace. */
  readonly renames: ModelRenames;
  /** That of the workspace. */
  readonly hashSecret: HashSecret;
  /** As whom cells run that somebody runs by hand. */
  readonly getActiveProfile: () => Profile;
  readonly createAuthorization: CreateAuthorization;
  /** What is known of the workspace's models, null until it was read; reactive: cells that load the newest get stale by it. */
  readonly getKnownModels: () => KnownModels | null;
  /** Told what is known of them when a job has saved some. */
  readonly onModelsSaved: (known: KnownModels) => void;
  /** Told of every change to the notebook. */
  readonly onChange: (notebook: Notebook) => void;
  /** Told of every edit that a person made, with the edit that takes it back, before any of it is saved. */
  readonly onEdited: (session: NotebookSession, edit: Edit, inverse: Edit) => void;
  /**
   * Whether a job of this session may change files of its notebook, asked before anything of it is kept. Gives why it may
   * not, in sentences; null where it may.
   */
  readonly askForFiles: (
    session: NotebookSession,
    runAs: RunAs,
    changedPaths: readonly string[],
  ) => Promise<string | null>;
  /** Saves the notebook; a failure is told by whoever does it. */
  readonly save: (notebook: Notebook) => void;
  /** Takes an edit back in whichever session the notebook is open then. */
  readonly takeBack: (inverse: Edit) => void;
  /** Whether another tab may change the notebook, and this one may not; reactive. */
  readonly isReadOnly: () => boolean;
  /** Of the notebook, and of versions of models; reactive. */
  readonly describeDistrust: DescribeDistrust;
  /** Told when something else of the notebook is stored than what was written in it. */
  readonly onStored: () => void;
  /** Told when a job has ended, however it did. */
  readonly onJobEnd: (jobId: JobId) => void;
  /** Told when the last cell that ran or waited has ended. */
  readonly onIdle: () => void;
}

/** What is stored of a notebook beside what was written in it. */
export interface StoredContents {
  readonly jobs: readonly Job[];
  readonly checkpoints: readonly Checkpoint[];
  /** The contents of its wheels. */
  readonly wheels: ReadonlyMap<BlobHash, Blob>;
}
