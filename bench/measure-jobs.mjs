// @ts-check
import { runBarePython, startBarePython } from './BareSite.mjs';
import { openWithScript, readLog, replaceSource, runCell, timeStep } from './app-page.mjs';
import { hotLoop } from './scripts.mjs';
import { describeSamples, median, toMilliseconds, toRatio } from './statistics.mjs';

/** A job is over so soon that it takes this many of them for each round. */
const jobsPerRound = 6;

/**
 * A job that does nothing, from its handing over to its last event, against a bare `runPythonAsync` and the way to its worker and
 * back; the same from the press on "Run" to "Done" with its result stored; and an empty loop, timed by
 * Python itself, which the app keeps stoppable, against the same without the questions that make it so.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureJobs({ context, bare, serveApp, rounds }) {
  const barePage = await context.newPage();
  await barePage.goto(bare.url);
  await startBarePython(barePage, []);
  const app = await openWithScript(context, await serveApp(), 'pass');
  const step = { press: 'Run', within: 'section .state', until: '^\\s*Done' };
  await timeStep(app, step);

  /** @type {Record<'jobs' | 'runs' | 'bareJobs' | 'loops' | 'unaskedLoops', number[]>} */
  const samples = { jobs: [], runs: [], bareJobs: [], loops: [], unaskedLoops: [] };
  for (let round = 0; round < rounds * jobsPerRound; round += 1) {
    samples.bareJobs.push((await runBarePython(barePage, 'pass')).elapsed);
    samples.jobs.push(await timeStep(app, step));
    samples.runs.push(await readDuration(app));
  }
  await replaceSource(app, hotLoop);
  for (let round = 0; round < rounds; round += 1) {
    await runCell(app);
    for (const [loop, unasked] of readTook(await readLog(app, /took/))) {
      samples.loops.push(loop);
      samples.unaskedLoops.push(unasked);
    }
  }
  await barePage.close();
  await app.close();
  return [
    {
      what: 'a job that does nothing, as its cell tells',
      measured: describeSamples(samples.runs),
      reference: describeSamples(samples.bareJobs),
      ratio: `+ ${toMilliseconds(median(samples.runs) - median(samples.bareJobs))}`,
      aim: '≤ 5 ms more',
    },
    {
      what: 'the same from the press on "Run" to "Done", with its result stored',
      measured: describeSamples(samples.jobs),
      reference: '–',
      ratio: '',
      aim: '',
    },
    {
      what: 'an empty loop that can be stopped',
      measured: describeSamples(samples.loops),
      reference: describeSamples(samples.unaskedLoops),
      ratio: toRatio(samples.loops, samples.unaskedLoops),
      aim: '≤ 1.1 ×',
    },
  ];
}

/**
 * How long the last job took, in milliseconds, as the header of its cell says.
 * @param {import('./app-page.mjs').Page} page
 * @returns {Promise<number>}
 */
async function readDuration(page) {
  const text = await page.locator('section .state').first().innerText();
  const duration = Number(/ (\d+) ms/.exec(text)?.[1]);
  if (Number.isNaN(duration)) throw new Error(`The header tells no duration: ${text}`);
  return duration;
}

/**
 * The times of each pair of loops, in milliseconds.
 * @param {string} text
 * @returns {[number, number][]}
 */
function readTook(text) {
  const pairs = [...text.matchAll(/took ([\d.]+) ([\d.]+)/g)].map(
    ([, loop, unasked]) => /** @type {[number, number]} */ ([Number(loop), Number(unasked)]),
  );
  if (pairs.length === 0) throw new Error(`No loops were timed: ${text}`);
  return pairs;
}
