// @ts-check
import { pathToFileURL } from 'node:url';
import { ensureHeadless } from './headless/ensure.mjs';
import { projectVersion } from './project.mjs';

// Runs the notebooks of a file without a browser. See: node scripts/execute.mjs --help
try {
  /** @type {{ main: (given: string[], appVersion: string) => Promise<never> }} */
  const { main } = await import(pathToFileURL(await ensureHeadless()).href);
  await main(process.argv.slice(2), projectVersion());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
