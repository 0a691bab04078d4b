// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { findCommand } from './find-command.mjs';
import { run } from './run.mjs';

const updateAttempts = 12;
const waitMs = 5000;
const timeoutSeconds = 600;

/** Debian's answers to questions during an installation must not wait for a keyboard. */
const environment = { DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Whether this process may install packages of Debian or a relative of it.
 * @returns {boolean}
 */
export function canInstallWithApt() {
  return process.getuid?.() === 0 && findCommand('apt-get') !== undefined;
}

/**
 * Installs Debian packages. Its output goes to stderr.
 * @param {string[]} packages
 * @returns {Promise<boolean>} whether apt-get says that it worked
 */
export async function installWithApt(packages) {
  await updateLists();
  const { exitCode } = await run(
    `Installing ${packages.join(', ')}`,
    'apt-get',
    ['-o', 'DPkg::Lock::Timeout=300', '-qq', 'install', '-y', '--no-install-recommends', ...packages],
    { environment, outputTo: 'stderr', timeoutSeconds },
  );
  return exitCode === 0;
}

/**
 * The lock on the package lists is not among those that DPkg::Lock::Timeout waits for, so this tries again. When all
 * attempts fail, the lists that are there may still do.
 */
async function updateLists() {
  for (let attempt = 1; attempt <= updateAttempts; attempt += 1) {
    const { exitCode } = await run(
      'Reading the package lists',
      'apt-get',
      ['-o', 'DPkg::Lock::Timeout=300', '-qq', 'update'],
      { environment, outputTo: 'stderr', timeoutSeconds },
    );
    if (exitCode === 0) return;
    await sleep(waitMs);
  }
}
