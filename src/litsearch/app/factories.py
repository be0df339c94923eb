"""Pick the adapters that the settings name: embedders, rerankers, generators, vectors."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.config import Config
from litsearch.errors import ConfigError, IndexCorrupt, IndexMissing
from litsearch.index.current import current_id
from litsearch.index.generation import Generation, open_current
from litsearch.index.manifest import damaged
from litsearch.models import generators, model_folder
from litsearch.models.generators.settings import GeneratorSettings
from litsearch.models.model_folder import BiEncoder
from litsearch.protocols import Embedder, Entailment, Generator, Reranker

if TYPE_CHECKING:
    from litsearch.protocols import VectorIndex

_SLICE = 1 << 14  # rows moved at once
LOCAL = "local"


def query_embedder(index: Path, config: Config, fingerprint: str, *, many: bool) -> Embedder:
    """Return the embedder that an index was made with, as light as it comes.

    many: whether it will be given more than a query or two. Raises IndexCorrupt, ConfigError.
    """
    target = export_folder(index, fingerprint)
    if model_folder.read_export(target) is not None:
        refuse_damaged_export(target)
        from litsearch.models.onnx import OnnxEmbedder

        return OnnxEmbedder(target, many=many)
    from litsearch.app.embedding import TorchEmbedder

    return TorchEmbedder(*embedder_facts(config))


def embedder_facts(config: Config) -> tuple[Path, BiEncoder]:
    """Return the folder of the settings' embedder, and what it is with their prefixes and
    dimensions. Raises ConfigError.
    """
    settings = config.embedder
    folder = model_folder.find_model(settings.model)
    return folder, model_folder.describe(
        folder, settings.query_prefix, settings.passage_prefix, settings.dimensions
    )


def refuse_damaged_export(folder: Path) -> None:
    """Raise IndexCorrupt when a file of an exported embedder is not what was written."""
    names = damaged_export(folder)
    if names:
        message = f"{', '.join(names)} in {folder} is not what was written."
        raise IndexCorrupt(message, "Run `litsearch build`.")


def damaged_export(folder: Path, *, thorough: bool = False) -> list[str]:
    """Return the files of an exported embedder that changed since they were written.

    thorough: read them all where no notes can be kept on which of them changed.
    """
    check = cache(partial(model_folder.check_export, folder))
    names = model_folder.EXPORTED_FILES
    return damaged(folder, names, lambda name: not check(), thorough=thorough)


def reranker(config: Config) -> Reranker:
    """Return the cross-encoder of the settings; loading it takes seconds. Raises ConfigError."""
    if not config.reranker.model:
        raise ConfigError(
            "There is no reranker that could use a budget.",
            "Set model under [reranker] in config/litsearch.toml.",
        )
    _require_torch("A reranker")
    from litsearch.models.cross_encoders import CrossEncoderReranker

    return CrossEncoderReranker(model_folder.find_model(config.reranker.model, "reranker"))


def _require_torch(what: str) -> None:
    from litsearch.app.embedding import require_torch

    require_torch(what)


def export_folder(index: Path, fingerprint: str) -> Path:
    """Return the folder of the exported embedder with this fingerprint."""
    return index / "models" / fingerprint[:16]


def generator(
    config: Config, name: str, folder: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Generator:
    """Return the generator of this name, kept by the caller until closed.

    folder: the library's, which a GGUF path may be relative to. Raises ConfigError for a name that
    no generator has, MissingExtraError, ModelUnavailable.
    """
    return generators.open_generator(name, generator_settings(config, folder, environ))


def generator_settings(
    config: Config, folder: Path | None, environ: Mapping[str, str] = os.environ
) -> GeneratorSettings:
    """Return what the settings say to a generator."""
    answer = config.answer
    return GeneratorSettings(answer.model, answer.base_url, folder, environ)


def usable_generators(config: Config, folder: Path) -> list[str]:
    """Return the generators that can be asked here: extractive, and those that are set up."""
    return generators.usable(generator_settings(config, folder), config.answer.generator)


def entailment(name: str) -> Entailment:
    """Return the model of natural language inference of this folder or hub name.

    Raises MissingExtraError, ModelUnavailable.
    """
    _require_torch("A model of natural language inference")
    from litsearch.models.cross_encoders import CrossEncoderNLI

    return CrossEncoderNLI(name)


def load_vectors(path: Path) -> VectorIndex:
    """Read vectors.faiss. Raises IndexCorrupt."""
    from litsearch.index.vectors import flat, ivf

    try:
        with path.open("rb") as file:
            kind = file.read(4)
    except OSError:
        kind = b""  # flat says what is wrong
    return ivf.load(path) if kind == ivf.LISTS else flat.load(path)


def vectors_for(folder: Path, dim: int, rows: int, before: VectorIndex | None) -> VectorIndex:
    """Return a vector index that suits this many rows, with the rows of the one before.

    folder: where rows may wait in a file. Up to a size every vector is compared, which takes less
    time than the rest of a search; beyond it, lists save time and memory.
    """
    from litsearch.index.vectors import flat, ivf

    if before is not None and rows <= before.room:
        return before
    index: VectorIndex = flat.empty(dim) if rows <= flat.ROOM else ivf.empty(dim, folder)
    if before is not None:
        for start in range(0, len(before), _SLICE):
            index.add(before.vectors(start, start + _SLICE))
    return index


class LocalIndex:
    """The index on this machine, opened for reading."""

    def __init__(self, index: Path) -> None:
        self._index = index

    def live(self) -> str:
        """Return the generation that is live, or "" while CURRENT names none.

        Raises IndexMissing when the index was taken away.
        """
        newest = current_id(self._index)
        if not newest and not (self._index / "CURRENT").exists():
            raise IndexMissing(
                "The index is gone.", "Run `litsearch build`, or put index/ back where it was."
            )
        return newest

    def open(self) -> Generation:
        """Return the live generation. Raises IndexMissing, IndexMismatch, IndexCorrupt."""
        return open_current(self._index, load_vectors)
