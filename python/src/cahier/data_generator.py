"""The Data Generator: a script puts out datasets, images and models through `od_output`.

It finds the models that its cell loads in `od_models`, and proves by `od_authorization` as whom it
runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cahier.authorization import note_given
from cahier.cell import Cell, run_cell
from cahier.cell_errors import rule_error
from cahier.datasets import EMPTY_DATASET
from cahier.loaded_models import LoadedModels
from cahier.manual_types import ManualTypes
from cahier.od_output import OdOutput, Results
from cahier.saved_models import SavedModels
from cahier.told_imports import tell_imports

if TYPE_CHECKING:
    from cahier._wire import DataGeneratorRequest, DoneOutcome, Outcome
    from cahier.host import Host
    from cahier.job import Job
    from cahier.stored_model import StoredModel

_EMPTY_OUTPUT_HANDLE = "output"
_NO_DATASET = (
    'The script added no dataset. Call od_output.add_data("output", dataset) in it, or switch on '
    '"Generate Empty Dataset Output" in the configuration of the cell.'
)


async def run_data_generator(request: DataGeneratorRequest, job: Job) -> Outcome:
    """Run the script; it has to add a dataset unless the configuration asks for an empty one."""
    keep, warn, mask = job.host.keep, job.log.warn, job.log.mask
    note_given(request["authorization"], mask)
    saved = SavedModels(request["configuration"].get("models"), keep, warn, mask)
    results = Results({}, {}, saved)
    stored = _stored_models(request, job.host)
    types = ManualTypes(request["configuration"]["manualTypes"], warn)
    error = await run_cell(
        Cell(request["title"], request["source"], mask),
        {
            "od_output": OdOutput(results, keep, warn, mask, types),
            "od_models": LoadedModels(stored, warn),
            "od_authorization": request["authorization"],
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
    types.warn_of_absent(results.datasets.values())
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
    if models := saved.payloads():
        done["models"] = models
    for note in saved.missing():
        job.log.print("info", f"{note}\n")
    # What the classes of a model are made of counts as if the script named it.
    named = [f"import {module}" for model in stored.values() for module in model.notebook_modules()]
    tell_imports(done, request, [request["source"], *named], mask)
    return done


def _stored_models(request: DataGeneratorRequest, host: Host) -> dict[str, StoredModel]:
    models = request.get("models")
    if not models:
        return {}
    from cahier.stored_model import StoredModel  # noqa: PLC0415 - few scripts load models

    return {model["name"]: StoredModel(model, host) for model in models}
