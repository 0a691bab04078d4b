import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { unpackedStdlib } from '../../../../scripts/site/archives/unpacked.mjs';
import { logger } from '../../../shared/logger.ts';
import { readWhole } from '../file-sources.ts';
import { readArchive } from '../read-archive.ts';
import { buildArchive } from '../testing/build-archive.ts';
import { addArchive, startPyodide, type StartedPython } from './start-pyodide.ts';

const stdlib = await unpackedStdlib();

let python: StartedPython;

const shapes = buildArchive({
  files: { 'shapes-1.0.dist-info/METADATA': 'Name: shapes\nVersion: 1.0\n', 'shapes/data.txt': '0123456789' },
  sources: { 'shapes/__init__.py': 'sides = 4\ndef fail():\n    raise ValueError("no such shape")\n' },
});

beforeAll(async () => {
  python = await startPyodide(stdlib);
  addArchive(python.packages, shapes);
}, 120_000);

/** Runs one statement that must fail and gives the name of its error's number. */
function errorOf(statement: string): string {
  return python.run(`
import errno, os, shutil
try:
    ${statement}
    result = "none"
except OSError as error:
    result = errno.errorcode[error.errno]
result`);
}

describe('the disk of packages', { timeout: 60_000 }, () => {
  it('is one that modules, metadata and data are found on', () => {
    const found = python.run(`
import importlib.metadata, importlib.resources, os, pkgutil, shapes
str([
    shapes.sides, shapes.__file__, importlib.metadata.version("shapes"),
    importlib.resources.files("shapes").joinpath("data.txt").read_text(),
    pkgutil.get_data("shapes", "data.txt").decode(),
    sorted(entry.name for entry in importlib.resources.files("shapes").iterdir()),
    [name for _, name, _ in pkgutil.iter_modules(["/lib/packages"])],
    sorted(os.listdir("/lib/packages")), [len(files) for *_, files in os.walk("/lib/packages")],
])`);
    expect(found).toBe(
      "[4, '/lib/packages/shapes/__init__.py', '1.0', '0123456789', '0123456789', " +
        "['__init__.py', 'data.txt'], ['shapes'], ['shapes', 'shapes-1.0.dist-info'], [0, 1, 2]]",
    );
  });

  it('gives files like any other', () => {
    const found = python.run(`
import mmap, os, stat
path = "/lib/packages/shapes/data.txt"
with open(path, "rb") as file:
    parts = [file.read(3), file.seek(-2, 2), file.read(), file.read(), file.seek(4), file.read(2), file.seek(99), file.read()]
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
        mapped = memory[2:5]
info = os.stat(path)
str([parts, mapped, info.st_size, stat.filemode(info.st_mode), stat.filemode(os.stat("/lib/packages").st_mode),
     os.path.isdir("/lib/packages/shapes"), os.path.exists("/lib/packages/circles"),
     bool(os.statvfs(path).f_flag & os.ST_RDONLY), os.path.realpath(path) == path])`);
    expect(found).toBe(
      "[[b'012', 8, b'89', b'', 4, b'45', 99, b''], b'234', 10, '-rw-r--r--', 'drwxr-xr-x', True, False, True, True]",
    );
  });

  it.each([
    'open("/lib/packages/shapes/data.txt", "w")',
    'open("/lib/packages/shapes/data.txt", "a")',
    'open("/lib/packages/shapes/data.txt", "r+")',
    'open("/lib/packages/new.txt", "w")',
    'os.mkdir("/lib/packages/new")',
    'os.remove("/lib/packages/shapes/data.txt")',
    'os.rmdir("/lib/packages/shapes")',
    'os.rename("/lib/packages/shapes", "/lib/packages/forms")',
    'os.symlink("/tmp", "/lib/packages/link")',
    'os.utime("/lib/packages/shapes/data.txt")',
    'os.chmod("/lib/packages/shapes/data.txt", 0o600)',
    'os.truncate("/lib/packages/shapes/data.txt", 0)',
  ])('cannot be written to: %s', (statement) => {
    expect(errorOf(statement)).toBe('EROFS');
  });

  it('says what else is wrong as disks do', () => {
    expect(errorOf('open("/lib/packages/shapes/none.txt")')).toBe('ENOENT');
    expect(errorOf('open("/lib/packages/shapes/data.txt/x")')).toBe('ENOTDIR');
    expect(errorOf('open("/lib/packages/shapes")')).toBe('EISDIR');
    expect(errorOf('os.listdir("/lib/packages/shapes/data.txt")')).toBe('ENOTDIR');
    expect(errorOf('os.readlink("/lib/packages/shapes/data.txt")')).toBe('EINVAL');
    expect(errorOf('os.lseek(os.open("/lib/packages/shapes/data.txt", 0), -1, 0)')).toBe('EINVAL');
    expect(errorOf('os.mkdir("/lib/packages/shapes")')).toBe('EEXIST');
  });

  it('loses no descriptor to files that cannot be opened', () => {
    const next = 'import os\nfd = os.open("/lib/packages/shapes/data.txt", 0)\nos.close(fd)\nfd';
    const before = python.run(next);
    for (let attempt = 0; attempt < 20; attempt += 1) errorOf('open("/lib/packages/shapes/data.txt", "a")');
    expect(python.run(next)).toBe(before);
  });

  it('shows the source of a module in tracebacks and to inspect', () => {
    const shown = python.run(`
import inspect, json, traceback, shapes
try:
    shapes.fail()
except ValueError as error:
    text = traceback.format_exc()
str(["raise ValueError" in text, inspect.getsource(shapes.fail).splitlines()[0],
     inspect.getsource(json.JSONDecodeError).splitlines()[0], json.__file__])`);
    expect(shown).toBe(
      "[True, 'def fail():', 'class JSONDecodeError(ValueError):', '/lib/stdlib/json/__init__.py']",
    );
  });
});

describe('an archive that is added later', { timeout: 60_000 }, () => {
  it('is found by a Python that looked before, also within a folder that was there', () => {
    const before = python.run(`
import importlib
def has(name):
    try:
        return bool(importlib.import_module(name))
    except ImportError:
        return False
str([has("circles"), has("shapes.round")])`);
    const circles = buildArchive({ sources: { 'circles.py': '', 'shapes/round.py': '' } });
    expect(addArchive(python.packages, circles)).toEqual([]);
    const after = python.run(
      'importlib.invalidate_caches()\nstr([has("circles"), has("shapes.round"), has("squares")])',
    );
    expect([before, after]).toEqual(['[False, False]', '[True, True, False]']);
  });

  it('leaves what is there as it is', () => {
    const other = buildArchive({
      files: { 'shapes/data.txt': 'other', 'shapes/data.txt/more': 'x', 'shapes/new.txt': 'new' },
    });
    const read = readArchive(other.archive);
    expect(read).toEqual({ isOk: false, problem: 'its path shapes/data.txt is both a file and a folder' });
    const clashing = buildArchive({
      files: { shapes: 'no folder', 'shapes-1.0.dist-info/METADATA/x': 'x' },
    });
    expect(addArchive(python.packages, clashing)).toEqual(['shapes', 'shapes-1.0.dist-info/METADATA/x']);
    const again = buildArchive({ files: { 'shapes/data.txt': 'other', 'shapes/new.txt': 'new' } });
    expect(addArchive(python.packages, again)).toEqual(['shapes/data.txt']);
    expect(
      python.run('str([open("/lib/packages/shapes/" + name).read() for name in ("data.txt", "new.txt")])'),
    ).toBe("['0123456789', 'new']");
  });
});

describe('an archive that comes when it is read', { timeout: 60_000 }, () => {
  beforeEach(() => {
    vi.spyOn(logger, 'error').mockImplementation(() => undefined);
    return () => vi.restoreAllMocks();
  });

  const lazy = buildArchive({ files: { 'lazy/data.txt': 'here' }, sources: { 'lazy/__init__.py': '' } });

  it('is asked for by the first read, not by a look around, and sources by their own', () => {
    const read = readArchive(lazy.archive);
    if (!read.isOk) throw new Error(read.problem);
    const asked: string[] = [];
    const source = (name: string, bytes: Uint8Array) =>
      readWhole(() => {
        asked.push(name);
        return bytes;
      }, bytes.byteLength);
    python.packages.add(read.value, {
      archive: source('archive', lazy.archive),
      sources: source('sources', lazy.sources),
    });
    python.run('import os\nos.path.getsize("/lib/packages/lazy/data.txt"), os.listdir("/lib/packages/lazy")');
    expect(asked).toEqual([]);
    expect(python.run('open("/lib/packages/lazy/data.txt", "rb", buffering=0).read(9).decode()')).toBe(
      'here',
    );
    expect(new Set(asked)).toEqual(new Set(['archive']));
    python.run('open("/lib/packages/lazy/__init__.py").read()');
    expect(new Set(asked)).toEqual(new Set(['archive', 'sources']));
  });

  it('is an error of the disk when it does not come, and Python goes on', () => {
    const lost = buildArchive({ files: { 'lost/data.txt': 'gone' }, sources: { 'lost/__init__.py': 'x' } });
    const read = readArchive(lost.archive);
    if (!read.isOk) throw new Error(read.problem);
    python.packages.add(read.value, {
      archive: () => {
        throw new Error('no network');
      },
      sources: readWhole(() => new Uint8Array(), 1),
    });
    expect(errorOf('open("/lib/packages/lost/data.txt").read()')).toBe('EIO');
    expect(errorOf('open("/lib/packages/lost/__init__.py").read()')).toBe('EIO');
    expect(python.run('1 + 1')).toBe('2');
    expect(vi.mocked(logger.error).mock.calls.map(([message]) => message)).toEqual(
      expect.arrayContaining([
        'lost/data.txt could not be read from the archive of shapes 1.0',
        'lost/__init__.py could not be read from the sources of shapes 1.0',
      ]),
    );
  });
});
