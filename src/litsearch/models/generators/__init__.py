"""The registry of generators: the modules of this package that have open_generator().

A generator is one file here. Its name is the module's; settings, command line and HTTP read the
names from here, so nothing else has to be changed for a new one. Importing the registry loads none.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from litsearch.errors import ConfigError, MissingExtraError

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterator

    from litsearch.models.generators.settings import GeneratorSettings
    from litsearch.protocols import Generator
    from litsearch.reports import Finding

EXTRACTIVE = "extractive"  # no model: sentences of the sources
_PIECES = frozenset(
    ["chat_stream", "gguf", "reasoning", "settings"]
)  # modules here that are no generators


@cache
def names() -> tuple[str, ...]:
    """Return the names of all generators, the extractive one first."""
    modules = {module.name for module in iter_modules(__path__)} - _PIECES
    return (EXTRACTIVE, *sorted(modules))


def check_name(name: str) -> None:
    """Raise ConfigError for a name that no generator has."""
    if name not in names():
        choices = ", ".join(names())
        raise ConfigError(
            f'There is no generator "{name}".', f"Set generator under [answer] to one of {choices}."
        )


def open_generator(name: str, settings: GeneratorSettings) -> Generator:
    """Return the generator of a name, which its user closes.

    Raises ConfigError for a name without a model, MissingExtraError, ModelUnavailable.
    """
    check_name(name)
    if name == EXTRACTIVE:
        raise ConfigError("The extractive generator has no model.", "Name another generator.")
    module = import_module(f"{__name__}.{name}")
    if module.NEEDS and find_spec(module.NEEDS) is None:
        raise MissingExtraError(
            f"The generator {name} needs {module.PACKAGE}, which is not installed.",
            f"Install it with: {module.INSTALL}",
        )
    generator: Generator = module.open_generator(settings)
    return generator


def usable(settings: GeneratorSettings, chosen: str) -> list[str]:
    """Return the names of the generators that are set up; chosen: that of the settings."""
    modules = {name: import_module(f"{__name__}.{name}") for name in names()[1:]}
    ready = (
        name
        for name, module in modules.items()
        if module.is_set_up(settings, chosen=name == chosen)
    )
    return [EXTRACTIVE, *ready]


def findings(settings: GeneratorSettings, chosen: str) -> Iterator[Finding]:
    """Yield what doctor should know of every generator; chosen: the name that the settings have."""
    for name in names()[1:]:
        module = import_module(f"{__name__}.{name}")
        yield from module.findings(settings, chosen=name == chosen)
