import { loadPyodide, type PyodideAPI } from 'pyodide';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pollInterrupts } from './interrupts.ts';
import { parseInterruptModule } from './parse-interrupt-module.ts';

/**
 * What becomes of a script that computes for at most so many seconds. The loop is in a function, as CPython 3.13 lets an
 * interrupt at the jump of a loop past the handlers of the same function.
 */
const computing = (step: string, seconds = 2): string => `
import time
kept = 0
def compute():
    global kept
    end = time.monotonic() + ${seconds}
    while time.monotonic() < end:
        ${step}
try:
    compute()
    result = "ended"
except KeyboardInterrupt:
    result = "interrupted"
result`;

let pyodide: PyodideAPI;
let lookTimes: number[] = [];
let interruptAt = Infinity;

beforeAll(async () => {
  pyodide = await loadPyodide();
  pollInterrupts(pyodide, () => {
    lookTimes.push(Date.now());
    return lookTimes.length === interruptAt;
  });
}, 60_000);

beforeEach(() => {
  lookTimes = [];
  interruptAt = Infinity;
});

function run(script: string): unknown {
  return pyodide.runPython(script);
}

describe('a Python that is asked to look for interrupts', { timeout: 30_000 }, () => {
  it('looks now and then while it computes, and not all the time', () => {
    run(computing('kept += 1', 0.5));
    const pauses = lookTimes.slice(1).map((time, index) => time - (lookTimes[index] ?? 0));
    expect(lookTimes.length).toBeGreaterThan(3);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(20);
  });

  it.each([
    ['a loop', 'kept += 1'],
    ['calls', '(lambda: None)()'],
    ['a comprehension', '[number * number for number in range(10_000_000)]'],
    ['a regular expression', '__import__("re").match("(a+)+$", "a" * 60 + "b")'],
    ['a sort with a key', 'sorted(range(3_000_000), key=lambda number: -number)'],
  ])('is interrupted in %s', (_name, step) => {
    interruptAt = 3;
    expect(run(computing(step))).toBe('interrupted');
  });

  it('keeps what it holds', () => {
    interruptAt = 3;
    run(computing('kept += 1'));
    expect(run('kept > 0')).toBe(true);
  });

  it('is interrupted once, and goes on without a trace of it', () => {
    interruptAt = 3;
    run(computing('kept += 1'));
    expect(run(computing('kept += 1', 0.3))).toBe('ended');
  });

  it('may run Python to look, which does not look again', async () => {
    const python = await loadPyodide();
    const computeLong: unknown = python.runPython('lambda: sum(range(300_000))');
    let depth = 0;
    let deepest = 0;
    pollInterrupts(python, () => {
      depth += 1;
      deepest = Math.max(deepest, depth);
      if (typeof computeLong === 'function') Reflect.apply(computeLong, undefined, []);
      depth -= 1;
      return false;
    });
    python.runPython(computing('kept += 1', 0.3));
    expect(deepest).toBe(1);
  });
});

describe('the module behind Pyodide', () => {
  it('has the state of the thread where it is looked for', () => {
    const module = parseInterruptModule(Reflect.get(pyodide, '_module'));
    const current = module._PyThreadState_Get();
    expect(module.HEAPU32[(current >>> 2) + 2]).toBe(module._PyThreadState_GetInterpreter(current));
  });

  it('is refused where it lacks a function', () => {
    expect(() => parseInterruptModule({ _PyErr_SetInterruptEx: () => 0 })).toThrow(
      'Pyodide\'s module has no function "_PyThreadState_Get".',
    );
    expect(() => parseInterruptModule(null)).toThrow('has no function "_PyErr_SetInterruptEx"');
  });
});
