// @ts-check
import { isMainModule } from './project.mjs';
import { pythonProbes, systemPython } from './python-probes.mjs';

/** @typedef {{ command: string, commandArguments: string[] }} FoundMypy */

const pythonPackages = ['python3', 'python3-numpy', 'python3-pandas', 'python3-matplotlib', 'python3-pil'];

/** Libraries whose tests are skipped where they are not. */
const welcomeLibraries = [
  { library: 'plotly', debianPackage: 'python3-plotly' },
  { library: 'altair', debianPackage: 'python3-altair' },
  { library: 'yaml', debianPackage: 'python3-yaml' },
  { library: 'deepdiff', debianPackage: 'python3-deepdiff' },
  { library: 'jose', debianPackage: 'python3-jose' },
  { library: 'passlib', debianPackage: 'python3-passlib' },
];

/** Its exit code is 0 when the tests of the SDK can run with this Python. */
const sdkCheck = [
  'import sys',
  'if sys.version_info < (3, 11): sys.exit("it is Python " + sys.version.split()[0] + ", older than 3.11")',
  'import numpy, pandas, matplotlib, PIL',
].join('\n');

/**
 * A Python for the tests of the SDK, with the real numpy, pandas, matplotlib and Pillow: the one that CAHIER_PYTHON names,
 * else the system's, else the first on PATH, else Debian's packages are installed. The system's gets Debian's Plotly,
 * Altair and libraries that Statements import too, where they can be installed.
 * @param {import('./python-probes.mjs').PythonProbes} [probes]
 * @returns {Promise<string>} the path of the interpreter
 * @throws {Error} that says what was tried and what to do
 */
export async function findPython(probes = pythonProbes) {
  const named = probes.environment['CAHIER_PYTHON'];
  if (named !== undefined && named !== '') {
    const complaint = probes.complaint(named, ['-c', sdkCheck]);
    if (complaint === undefined) return named;
    throw new Error(`CAHIER_PYTHON names ${named}, which cannot run the tests: ${complaint}`);
  }

  let tried = tryAll(probes);
  if (tried.found === undefined && probes.canInstallWithApt()) {
    await probes.installWithApt(pythonPackages);
    tried = tryAll(probes);
  }
  if (tried.found !== undefined) {
    if (tried.found === systemPython) await installWelcomeLibraries(probes);
    return tried.found;
  }
  throw new Error(
    [
      'The tests of the SDK need Python 3.11 or newer with numpy, pandas, matplotlib and Pillow.',
      ...tried.complaints.map((complaint) => `  ${complaint}`),
      'One of these helps:',
      '  - python3 -m pip install numpy pandas matplotlib pillow',
      `  - on Debian: sudo apt-get install ${pythonPackages.join(' ')}`,
      '  - set CAHIER_PYTHON to the path of a Python that has them',
    ].join('\n'),
  );
}

/**
 * Each by itself, as a release of Debian without one of them may have the other.
 * @param {import('./python-probes.mjs').PythonProbes} probes
 */
async function installWelcomeLibraries(probes) {
  if (!probes.canInstallWithApt()) return;
  for (const { library, debianPackage } of welcomeLibraries) {
    const isThere = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${library}") is None)`;
    if (probes.complaint(systemPython, ['-c', isThere]) !== undefined) {
      await probes.installWithApt([debianPackage]);
    }
  }
}

/**
 * @param {import('./python-probes.mjs').PythonProbes} probes
 * @returns {{ found: string | undefined, complaints: string[] }}
 */
function tryAll(probes) {
  /** @type {string[]} */
  const complaints = [];
  for (const python of probes.pythonPaths()) {
    const complaint = probes.complaint(python, ['-c', sdkCheck]);
    if (complaint === undefined) return { found: python, complaints };
    complaints.push(`${python}: ${complaint}`);
  }
  return { found: undefined, complaints };
}

/**
 * How to start mypy, the type checker for the Python of this project: with CAHIER_PYTHON or another Python that has it, else
 * the command of that name, else Debian's package is installed.
 * @param {import('./python-probes.mjs').PythonProbes} [probes]
 * @returns {Promise<FoundMypy>}
 * @throws {Error} that says what to do
 */
export async function findMypy(probes = pythonProbes) {
  let found = presentMypy(probes);
  if (found === undefined && probes.canInstallWithApt()) {
    await probes.installWithApt(['mypy']);
    found = presentMypy(probes);
  }
  if (found !== undefined) return found;
  throw new Error(
    [
      'mypy, which checks the types of the Python code, was not found. One of these helps:',
      '  - python3 -m pip install mypy',
      '  - on Debian: sudo apt-get install mypy',
      '  - set CAHIER_PYTHON to the path of a Python that has it',
    ].join('\n'),
  );
}

/**
 * @param {import('./python-probes.mjs').PythonProbes} probes
 * @returns {FoundMypy | undefined}
 */
function presentMypy(probes) {
  const named = probes.environment['CAHIER_PYTHON'];
  const pythons =
    named === undefined || named === '' ? probes.pythonPaths() : [named, ...probes.pythonPaths()];
  const candidates = [
    ...pythons.map((command) => ({ command, commandArguments: ['-m', 'mypy'] })),
    { command: 'mypy', commandArguments: [] },
  ];
  return candidates.find(
    ({ command, commandArguments }) =>
      probes.complaint(command, [...commandArguments, '--version']) === undefined,
  );
}

if (isMainModule(import.meta.url)) {
  try {
    if (process.argv.includes('--mypy')) {
      const { command, commandArguments } = await findMypy();
      console.log([command, ...commandArguments].join(' '));
    } else {
      console.log(await findPython());
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
