"""What a generator is told when it is opened."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GeneratorSettings:
    """What a generator may need to know: [answer] of the settings, and where the library is."""

    model: str = ""
    base_url: str = ""
    folder: Path | None = None  # of the library, which the path of a model may be relative to
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
