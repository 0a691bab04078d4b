import type { PyodideAPI } from 'pyodide';
import { parseInterruptModule, type InterruptModule } from './parse-interrupt-module.ts';

/** The number of SIGINT, which Python turns into KeyboardInterrupt. */
const interruptSignal = 2;

/** The clock is read at every fourth question: it costs as much as a question. */
const questionsPerReading = 4;

/** Milliseconds between two looks. */
const lookIntervalMs = 20;

/**
 * Has `look` called every 20 ms or so while Python computes, as often as long calls of compiled code let it; where it
 * returns true, KeyboardInterrupt is raised there.
 *
 * Every 50 jumps and calls of its code Python asks for its interrupt buffer, and is told that there is none. With an
 * object in the place of the buffer, whose element 0 is a getter, the same costs three times as much, as Python then
 * reads and writes the element each time. Measured as the time of bare loops over that without a buffer: 1.00 to 1.01 in
 * Chromium and 1.01 to 1.04 in Node this way, the same with an array, 1.06 to 1.11 in Node with such an object.
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
    const nowMs = performance.now();
    if (nowMs - lastLookMs < lookIntervalMs) return;
    // What is called here may run Python, which asks again.
    lastLookMs = nowMs;
    const isDue = look();
    lastLookMs = performance.now();
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
