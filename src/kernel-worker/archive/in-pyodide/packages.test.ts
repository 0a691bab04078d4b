import { beforeAll, describe, expect, it } from 'vitest';
import { unpackedStdlib, unpackedWheels } from '../../../../scripts/site/archives/unpacked.mjs';
import { logger } from '../../../shared/logger.ts';
import { readArchive } from '../read-archive.ts';
import { addArchive, startPyodide, type StartedPython } from './start-pyodide.ts';

const names = ['numpy', 'pandas', 'python-dateutil', 'pytz', 'six'];
const stdlib = await unpackedStdlib();
const wheels = await unpackedWheels();
const missing = names.filter((name) => !wheels.has(name));
if (missing.length > 0) {
  logger.warn(`Imports from archives are not tested: no wheel of ${missing.join(', ')}. Run: npm run wheels`);
}

describe.skipIf(missing.length > 0)('real packages in archives', { timeout: 120_000 }, () => {
  const packages = names.flatMap((name) => wheels.get(name) ?? []);
  let python: StartedPython;

  beforeAll(async () => {
    python = await startPyodide(stdlib);
    for (const unpacked of packages) expect(addArchive(python.packages, unpacked)).toEqual([]);
  }, 120_000);

  it('have the bytecode of every module, and libraries at the end', () => {
    for (const { archive } of packages) {
      const read = readArchive(archive);
      if (!read.isOk) throw new Error(read.problem);
      const { files, libraries } = read.value;
      expect(files.filter(({ path }) => path.endsWith('.py'))).toEqual([]);
      expect(libraries.every(({ path }) => path.endsWith('.so'))).toBe(true);
    }
  });

  it('are imported and compute', () => {
    const result = python.run(`
import numpy as np, pandas as pd
frame = pd.DataFrame({"key": ["a", "b", "a"], "value": [1.0, np.nan, 3.5]})
str([frame.groupby("key")["value"].sum().to_dict(), np.linalg.det(np.eye(3)), np.random.default_rng(1).integers(9),
     np.fft.fft([1, 0]).real.tolist(), pd.Timestamp("2026-07-01", tz="Europe/Berlin").isoformat()])`);
    expect(result).toBe(
      "[{'a': 4.5, 'b': 0.0}, np.float64(1.0), np.int64(4), [1.0, 1.0], '2026-07-01T00:00:00+02:00']",
    );
  });

  it('take all of their code from bytecode, and all of it from the archives', () => {
    const odd = python.run(`
import sys
loaded = [module for name, module in sys.modules.items() if name.split(".")[0] in ("numpy", "pandas", "dateutil", "pytz", "six")]
str([module.__name__ for module in loaded if getattr(module, "__file__", None)
     and (not module.__file__.startswith("/lib/packages/") or not module.__file__.endswith(".so") and not __import__("os").path.exists(module.__cached__))])`);
    expect(odd).toBe('[]');
  });

  it('have their metadata and data', () => {
    const told = python.run(`
import importlib.metadata as metadata, importlib.resources as resources
str([metadata.version("pandas"), metadata.version("python-dateutil"), metadata.requires("pandas")[0].split(";")[0],
     len(metadata.files("numpy")) > 100,
     resources.files("pandas").joinpath("io/formats/templates/html.tpl").is_file(),
     resources.files("pytz").joinpath("zoneinfo/Europe/Berlin").read_bytes()[:4]])`);
    expect(told).toMatch(/^\['2\.3\.3', '2\.9\.0\.post0', 'numpy>=[\d.]+', True, True, b'TZif'\]$/);
  });

  it('show their sources in tracebacks', () => {
    const text = python.run(`
import traceback
try:
    frame["none"]
except KeyError as error:
    text = traceback.format_exc()
text`);
    expect(text).toContain('File "/lib/packages/pandas/core/frame.py"');
    expect(text).toContain('indexer = self.columns.get_loc(key)');
  });

  it('load their libraries in another order, too', async () => {
    const other = await startPyodide(stdlib);
    for (const unpacked of [...packages].reverse()) addArchive(other.packages, unpacked);
    const libraries = packages.flatMap(({ archive }) => {
      const read = readArchive(archive);
      return read.isOk ? read.value.libraries.map(({ path }) => `/lib/packages/${path}`) : [];
    });
    const script = `
import ctypes
for path in ${JSON.stringify(libraries.reverse())}:
    ctypes.CDLL(path)
import pandas
str(pandas.Series([1, 2]).mean())`;
    expect(other.run(script)).toBe('1.5');
  });
});
