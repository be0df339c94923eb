"""Search and ask an open library, which follows the newest generation."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator as Steps
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.app import engines, factories
from litsearch.app.queries import courtesy_reply, definition_share_for, unknown_names
from litsearch.config import Config
from litsearch.errors import IndexCorrupt, IndexMismatch
from litsearch.index.generation import Generation
from litsearch.index.manifest import REBUILD
from litsearch.models import generators
from litsearch.models.script_coverage import BY_WORDS, length_note, note_on
from litsearch.retrieval.rerank import Reranking
from litsearch.retrieval.rerank import budget as seconds_of
from litsearch.retrieval.search import Ranking, rank_candidates, search
from litsearch.types import (
    Answer,
    AnswerStep,
    CatalogSource,
    Filters,
    Intent,
    Mode,
    Results,
    Turn,
    Wait,
)

if TYPE_CHECKING:
    from litsearch.app.answering import Answering
    from litsearch.index.catalog import Catalog
    from litsearch.protocols import Embedder, Progress, Reranker
    from litsearch.retrieval.explain import Stage, Step
    from litsearch.types import Vector

LOOK_AFTER_S = 30.0  # between two looks at the files of a library that stays open
ALL = 1_000_000  # more than any search finds
REMEMBERED = 256  # vectors of queries, 0.4 MB: pages of hits, explanations and answers ask again


class Library:
    """An open library. It follows new generations; an answer comes from one. Safe for threads."""

    def __init__(self, folder: Path, config: Config) -> None:
        """Open the index. Raises IndexMissing, IndexMismatch, IndexCorrupt."""
        generators.check_name(config.answer.generator)
        self._folder, self._index, self._config = folder, folder / "index", config
        self._opening, self._making = threading.Lock(), threading.Lock()
        self._answers: Answering | None = None
        self._many = False  # queries to come
        self._embed_query = lru_cache(REMEMBERED)(self._embed)
        self._damage: IndexCorrupt | None = None
        self._looked_at = 0.0  # when the files were last looked at, in seconds
        self._location = engines.location_of(config, folder)
        self._generation = self._open()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files and end the language models; nothing may be asked afterwards."""
        if self._answers is not None:
            self._answers.close()
        self._generation.catalog.close()

    @property
    def generation(self) -> Generation:
        """Return the newest generation. A damaged new one leaves the old one serving.

        Raises IndexMissing when the index was taken away meanwhile.
        """
        newest = self._location.live()
        if newest and newest != self._generation.id:
            with self._opening:
                if newest != self._generation.id:
                    self._generation = self._open()
        self._look_after(self._generation)
        return self._generation

    def _look_after(self, generation: Generation) -> None:
        """Raise IndexCorrupt when a file has changed since it was opened; checked twice
        a minute.
        """
        now = time.monotonic()
        if now - self._looked_at > LOOK_AFTER_S:
            self._looked_at = now
            self._damage = _damage(generation)
        if self._damage is not None:
            raise self._damage

    @property
    def catalog(self) -> Catalog:
        """Return what the newest generation holds."""
        return self.generation.catalog

    def sources(self, filters: Filters | None = None) -> list[CatalogSource]:
        """Return every source that passes the filters, with its verdict. Raises IndexCorrupt."""
        catalog = self.catalog
        rows = catalog.source_rows(filters or Filters())
        if rows is None:
            return catalog.sources()
        return list(catalog.sources_at(rows).values())

    def unknown_names(self, filters: Filters) -> list[str]:
        """Say which topics and lists of the filters are not there, and which may be meant."""
        return unknown_names(filters, self.catalog)

    @property
    def reranks(self) -> bool:
        """Tell whether the settings name a reranker, which works within a time."""
        return bool(self._config.reranker.model)

    def search(
        self,
        query: str,
        *,
        k: int | None = None,
        mode: Mode = "hybrid",
        filters: Filters | None = None,
        budget: str | None = None,
        intent: Intent | None = None,
    ) -> Results:
        """Return the best k passages for a query. Raises QueryError, ConfigError.

        budget: time for the reranker; intent: what kind of query it is, when its form misleads.
        """
        settings = self._config.search
        k = settings.k if k is None else k
        depth = max(settings.depth, k)
        reranking = self._reranking(budget)
        generation = self.generation
        if reply := courtesy_reply(query, generation.catalog):
            return Results(query, mode, generation.id, (), 0.0, notes=(reply,))
        notes = self._notes(query) if mode == "hybrid" else ()
        results = search(
            generation,
            self._embed_query,
            query,
            k=k,
            depth=depth,
            mode="lexical" if BY_WORDS in notes else mode,
            filters=filters,
            intent=intent,
            reranking=reranking,
            definition_share=definition_share_for(query, mode),
        )
        return replace(results, notes=(*results.notes, *notes))

    def _notes(self, query: str) -> tuple[str, ...]:
        """Return what to say of a query that the embedder was not made for, or does not read to
        its end.
        """
        folder = factories.export_folder(self._index, self._generation.manifest.facts.embedder)
        return tuple(filter(None, (note_on(folder, query), length_note(folder, query))))

    def search_all(self, query: str, mode: Mode = "hybrid") -> Results:
        """Return all candidates of a search with the usual settings: what evaluation measures."""
        return search(
            self.generation,
            self._embed_query,
            query,
            k=ALL,
            depth=self._config.search.depth,
            mode=mode,
            reranking=self._reranking(None),
            definition_share=definition_share_for(query, mode),
        )

    def explain(
        self, results: Results, *, filters: Filters | None = None
    ) -> list[dict[str, Stage]]:
        """Return what every signal added to the score of each hit. Raises QueryError."""
        from litsearch.retrieval.explain import stages

        generation = self.generation
        depth = max(self._config.search.depth, len(results.hits))
        ranking = self._ranking(
            generation, results.query, results.mode, depth, filters, results.intent
        )
        return stages(generation, ranking, results.hits)

    def why(
        self, source: CatalogSource, query: str, *, k: int | None = None, mode: Mode = "hybrid"
    ) -> list[Step]:
        """Return where a source stands for a query, or where it fell out. Raises QueryError."""
        from litsearch.retrieval.explain import why

        generation, settings = self.generation, self._config.search
        k = settings.k if k is None else k
        ranking = self._ranking(generation, query, mode, max(settings.depth, k))
        return why(generation, ranking, source, k=k)

    def _ranking(
        self,
        generation: Generation,
        query: str,
        mode: Mode,
        depth: int,
        filters: Filters | None = None,
        intent: Intent | None = None,
    ) -> Ranking:
        return rank_candidates(
            generation,
            self._embed_query,
            query,
            depth=depth,
            mode=mode,
            filters=filters,
            intent=intent,
            definition_share=definition_share_for(query, mode),
        )

    def ask(
        self,
        question: str,
        *,
        k: int | None = None,
        generator: str | None = None,
        turns: Sequence[Turn] = (),
        filters: Filters | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """Return an answer with citations, or a refusal with the nearest k passages.

        turns: what was asked before, oldest first. filters: the part of the library that is asked.
        progress: told of what takes a minute, such as the calibration of a language model. When the
        generator fails, the extractive answer stands, and its reason says why. Raises QueryError,
        MissingExtraError.
        """
        steps = self.answering(question, k=k, generator=generator, turns=turns, filters=filters)
        for step in steps:
            if isinstance(step, Wait) and progress is not None:
                progress(step.stage, step.done, step.total)
            elif isinstance(step, Answer):
                last = step
        return last

    def answering(
        self,
        question: str,
        *,
        k: int | None = None,
        generator: str | None = None,
        turns: Sequence[Turn] = (),
        filters: Filters | None = None,
    ) -> Steps[AnswerStep, None, None]:
        """Yield the extractive answer at once, then the generator's sentences as they are verified,
        then what stands.

        Between them None while the generator is at work, a Wait while it is calibrated, and its
        error when it fails.
        """
        answering, generation = self._answering(), self.generation
        return answering.steps(
            generation, question, k=k, name=generator, turns=turns, filters=filters
        )

    def embed(self, text: str) -> Vector:
        """Return the unit vector of a text, as of a query, shape (dim,)."""
        return self._embed_query(text)

    def generators(self) -> list[str]:
        """Return the names of the generators that are set up, so that a question may name one."""
        return factories.usable_generators(self._config, self._folder)

    def original(self, source_id: str) -> bytes | None:
        """Return the PDF that a source's text came from, or None. Raises KeyError."""
        from litsearch.app.adapters import original_pdf  # the page alone shows it

        return original_pdf(self._folder, self._config, self.catalog.source(source_id))

    def warm_up(self) -> None:
        """Load what the first of many queries would wait for; a language model loads on in the
        background.
        """
        self._many = True
        self._answering().warm_up()
        self._embed_query("warm up")
        len(self.generation.vectors)
        self._reranking(None)

    def _reranking(self, budget: str | None) -> Reranking | None:
        """Return how to rerank; None without a budget where the settings name no reranker."""
        settings = self._config.reranker
        if budget is None and not settings.model:
            return None
        seconds = settings.budget_ms / 1000 if budget is None else seconds_of(budget)
        with self._making:
            model = self._reranker
        return Reranking(model.scores, settings.candidates, seconds)

    def _open(self) -> Generation:
        generation = self._location.open()
        made_with, model = generation.manifest.facts.model, self._config.embedder.model
        if made_with != model:
            raise IndexMismatch(
                f"The index was made with the embedder {made_with}; the settings name {model}.",
                "Run `litsearch build`, or set back model under [embedder] in"
                " config/litsearch.toml.",
            )
        self._looked_at, self._damage = time.monotonic(), _damage(generation)
        if self._damage is not None:
            raise self._damage
        return generation

    def _answering(self) -> Answering:
        from litsearch.app.answering import Answering  # a search does not need it

        with self._making:
            if self._answers is None:
                self._answers = Answering(self._folder, self._config, self._embed_query)
            return self._answers

    def _embed(self, text: str) -> Vector:
        """Return the vector of a query, read-only, since it is handed out more than once."""
        vector = self._embedder.embed_query(text)
        vector.setflags(write=False)
        return vector

    @cached_property
    def _reranker(self) -> Reranker:
        return factories.reranker(self._config)

    @cached_property
    def _embedder(self) -> Embedder:
        facts = self._generation.manifest.facts
        return factories.query_embedder(self._index, self._config, facts.embedder, many=self._many)


def _damage(generation: Generation) -> IndexCorrupt | None:
    names = generation.damaged()
    if not names:
        return None
    return IndexCorrupt(f"{', '.join(names)} in the index is not what was written.", REBUILD)


def open_library(folder: Path, config: Config) -> Library:
    """Open a library for reading. Raises IndexMissing, IndexMismatch, IndexCorrupt."""
    return Library(folder, config)
