import { logger } from '../shared/logger.ts';

/** Compiles the WebAssembly at an address; null where that does not work, which whoever needs it finds out again. */
export async function compileCore(url: string): Promise<WebAssembly.Module | null> {
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch (error) {
    logger.warn('The core of Python could not be compiled in the page', error);
    return null;
  }
}
