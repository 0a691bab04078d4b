// @ts-check
import { describe, expect, it } from 'vitest';
import { findMypy, findPython } from './find-python.mjs';

const system = '/usr/bin/python3';
const other = '/home/ada/bin/python3';

/**
 * A machine on which the commands in `good` end well. After an installation those in `goodAfterApt` do too. No Python has
 * the libraries in `missing`.
 * @param {{ named?: string, pythons?: string[], good?: string[], goodAfterApt?: string[], missing?: string[] }} state
 */
function machine({ named, pythons = [system, other], good = [], goodAfterApt, missing = [] }) {
  const working = new Set(good);
  /** @type {string[][]} */
  const installed = [];
  /** @type {import('./python-probes.mjs').PythonProbes} */
  const probes = {
    environment: named === undefined ? {} : { CAHIER_PYTHON: named },
    pythonPaths: () => pythons,
    complaint: (command, commandArguments) => {
      if (!working.has(command)) return "No module named 'pandas'";
      return missing.find((library) => commandArguments.join(' ').includes(library));
    },
    canInstallWithApt: () => goodAfterApt !== undefined,
    installWithApt: (packages) => {
      installed.push(packages);
      goodAfterApt?.forEach((command) => working.add(command));
      return Promise.resolve(true);
    },
  };
  return { probes, installed };
}

describe('findPython', () => {
  it('takes the one that CAHIER_PYTHON names before all others', async () => {
    expect(await findPython(machine({ named: '/mine', good: ['/mine', system] }).probes)).toBe('/mine');
  });

  it('says what is wrong with the one that CAHIER_PYTHON names, and takes no other', async () => {
    const { probes, installed } = machine({ named: '/mine', good: [system], goodAfterApt: [system] });
    await expect(findPython(probes)).rejects.toThrow(
      "/mine, which cannot run the tests: No module named 'pandas'",
    );
    expect(installed).toEqual([]);
  });

  it('takes the first that has what the tests need', async () => {
    expect(await findPython(machine({ good: [other] }).probes)).toBe(other);
    expect(await findPython(machine({ good: [system, other] }).probes)).toBe(system);
  });

  it("installs Debian's packages where none has them", async () => {
    const { probes, installed } = machine({ goodAfterApt: [system] });
    expect(await findPython(probes)).toBe(system);
    expect(installed).toEqual([
      ['python3', 'python3-numpy', 'python3-pandas', 'python3-matplotlib', 'python3-pil'],
    ]);
  });

  it('installs each of the libraries that the system Python misses, and is content without them', async () => {
    const lacking = { good: [system], goodAfterApt: [], missing: ['plotly', 'altair'] };
    const { probes, installed } = machine(lacking);
    expect(await findPython(probes)).toBe(system);
    expect(installed).toEqual([['python3-plotly'], ['python3-altair']]);

    const lackingOne = machine({ ...lacking, missing: ['altair'] });
    expect(await findPython(lackingOne.probes)).toBe(system);
    expect(lackingOne.installed).toEqual([['python3-altair']]);
  });

  it('installs none of them where it may not, or for a Python that does not see what Debian installs', async () => {
    const missing = ['plotly', 'altair'];
    for (const state of [
      { good: [system] },
      { good: [other], goodAfterApt: [] },
      { named: '/mine', good: ['/mine', system], goodAfterApt: [] },
    ]) {
      const { probes, installed } = machine({ ...state, missing });
      await findPython(probes);
      expect(installed).toEqual([]);
    }
  });

  it('says what was tried and what to do where nothing helps', async () => {
    const failure = findPython(machine({}).probes);
    await expect(failure).rejects.toThrow(`${other}: No module named 'pandas'`);
    await expect(failure).rejects.toThrow('pip install numpy pandas matplotlib pillow');
  });
});

describe('findMypy', () => {
  it('starts mypy with the first Python that has it', async () => {
    expect(await findMypy(machine({ good: [other, 'mypy'] }).probes)).toEqual({
      command: other,
      commandArguments: ['-m', 'mypy'],
    });
  });

  it('takes the command where no Python has it', async () => {
    expect(await findMypy(machine({ good: ['mypy'] }).probes)).toEqual({
      command: 'mypy',
      commandArguments: [],
    });
  });

  it("installs Debian's package where there is none", async () => {
    const { probes, installed } = machine({ goodAfterApt: [system] });
    expect(await findMypy(probes)).toEqual({ command: system, commandArguments: ['-m', 'mypy'] });
    expect(installed).toEqual([['mypy']]);
  });

  it('says what to do where nothing helps', async () => {
    await expect(findMypy(machine({}).probes)).rejects.toThrow('pip install mypy');
  });
});
