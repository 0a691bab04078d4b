"""What stays in memory after jobs: nothing of them, however they ended."""

from __future__ import annotations

import gc
import json
import pickle
import sys
import unittest
from collections import Counter
from typing import TYPE_CHECKING

from job_host import make_job_host
from models import described, saving
from recording_host import RecordingHost, request, run_request
from scriptlets import IMPORT, block, handle, scriptlet
from statements import statement

import cahier

if TYPE_CHECKING:
    from collections.abc import Callable

    from cahier._wire import JobRequest

# The first ones load modules and fill caches.
_WARM_UPS = 6
_JOBS = 200
# In the worker these take their time.
_JOBS_OF_WORKER = 40
_OWN = ("cahier.", "pyodide.", "onelogic.", "oocana.")
_PICKLE = pickle.dumps({"weights": [1, 2]})


def staying(run_job: Callable[[], None], times: int) -> dict[str, int]:
    """Run a job so many times; tell of which types an object or more a job stay, and how many."""
    for _ in range(_WARM_UPS):
        run_job()
    before = _living()
    for _ in range(times):
        run_job()
    return {name: count for name, count in (_living() - before).items() if count >= times}


def _living() -> Counter[str]:
    """Count by types what Python looks through for garbage, be it garbage that no job lets go."""
    gc.unfreeze()
    kinds = Counter(map(type, gc.get_objects()))
    return Counter({f"{kind.__module__}.{kind.__qualname__}": kinds[kind] for kind in kinds})


def _main(*lines: str, define: str = "def") -> str:
    body = "\n    ".join(lines)
    return f"{IMPORT}{define} main(params, context):\n    {body}\n"


_EVERYTHING = """
import logging, time, warnings
from onelogic.odpf import ImageType
from onelogic.odpf.common import ODDataset
print("said")
warnings.warn("warned")
logging.warning("logged")
time.sleep(0.001)
od_output.add_data("output", ODDataset([[1, "a"]], ["n", "t"]))
od_output.add_image("dot", ImageType.JPG, b"\\xff\\xd8\\xff\\xe0")
od_output.add_model("saved", od_models["m"])
class Node: pass
node = Node()
node.itself = node
"""
_OTHER = block("other", "def main(params, context): context.output('output', params['n'])")
_OTHER["inputsDef"] = [handle("n")]

# Each with how its job ends. Those that await something need a Python that can be paused.
_CASES: dict[str, tuple[JobRequest, str]] = {
    "a Data Generator with all that it can put out": (
        saving(_EVERYTHING, "saved", loaded=[described("m")]),
        "done",
    ),
    "a Data Generator that fails": (request("data = [1]\n1 / 0"), "failed"),
    "a Data Generator that is stopped": (request("import time\ntime.sleep(1)"), "stopped"),
    "a Scriptlet": (
        scriptlet(
            _main(
                "context.preview({'type': 'text', 'data': 'seen'})",
                "context.report_progress(50)",
                "context.logger.info('logged')",
                "context.output('output', 5)",
            )
        ),
        "done",
    ),
    "a Scriptlet that waits and runs another": (
        scriptlet(
            _main(
                "import asyncio",
                "await asyncio.sleep(0.001)",
                "await context.run_block('other', inputs={'n': 1}).finish()",
                "asyncio.ensure_future(asyncio.sleep(1000))",
                "return {'output': 1}",
                define="async def",
            ),
            blocks=[_OTHER],
        ),
        "done",
    ),
    "a Scriptlet that fails": (scriptlet(_main("params['missing']")), "failed"),
    "a Statement": (
        statement(
            "import json\nlog.info('row')\n"
            "items = [{'n': row['n'] + 1} for row in INPUT_DATA]\nreturn items",
            rows=[{"n": 1}, {"n": 2}],
        ),
        "done",
    ),
    "a Statement that waits": (statement("await sleep(0.001)\nreturn []"), "done"),
    "a Statement that fails": (statement("return 1 / 0"), "failed"),
}


class Nothing(unittest.TestCase):
    def test_of_a_job_stays(self) -> None:
        for what, (job, status) in _CASES.items():

            def run_job(job: JobRequest = job, status: str = status) -> None:
                stopped = 1 if status == "stopped" else None
                host = RecordingHost(stopped_sleep=stopped, models={"m": _PICKLE})
                finished = run_request(job, host=host)[-1]
                assert finished["type"] == "job-finished"
                assert finished["outcome"]["status"] == status, finished

            with self.subTest(what):
                self.assertEqual(staying(run_job, _JOBS), {})

    @unittest.skipUnless(sys.platform == "emscripten", "there is no JavaScript")
    def test_of_a_job_that_the_worker_runs_stays(self) -> None:
        from pyodide.code import run_js  # noqa: PLC0415 - exists in Pyodide only
        from pyodide.ffi import can_run_sync, run_sync, to_js  # noqa: PLC0415 - as above

        for what, (job, status) in _CASES.items():
            if status == "stopped" or ("await " in job["source"] and not can_run_sync()):
                continue

            def run_job(job: JobRequest = job, status: str = status) -> None:
                host = make_job_host()
                host.giveModel(to_js(_PICKLE))
                running = cahier.run_job(run_js(f"({json.dumps(job)})"), host)
                if can_run_sync():
                    run_sync(running)
                else:
                    self.assertRaises(StopIteration, running.send, None)
                outcome = json.loads(host.describeEvents())[-1]["outcome"]
                assert outcome["status"] == status, outcome

            with self.subTest(what):
                stay = staying(run_job, _JOBS_OF_WORKER)
                own = {name for name in stay if name.startswith(_OWN)}
                # Timers hold the loop until they are due; Pyodide holds that of a paused job.
                self.assertLessEqual(own, {"cahier._host_waits._JobLoop"})


if __name__ == "__main__":
    unittest.main()
