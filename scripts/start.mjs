// @ts-check
import { toolPath } from './project.mjs';
import { runOrThrow } from './run.mjs';
import { serve } from './serve.mjs';
import { ensureWheels } from './wheels.mjs';

try {
  await ensureWheels();
  await runOrThrow('Building the site', process.execPath, [toolPath('vite'), 'build']);
  console.log('');
  await serve(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
