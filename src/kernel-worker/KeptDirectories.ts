import type { SessionId } from '../model/ids.ts';
import type { FilesChange, JobDirectory, JobFile } from '../model/job-request.ts';
import type { FileSystem } from './file-system.ts';
import { sessionPaths, type LentFile } from '../model/session-files.ts';
import { makeDirectories, notebookPath, type JobDirectories } from './job-directories.ts';
import { KeptDirectory, type FoundChange } from './KeptDirectory.ts';

/** What a job did to the files of a directory. */
export interface FoundFiles extends Pick<FoundChange, 'leftOut'> {
  readonly change: FilesChange | null;
}

type Kept = Readonly<Record<JobDirectory, KeptDirectory>>;

/** The directories of the job that runs: that of its notebook, and the two of its session. */
export class KeptDirectories {
  readonly #files: FileSystem;
  readonly #notebook: KeptDirectory;
  #sessionId: SessionId | null = null;
  #kept: Kept | null = null;

  constructor(files: FileSystem) {
    this.#files = files;
    this.#notebook = new KeptDirectory(files, {
      path: notebookPath,
      isExact: true,
      isLeftAlone: () => false,
    });
  }

  /** Makes the directories of a session, and removes those of others. */
  open(sessionId: SessionId): JobDirectories {
    const paths = makeDirectories(this.#files, sessionId);
    if (this.#sessionId !== sessionId) {
      this.#sessionId = sessionId;
      this.#kept = this.#keep(paths, sessionId);
    }
    return paths;
  }

  /** Puts the files there that the job of the open session is to find, and those that earlier sessions lend it. */
  async bring(files: readonly JobFile[], lent: readonly LentFile[] = []): Promise<void> {
    for (const [name, directory] of Object.entries(this.#kept ?? {})) {
      await directory.bring(files.filter((file) => file.directory === name));
    }
    for (const { directory, sessionId, path, content } of lent) {
      const place = `${sessionPaths[directory]}/${sessionId}/${path}`;
      this.#files.mkdirTree(place.slice(0, place.lastIndexOf('/')));
      this.#files.writeFile(place, new Uint8Array(await content.arrayBuffer()));
    }
  }

  collect(directory: JobDirectory): FoundFiles {
    const { change, leftOut } = this.#kept?.[directory].collect() ?? { change: null, leftOut: [] };
    return { change: change && { directory, ...change }, leftOut };
  }

  #keep(paths: JobDirectories, sessionId: SessionId): Kept {
    // Bytes that a job puts out are kept as its outputs are.
    const outputs = `binary/${sessionId}/`;
    return {
      notebook: this.#notebook,
      session: new KeptDirectory(this.#files, {
        path: paths.session,
        isExact: false,
        isLeftAlone: (path) => path.startsWith(outputs),
      }),
      temporary: new KeptDirectory(this.#files, {
        path: paths.temporary,
        isExact: false,
        isLeftAlone: () => false,
      }),
    };
  }
}
