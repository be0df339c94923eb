"""Everything that litsearch raises on purpose.

    LitsearchError            (.hint: what to do next)
    ├─ ConfigError            unknown key, bad value, missing file
    ├─ MissingExtraError      names the library and the extra to install
    ├─ ListError              a list that cannot be read at all
    ├─ QueryError             empty, or too long
    ├─ SourceError            collected as the source's verdict; never ends a build
    │   ├─ FetchError         .transient: worth another try
    │   └─ ExtractError       unsupported type, empty, blocked page, broken file
    ├─ StoreError
    │   ├─ IndexMissing
    │   ├─ IndexMismatch
    │   ├─ IndexCorrupt
    │   ├─ IndexLocked
    │   └─ StoreUnavailable   the engine that keeps the library does not answer
    ├─ ClusterUnavailable     the machines that a build runs on cannot be reached or used
    │   └─ WorkLost           they were lost again and again while they did one thing
    └─ GenerationError
        ├─ PromptTooLong
        └─ ModelUnavailable

No hits is an empty list and no grounded answer is a declined Answer; neither is an error.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable

    from litsearch.types import Status, Verdict

ALIKE = 0.6  # share of letters in common: "kichen" and "kitchen" have .92
MOST = 2_000  # words that are compared: more would take longer than a hint is worth


class LitsearchError(Exception):
    """One sentence that says what is wrong, and a hint that says what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ConfigError(LitsearchError):
    """An unknown key, a bad value or a missing file in the configuration."""


class MissingExtraError(LitsearchError):
    """A library that an optional feature needs is not installed."""


class ListError(LitsearchError):
    """A reading list that cannot be read at all."""


class QueryError(LitsearchError):
    """A query that is empty or too long."""


class SourceError(LitsearchError):
    """A source that gave no text. It becomes the source's verdict and never ends a build."""

    status: Status = "failed"

    def __init__(self, message: str, hint: str = "", *, status: Status | None = None) -> None:
        super().__init__(message, hint)
        if status is not None:
            self.status = status

    @property
    def verdict(self) -> Verdict:
        """The verdict that a source gets from this error."""
        from litsearch.types import Verdict  # 40 ms, which `litsearch --help` does not need

        return Verdict(self.status, str(self), self.hint)


class FetchError(SourceError):
    """A page that could not be downloaded; transient ones are worth another try."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        status: Status | None = None,
        transient: bool = False,
        unreachable: bool = False,
    ) -> None:
        super().__init__(message, hint, status=status)
        self.transient = transient
        self.unreachable = unreachable  # the host never answered: no network, no such name


class ExtractError(SourceError):
    """A document that came but gave no text worth indexing."""


class StoreError(LitsearchError):
    """The index cannot be used as it is."""


class IndexMissing(StoreError):
    """Nothing has been built yet."""


class IndexMismatch(StoreError):
    """The index was built by another format, embedder or chunker than is asked for."""


class IndexCorrupt(StoreError):
    """A file of the index is missing or is not what the manifest says."""


class IndexLocked(StoreError):
    """Another build is running."""


class StoreUnavailable(StoreError):
    """The engine that keeps the library does not answer, or refuses the keys."""


class ClusterUnavailable(LitsearchError):
    """The machines that a build was to run on cannot be reached, or not be used."""


class WorkLost(ClusterUnavailable):
    """Machines were lost while they did one thing, as often as it was begun anew."""


class GenerationError(LitsearchError):
    """A language model could not produce an answer."""


class PromptTooLong(GenerationError):
    """The question and its quotes do not fit the model's context."""


class ModelUnavailable(GenerationError):
    """The model's file, process or server is not there."""


def did_you_mean(word: str, vocabulary: Iterable[str], alike: float = ALIKE) -> str:
    """Return the hint "Did you mean 'kitchen'?", or "" when no known word is like this one."""
    nearest = nearest_word(word, vocabulary, alike)
    return f"Did you mean {nearest!r}?" if nearest else ""


def nearest_word(word: str, vocabulary: Iterable[str], alike: float = ALIKE) -> str:
    """Return the known word most like this one, or "" when none is like it."""
    from difflib import get_close_matches  # 4 ms, which only mistakes need
    from itertools import islice

    by_folded = {other.casefold(): other for other in islice(vocabulary, MOST)}
    matches = get_close_matches(word.casefold(), by_folded, 1, alike)
    return by_folded[matches[0]] if matches else ""
