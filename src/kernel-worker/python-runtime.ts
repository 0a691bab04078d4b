import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import { createPlainError } from '../model/job.ts';
import type { JobDirectory, HandedJob } from '../model/job-request.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import { toMessage } from '../shared/to-message.ts';
import { pollInterrupts } from './interrupts.ts';
import { notebookPath, type JobDirectories } from './job-directories.ts';
import type { JobHost } from './job-host.ts';
import { KeptDirectories, type FoundFiles } from './KeptDirectories.ts';
import { OpenedFiles } from './OpenedFiles.ts';
import type { Downloads } from './packages/Downloads.ts';
import type { PackageLoader } from './packages/PackageLoader.ts';
import { RequirementInstaller } from './packages/RequirementInstaller.ts';
import { createPythonRequest } from './python-request.ts';

/** The Python package `cahier`, as seen from here. */
interface Sdk {
  /** JSON of a list of `SourceProblem`s. */
  readonly check_statement: (source: string) => string;
  readonly find_imports: (source: string) => PyProxy & { toJs: () => string[] };
  readonly has_variable: (key: string) => boolean;
  readonly run_job: (request: unknown, host: JobHost) => Promise<unknown>;
}

/** A Python that has started, with the SDK imported. */
export interface PythonRuntime {
  readonly pythonVersion: string;
  readonly downloads: Downloads;
  readonly packages: PackageLoader;
  readonly requirements: RequirementInstaller;
  readonly findImports: (source: string) => string[];
  readonly checkStatement: (source: string) => SourceProblem[];
  /** Has a function called often while Python computes; where it returns true, KeyboardInterrupt is raised there. */
  readonly pollInterrupts: (look: () => boolean) => void;
  /** What the last job did to the files of a directory. */
  readonly collectFiles: (directory: JobDirectory) => FoundFiles;
  /** The notebook's files that the last job opened, or looked for in vain. */
  readonly listOpenedFiles: () => string[];
  /** Runs the job to its end; rejects only when Python itself broke. */
  readonly runJob: (job: HandedJob, host: JobHost) => Promise<void>;
}

/** The runtime of a Python that has the SDK. */
export function createRuntime(
  pyodide: PyodideAPI,
  packages: PackageLoader,
  downloads: Downloads,
): PythonRuntime {
  const sdk: Sdk = pyodide.pyimport('cahier');
  const kept = new KeptDirectories(pyodide.FS);
  const opened = new OpenedFiles(pyodide.FS, notebookPath);
  const bring = async (job: HandedJob, directories: JobDirectories): Promise<object> => {
    await kept.bring(job.files, job.lentFiles);
    return await createPythonRequest(job, directories, (key) => sdk.has_variable(key));
  };
  const version: unknown = pyodide.pyimport('platform').python_version();
  return {
    pythonVersion: String(version),
    downloads,
    packages,
    requirements: new RequirementInstaller(pyodide),
    findImports(source) {
      const names = sdk.find_imports(source);
      try {
        return names.toJs();
      } finally {
        names.destroy();
      }
    },
    checkStatement(source) {
      // The page checks it, as all that comes from Python.
      const problems: SourceProblem[] = JSON.parse(sdk.check_statement(source));
      return problems;
    },
    pollInterrupts(look) {
      pollInterrupts(pyodide, look);
    },
    collectFiles: (directory) => kept.collect(directory),
    listOpenedFiles: () => opened.list(),
    async runJob(job, host) {
      const directories = kept.open(job.sessionId);
      const request = await bring(job, directories).catch((error: unknown) => {
        const message = `What the job needs cannot be read: ${toMessage(error)}. Run the cell that it comes from again, or add the file again.`;
        const outcome = { status: 'failed', error: createPlainError('storage', message) } as const;
        host.emit({ type: 'job-finished', outcome });
      });
      opened.clear();
      if (request) await sdk.run_job(request, host);
    },
  };
}
