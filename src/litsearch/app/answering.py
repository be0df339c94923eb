"""Answer over one generation: with quotes at once, then, if asked, in words that a judge checked.

A model is calibrated once, when its judgement is first needed; the result is kept in the user's
cache, per model file.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Generator as Steps
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from litsearch.answers.answer import DEPTH, EXTRACTIVE, NEAREST, Corpus, answer, corpus_of, find
from litsearch.answers.calibration import Calibration, Judge, calibrate, pairs, undecided
from litsearch.answers.conversation import shown_in
from litsearch.answers.excerpts import Excerpt, excerpts
from litsearch.answers.generate import is_quoted, worded
from litsearch.app.factories import entailment
from litsearch.app.factories import generator as generator_of
from litsearch.config import Config
from litsearch.errors import GenerationError, LitsearchError, ModelUnavailable
from litsearch.index.generation import Generation
from litsearch.models.prompt import judge_fingerprint
from litsearch.protocols import Entailment, Generator
from litsearch.retrieval.query import read_query
from litsearch.retrieval.search import EmbedQuery, search
from litsearch.types import Answer, AnswerStep, Filters, Results, Turn, Wait
from litsearch.untrusted import read_bytes

if TYPE_CHECKING:
    from litsearch.types import Vector


class Answering:
    """Answers questions, and keeps the language models that were asked for. Safe for threads."""

    def __init__(self, folder: Path, config: Config, embed_query: EmbedQuery) -> None:
        self._folder, self._config, self._embed_query = folder, config, embed_query
        self._making = threading.Lock()
        self._generators: dict[str, Generator] = {}
        self._judges = Judges(config)
        self._closed = False
        self._measured: Corpus | None = None

    def close(self) -> None:
        """End the language models."""
        self._closed = True
        for generator in self._generators.values():
            generator.close()

    def warm_up(self) -> None:
        """Begin to load the language model of the settings, if they name one, and to check how far
        it can judge its sentences.
        """
        name = self._config.answer.generator
        self._load(name)
        if name in self._generators:
            model = self._generators[name]
            threading.Thread(target=self._check, args=(model,), daemon=True).start()

    def _check(self, model: Generator) -> None:
        with suppress(LitsearchError):  # which comes again when a sentence is to be judged
            for _ in self._judges.find(model):
                if self._closed:
                    return

    def steps(
        self,
        generation: Generation,
        question: str,
        *,
        k: int | None,
        name: str | None,
        turns: Sequence[Turn],
        filters: Filters | None = None,
    ) -> Steps[AnswerStep, None, None]:
        """Yield the extractive answer at once, then the generator's sentences as they are verified,
        then what stands.

        Between them None while the generator is at work, a Wait while it is calibrated, and its
        error when it fails.
        """
        began = time.perf_counter()
        name = name or self._config.answer.generator
        self._load(name)  # a model loads while the library is searched
        degraded: dict[str, None] = {}
        extractive = answer(
            self._corpus(generation, filters, degraded),
            question,
            turns=turns,
            max_sentences=self._config.answer.sentences,
            nearest=k or NEAREST,
        )
        extractive = replace(extractive, degraded=" ".join(degraded))
        yield extractive
        if name == EXTRACTIVE:
            return
        final = extractive
        try:
            model = self._generator(name)
            passages = self._excerpts(generation, extractive, filters, turns)
            for step in worded(model, extractive, passages, lambda: self._judges.find(model)):
                if isinstance(step, Answer):
                    final = step
                else:
                    yield step
        except GenerationError as error:
            yield error
            reason = " ".join(part for part in (extractive.reason, str(error), error.hint) if part)
            final = replace(extractive, reason=reason)
        yield replace(final, took_ms=(time.perf_counter() - began) * 1000)

    def _excerpts(
        self,
        generation: Generation,
        extractive: Answer,
        filters: Filters | None,
        turns: Sequence[Turn],
    ) -> list[Excerpt]:
        """Return what the model may read: nothing where the answer is not made of quotes."""
        if not is_quoted(extractive):
            return []
        retrieval = find(self._corpus(generation, filters, {}), extractive.question)
        return excerpts(extractive, retrieval.results.hits, shown_in(turns))

    def _corpus(
        self, generation: Generation, filters: Filters | None, degraded: dict[str, None]
    ) -> Corpus:
        """Return what answers are drawn from; what is measured of a generation is measured once.

        degraded: told of what searches left undone.
        """
        depth = self._config.search.depth

        def retrieve(text: str, sources: Sequence[str]) -> tuple[Results, Vector]:
            """Return the passages that a text finds, of these sources if any, and its vector."""
            vector = self._embed_query(read_query(text).text)
            within = filters
            if sources and not (filters and filters.sources):
                within = replace(filters or Filters(), sources=tuple(sources))
            results = search(
                generation, lambda _: vector, text, k=DEPTH, depth=depth, filters=within
            )
            if results.degraded:
                degraded[results.degraded] = None
            return results, vector

        with self._making:
            if self._measured is None or self._measured.generation is not generation:
                self._measured = corpus_of(generation, retrieve)
        return replace(self._measured, retrieve=retrieve)

    def _load(self, name: str) -> None:
        if name != EXTRACTIVE:
            with suppress(GenerationError):  # which comes again when it is asked to generate
                self._generator(name)

    def _generator(self, name: str) -> Generator:
        """Return the generator of this name, made when it is first asked for. Raises
        MissingExtraError, ModelUnavailable.
        """
        with self._making:
            if name not in self._generators:
                self._generators[name] = generator_of(self._config, name, self._folder)
            return self._generators[name]


NO_JUDGE = "Only sentences that copy a source are shown, since there is no model to judge others."
BUSY = "Only sentences that copy a source are shown until the language model has been checked."


class Judges:
    """Finds the judge of a generator's sentences. Safe for threads."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._calibrating = threading.Lock()

    def find(self, model: Generator) -> Steps[Wait, None, Judge]:
        """Return the judge of a generator's sentences: a model of natural language inference if one
        is set, else the generator. Yield how far its calibration has come.
        """
        try:
            judge = self._entailment or (model if isinstance(model, Entailment) else None)
        except LitsearchError as error:
            return Judge(note=f"{error} {error.hint}")
        if judge is None:
            return Judge(note=NO_JUDGE)
        name = f"nli:{self._config.answer.nli}" if self._entailment else model.name
        calibration = _read(self._file(name))
        if calibration is None:
            if not self._calibrating.acquire(blocking=False):
                return Judge(note=BUSY)
            try:
                calibration = yield from self._calibrated(judge, name)
            except ModelUnavailable as error:
                return Judge(note=f"{NO_JUDGE} {error}")
            finally:
                self._calibrating.release()
        return _judge(judge, calibration)

    def _calibrated(self, judge: Entailment, name: str) -> Steps[Wait, None, Calibration]:
        calibration = yield from calibrate(judge.entails)
        _write(self._file(name), calibration)
        return calibration

    def _file(self, name: str) -> Path:
        """Return where the calibration of a model is kept; other prompts or other pairs have
        another file.
        """
        server = self._config.answer.base_url if name.startswith("openai") else ""
        facts = (name, server, judge_fingerprint(), undecided(pairs()))
        key = hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
        home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
        return Path(home) / "litsearch" / f"{key}.calibration.json"

    @cached_property
    def _entailment(self) -> Entailment | None:
        name = self._config.answer.nli
        return entailment(name) if name else None


def _judge(judge: Entailment, calibration: Calibration) -> Judge:
    if calibration.threshold is None:
        return Judge(
            note="Only sentences that copy a source are shown, since the model is too weak to judge"
            f" others: tried on pairs, it is surer of {calibration.recall:.0%} of what is true than"
            " of what is false."
        )
    return Judge(judge.entails, calibration.threshold)


def _read(path: Path) -> Calibration | None:
    try:
        return msgspec.json.decode(read_bytes(path), type=Calibration)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(path: Path, calibration: Calibration) -> None:
    with suppress(OSError):  # a full or read-only disk: it is calibrated again
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(msgspec.json.encode(calibration))
        draft.replace(path)
