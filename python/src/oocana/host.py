"""What scripts ask of the host that runs them, most of which there is none of here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from oocana.blocks import OOMOL_LLM_ENV, HostInfo
    from oocana.credential import CredentialInput


class HostFacts:
    """The part of `Context` that is about its host: language models, hardware, credentials."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        """Write warnings to the log of the job through `warn`."""
        self._warn = warn
        self._has_warned_of_llm = False

    @property
    def oomol_llm_env(self) -> OOMOL_LLM_ENV:
        """Where a language model is to be reached: as the variables of the environment say.

        Nobody sets those here but the script itself. The first look at what is empty is a warning.
        """
        found: OOMOL_LLM_ENV = {
            "base_url": os.getenv("OOMOL_LLM_BASE_URL", ""),
            "base_url_v1": os.getenv("OOMOL_LLM_BASE_URL_V1", ""),
            "api_key": os.getenv("OOMOL_LLM_API_KEY", ""),
            "models": os.getenv("OOMOL_LLM_MODELS", "").split(","),
        }
        if not self._has_warned_of_llm:
            self._has_warned_of_llm = True
            for key, value in found.items():
                if value == "":
                    self._warn(
                        f"OOMOL_LLM_ENV variable {key} is ({value}), "
                        "this may cause some features not working properly."
                    )
        return found

    @property
    def host_info(self) -> HostInfo:
        """The graphics hardware, which is not known here."""
        return {
            "gpu_vendor": os.getenv("OOMOL_HOST_GPU_VENDOR", "unknown"),
            "gpu_renderer": os.getenv("OOMOL_HOST_GPU_RENDERER", "unknown"),
        }

    @property
    def host_endpoint(self) -> str | None:
        """How services of the host are reached; None, as there is no host."""
        return os.getenv("OO_HOST_ENDPOINT")

    async def oomol_token(self) -> str:
        """Give the token of the engine, which is empty here."""
        return os.getenv("OOMOL_TOKEN", "")

    async def query_auth(self, credential: CredentialInput) -> dict[str, Any]:
        """Give what a credential of the engine holds, of which there are none here.

        Raises:
            ValueError: always; an input of the content media type "oomol/secret" holds a secret.
        """
        message = (
            f'There is no credential "{credential.id}" of the type "{credential.type}" here. Give '
            'the cell an input with the content media type "oomol/secret" instead.'
        )
        raise ValueError(message)
