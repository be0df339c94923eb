"""The models that a search works with."""

from __future__ import annotations

from pathlib import Path

from litsearch.config import Config
from litsearch.errors import ConfigError
from litsearch.models import bi_encoder
from litsearch.protocols import Embedder, Reranker


def query_embedder(index: Path, config: Config, fingerprint: str, *, many: bool) -> Embedder:
    """The embedder that an index was made with, as light as it comes. Raises IndexCorrupt, ConfigError.

    many: whether it will be given more than a query or two.
    """
    target = export_folder(index, fingerprint)
    if bi_encoder.read_export(target) is not None:
        from litsearch.models.embedders.onnx import OnnxEmbedder

        return OnnxEmbedder(target, many=many)
    from litsearch.wiring.embedding import BulkEmbedder

    settings = config.embedder
    folder = bi_encoder.find_model(settings.model)
    return BulkEmbedder(folder, bi_encoder.describe(folder, settings.query_prefix, settings.passage_prefix))


def reranker(config: Config) -> Reranker:
    """The cross-encoder of the settings; loading it takes seconds. Raises ConfigError."""
    if not config.reranker.model:
        raise ConfigError(
            "There is no reranker that could use a budget.", "Set model under [reranker] in config/litsearch.toml."
        )
    from litsearch.models.rerankers.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(bi_encoder.find_model(config.reranker.model, "reranker"))


def export_folder(index: Path, fingerprint: str) -> Path:
    """Where the embedder of this fingerprint stands, exported."""
    return index / "models" / fingerprint[:16]
