"""The Data Generator: a script puts out datasets and images through `od_output`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.cell import Cell, run_cell
from cahier.cell_errors import rule_error
from cahier.datasets import EMPTY_DATASET
from cahier.od_output import OdOutput, Results

if TYPE_CHECKING:
    from cahier._wire import DataGeneratorRequest, Outcome
    from cahier.host import Host
    from cahier.log import Log

_EMPTY_OUTPUT_HANDLE = "output"
_NO_DATASET = (
    'The script added no dataset. Call od_output.add_data("output", dataset) in it, or switch on '
    '"Generate Empty Dataset Output" in the configuration of the cell.'
)


def run_data_generator(request: DataGeneratorRequest, host: Host, log: Log) -> Outcome:
    """Run the script; it has to add a dataset unless the configuration asks for an empty one."""
    results = Results({}, {})
    error = run_cell(
        Cell(request["title"], request["source"]),
        {"od_output": OdOutput(results, host.keep, log.warn)},
        host,
    )
    if error is None and not results.datasets:
        if request["configuration"]["generateEmptyDataset"]:
            results.datasets[_EMPTY_OUTPUT_HANDLE] = EMPTY_DATASET
        else:
            error = rule_error(_NO_DATASET)
    if error is not None:
        return {"status": "failed", "error": error}
    return {
        "status": "done",
        "outputs": [{"handle": key, "dataset": data} for key, data in results.datasets.items()],
        "images": list(results.images.values()),
    }
