"""Try a model on the user's own library before any rebuild, and take it into the settings."""

from __future__ import annotations

import random
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError

from litsearch.answers.calibration import Calibration, calibrate, pairs, undecided
from litsearch.app.evaluation import Measured, known_item_measures, temporary_library
from litsearch.app.factories import entailment
from litsearch.app.library import Library, open_library
from litsearch.config import Config, settings_file
from litsearch.errors import ConfigError, QueryError
from litsearch.evaluation.collections import KnownItem, known_items
from litsearch.evaluation.runs import compare
from litsearch.models import model_folder
from litsearch.protocols import Progress
from litsearch.reports import Finding
from litsearch.storage import storing
from litsearch.types import CatalogSource, Document, Ingested

ModelKind = Literal["embedder", "reranker", "nli"]

SAMPLE = 4_000  # passages that a trial embeds with either model: half a minute with the default
QUERIES = 300  # known items of a trial
SEED = 1
SETTINGS: dict[ModelKind, tuple[str, str]] = {
    "embedder": ("embedder", "model"),
    "reranker": ("reranker", "model"),
    "nli": ("answer", "nli"),
}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A model worth a try, with what its makers publish."""

    name: str
    languages: str
    parameters: int  # millions
    megabytes: int
    cost: float  # multiplications a token, in those of the default
    licence: str
    figure: str


RECOMMENDED = (
    Recommendation(
        "BAAI/bge-small-en-v1.5",
        "English",
        33,
        134,
        2.0,
        "MIT",
        "nDCG@10 .517 on the 15 retrieval sets of MTEB, the default .420",
    ),
    Recommendation(
        "BAAI/bge-base-en-v1.5",
        "English",
        109,
        438,
        8.0,
        "MIT",
        "nDCG@10 .533 on the 15 retrieval sets of MTEB, the default .420",
    ),
    Recommendation(
        "intfloat/multilingual-e5-small",
        "a hundred languages",
        118,
        471,
        2.0,
        "MIT",
        "nDCG@10 .608 on MIRACL, over 16 languages",
    ),
)


def recommendations() -> list[Finding]:
    """Return the embedders worth a try, each with the command that tries it."""
    return [
        Finding(
            "embedder to try",
            True,
            f"{model.name}: {model.languages}, {model.parameters} million parameters,"
            f" {model.megabytes} MB, {model.licence}, {model.cost:g} × the default's work a token;"
            f" published: {model.figure}.",
            f"litsearch models try {model.name}",
        )
        for model in RECOMMENDED
    ]


def try_model(
    folder: Path, config: Config, name: str, kind: ModelKind, progress: Progress
) -> dict[str, Any]:
    """Return what a model does on this library beside what is used now; nothing is changed.

    Raises ConfigError, MissingExtraError, IndexMissing, QueryError for a library without text.
    """
    if kind == "nli":
        return _try_nli(name, progress)
    if kind == "reranker":
        return _try_reranker(folder, config, name, progress)
    with open_library(folder, config) as library:
        return _try_embedder(library, config, name, progress)


def _try_embedder(
    library: Library, config: Config, name: str, progress: Progress
) -> dict[str, Any]:
    """Index a sample of the library with either embedder, and look for known items in both."""
    candidate = _with(config, "embedder", name)
    model_folder.describe(model_folder.find_model(name))  # what is no model is refused at once
    sample = _sample(library)
    items = _known_items(library, [document.source.source_id for document in sample])

    progress("Models", 0, 2, config.embedder.model)
    now = _measure_sample(sample, items, config)
    progress("Models", 1, 2, name)
    trial = _measure_sample(sample, items, candidate)
    progress("Models", 2, 2, name)

    seconds = _passages(library) / trial[1]["passages_per_second"]
    return {
        "kind": "embedder",
        "model": name,
        "current": config.embedder.model,
        "sources": len(sample),
        **_compare(items, trial, now),
        "rebuild_seconds": round(seconds),
    }


def _measure_sample(
    sample: Sequence[Ingested], items: dict[str, KnownItem], config: Config
) -> Measured:
    """Return the measures of known items in the sample, and how fast it was embedded."""
    start = time.perf_counter()
    with temporary_library(sample, config) as library:
        seconds = time.perf_counter() - start
        result, report = known_item_measures(library, items, "hybrid")
        _, alone = known_item_measures(library, items, "dense")
        passages = _passages(library)
    folder = model_folder.find_model(config.embedder.model)
    return result, {
        "retrieval": report["retrieval"],
        "retrieval_without_words": alone["retrieval"],
        "latency_ms": report["latency_ms"],
        "passages": passages,
        "passages_per_second": round(passages / seconds, 1),
        "megabytes": round(_bytes(folder) / 1e6),
    }


def _try_reranker(folder: Path, config: Config, name: str, progress: Progress) -> dict[str, Any]:
    """Look for known items in the library as it is, with the reranker of the settings, or none,
    and with this one.
    """
    candidate = _with(config, "reranker", name)
    model_folder.find_model(name, "reranker")  # what is no model is refused at once

    with open_library(folder, config) as library:
        library.warm_up()
        items = _known_items(library, [row.source_id for row in _indexed_sources(library)])
        progress("Models", 0, 2, config.reranker.model or "no reranker")
        now = known_item_measures(library, items, "hybrid")
    with open_library(folder, candidate) as library:
        library.warm_up()
        progress("Models", 1, 2, name)
        trial = known_item_measures(library, items, "hybrid")
    progress("Models", 2, 2, name)

    return {
        "kind": "reranker",
        "model": name,
        "current": config.reranker.model,
        **_compare(items, trial, now),
    }


def _try_nli(name: str, progress: Progress) -> dict[str, Any]:
    """Ask a model of natural language inference about the pairs that judges are measured with."""
    judge = entailment(name)
    start = time.perf_counter()
    calibration = Calibration(None, 0.0, 0.0, 0)
    total = len(undecided(pairs()))
    for count, step in enumerate(calibrate(judge.entails), 1):
        progress("Pairs", min(count, total), total, name)
        if isinstance(step, Calibration):
            calibration = step
    seconds = time.perf_counter() - start
    return {
        "kind": "nli",
        "model": name,
        "pairs": calibration.pairs,
        "trusted": calibration.threshold is not None,
        "precision": round(calibration.precision, 4),
        "recall": round(calibration.recall, 4),
        "ms_a_sentence": round(1000 * seconds / max(1, calibration.pairs), 1),
    }


def _compare(items: Mapping[str, KnownItem], trial: Measured, now: Measured) -> dict[str, Any]:
    """Return both models' measures, and their differences with intervals."""
    return {
        "queries": len(items),
        "trial": trial[1],
        "now": now[1],
        "compared": compare(trial[0].table(), now[0].table()),
    }


def _indexed_sources(library: Library) -> list[CatalogSource]:
    """Return every source that has text. Raises QueryError when none has."""
    rows = [row for row in library.catalog.sources() if row.verdict.status == "indexed"]
    if not rows:
        raise QueryError("There is no text in this library to try a model on.", "Build it first.")
    return rows


def _sample(library: Library) -> list[Ingested]:
    """Return sources at random, as many as have about SAMPLE passages together."""
    rows = _indexed_sources(library)
    share = min(1.0, SAMPLE / max(1, _passages(library)))
    rng = random.Random(SEED)  # noqa: S311 - a choice that can be repeated, no secret
    sample = rng.sample(rows, max(1, round(share * len(rows))))
    return [_as_ingested(row, library.catalog.document(row.source_id)) for row in sample]


def _as_ingested(row: CatalogSource, document: Document) -> Ingested:
    return Ingested(row, row.verdict, document, document.sha256)


def _passages(library: Library) -> int:
    return library.generation.manifest.counts["passages"]


def _known_items(library: Library, source_ids: Collection[str]) -> dict[str, KnownItem]:
    """Return queries that are made from these sources, each of which names one of them."""
    catalog = library.catalog
    items = known_items(
        (row, catalog.document(row.source_id))
        for row in catalog.sources()
        if row.source_id in source_ids
    )
    rng = random.Random(SEED)  # noqa: S311
    sample = rng.sample(sorted(items), min(QUERIES, len(items)))
    return {name: items[name] for name in sample}


def _with(config: Config, kind: ModelKind, name: str) -> Config:
    section, key = SETTINGS[kind]
    table = msgspec.structs.replace(getattr(config, section), **{key: name})
    return msgspec.structs.replace(config, **{section: table})


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.safetensors"))


def take_model(folder: Path, name: str, kind: ModelKind) -> Path:
    """Name a model in the settings of a library, whose file is returned; the rest of it stays as
    it is. Raises ConfigError, StoreError.
    """
    path = settings_file(folder)
    section, key = SETTINGS[kind]
    try:
        settings = tomlkit.parse(path.read_text("utf-8-sig") if path.is_file() else "")
        settings.setdefault(section, tomlkit.table())[key] = name
    except (OSError, RecursionError, TypeError, UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(f"{path} cannot be changed: {error}.", "Correct it by hand.") from None
    with storing(folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".toml.new")
        draft.write_text(tomlkit.dumps(settings), "utf-8")
        draft.replace(path)
    return path
