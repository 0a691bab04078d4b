"""Requests of jobs that save and load models, for tests."""

from __future__ import annotations

import pickle
import platform
from typing import TYPE_CHECKING, Any

from recording_host import RecordingHost, entries_of, outcome_of, request, run_request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cahier._wire import (
        Directories,
        JobError,
        JobRequest,
        LoadedModelPayload,
        ModelPayload,
        PackagePayload,
    )


def saving(
    source: str,
    *names: str,
    groups: Mapping[str, list[str]] | None = None,
    loaded: Sequence[LoadedModelPayload] = (),
) -> JobRequest:
    """Ask for a job that may save these models, and these into groups, and is given others."""
    job = request(source, generate_empty_dataset=True)
    assert job["kind"] == "data-generator"
    job["configuration"]["models"] = {
        "save": [{"name": name} for name in names],
        "saveGroups": [{"name": name, "models": models} for name, models in (groups or {}).items()],
    }
    if loaded:
        job["models"] = list(loaded)
    return job


def described(
    name: str,
    number: int = 1,
    *,
    packages: list[PackagePayload] | None = None,
    python_version: str | None = None,
    origin: str | None = None,
) -> LoadedModelPayload:
    """Describe a version of a model as a job is told of it."""
    return {
        "name": name,
        "number": number,
        "typeName": "builtins.dict",
        "pythonVersion": python_version or platform.python_version(),
        "packages": packages or [],
        "origin": origin,
    }


def loading(
    source: str, *models: LoadedModelPayload, directories: Directories | None = None
) -> JobRequest:
    """Ask for a job that loads these models."""
    job = request(source, generate_empty_dataset=True)
    assert job["kind"] == "data-generator"
    job["models"] = list(models)
    if directories is not None:
        job["directories"] = directories
    return job


class Ended:
    """What came of a job: the models that it saves, its error, and its log by streams."""

    def __init__(self, job: JobRequest, pickles: Mapping[str, bytes] | None = None) -> None:
        """Run the job; `pickles` are those of the models that it loads."""
        events = run_request(job, host=RecordingHost(models=pickles))
        self.outcome = outcome_of(events)
        self.log = [(entry["stream"], entry["text"]) for entry in entries_of(events)]

    @property
    def models(self) -> list[ModelPayload]:
        """The models that a job saves, which has to be done."""
        assert self.outcome["status"] == "done", self.outcome
        return self.outcome.get("models", [])

    @property
    def error(self) -> JobError:
        """The error of a job that has to fail."""
        assert self.outcome["status"] == "failed", self.outcome
        return self.outcome["error"]

    def printed(self) -> str:
        """Give what a job printed that has to be done."""
        assert self.outcome["status"] == "done", self.outcome
        return "".join(text for stream, text in self.log if stream == "stdout")


def content_of(model: ModelPayload) -> Any:  # noqa: ANN401 - any object
    """Unpickle a model that was saved."""
    return pickle.loads(pickle_of(model))  # noqa: S301 - the test's own


def pickle_of(model: ModelPayload) -> bytes:
    """Put the parts of a pickle together."""
    return b"".join(part for part in model["parts"] if isinstance(part, bytes))
