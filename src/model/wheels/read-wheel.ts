import { inflateSync } from 'fflate';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { normaliseName } from '../package-names.ts';
import { parseWheelName } from './wheel-name.ts';
import { readZipDirectory, viewPacked, type ZipEntry } from './zip-directory.ts';

/** What a wheel holds. */
export interface WheelContent {
  /** As its metadata spells it. */
  readonly name: string;
  readonly version: string;
  /** The modules and packages that can be imported from it, sorted. */
  readonly modules: readonly string[];
  /** The packages that it needs in any case, as indexes compare names, sorted. */
  readonly needs: readonly string[];
}

/** Larger ones are refused, in bytes: Python unpacks them in its memory. */
export const largestWheel = 100_000_000;

const largestMetadata = 2_000_000;
const mostNames = 1_000;

/**
 * Reads what a wheel holds, and refuses a file that is none or that this Python could not load. The problem is a
 * sentence for whoever chose the file.
 */
export function readWheel(fileName: string, bytes: Uint8Array): Result<WheelContent, string> {
  const named = parseWheelName(fileName);
  if (!named.isOk) return named;
  if (bytes.byteLength > largestWheel) return fail('It is larger than 100 MB, which Python could not hold.');
  const directory = readZipDirectory(bytes);
  if (!directory.isOk) return fail(`It cannot be read: ${directory.problem}.`);
  const metadataFiles = directory.value.filter(({ path }) => /^[^/]+\.dist-info\/METADATA$/.test(path));
  const [file] = metadataFiles;
  if (!file || metadataFiles.length > 1) {
    return fail(`It is no wheel: it has ${metadataFiles.length} files *.dist-info/METADATA, not one.`);
  }
  const metadata = readText(bytes, file);
  if (metadata === null) return fail(`It cannot be read: its file ${file.path} is damaged.`);
  const headers = readHeaders(metadata);
  const name = headers.find(([key]) => key === 'name')?.[1] ?? '';
  const version = headers.find(([key]) => key === 'version')?.[1] ?? '';
  if (normaliseName(name) !== normaliseName(named.value.name)) {
    return fail(`Its name says ${named.value.name}, and inside it is ${name === '' ? 'nameless' : name}.`);
  }
  const modules = listModules(directory.value.map(({ path }) => path));
  if (modules.length === 0) return fail('It holds nothing that can be imported.');
  return succeed({
    name,
    version: version === '' ? named.value.version : version,
    modules,
    needs: listNeeds(headers),
  });
}

/** The text of a file of at most `largestMetadata` bytes; null where it is damaged. */
function readText(bytes: Uint8Array, entry: ZipEntry): string | null {
  const packed = viewPacked(bytes, entry);
  if (!packed || entry.unpackedBytes > largestMetadata) return null;
  try {
    // Never more than the size that it declares comes out.
    const unpacked =
      entry.method === 0 ? packed : inflateSync(packed, { out: new Uint8Array(entry.unpackedBytes) });
    return new TextDecoder('utf-8', { fatal: true }).decode(unpacked);
  } catch {
    return null;
  }
}

/** The lines `Name: value` up to the first empty line, with the names in lower case. */
function readHeaders(metadata: string): (readonly [string, string])[] {
  const head = metadata.split(/\r?\n\r?\n/, 1)[0] ?? '';
  return head.split(/\r?\n/).flatMap((line) => {
    const [, key, value] = /^([A-Za-z-]+):\s*(.*)$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key.toLowerCase(), value.trim()] as const];
  });
}

/** What it needs under a condition is left out: an extra, another system, an older Python. */
function listNeeds(headers: readonly (readonly [string, string])[]): string[] {
  const names = headers.flatMap(([key, value]) => {
    if (key !== 'requires-dist' || value.includes(';')) return [];
    const name = /^[A-Za-z0-9][\w.-]*/.exec(value)?.[0];
    return name === undefined ? [] : [normaliseName(name)];
  });
  return [...new Set(names)].sort().slice(0, mostNames);
}

/** The first parts of the paths of all modules; an installation moves those of `.data` folders beside the others. */
function listModules(paths: readonly string[]): string[] {
  const names = paths.flatMap((path) => {
    const installed = path.replace(/^[^/]+\.data\/(purelib|platlib)\//, '');
    const found =
      /^([\p{L}_][\p{L}\p{N}_]*)(?:\/.*)?(?:\.py|\.so)$|^([\p{L}_][\p{L}\p{N}_]*)\.[\w-]+\.so$/u.exec(
        installed,
      );
    const name = found?.[1] ?? found?.[2];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)].sort().slice(0, mostNames);
}
