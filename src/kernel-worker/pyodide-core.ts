import type * as Pyodide from 'pyodide';
import { parseModuleSettings, type ModuleSettings } from './snapshot/parse-emscripten-module.ts';

/** Pyodide's scripts and its WebAssembly, on their way. A worker boots from it once. */
export interface PyodideCore {
  /** The folder that it comes from; ends in a slash. */
  readonly url: string;
  readonly script: Promise<typeof Pyodide>;
  readonly module: Promise<WebAssembly.Module>;
  /** Called with the settings of Emscripten's module before that is made. */
  changeSettings: (settings: ModuleSettings) => void;
}

const factoryName = '_createPyodideModule';

/**
 * Begins to load all of it at once, where Pyodide would begin with one when the other has come. `given` is the module
 * that the page has compiled already; null where it could not.
 */
export function loadPyodideCore(url: string, given: Promise<WebAssembly.Module | null>): PyodideCore {
  const core: PyodideCore = {
    url,
    script: loadScripts(url),
    module: given.then((module) => module ?? compileCore(url)),
    changeSettings: () => undefined,
  };
  core.script.catch(() => undefined);
  core.module.catch(() => undefined);
  watchFactory((settings) => {
    core.changeSettings(settings);
  });
  return core;
}

async function loadScripts(url: string): Promise<typeof Pyodide> {
  // The second is what the first would load when it is called; it sets the global function that is watched.
  const [script]: [typeof Pyodide, unknown] = await Promise.all([
    import(/* @vite-ignore */ `${url}pyodide.mjs`),
    import(/* @vite-ignore */ `${url}pyodide.asm.js`),
  ]);
  return script;
}

async function compileCore(url: string): Promise<WebAssembly.Module> {
  return await WebAssembly.compileStreaming(fetch(`${url}pyodide.asm.wasm`));
}

/**
 * Pyodide's script sets a global function that makes the module, and Pyodide calls it with the settings: the function
 * is wrapped as it is set.
 */
function watchFactory(onSettings: (settings: ModuleSettings) => void): void {
  let factory: ((settings: unknown) => unknown) | undefined;
  Object.defineProperty(globalThis, factoryName, {
    configurable: true,
    get: () =>
      factory &&
      ((settings: unknown): unknown => {
        onSettings(parseModuleSettings(settings));
        return factory?.(settings);
      }),
    set: (value: (settings: unknown) => unknown) => {
      factory = value;
    },
  });
}

/**
 * Has Pyodide take the compiled module where it would compile the answer to a request, which gets an empty one.
 * Returns the way to undo it.
 */
export function giveCompiledModule({ url, module }: PyodideCore): () => void {
  const fetchBefore = globalThis.fetch;
  const instantiateBefore = WebAssembly.instantiateStreaming;
  globalThis.fetch = async (input, options) => {
    const asked = input instanceof Request ? input.url : String(input);
    return asked === `${url}pyodide.asm.wasm` ? new Response() : await fetchBefore(input, options);
  };
  WebAssembly.instantiateStreaming = async (_answer, imports) => {
    const compiled = await module;
    return { module: compiled, instance: await WebAssembly.instantiate(compiled, imports) };
  };
  return () => {
    globalThis.fetch = fetchBefore;
    WebAssembly.instantiateStreaming = instantiateBefore;
  };
}
