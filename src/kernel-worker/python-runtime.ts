import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import type { JobRequest } from '../model/job.ts';
import { pollInterrupts } from './interrupts.ts';
import type { JobHost } from './job-host.ts';
import type { Downloads } from './packages/Downloads.ts';
import type { PackageLoader } from './packages/PackageLoader.ts';
import { RequirementInstaller } from './packages/RequirementInstaller.ts';

/** The Python package `cahier`, as seen from here. */
interface Sdk {
  readonly find_imports: (source: string) => PyProxy & { toJs: () => string[] };
  readonly run_job: (request: unknown, host: JobHost) => Promise<unknown>;
}

/** A Python that has started, with the SDK imported. */
export interface PythonRuntime {
  readonly pythonVersion: string;
  readonly downloads: Downloads;
  readonly packages: PackageLoader;
  readonly requirements: RequirementInstaller;
  readonly findImports: (source: string) => string[];
  /** Has a function called often while Python computes; where it returns true, KeyboardInterrupt is raised there. */
  readonly pollInterrupts: (look: () => boolean) => void;
  /** Runs the job to its end; rejects only when Python itself broke. */
  readonly runJob: (job: JobRequest, host: JobHost) => Promise<void>;
}

/** The runtime of a Python that has the SDK. */
export function createRuntime(
  pyodide: PyodideAPI,
  packages: PackageLoader,
  downloads: Downloads,
): PythonRuntime {
  const sdk: Sdk = pyodide.pyimport('cahier');
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
    pollInterrupts(look) {
      pollInterrupts(pyodide, look);
    },
    async runJob({ packages: _packages, ...request }, host) {
      await sdk.run_job(request, host);
    },
  };
}
