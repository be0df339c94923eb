"""litsearch turns reading lists into a library that can be searched and asked.

    import litsearch

    with litsearch.open("reading") as library:
        library.build()
        for hit in library.search("low-rank adapters", topic="fine-tuning").hits:
            print(hit.source.title, hit.passage.text)
        print(library.ask("what is DoRA?").text)

Importing it costs a few milliseconds: what a call needs is loaded when it is made.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from os import PathLike

    from litsearch.app.public import Library as Library
    from litsearch.errors import ConfigError as ConfigError
    from litsearch.errors import GenerationError as GenerationError
    from litsearch.errors import IndexMissing as IndexMissing
    from litsearch.errors import ListError as ListError
    from litsearch.errors import LitsearchError as LitsearchError
    from litsearch.errors import QueryError as QueryError
    from litsearch.errors import StoreError as StoreError
    from litsearch.reports import BuildReport as BuildReport
    from litsearch.types import Answer as Answer
    from litsearch.types import AnswerSentence as AnswerSentence
    from litsearch.types import CatalogSource as CatalogSource
    from litsearch.types import Citation as Citation
    from litsearch.types import Entry as Entry
    from litsearch.types import Hit as Hit
    from litsearch.types import Passage as Passage
    from litsearch.types import Results as Results
    from litsearch.types import Source as Source
    from litsearch.types import Turn as Turn
    from litsearch.types import Verdict as Verdict

__version__ = "0.1.0"

_ERRORS = (
    "ConfigError",
    "GenerationError",
    "IndexMissing",
    "ListError",
    "LitsearchError",
    "QueryError",
    "StoreError",
)
_TYPES = (
    "Answer",
    "AnswerSentence",
    "CatalogSource",
    "Citation",
    "Entry",
    "Hit",
    "Passage",
    "Results",
    "Source",
    "Turn",
    "Verdict",
)
_MODULES = (
    dict.fromkeys(_ERRORS, "errors")
    | dict.fromkeys(_TYPES, "types")
    | {"BuildReport": "reports", "Library": "app.public"}
)
__all__ = ["BuildReport", "Library", "__version__", "open", *_ERRORS, *_TYPES]


def open(path: str | PathLike[str]) -> Library:  # noqa: A001 - it is called litsearch.open
    """Open the library folder at a path; it need not have been built yet. Raises ConfigError."""
    from litsearch.app.public import open_folder

    return open_folder(path)


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    from importlib import import_module

    if name in _MODULES:
        return getattr(import_module(f"litsearch.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'litsearch' has no attribute {name!r}")
