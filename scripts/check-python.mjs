// @ts-check
import { findMypy, findPython } from './find-python.mjs';
import { runOrThrow } from './run.mjs';

// Checks the types of the Python SDK and of its tests, with the settings in python/pyproject.toml. mypy reads the
// numpy of the Python it looks into, so that Python is found, or installed, first.

const python = await findPython();
const { command, commandArguments } = await findMypy();
await runOrThrow('mypy', command, [
  ...commandArguments,
  '--config-file',
  'python/pyproject.toml',
  '--python-executable',
  python,
]);
