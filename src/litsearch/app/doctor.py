"""Check settings, lists, models and index for `doctor`, each with the command that mends it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from litsearch.app import trust
from litsearch.app.embedding import ADD_TORCH, TorchEmbedder, has_torch
from litsearch.app.factories import (
    embedder_facts,
    export_folder,
    generator_settings,
    load_vectors,
)
from litsearch.app.lists import read_lists
from litsearch.app.trust import in_words
from litsearch.config import Config, find_library, load_config
from litsearch.errors import LitsearchError
from litsearch.index.generation import open_current
from litsearch.models import generators, model_folder
from litsearch.models.model_folder import BiEncoder
from litsearch.protocols import Embedder
from litsearch.reports import Finding
from litsearch.subprocesses import cores, safe_start

# Sentences of usual length, each another text: equal ones might be embedded once.
_SENTENCE = (
    "Sentence {} stands for those of a page, which have some twenty words, a few of them rare."
)
SAMPLE = [_SENTENCE.format(number) for number in range(64)]


def examine(path: Path | None) -> list[Finding]:
    """Check everything about a library, whatever else is wrong with it."""
    try:
        library = find_library(path)
        withheld = trust.withheld(library)
        config = load_config(library, without=withheld)
    except LitsearchError as error:
        return [_bad("settings", error)]
    rooms = (
        [Finding("settings", True, f"The library is {library}.")],
        _trust(library, withheld),
        _lists(library, config),
        _embedder(config, library / "index"),
        _index(library / "index", config),
    )
    return [finding for room in rooms for finding in room]


def _trust(library: Path, withheld: Mapping[str, Any]) -> Iterator[Finding]:
    """Say which settings reach out, whether they hold, and which libraries are trusted."""
    delicate = trust.delicate_settings(library)
    holding = {name: value for name, value in delicate.items() if name not in withheld}
    if holding:
        yield Finding("trust", True, f"These settings reach out, and hold: {in_words(holding)}.")
    if withheld:
        message = f"These settings would reach out, and do not hold: {in_words(withheld)}."
        yield Finding("trust", True, message, "`litsearch trust` lets them hold.")
    libraries = trust.trusted_libraries()
    if libraries:
        yield Finding("trust", True, f"Libraries that were trusted: {', '.join(libraries)}.")


def _lists(library: Path, config: Config) -> Iterator[Finding]:
    try:
        files = read_lists(library, [], config.lists)
    except LitsearchError as error:
        yield _bad("lists", error)
        return
    for file in files:
        if file.problem:
            yield Finding("list", False, f"{file.path} is no list: {file.problem}", file.hint)
            continue
        drops = f", {len(file.dropped)} links and titles became none" if file.dropped else ""
        yield Finding("list", True, f"{file.path} names {len(file.entries)} works{drops}.")


def _embedder(config: Config, index: Path) -> Iterator[Finding]:
    try:
        folder, about = embedder_facts(config)
        yield Finding(
            "embedder", True, f"{config.embedder.model}: {about.dim} numbers a vector, {folder}."
        )
        yield _embedding(folder, about, export_folder(index, about.fingerprint))
    except LitsearchError as error:
        yield _bad("embedder", error)


def _embedding(folder: Path, about: BiEncoder, export: Path) -> Finding:
    """Say by what means builds embed, and how fast: a sample is embedded."""
    embedder: Embedder
    if has_torch():
        means, embedder = "torch", TorchEmbedder(folder, about)
    elif model_folder.read_export(export) is None:
        return Finding("embedding", True, f"Builds embed with {_onnx()}.", ADD_TORCH)
    else:
        from litsearch.models.onnx import OnnxEmbedder

        means = _onnx()
        embedder = OnnxEmbedder(export, many=True, workers=cores())

    with safe_start():  # MKL ends the process where there is no working folder
        embedder.embed_passages(SAMPLE[:2])  # which loads the model
    began = time.perf_counter()
    embedder.embed_passages(SAMPLE)
    speed = len(SAMPLE) / (time.perf_counter() - began)
    hint = "" if has_torch() else ADD_TORCH
    return Finding(
        "embedding", True, f"Builds embed with {means}, {speed:.0f} texts a second.", hint
    )


def _onnx() -> str:
    count = cores()
    return f"ONNX on {count} core{'s' if count > 1 else ''}"


def _index(index: Path, config: Config) -> Iterator[Finding]:
    try:
        generation = open_current(index, load_vectors)
        damaged_parts = generation.check()
        counts = generation.catalog.counts()
    except LitsearchError as error:
        yield _bad("index", error)
        return
    if damaged_parts:
        yield Finding(
            "index", False, f"Damaged: {', '.join(damaged_parts)}.", "Run `litsearch build`."
        )
    else:
        summary = ", ".join(f"{count} {name}" for name, count in counts.items())
        yield Finding(
            "index", True, f"Generation {generation.id}: {summary}; every checksum is right."
        )
    facts = generation.manifest.facts
    if facts.model != config.embedder.model:
        yield Finding(
            "index",
            False,
            f"It was made with the embedder {facts.model}.",
            "Run `litsearch build`.",
        )
    export = export_folder(index, facts.embedder)
    damaged_files = model_folder.check_export(export) if export.exists() else []
    if damaged_files:
        yield Finding(
            "query embedder",
            False,
            f"{export} is damaged: {', '.join(damaged_files)}.",
            "Run `litsearch build`.",
        )


def _bad(check: str, error: LitsearchError) -> Finding:
    return Finding(check, False, str(error), error.hint)


def check_models(library: Path, config: Config) -> list[Finding]:
    """Look at each model. What the settings do not use may be missing; what they use is wrong when
    it is.
    """
    index = library / "index"
    return [
        *_embedder_findings(index, config),
        _reranker(config),
        _nli(config),
        *generators.findings(generator_settings(config, library), config.answer.generator),
    ]


def _embedder_findings(index: Path, config: Config) -> Iterator[Finding]:
    settings = config.embedder
    try:
        folder, about = embedder_facts(config)
    except LitsearchError as error:
        yield Finding("embedder", False, str(error), error.hint)
        return
    size = f"{about.dim} numbers a vector, {about.window} tokens a text"
    yield Finding(
        "embedder",
        True,
        f"{settings.model}: {size}, fingerprint {about.fingerprint[:12]}, {folder}.",
    )
    export = export_folder(index, about.fingerprint)
    if model_folder.read_export(export) is not None:
        yield Finding(
            "query embedder", True, f"The same as ONNX, for queries without torch: {export}."
        )
    else:
        message = "Not exported yet: queries load torch, some seconds at the first one."
        yield Finding("query embedder", True, message, "Run `litsearch build`.")


def _reranker(config: Config) -> Finding:
    model = config.reranker.model
    if not model:
        message = "None is set; passages keep the order that the search gives them."
        hint = "Set model under [reranker] to a cross-encoder, by folder or hub name."
        return Finding("reranker", True, message, hint)
    try:
        return Finding("reranker", True, f"{model}: {model_folder.find_model(model, 'reranker')}.")
    except LitsearchError as error:
        return Finding("reranker", False, str(error), error.hint)


def _nli(config: Config) -> Finding:
    model = config.answer.nli
    if not model:
        message = "None is set; a language model judges its own sentences, if it is good at it."
        hint = (
            "Set nli under [answer] to a cross-encoder for natural language inference,"
            " by folder or hub name."
        )
        return Finding("NLI model", True, message, hint)
    missing = model.startswith((".", "/", "~")) and not Path(model).is_dir()
    if missing:
        hint = "Correct nli under [answer], or empty it."
        return Finding("NLI model", False, f'There is no NLI model in the folder "{model}".', hint)
    return Finding(
        "NLI model", True, f"{model}: loaded when a generated sentence is first checked."
    )
