import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { projectFolder } from '../scripts/project.mjs';
import type { ClientWheel } from './client-wheels.ts';

const folder = join(projectFolder, 'node_modules/.cache/cahier/debian-packages');

/** A package of Debian in Python alone, as far as it is needed, with its name and modules as the Python Package Index has them. */
interface DebianPackage {
  readonly debian: string;
  readonly name: string;
  readonly modules: readonly string[];
  readonly requires?: string;
}

const packages: readonly DebianPackage[] = [
  { debian: 'python3-yaml', name: 'PyYAML', modules: ['yaml'] },
  { debian: 'python3-passlib', name: 'passlib', modules: ['passlib'] },
  { debian: 'python3-deepdiff', name: 'deepdiff', modules: ['deepdiff'] },
  { debian: 'python3-ordered-set', name: 'ordered_set', modules: ['ordered_set'] },
  { debian: 'python3-jose', name: 'python_jose', modules: ['jose'] },
  { debian: 'python3-ecdsa', name: 'ecdsa', modules: ['ecdsa'], requires: 'six' },
  { debian: 'python3-rsa', name: 'rsa', modules: ['rsa'] },
  { debian: 'python3-pyasn1', name: 'pyasn1', modules: ['pyasn1'] },
];

/** Wheels of what Statements may import, made of Debian's packages of it; else why they cannot be had. */
export function findDebianWheels(): readonly ClientWheel[] | string {
  mkdirSync(folder, { recursive: true });
  try {
    return packages.map(makeWheel);
  } catch (error) {
    return `the packages of Debian cannot be had: ${String(error).slice(0, 300)}`;
  }
}

function makeWheel({ debian, name, modules, requires }: DebianPackage): ClientWheel {
  const unpacked = join(folder, debian);
  if (!existsSync(unpacked)) {
    execFileSync('apt-get', ['-q', 'download', debian], { cwd: folder, stdio: 'pipe', timeout: 60_000 });
    const [file] = readdirSync(folder).filter((each) => each.startsWith(`${debian}_`));
    execFileSync('dpkg', ['-x', file ?? debian, unpacked], { cwd: folder, stdio: 'pipe' });
  }
  const site = join(unpacked, 'usr/lib/python3/dist-packages');
  const [, version = '0'] =
    readdirSync(site)
      .map((each) => /-(\d[\d.]*\d)\.(?:egg|dist)-info$/.exec(each))
      .find((match) => match !== null) ?? [];
  const info = `${name}-${version}.dist-info`;
  const texts: Record<string, string> = {
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${requires ? `Requires-Dist: ${requires}\n` : ''}`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  };
  const sources = modules.flatMap((module) => listSources(join(site, module)));
  const entries = [
    ...Object.entries(texts).map(([path, text]) => [path, strToU8(text)] as const),
    ...sources.map(
      (path) => [relative(site, path).split(sep).join('/'), new Uint8Array(readFileSync(path))] as const,
    ),
  ];
  return {
    fileName: `${name}-${version}-py3-none-any.whl`,
    content: zipSync(Object.fromEntries(entries), { mtime: new Date(2025, 0, 1) }),
  };
}

function listSources(path: string): string[] {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.py')).map((name) => join(path, name));
}
