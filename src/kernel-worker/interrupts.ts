import type { PyodideAPI } from 'pyodide';
import { parseInterruptModule, type InterruptModule } from './parse-interrupt-module.ts';

/** The number of SIGINT, which Python turns into KeyboardInterrupt. */
const interruptSignal = 2;

/** The clock is read at every fourth question. */
const questionsPerReading = 4;

/** Milliseconds between two looks. */
const lookIntervalMs = 20;

/**
 * Has `look` called every 20 ms or so while Python computes, as often as long calls of compiled code let it; where it
 * returns true, KeyboardInterrupt is raised there.
 *
 * Every 50 jumps and calls of its code Python asks for its interrupt buffer, and is told that there is none. Measured in
 * Chromium as the time of an empty loop over that of one without questions: 1.05, of it half for a look that fetches
 * mail. With `performance.now()`, which takes five times as long as `Date.now()`, it is 1.08; with a function in the
 * place of the imported one that asks, 1.05 to 1.08; with an object in the place of the buffer, whose element 0 is a
 * getter, the questions cost three times as much, as Python reads and writes the element each time.
 *
 * CPython 3.13 lets an interrupt that comes at the backward jump of a loop past the handlers around the loop in the same
 * function: those of its callers see it.
 */
export function pollInterrupts(pyodide: PyodideAPI, look: () => boolean): void {
  // The types do not name the module, whose C code asks for the property below.
  const module = parseInterruptModule(Reflect.get(pyodide, '_module'));
  let questionsLeft = questionsPerReading;
  let lastLookMs = 0;

  function lookIfDue(): void {
    questionsLeft = questionsPerReading;
    const nowMs = Date.now();
    // The clock may be set, forward or back.
    if (Math.abs(nowMs - lastLookMs) < lookIntervalMs) return;
    // What is called here may run Python, which asks again.
    lastLookMs = nowMs;
    const isDue = look();
    lastLookMs = Date.now();
    if (isDue) interrupt(module);
  }

  // A buffer has to be set for Python to ask.
  pyodide.setInterruptBuffer(new Uint8Array(1));
  Object.defineProperty(module, 'Py_EmscriptenSignalBuffer', {
    get: () => {
      questionsLeft -= 1;
      if (questionsLeft <= 0) lookIfDue();
      return undefined;
    },
  });
}

/** Where PyThreadState of Python 3.13 has its interpreter and the bits that are looked at before each jump, in words. */
const threadState = { interpreter: 2, evalBreaker: 3, signalsPendingBit: 1 << 1 };

/**
 * Raises the interrupt in the code that runs now.
 *
 * Python takes signals in its first thread. While that is paused, Pyodide runs the tasks of the event loop in others,
 * which would compute on without looking: they are told, too.
 */
function interrupt(module: InterruptModule): void {
  module._PyErr_SetInterruptEx(interruptSignal);
  const current = module._PyThreadState_Get();
  const words = module.HEAPU32.subarray(current >>> 2);
  if (words[threadState.interpreter] !== module._PyThreadState_GetInterpreter(current)) return;
  words[threadState.evalBreaker] = (words[threadState.evalBreaker] ?? 0) | threadState.signalsPendingBit;
}
