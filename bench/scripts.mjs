// @ts-check

/** A groupby of pandas. Its last column is the time of the run: by it new rows are told from those of the run before. */
export const groupby = `import time
import pandas as pd
frame = pd.DataFrame({"kind": ["a", "b", "c"] * 1000, "n": range(3000)})
result = frame.groupby("kind", as_index=False)["n"].sum()
result["at"] = int(time.time() * 1000)`;

/** Prints a sum, and the time of the run for the same reason. */
export const sum = `import time
print(1 + 1, int(time.time() * 1000))`;

/** Prints how many milliseconds an empty loop takes. */
export const hotLoop = `import time
def loop():
    for _ in range(10_000_000):
        pass
loop()
before = time.perf_counter()
loop()
took = (time.perf_counter() - before) * 1000
print("took", took)`;
