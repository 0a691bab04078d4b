// @ts-check
import { firefoxProbes } from './firefox-probes.mjs';
import { isMainModule } from './project.mjs';

/** @typedef {{ kind: 'found', executablePath: string, source: 'environment' | 'installed' | 'apt' }} FoundFirefox */
/** @typedef {{ kind: 'missing', reason: string }} MissingFirefox why there is none, and what to do */

const debianPackage = 'firefox-esr';

/**
 * A Firefox for tests: the one named by CAHIER_FIREFOX, else an installed one, else Debian's package is installed. None is
 * downloaded: Playwright's own is another browser, which speaks no WebDriver BiDi.
 * @param {import('./firefox-probes.mjs').FirefoxProbes} [probes]
 * @returns {Promise<FoundFirefox | MissingFirefox>}
 * @throws {Error} when CAHIER_FIREFOX names none that starts
 */
export async function findFirefox(probes = firefoxProbes) {
  const named = probes.environment['CAHIER_FIREFOX'];
  if (named !== undefined && named !== '') {
    if (probes.exists(named) && probes.starts(named)) {
      return { kind: 'found', executablePath: named, source: 'environment' };
    }
    throw new Error(`CAHIER_FIREFOX names ${named}, which does not start. Try: ${named} --version`);
  }

  const present = presentFirefox(probes);
  if (present !== undefined) return { kind: 'found', executablePath: present, source: 'installed' };

  if (!probes.canInstallWithApt()) {
    return {
      kind: 'missing',
      reason: `no Firefox was found; install one (on Debian: apt-get install ${debianPackage}) or set CAHIER_FIREFOX to its path`,
    };
  }
  await probes.installWithApt([debianPackage]);
  const installed = presentFirefox(probes);
  return installed === undefined
    ? { kind: 'missing', reason: `no Firefox was found, and ${debianPackage} could not be installed` }
    : { kind: 'found', executablePath: installed, source: 'apt' };
}

/**
 * @param {import('./firefox-probes.mjs').FirefoxProbes} probes
 * @returns {string | undefined}
 */
function presentFirefox(probes) {
  return probes.commonPaths().find((path) => probes.exists(path) && probes.starts(path));
}

if (isMainModule(import.meta.url)) {
  try {
    const firefox = await findFirefox();
    if (firefox.kind === 'missing') throw new Error(firefox.reason);
    console.log(firefox.executablePath);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
