"""The open library: search and ask, over whatever generation is the newest."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator as Steps
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.answers.answer import DEPTH, EXTRACTIVE, NEAREST, answer
from litsearch.answers.conversation import resolve
from litsearch.answers.generate import assembled, verified
from litsearch.config import Config
from litsearch.errors import GenerationError, IndexMismatch
from litsearch.library.current import current_id
from litsearch.library.generation import Generation, open_current
from litsearch.retrieval.explain import Stage, Step, stages, why
from litsearch.retrieval.query import read_query
from litsearch.retrieval.rerank import Reranking
from litsearch.retrieval.rerank import budget as seconds_of
from litsearch.retrieval.search import consider, search
from litsearch.types import Answer, AnswerSentence, CatalogSource, Filters, Mode, Results, Turn
from litsearch.wiring.generators import entailment
from litsearch.wiring.generators import generator as generator_of
from litsearch.wiring.models import load_vectors, query_embedder, reranker

if TYPE_CHECKING:
    from litsearch.library.catalog import Catalog
    from litsearch.protocols import Embedder, Entailment, Generator, Reranker
    from litsearch.types import Vector

ALL = 1_000_000  # more than any search finds
REMEMBERED = 256  # vectors of queries, 0.4 MB: pages of hits, explanations and answers ask again


class Library:
    """An open library. It follows new generations; every answer comes from one. Safe for threads."""

    def __init__(self, folder: Path, config: Config) -> None:
        """Raises IndexMissing, IndexMismatch, IndexCorrupt."""
        self._folder, self._index, self._config = folder, folder / "index", config
        self._opening, self._making = threading.Lock(), threading.Lock()
        self._generators: dict[str, Generator] = {}
        self._embed_query = lru_cache(REMEMBERED)(self._embed)
        self._generation = self._open()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files and end the language models; nothing may be asked afterwards."""
        for generator in self._generators.values():
            generator.close()
        self._generation.catalog.close()

    @property
    def generation(self) -> Generation:
        """The newest generation. A damaged new one leaves the old one serving."""
        newest = current_id(self._index)
        if newest and newest != self._generation.id:
            with self._opening:
                if newest != self._generation.id:
                    self._generation = self._open()
        return self._generation

    @property
    def catalog(self) -> Catalog:
        """What the newest generation holds."""
        return self.generation.catalog

    def search(
        self,
        query: str,
        *,
        k: int | None = None,
        mode: Mode = "hybrid",
        filters: Filters | None = None,
        budget: str | None = None,
    ) -> Results:
        """The best k passages for a query; budget: time for the reranker. Raises QueryError, ConfigError."""
        settings = self._config.search
        k = settings.k if k is None else k
        depth = max(settings.depth, k)
        again = self._reranking(budget)
        return search(
            self.generation, self._embed_query, query, k=k, depth=depth, mode=mode, filters=filters, reranking=again
        )

    def search_all(self, query: str, mode: Mode = "hybrid") -> Results:
        """Everything that a search with the usual settings considers, best first: what evaluation measures."""
        depth = self._config.search.depth
        again = self._reranking(None)
        return search(self.generation, self._embed_query, query, k=ALL, depth=depth, mode=mode, reranking=again)

    def explain(self, found: Results, *, filters: Filters | None = None) -> list[dict[str, Stage]]:
        """What every leg thought of each hit that search gave. Raises QueryError."""
        depth = max(self._config.search.depth, len(found.hits))
        generation = self.generation
        seen = consider(generation, self._embed_query, found.query, depth=depth, mode=found.mode, filters=filters)
        return stages(generation, seen, found.hits)

    def why(self, source: CatalogSource, query: str, *, k: int | None = None, mode: Mode = "hybrid") -> list[Step]:
        """Where a source stands for a query, or where it fell out. Raises QueryError."""
        settings = self._config.search
        k = settings.k if k is None else k
        return why(self.generation, self._embed_query, source, query, k=k, depth=max(settings.depth, k), mode=mode)

    def ask(
        self, question: str, *, k: int | None = None, generator: str | None = None, turns: Sequence[Turn] = ()
    ) -> Answer:
        """An answer with citations, or a refusal with the nearest k passages. Raises QueryError, MissingExtraError.

        turns: what was asked before, oldest first. When the generator fails, the extractive answer stands, and its
        reason says why.
        """
        *_, last = self.answering(question, k=k, generator=generator, turns=turns)
        if not isinstance(last, Answer):
            raise TypeError("answering() ends with an Answer")
        return last

    def answering(
        self, question: str, *, k: int | None = None, generator: str | None = None, turns: Sequence[Turn] = ()
    ) -> Steps[Answer | AnswerSentence, None, None]:
        """The extractive answer at once, then the generator's sentences as they are verified, then what stands."""
        began = time.perf_counter()
        name = generator or self._config.answer.generator
        if name != EXTRACTIVE:
            with suppress(GenerationError):
                self._generator(name)  # a model loads while the library is searched
        extractive = self._extractive(resolve(question, turns), k)
        yield extractive
        if name == EXTRACTIVE:
            return
        sentences = []
        try:
            model = self._generator(name)
            for sentence in verified(model, extractive, similarity=self._similarity):
                sentences.append(sentence)
                yield sentence
            final = assembled(extractive, sentences, model.name)
        except GenerationError as error:
            reason = " ".join(part for part in (extractive.reason, str(error), error.hint) if part)
            final = replace(extractive, reason=reason)
        yield replace(final, took_ms=(time.perf_counter() - began) * 1000)

    def _extractive(self, question: str, k: int | None) -> Answer:
        generation, depth = self.generation, self._config.search.depth
        vector = self._embed_query(read_query(question).text)
        found = search(generation, lambda _: vector, question, k=DEPTH, depth=depth)
        return answer(
            generation,
            found,
            question,
            vector,
            max_sentences=self._config.answer.sentences,
            nearest=k or NEAREST,
        )

    def warm_up(self) -> None:
        """Load what the first query would wait for; a language model goes on loading afterwards."""
        name = self._config.answer.generator
        if name != EXTRACTIVE:
            with suppress(GenerationError):
                self._generator(name)
        self._embed_query("warm up")
        len(self.generation.vectors)
        self._reranking(None)

    def _reranking(self, budget: str | None) -> Reranking | None:
        """How to rerank; None when no budget is given and the settings name no reranker."""
        settings = self._config.reranker
        if budget is None and not settings.model:
            return None
        seconds = settings.budget_ms / 1000 if budget is None else seconds_of(budget)
        with self._making:
            model = self._reranker
        return Reranking(model.scores, settings.candidates, seconds)

    def _open(self) -> Generation:
        generation = open_current(self._index, load_vectors)
        made_with, wanted = generation.manifest.facts.model, self._config.embedder.model
        if made_with != wanted:
            raise IndexMismatch(
                f"The index was made with the embedder {made_with}, and the settings name {wanted}.",
                "Run `litsearch build`, or set back model under [embedder] in config/litsearch.toml.",
            )
        return generation

    def _generator(self, name: str) -> Generator:
        """The generator of this name, made when it is first asked for. Raises MissingExtraError, ModelUnavailable."""
        with self._making:
            if name not in self._generators:
                self._generators[name] = generator_of(self._config, name, self._folder)
            return self._generators[name]

    def _similarity(self, one: str, other: str) -> float:
        """How near a generated sentence is to a quote; with an NLI model, how surely the quote entails it."""
        if self._entailment is not None:
            return self._entailment.entails(other, one)
        return float(self._embed_query(one) @ self._embed_query(other))

    def _embed(self, text: str) -> Vector:
        """The vector of a query, which others may be given too. It depends on the embedder alone."""
        vector = self._embedder.embed_query(text)
        vector.setflags(write=False)
        return vector

    @cached_property
    def _reranker(self) -> Reranker:
        return reranker(self._config)

    @cached_property
    def _entailment(self) -> Entailment | None:
        name = self._config.answer.nli
        return entailment(name) if name else None

    @cached_property
    def _embedder(self) -> Embedder:
        return query_embedder(self._index, self._config, self._generation.manifest.facts.embedder)


def open_library(folder: Path, config: Config) -> Library:
    """Open a library for reading. Raises IndexMissing, IndexMismatch, IndexCorrupt."""
    return Library(folder, config)
