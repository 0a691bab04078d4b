"""`od_output`, through which a Data Generator puts out datasets, images and models."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, NoReturn, SupportsIndex

from cahier.datasets import dataset_payload
from cahier.hiding import Hiding
from cahier.images import MEDIA_TYPES, image_file
from cahier.secrets_mask import MASKED
from onelogic.odpf import ImageType

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure
    from pandas import DataFrame

    from cahier._wire import DatasetPayload, ImagePayload
    from cahier.host import Keep
    from cahier.manual_types import ManualTypes
    from cahier.saved_models import SavedModels
    from cahier.secrets_mask import SecretsMask
    from onelogic.odpf.common import ODDataset


class Results(NamedTuple):
    """What a script has put out so far, by key and by name."""

    datasets: dict[str, DatasetPayload]
    images: dict[str, ImagePayload]
    models: SavedModels


class OdOutput:
    """Takes what a script puts out, and copies it at the call; later changes do not matter."""

    def __init__(
        self,
        results: Results,
        keep: Keep,
        warn: Callable[[str], None],
        mask: SecretsMask,
        types: ManualTypes,
    ) -> None:
        """Collect into `results`; `keep` moves bytes out of Python, `warn` writes to the log.

        What the mask knows is hidden in all that is put out.
        """
        self._results = results
        self._types = types
        self._keep = keep
        self._warn = warn
        self._mask = mask

    def __reduce_ex__(self, protocol: SupportsIndex, /) -> NoReturn:
        """Refuse to be copied or pickled.

        Raises:
            TypeError: always.
        """
        message = "od_output belongs to the job that runs, and can be neither pickled nor copied"
        raise TypeError(message)

    def add_data(self, key: str, data: ODDataset | DataFrame) -> None:
        """Put out a dataset under the output handle `key`, any non-empty text.

        A dataset added under the same key before is replaced, with a warning. Columns that have a
        row in "Manual TI" of the configuration get the types of it, the others those of their
        values.

        Raises:
            TypeError: the key is no text, the data is neither an ODDataset nor a DataFrame, or a
                value is of no supported type.
            ValueError: the key is empty, or a value cannot be stored.
        """
        _check_name("od_output.add_data", "key", key)
        key = self._mask(key)
        hiding = Hiding(self._mask.of_values)
        encoder = self._types.encoder(key, self._keep)
        dataset = dataset_payload(data, self._keep, hiding, encoder)
        if hiding.has_hidden:
            self._warn(
                f'od_output.add_data: the dataset "{key}" held the token of od_authorization, and '
                f"{MASKED} stands in its place: it would be kept with the notebook."
            )
        if key in self._results.datasets:
            self._warn(f'od_output.add_data: the dataset "{key}" was added before and is replaced.')
        self._results.datasets[key] = dataset

    def add_image(
        self,
        name: str,
        type: ImageType,  # noqa: A002 - the name that scripts may use
        data: bytes | bytearray | memoryview | Figure,
    ) -> None:
        """Put an image into the Image List under `name`, any non-empty text.

        `data` is the content of an image file of this type, or a matplotlib Figure, which is drawn.
        An image added under the same name before is replaced, with a warning.

        Raises:
            TypeError: the name is no text, the type no ImageType, or the data neither of the two.
            ValueError: the name is empty, the bytes are not of this type, or the token of
                `od_authorization` is among them.
        """
        _check_name("od_output.add_image", "name", name)
        if not isinstance(type, ImageType):
            message = (
                f"od_output.add_image(name, type, data): type is {type!r}; "
                "ImageType.PNG and ImageType.JPG are allowed (from onelogic.odpf import ImageType)."
            )
            raise TypeError(message)
        name = self._mask(name)
        file = image_file(type, data)
        if self._mask.is_in_bytes(file.content):
            message = (
                f'od_output.add_image: the image "{name}" holds the token of od_authorization, '
                "which would be kept with the notebook. Leave it out of the image."
            )
            raise ValueError(message)
        token = self._keep(file.content)
        if name in self._results.images:
            self._warn(f'od_output.add_image: the image "{name}" was added before and is replaced.')
        image: ImagePayload = {"name": name, "mediaType": MEDIA_TYPES[type], "data": token}
        file.describe(image, self._mask)
        self._results.images[name] = image

    def add_model(self, name: str, model: object, group: str | None = None) -> None:
        """Save a model under `name` when the job is done, as a new version where there is one.

        `model` is any object that can be pickled; it is pickled now. With a `group` it goes into
        that model group as well. It is saved where the configuration of the cell names it, alone or
        in that group; what the configuration does not name is left out, with a warning. A model
        added under the same name before is replaced, with a warning.

        Raises:
            TypeError: the name or the group is no text.
            ValueError: the name or the group is empty.
            pickle.PicklingError: the model cannot be pickled; the text says which part of it.
            MemoryError: there is no room for the pickle.
        """
        _check_name("od_output.add_model", "name", name)
        if group is not None:
            _check_name("od_output.add_model", "group", group)
        self._results.models.add(name, model, group)


def _check_name(method: str, parameter: str, name: object) -> None:
    if not isinstance(name, str):
        message = f"{method}: {parameter} is of type {type(name).__name__}; give a non-empty text."
        raise TypeError(message)
    if not name:
        message = f'{method}: {parameter} is empty; give a non-empty text, such as "output".'
        raise ValueError(message)
