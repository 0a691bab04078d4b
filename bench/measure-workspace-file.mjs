// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { startServer } from '../scripts/serve.mjs';
import { forgetTasks, readLongestTask, watchTasks } from './long-tasks.mjs';
import { describeSamples, median, toMilliseconds } from './statistics.mjs';

/**
 * A workspace of 500 MB written as a file, and the file read, checked and stored, beside fflate alone, which packs and
 * unpacks the same bytes in a worker and neither checks nor keeps them. A page of a few lines does both.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureWorkspaceFile({ context, rounds }) {
  const folder = mkdtempSync(join(tmpdir(), 'cahier-workspace-file-'));
  await build({
    root: fileURLToPath(new URL('workspace-file', import.meta.url)),
    configFile: false,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2024' },
  });
  const server = await startServer({ directory: folder, port: 0 });
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => 'workspaceFiles' in window);
    /**
     * @param {string} name
     * @param {string} [argument]
     * @returns {Promise<number>}
     */
    const call = (name, argument = '') =>
      page.evaluate(({ name, argument }) => Reflect.get(window, 'workspaceFiles')[name](argument), {
        name,
        argument,
      });
    await call('fill');
    await watchTasks(page);
    /** @type {Record<'exported' | 'packed' | 'imported' | 'unpacked' | 'tasks', number[]>} */
    const samples = { exported: [], packed: [], imported: [], unpacked: [], tasks: [] };
    for (let round = 0; round < rounds; round += 1) {
      samples.packed.push(await call('useFflate', 'pack'));
      await forgetTasks(page);
      samples.exported.push(await call('exportFile'));
      samples.tasks.push(await readLongestTask(page));
      samples.unpacked.push(await call('useFflate', 'unpack'));
      await forgetTasks(page);
      samples.imported.push(await call('importFile'));
      samples.tasks.push(await readLongestTask(page));
    }
    await page.close();
    const { exported, packed, imported, unpacked, tasks } = samples;
    return [
      toRow('A workspace of 500 MB written as a file', exported, packed),
      toRow('the file read, checked and stored', imported, unpacked),
      {
        what: 'the longest task of the page meanwhile',
        measured: toMilliseconds(Math.max(...tasks)),
        reference: '',
        ratio: '',
        aim: '≤ 50 ms',
      },
    ];
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} what
 * @param {readonly number[]} measured
 * @param {readonly number[]} bare
 * @returns {import('./run.mjs').BenchRow}
 */
function toRow(what, measured, bare) {
  return {
    what,
    measured: describeSamples(measured),
    reference: `fflate alone ${describeSamples(bare)}`,
    ratio: `${(median(bare) / median(measured)).toFixed(2)} × its speed`,
    aim: '≥ 0.5 × its speed',
  };
}
