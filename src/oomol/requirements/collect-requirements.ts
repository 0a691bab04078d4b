import { normaliseName } from '../../model/package-names.ts';
import { parseRequirements } from '../../model/requirements.ts';
import type { ImportNotes } from '../ImportNotes.ts';
import type { FileMap } from '../manifests/read-manifest.ts';
import { joinPath } from '../paths.ts';
import { findPackageManifest, readPackage } from '../sources/packages.ts';
import { decodeSource } from '../sources/python-text.ts';
import { toText } from '../yaml/yaml-value.ts';
import { type FoundRequirements, parsePyproject } from './parse-pyproject.ts';

/** Brought by the notebook itself. */
const ownPackages = new Set(['oocana', 'oocana-python-executor', 'python']);

/** The packages from the index that OOMOL packages ask for, one a line; a note tells of each that is not among them. */
export function collectRequirements(files: FileMap, roots: Iterable<string>, notes: ImportNotes): string {
  const kept = new Map<string, string>();
  for (const root of new Set(roots)) {
    for (const { path, lines, unread } of readPackageFiles(files, root)) {
      const add = (what: string, remedy: string): void => {
        notes.add({ nodeId: null, file: path, what, remedy });
      };
      for (const one of unread)
        add(`The requirement "${one}" was not understood.`, 'Add it under “Packages” by hand.');
      for (const line of lines) {
        const { requirements, problems } = parseRequirements(line);
        for (const { message } of problems)
          add(`The requirement "${line}" was left out: ${message}`, 'Add it under “Packages” by hand.');
        for (const { name, text } of requirements) {
          const known = kept.get(name);
          if (ownPackages.has(normaliseName(name))) continue;
          if (known === undefined) kept.set(name, text);
          else if (known !== text)
            add(
              `The requirement "${text}" was left out: "${known}" is asked for already.`,
              'Write one that suits both under “Packages”.',
            );
        }
      }
    }
  }
  return [...kept.values()].map((line) => `${line}\n`).join('');
}

interface PackageFile extends FoundRequirements {
  readonly path: string;
}

function readPackageFiles(files: FileMap, root: string): readonly PackageFile[] {
  const list = joinPath(root, 'requirements.txt') ?? '';
  const project = joinPath(root, 'pyproject.toml') ?? '';
  const manifest = findPackageManifest(files, root) ?? '';
  const bootstrap = toText(readPackage(files, root)?.scripts?.bootstrap) ?? '';
  return [
    { path: list, lines: readText(files, list).split('\n'), unread: [] },
    { path: project, ...parsePyproject(readText(files, project)) },
    { path: manifest, lines: readBootstrap(bootstrap), unread: [] },
  ];
}

function readText(files: FileMap, path: string): string {
  const bytes = files.get(path);
  return (bytes ? decodeSource(bytes) : null) ?? '';
}

/** What the script that sets a package up installs by name; options and files are left to the files they name. */
function readBootstrap(script: string): readonly string[] {
  return [...script.matchAll(/\b(?:pip3?|uv pip|poetry|uv) (?:install|add) ([^\n;&|]+)/g)].flatMap(
    ([, rest = '']) => {
      const words = rest
        .trim()
        .split(/\s+/)
        .map((word) => word.replace(/^["']|["']$/g, ''));
      const isList = words.some((word) => /^(-r|--requirement)/.test(word));
      return isList ? [] : words.filter((word) => !word.startsWith('-'));
    },
  );
}
