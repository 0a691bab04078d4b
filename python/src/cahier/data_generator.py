"""The Data Generator: a script puts out datasets and images through `od_output`.

It proves by `od_authorization` as whom it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.authorization import give_authorization
from cahier.cell import Cell, run_cell
from cahier.cell_errors import rule_error
from cahier.datasets import EMPTY_DATASET
from cahier.od_output import OdOutput, Results
from cahier.told_imports import tell_imports

if TYPE_CHECKING:
    from cahier._wire import DataGeneratorRequest, DoneOutcome, Outcome
    from cahier.job import Job

_EMPTY_OUTPUT_HANDLE = "output"
_NO_DATASET = (
    'The script added no dataset. Call od_output.add_data("output", dataset) in it, or switch on '
    '"Generate Empty Dataset Output" in the configuration of the cell.'
)


async def run_data_generator(request: DataGeneratorRequest, job: Job) -> Outcome:
    """Run the script; it has to add a dataset unless the configuration asks for an empty one."""
    mask = job.log.mask
    authorization = give_authorization(request, mask)
    results = Results({}, {})
    error = await run_cell(
        Cell(request["title"], request["source"], mask),
        {
            "od_output": OdOutput(results, job.host.keep, job.log.warn, mask),
            "od_authorization": authorization,
        },
        job.host,
    )
    if error is None and not results.datasets:
        if request["configuration"]["generateEmptyDataset"]:
            results.datasets[_EMPTY_OUTPUT_HANDLE] = EMPTY_DATASET
        else:
            error = rule_error(_NO_DATASET)
    if error is not None:
        return {"status": "failed", "error": error}
    done: DoneOutcome = {
        "status": "done",
        "outputs": [
            {"handle": key, "value": {"kind": "dataset", "dataset": dataset}}
            for key, dataset in results.datasets.items()
        ],
        "images": list(results.images.values()),
        "modules": [],
        "ranBlocks": [],
    }
    tell_imports(done, request, [request["source"]], mask)
    return done
