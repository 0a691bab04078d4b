/** A script that never ends by itself, and whether it computes or waits. */
export interface EndlessScript {
  readonly name: string;
  readonly source: string;
  /** A script that waits is reached by a message; one that computes only where it can be interrupted. */
  readonly does: 'compute' | 'wait' | 'compute in one call';
}

export const endlessScripts: readonly EndlessScript[] = [
  { name: 'a hot loop', does: 'compute', source: 'print("begin")\nwhile True:\n    pass' },
  { name: 'time.sleep', does: 'wait', source: 'import time\nprint("begin")\ntime.sleep(1000)' },
  {
    name: 'await asyncio.sleep',
    does: 'wait',
    source:
      'import asyncio\nasync def main():\n    print("begin")\n    await asyncio.sleep(1000)\nasyncio.run(main())',
  },
  {
    name: 'a loop of await asyncio.sleep(0)',
    does: 'wait',
    source:
      'import asyncio\nasync def main():\n    print("begin")\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())',
  },
  {
    name: 'a task that computes',
    does: 'compute',
    source:
      'import asyncio\nasync def main():\n    print("begin")\n    await asyncio.sleep(0)\n    while True:\n        pass\nasyncio.run(main())',
  },
  {
    name: 'a task that calls time.sleep',
    does: 'wait',
    source:
      'import asyncio, time\nasync def main():\n    print("begin")\n    while True:\n        time.sleep(0.01)\nasyncio.run(main())',
  },
  { name: 'input()', does: 'wait', source: 'print("begin")\ninput("Name? ")' },
  {
    name: 'a promise that never settles',
    does: 'wait',
    source:
      'from js import Promise\nfrom pyodide.ffi import create_proxy, run_sync\nprint("begin")\nrun_sync(Promise.new(create_proxy(lambda *_: None)))',
  },
  {
    name: 'a long regular expression',
    does: 'compute',
    source: 'import re\nprint("begin")\nre.match(r"(a+)+$", "a" * 60 + "b")',
  },
  {
    name: 'sorting a million items again and again',
    does: 'compute in one call',
    source:
      'import random\nitems = [random.random() for _ in range(1_000_000)]\nprint("begin")\nwhile True:\n    sorted(items)',
  },
  {
    name: 'a call of pandas that takes minutes',
    does: 'compute in one call',
    source:
      'import numpy as np, pandas as pd\nframe = pd.DataFrame(np.random.default_rng(1).random((4_000, 4_000)))\nprint("begin")\nframe.corr()',
  },
];
