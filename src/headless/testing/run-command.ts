import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../scripts/execute.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunningOptions {
  readonly input?: string;
  readonly when?: string;
  readonly act?: (child: ChildProcessWithoutNullStreams) => void;
}

/** Runs the command. `act` is given the process once it has printed `when`. */
export async function runCommand(
  given: readonly string[],
  { input = '', when = '', act }: RunningOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...given]);
  let stdout = '';
  let stderr = '';
  let hasActed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (hasActed || !stdout.includes(when)) return;
    hasActed = true;
    act?.(child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.end(input);
  return await new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** The events that a run with `--json` printed. */
export function readEvents({ stdout }: Ended): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
