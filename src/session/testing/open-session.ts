import { succeed } from '../../shared/result.ts';
import { buildProfile } from '../../model/testing/builders.ts';
import type { TableWorker } from '../../data/TableConnection.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import { FakeTableWorker } from '../../data/testing/FakeTableWorker.ts';
import { FakeKernel } from '../../kernel/FakeKernel.ts';
import type { FindSchema } from '../../model/data-schema.ts';
import type { DescribeDistrust } from '../../model/imported-file.ts';
import { noKnownModels } from '../../model/known-models.ts';
import { isProcessor, type Notebook, type Processor } from '../../model/notebook.ts';
import { createSecretHash } from '../../model/secret-hash.ts';
import { MemoryStorage } from '../../storage/MemoryStorage.ts';
import type { CellRun } from '../CellRun.svelte.ts';
import { ModelRenames } from '../ModelRenames.ts';
import { Notices } from '../Notices.svelte.ts';
import { NotebookSession } from '../NotebookSession.svelte.ts';
import type { AuthorizedJob } from '../run-as.ts';

export interface OpenSession {
  readonly session: NotebookSession;
  readonly kernel: FakeKernel;
  readonly storage: MemoryStorage;
  readonly notices: Notices;
  readonly renames: ModelRenames;
  /** The notebook, as often as it was saved. */
  readonly saved: readonly Notebook[];
  /** "idle", as often as the session said that nothing runs any more. */
  readonly told: readonly string[];
  /** The addresses that other hosts were asked for. */
  readonly fetched: readonly string[];
  /** The packages that Python was to have ready, as often as one was started. */
  readonly starts: readonly (readonly string[])[];
  /** What was asked to be authorized, in order. */
  readonly authorized: readonly AuthorizedJob[];
}

/** An open notebook for tests, with a kernel whose jobs end when the test says; tabs share a storage. */
export function openSession(
  notebook: Notebook,
  makeTableWorker: () => TableWorker = () => new FakeTableWorker(),
  findSchema: FindSchema = () => null,
  storage = new MemoryStorage(),
  describeDistrust: DescribeDistrust = () => null,
): OpenSession {
  const kernel = new FakeKernel();
  const notices = new Notices();
  const renames = new ModelRenames();
  const saved: Notebook[] = [];
  const told: string[] = [];
  const fetched: string[] = [];
  const starts: (readonly string[])[] = [];
  const authorized: AuthorizedJob[] = [];
  let known = noKnownModels;
  const session: NotebookSession = new NotebookSession(
    notebook,
    { jobs: [], checkpoints: [], wheels: new Map() },
    {
      storage,
      tables: new TableEngine(makeTableWorker),
      notices,
      createKernel: (packages) => {
        starts.push(packages);
        return kernel;
      },
      fetchOutside: (_kernelId, url) => {
        fetched.push(url);
        return Promise.reject(new Error('nothing is fetched in these tests'));
      },
      findSchema,
      renames,
      hashSecret: createSecretHash('salt'),
      getActiveProfile: () => buildProfile('Ada'),
      createAuthorization: (job) => {
        authorized.push(job);
        return Promise.resolve(succeed('Bearer token'));
      },
      getKnownModels: () => known,
      onModelsSaved: (saved) => {
        known = saved;
      },
      onChange: () => undefined,
      onEdited: () => undefined,
      askForFiles: () => Promise.resolve(null),
      save: (changed) => saved.push(changed),
      takeBack: (inverse) => {
        session.editor.takeBack(inverse);
      },
      isReadOnly: () => false,
      describeDistrust,
      onStored: () => undefined,
      onJobEnd: () => undefined,
      onIdle: () => told.push('idle'),
    },
  );
  return { session, kernel, storage, notices, renames, saved, told, authorized, fetched, starts };
}

/** Gives control back in the very task in which a cell ends. */
export async function waitForEnd(run: CellRun): Promise<void> {
  for (let turn = 0; run.isBusy; turn += 1) {
    if (turn > 10_000) throw new Error('the cell does not end in this task');
    await Promise.resolve();
  }
}

export function findCellOf({ notebook }: NotebookSession, title: string): Processor {
  const found = notebook.cells.find((candidate) => candidate.title === title);
  if (!found || !isProcessor(found)) throw new Error(`there is no processor ${title}`);
  return found;
}

/** The titles of all cells with their states: "one done, two idle". */
export function listStates(session: NotebookSession): string {
  return session.notebook.cells.map((cell) => `${cell.title} ${session.getState(cell)}`).join(', ');
}
