import { parseArgs } from 'node:util';
import { parseHostPattern } from '../model/network-policy.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';

/** A value for an input of a scriptlet, as it was given: `name` is its handle, or its cell and handle with a dot between. */
export interface GivenInput {
  readonly name: string;
  readonly json: string;
}

export interface RunOptions {
  readonly path: string;
  /** Titles or numbers; all where there are none. */
  readonly notebooks: readonly string[];
  readonly inputs: readonly GivenInput[];
  /** Patterns as `parseHostPattern` gives them. */
  readonly hosts: readonly string[];
  /** Of the whole run; null for as long as it takes. */
  readonly timeoutSeconds: number | null;
  readonly isJson: boolean;
  /** Leaves out what differs from run to run. */
  readonly isStable: boolean;
  /** Where results are written to; null for nowhere. */
  readonly outputFolder: string | null;
}

export type Command = { readonly type: 'help' } | { readonly type: 'run'; readonly options: RunOptions };

export const help = `Runs the notebooks of a workspace file or an OOMOL flow, without a browser.

  npm run --silent execute -- <file.cahier | flow folder | flow.zip> [options]
  node scripts/execute.mjs    <file.cahier | flow folder | flow.zip> [options]

The Python code in the file is run: running it is your decision. It runs in the same
sandbox as in the page, and sees neither your files nor the network.

  --notebook TITLE|NUMBER   run this one only; may be given more than once
                            (default: all, in their order)
  --input NAME=JSON         the value of a scriptlet's input; NAME is a handle, or
                            CELL.HANDLE; may be given more than once
  --allow-host HOST         let scripts reach this host, such as data.example.org,
                            *.example.org or localhost:8000; may be given more than once
                            (default: none; packages beside those of the build need
                            cdn.jsdelivr.net or pypi.org and files.pythonhosted.org)
  --timeout SECONDS         stop the whole run after this time; each cell has its own
                            time limit as well
  --json                    print one JSON object a line, as docs/execute.md describes
  --stable                  give times as 0, and no progress, so that two runs can be
                            compared
  --output FOLDER           write tables, values, images, previews and logs to files
  --help                    print this

What a script asks for with input() is read from the standard input, line by line.

Exit codes: 0 all was done; 1 a cell failed, or was not run because of one; 2 wrong use,
or a file that cannot be read or written; 3 stopped by time, of the run or of a cell;
130 by Ctrl+C, which stops what runs; a second one ends at once.
`;

const longestTimeout = 2_000_000;

/** The problem is a sentence for who typed it. */
export function parseArguments(given: readonly string[]): Result<Command, string> {
  const parsed = parse(given);
  if (!parsed.isOk) return parsed;
  const { values, positionals } = parsed.value;
  if (values.help === true) return succeed({ type: 'help' });
  const [path, ...others] = positionals;
  if (path === undefined) return fail('Name a workspace file, or the folder of a flow.');
  if (others.length > 0) return fail(`Only one file is run at a time; “${others[0] ?? ''}” is a second one.`);
  const inputs = (values.input ?? []).map(parseInput);
  const hosts = (values['allow-host'] ?? []).map(parseHostPattern);
  const timeout = parseTimeout(values.timeout);
  for (const each of [...inputs, ...hosts, timeout]) if (!each.isOk) return each;
  return succeed({
    type: 'run',
    options: {
      path,
      notebooks: values.notebook ?? [],
      inputs: inputs.flatMap((each) => (each.isOk ? [each.value] : [])),
      hosts: hosts.flatMap((each) => (each.isOk ? [each.value] : [])),
      timeoutSeconds: timeout.isOk ? timeout.value : null,
      isJson: values.json === true,
      isStable: values.stable === true,
      outputFolder: values.output ?? null,
    },
  });
}

function parse(given: readonly string[]) {
  try {
    return succeed(
      parseArgs({
        args: [...given],
        allowPositionals: true,
        strict: true,
        options: {
          notebook: { type: 'string', multiple: true },
          input: { type: 'string', multiple: true },
          'allow-host': { type: 'string', multiple: true },
          timeout: { type: 'string' },
          json: { type: 'boolean' },
          stable: { type: 'boolean' },
          output: { type: 'string' },
          help: { type: 'boolean' },
        },
      }),
    );
  } catch (error) {
    return fail(toMessage(error));
  }
}

function parseInput(text: string): Result<GivenInput, string> {
  const at = text.indexOf('=');
  if (at < 1) return fail(`--input ${text}: write NAME=JSON, such as --input count=3.`);
  const json = text.slice(at + 1);
  try {
    JSON.parse(json);
  } catch {
    return fail(
      `--input ${text}: “${json}” is no JSON. A text stands in quotes: --input '${text.slice(0, at)}="…"'.`,
    );
  }
  return succeed({ name: text.slice(0, at), json });
}

function parseTimeout(text: string | undefined): Result<number | null, string> {
  if (text === undefined) return succeed(null);
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds > 0 && seconds <= longestTimeout)) {
    return fail(`--timeout ${text}: give a number of seconds above 0, such as 60.`);
  }
  return succeed(seconds);
}
