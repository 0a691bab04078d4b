// @ts-check
import { spawn } from 'node:child_process';
import { projectFolder } from './project.mjs';

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [environment] added to the environment of this process
 * @property {number} [timeoutSeconds] after which the command and all that it started are ended
 * @property {'stdout' | 'stderr'} [outputTo] 'stderr' keeps the output of a script clean that prints one answer
 */

/**
 * @typedef {object} RunResult
 * @property {number} exitCode 0 for success; 124 after a timeout, as with the command `timeout`
 * @property {number} seconds how long it took
 * @property {string} outcome in words, for example "done in 1.2 s"
 */

/**
 * Runs a command of the project in its folder, with a heading before it and its duration after it.
 * @param {string} heading
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 * @throws {Error} when the command cannot be started at all
 */
export async function run(heading, command, commandArguments, options = {}) {
  const say = options.outputTo === 'stderr' ? console.error : console.log;
  say(`\n== ${heading}`);
  const startedMs = performance.now();
  const ended = await spawnAndWait(command, commandArguments, options);
  const seconds = (performance.now() - startedMs) / 1000;
  const outcome = describe(ended, seconds, options.timeoutSeconds);
  say(`-- ${heading}: ${outcome}`);
  return { exitCode: ended.timedOut ? 124 : (ended.exitCode ?? 1), seconds, outcome };
}

/**
 * Like `run`, for a command without which there is no going on.
 * @param {string} heading
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 * @throws {Error} when it fails
 */
export async function runOrThrow(heading, command, commandArguments, options = {}) {
  const result = await run(heading, command, commandArguments, options);
  if (result.exitCode !== 0) throw new Error(`${heading}: ${result.outcome}`);
  return result;
}

/**
 * @typedef {object} Ended
 * @property {number | null} exitCode
 * @property {NodeJS.Signals | null} signal
 * @property {boolean} timedOut
 */

/**
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {RunOptions} options
 * @returns {Promise<Ended>}
 */
function spawnAndWait(command, commandArguments, options) {
  // A command with a time limit leads a process group of its own, so that its children can be ended with it.
  const hasOwnGroup = options.timeoutSeconds !== undefined && process.platform !== 'win32';
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd: projectFolder,
      env: { ...process.env, ...options.environment },
      stdio: hasOwnGroup ? ['ignore', ...outputs(options)] : ['inherit', ...outputs(options)],
      detached: hasOwnGroup,
    });
    let timedOut = false;
    const end = () => endProcess(child, hasOwnGroup);
    const timer =
      options.timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            end();
          }, options.timeoutSeconds * 1000);

    // Ctrl+C does not reach another process group by itself.
    const interrupted = () => {
      end();
      process.exit(130);
    };
    if (hasOwnGroup) process.once('SIGINT', interrupted).once('SIGTERM', interrupted);

    const settle = () => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    };
    child.once('error', (error) => {
      settle();
      reject(new Error(`Cannot start ${command}: ${error.message}`, { cause: error }));
    });
    child.once('exit', (exitCode, signal) => {
      settle();
      resolve({ exitCode, signal, timedOut });
    });
  });
}

/**
 * @param {RunOptions} options
 * @returns {['inherit' | 2, 'inherit' | 2]}
 */
function outputs(options) {
  return options.outputTo === 'stderr' ? [2, 2] : ['inherit', 'inherit'];
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} hasOwnGroup
 */
function endProcess(child, hasOwnGroup) {
  if (child.pid === undefined) return;
  try {
    if (hasOwnGroup) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * @param {Ended} ended
 * @param {number} seconds
 * @param {number | undefined} timeoutSeconds
 * @returns {string}
 */
function describe(ended, seconds, timeoutSeconds) {
  const duration = `${seconds.toFixed(1)} s`;
  if (ended.timedOut) return `ended, because it took longer than ${timeoutSeconds} s`;
  if (ended.exitCode === 0) return `done in ${duration}`;
  if (ended.signal !== null) return `ended by ${ended.signal} after ${duration}`;
  return `failed with exit code ${ended.exitCode} after ${duration}`;
}
