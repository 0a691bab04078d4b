import { logger } from '../shared/logger.ts';

/**
 * Compiles the WebAssembly at an address, whose content never changes; null where that does not work, which whoever needs
 * it finds out again.
 *
 * It is asked of the browser's own cache first, past the service worker: there the browser keeps the compiled code beside
 * the file from one visit to the next. https://v8.dev/blog/wasm-code-caching
 */
export async function compileCore(url: string): Promise<WebAssembly.Module | null> {
  try {
    return await compile(url, 'force-cache').catch(() => compile(url, 'default'));
  } catch (error) {
    logger.warn('The core of Python could not be compiled in the page', error);
    return null;
  }
}

function compile(url: string, cache: RequestCache): Promise<WebAssembly.Module> {
  return WebAssembly.compileStreaming(fetch(url, { cache }));
}
