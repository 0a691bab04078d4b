// @ts-check
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How to start npm without a shell: on Windows the command is a batch file, so its JavaScript file is started by node.
 * @returns {{ command: string, commandArguments: string[] }}
 */
export function npmCommand() {
  const startedBy = process.env['npm_execpath'];
  const nodeFolder = dirname(process.execPath);
  const scripts = [
    // Set when npm runs this script; another package manager sets it to its own file.
    ...(startedBy !== undefined && /npm-cli\.c?js$/.test(startedBy) ? [startedBy] : []),
    join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = scripts.find((path) => existsSync(path));
  if (script === undefined) return { command: 'npm', commandArguments: [] };
  return { command: process.execPath, commandArguments: [script] };
}
