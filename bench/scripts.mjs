// @ts-check

/** A PNG of one pixel, as base64. */
export const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A groupby of pandas. Its last column is the time of the run: by it new rows are told from those of the run before. */
export const groupby = `import time
import pandas as pd
frame = pd.DataFrame({"kind": ["a", "b", "c"] * 1000, "n": range(3000)})
result = frame.groupby("kind", as_index=False)["n"].sum()
result["at"] = int(time.time() * 1000)`;

/** Prints a sum, and the time of the run for the same reason. */
export const sum = `import time
print(1 + 1, int(time.time() * 1000))`;

/**
 * Prints how many milliseconds an empty loop takes, first with the questions that make it stoppable and then without, several times.
 * Two Pythons that run the same loop differ by up to a quarter, by where the compiled code happens to lie: one is measured against
 * itself. The flag is what Pyodide sets for Python to ask.
 */
export const hotLoop = `import ctypes, time
asks = ctypes.c_int.in_dll(ctypes.pythonapi, "Py_EMSCRIPTEN_SIGNAL_HANDLING")
def loop():
    before = time.perf_counter()
    for _ in range(10_000_000):
        pass
    return (time.perf_counter() - before) * 1000
loop()
for _ in range(3):
    asked = loop()
    asks.value = 0
    try:
        print("took", asked, loop())
    finally:
        asks.value = 1`;
