import { parseModuleSettings, type ModuleSettings } from './parse-emscripten-module.ts';

const factoryName = '_createPyodideModule';

/**
 * Lets the settings of Pyodide's module be changed before it is made. Pyodide's script sets a global function that
 * makes the module, and calls it with the settings: the function is wrapped as it is set. Returns the way to undo it.
 */
export function changeModuleSettings(change: (settings: ModuleSettings) => void): () => void {
  let factory: ((settings: unknown) => unknown) | undefined;
  Object.defineProperty(globalThis, factoryName, {
    configurable: true,
    get: () =>
      factory &&
      ((settings: unknown): unknown => {
        change(parseModuleSettings(settings));
        return factory?.(settings);
      }),
    set: (value: (settings: unknown) => unknown) => {
      factory = value;
    },
  });
  return () => {
    // Pyodide's script is loaded once only: a second start in the same worker needs the function it set.
    Object.defineProperty(globalThis, factoryName, { configurable: true, writable: true, value: factory });
  };
}
