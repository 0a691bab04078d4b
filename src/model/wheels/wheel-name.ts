import { fail, succeed, type Result } from '../../shared/result.ts';

/** What the name of a wheel's file says. */
export interface WheelName {
  /** As it is spelled there. */
  readonly name: string;
  readonly version: string;
  /** Whether it holds Python alone, and no compiled code. */
  readonly isPure: boolean;
}

/** The Python that runs here, as wheels name it. */
const minorVersion = 13;
const platforms = /^(pyodide_2025_0|emscripten_4_0_9)_wasm32$/;

const system = new Map([
  ['linux', 'Linux'],
  ['manylinux', 'Linux'],
  ['musllinux', 'Linux'],
  ['win', 'Windows'],
  ['macosx', 'macOS'],
  ['ios', 'iOS'],
  ['android', 'Android'],
]);

/**
 * Reads the name of a wheel's file, and refuses one that was built for another Python or another system. The problem is
 * a sentence. The format: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 */
export function parseWheelName(fileName: string): Result<WheelName, string> {
  if (/\.(tar\.gz|tgz|zip|egg)$/i.test(fileName)) {
    return fail('It is no wheel but a package of sources. Build a wheel of it: its name ends in .whl.');
  }
  const found =
    /^(?<name>[A-Za-z0-9](?:[\w.]*[A-Za-z0-9])?)-(?<version>[A-Za-z0-9][\w.!+]*)(?:-\d\w*)?-(?<python>[\w.]+)-(?<abi>[\w.]+)-(?<platform>[\w.]+)\.whl$/.exec(
      fileName,
    )?.groups;
  if (!found) {
    return fail(
      'Its name is not that of a wheel, such as six-1.17.0-py2.py3-none-any.whl. Give it the name it was downloaded or built with.',
    );
  }
  const { name = '', version = '', python = '', abi = '', platform = '' } = found;
  const isPure = platform.split('.').includes('any');
  if (!isPure && !platform.split('.').some((tag) => platforms.test(tag)))
    return fail(describePlatform(platform));
  const pythons = python.split('.');
  if (!abi.split('.').some((tag) => pythons.some((one) => fits(one, tag)))) {
    return fail(
      `It was built for ${pythons.map(describePython).join(', ')}, and Python 3.${minorVersion} runs here. Take the wheel for that.`,
    );
  }
  return succeed({ name, version, isPure });
}

/** Whether the Python here takes code for this Python and this binary interface. */
function fits(python: string, abi: string): boolean {
  const [, kind, digits] = /^(py|cp)3(\d*)$/.exec(python) ?? [];
  if (kind === undefined) return false;
  const minor = digits === '' ? 0 : Number(digits);
  if (abi === 'none') return kind === 'py' ? minor <= minorVersion : minor === minorVersion;
  if (abi === 'abi3') return kind === 'cp' && minor <= minorVersion;
  return kind === 'cp' && minor === minorVersion && abi === `cp3${minorVersion}`;
}

function describePlatform(platform: string): string {
  const tag = platform.split('.')[0] ?? '';
  const family = /^[a-z]+/.exec(tag)?.[0] ?? '';
  const foreign = system.get(family);
  if (foreign !== undefined) {
    return `It was built for ${foreign}, whose code no browser runs. Take one that ends in -none-any.whl, or that was built for pyodide_2025_0_wasm32.`;
  }
  return `It was built for ${tag}, and pyodide_2025_0_wasm32 runs here. Take the wheel for that, or one that ends in -none-any.whl.`;
}

function describePython(tag: string): string {
  const [, major, minor] = /^(?:py|cp)(\d)(\d*)$/.exec(tag) ?? [];
  return major === undefined ? tag : `Python ${major}${minor === '' ? '' : `.${minor}`}`;
}
