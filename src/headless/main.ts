import { createInterface } from 'node:readline';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { pythonSite } from 'virtual:python-site';
import { toMessage } from '../shared/to-message.ts';
import { exitCodes, type RunEvent } from './events.ts';
import { execute, type StopCause } from './execute.ts';
import { help, parseArguments, type RunOptions } from './parse-arguments.ts';
import { printJson, stabilise } from './print-json.ts';
import { printText } from './print-text.ts';

/** What a shell says of a program whose reader went away. */
const brokenPipe = 141;

/** How much of a function of WebAssembly V8 runs before it compiles it anew for speed: far more than it usually would. */
const tieringBudget = 300_000_000;

/** Runs the command, and ends the process with its code. */
export async function main(given: readonly string[], appVersion: string): Promise<never> {
  // As the page's policy has it: scripts make no JavaScript of texts.
  setFlagsFromString('--disallow-code-generation-from-strings');
  // What runs for a moment is not worth being compiled twice: pandas is there in two thirds of the processor time so.
  setFlagsFromString(`--wasm-tiering-budget=${tieringBudget}`);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? brokenPipe : exitCodes.refused);
  });
  const command = parseArguments(given);
  if (!command.isOk) return await refuse(`${command.problem}\nSee: npm run execute -- --help`);
  if (command.value.type === 'help') return await end(exitCodes.done, help);
  return await run(command.value.options, appVersion);
}

async function run(options: RunOptions, appVersion: string): Promise<never> {
  const stop = new AbortController();
  const stopFor = (cause: StopCause): void => {
    stop.abort(cause);
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // Who says it twice does not want to wait.
      if (stop.signal.aborted) process.exit(exitCodes.interrupted);
      stopFor('interrupted');
    });
  }
  if (options.timeoutSeconds !== null) setTimeout(stopFor, options.timeoutSeconds * 1_000, 'timed-out');
  const print = options.isJson ? printJson : printText;
  const tell = (event: RunEvent): void => {
    const told = options.isStable ? stabilise(event) : event;
    if (told) process.stdout.write(print(told));
  };
  try {
    const done = await execute(options, {
      siteFolder: new URL('./', import.meta.url).href,
      distributionUrl: pythonSite.wheelCdnUrl,
      appVersion,
      tell,
      readLine: createLineReader(),
      signal: stop.signal,
    });
    return done.isOk ? await end(done.value) : await refuse(done.problem);
  } catch (error) {
    return await refuse(`The run broke off: ${toMessage(error)}`);
  }
}

/** Reads lines of the standard input once somebody wants one, and not before: a loop of a shell may read from it, too. */
function createLineReader(): () => Promise<string | null> {
  let lines: AsyncIterator<string> | null = null;
  return async () => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    const next = await lines.next();
    return next.done === true ? null : next.value;
  };
}

async function refuse(problem: string): Promise<never> {
  await new Promise((resolve) => process.stderr.write(`${problem}\n`, resolve));
  return await end(exitCodes.refused);
}

/** Ends once all is written that was said. */
async function end(code: number, text = ''): Promise<never> {
  await new Promise((resolve) => process.stdout.write(text, resolve));
  process.exit(code);
}
