"""Offer the library to Python programs: what `litsearch.open` returns."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, get_args

from litsearch.app import trust
from litsearch.config import Config, find_library, load_config
from litsearch.errors import QueryError, did_you_mean
from litsearch.models import generators
from litsearch.types import FILTERS, CatalogSource, Filters, Kind, Mode, Status

if TYPE_CHECKING:
    from litsearch.app import library
    from litsearch.protocols import Progress
    from litsearch.reports import BuildReport
    from litsearch.types import Answer, Results, Turn

MAX_K = 1000
Words = str | Iterable[str]


class FilterWords(TypedDict, total=False):
    """The filters of a search; several values of one field mean any of them."""

    list: Words
    topic: Words
    kind: Kind | Iterable[Kind]
    section: Words
    author: Words
    year: int | Iterable[int]
    title: Words
    site: Words
    language: Words
    source: Words  # ids, addresses or titles
    unread: bool


class Library:
    """A library folder to search, ask and build. It follows new builds; safe for threads."""

    def __init__(self, folder: Path, config: Config) -> None:
        self.folder = folder
        self._config = config

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<litsearch.Library {str(self.folder)!r}>"

    def close(self) -> None:
        """Close files and end language models; it opens them again when it is asked again."""
        library = self.__dict__.pop("_open", None)
        if library is not None:
            library.close()

    def search(
        self,
        query: str,
        *,
        k: int | None = None,
        mode: Mode = "hybrid",
        budget: str | None = None,
        **filters: Unpack[FilterWords],
    ) -> Results:
        """Return the best k passages for a query; budget: time for the reranker, such as "300ms".

        Raises QueryError, ConfigError, StoreError.
        """
        _check_k(k)
        _check("mode", mode, get_args(Mode))
        chosen_filters = self._filters(filters)
        return self._open.search(query, k=k, mode=mode, filters=chosen_filters, budget=budget)

    def ask(
        self,
        question: str,
        *,
        k: int | None = None,
        generator: str | None = None,
        turns: Sequence[Turn] = (),
        **filters: Unpack[FilterWords],
    ) -> Answer:
        """Return an answer with citations, or a refusal with the nearest k passages.

        turns: what was asked before, oldest first. generator: a name of models.generators.
        Raises QueryError, ConfigError, StoreError.
        """
        _check_k(k)
        if generator is not None:
            _check("generator", generator, generators.names())
        chosen_filters = self._filters(filters)
        return self._open.ask(
            question, k=k, generator=generator, turns=turns, filters=chosen_filters
        )

    def build(
        self,
        *lists: str | os.PathLike[str],
        full: bool = False,
        offline: bool = False,
        progress: Progress | None = None,
    ) -> BuildReport:
        """Bring the index up to date with the lists, by default all of config/lists.

        Raises ListError, ConfigError, StoreError.
        """
        from litsearch.app.build import build

        return build(
            self.folder,
            self._config,
            [os.fspath(name) for name in lists],
            full=full,
            offline=offline,
            progress=progress or _silent,
        )

    def sources(
        self, status: Status | None = None, **filters: Unpack[FilterWords]
    ) -> list[CatalogSource]:
        """Return every source with its verdict; status: only those with this verdict.

        Raises QueryError, StoreError.
        """
        if status is not None:
            _check("status", status, get_args(Status))
        rows = self._open.sources(self._filters(filters))
        return [row for row in rows if status in (None, row.verdict.status)]

    @cached_property
    def _open(self) -> library.Library:
        from litsearch.app.library import open_library

        return open_library(self.folder, self._config)

    def _filters(self, words: FilterWords) -> Filters:
        """Return filters as the index knows them. Raises QueryError for any other word."""
        for name in words:
            _check("filter", name, [*FILTERS, "unread"])
        values = {
            FILTERS[name]: _several(value) for name, value in words.items() if name in FILTERS
        }
        for kind in values.get("kinds", ()):
            _check("kind", kind, get_args(Kind))
        if not all(isinstance(year, int) for year in values.get("years", ())):
            raise QueryError(f"A year is a number: {words.get('year')!r}.")
        if "sources" in values:
            values["sources"] = self._source_ids(values["sources"])
        return Filters(unread=bool(words.get("unread")), **values)

    def _source_ids(self, names: Iterable[str]) -> tuple[str, ...]:
        ids: list[str] = []
        for name in names:
            rows = self._open.catalog.find_source(name)
            if not rows:
                titles = [row.title for row in self._open.catalog.sources()]
                raise QueryError(f"No source is called {name!r}.", did_you_mean(name, titles))
            ids += [row.source_id for row in rows]
        return tuple(ids)


def open_folder(path: str | os.PathLike[str]) -> Library:
    """Open the library folder at a path; settings that are not trusted do not hold.

    Raises ConfigError.
    """
    folder = find_library(Path(path).expanduser())
    withheld = trust.withheld(folder)
    if withheld:
        words = trust.in_words(withheld)
        warnings.warn(
            f"Not trusted, and so not in force: {words}. See `litsearch trust`.", stacklevel=3
        )
    return Library(folder, load_config(folder, without=withheld))


def _check_k(k: int | None) -> None:
    if k is not None and not (isinstance(k, int) and 1 <= k <= MAX_K):
        raise QueryError(f"{k!r} is not a number from 1 to {MAX_K}.")


def _check(noun: str, value: object, names: Collection[str]) -> None:
    if value not in names:
        hint = did_you_mean(str(value), names) or f"Known are {', '.join(names)}."
        raise QueryError(f"There is no {noun} {value!r}.", hint)


def _several(value: Any) -> tuple[Any, ...]:
    if isinstance(value, str | int):
        return (value,)
    return tuple(value)


def _silent(stage: str, done: int, total: int, note: str = "") -> None:
    """Report to nobody."""
