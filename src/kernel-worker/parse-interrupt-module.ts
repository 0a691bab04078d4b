/** What of Python's C interface raises an interrupt. None of it is public: the names are those of the pinned version. */
export interface InterruptModule {
  readonly HEAPU32: Uint32Array;
  readonly _PyErr_SetInterruptEx: (signal: number) => number;
  readonly _PyThreadState_Get: () => number;
  readonly _PyThreadState_GetInterpreter: (threadState: number) => number;
}

const functionNames = [
  '_PyErr_SetInterruptEx',
  '_PyThreadState_Get',
  '_PyThreadState_GetInterpreter',
] as const;

/**
 * The module behind Pyodide.
 * @throws {Error} where it is not what this version of Pyodide has
 */
export function parseInterruptModule(value: unknown): InterruptModule {
  const isObject = typeof value === 'object' && value !== null;
  const missing = functionNames.find((name) => !isObject || typeof Reflect.get(value, name) !== 'function');
  if (missing !== undefined) throw new Error(`Pyodide's module has no function "${missing}".`);
  return value as InterruptModule;
}
