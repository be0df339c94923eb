"""Define what the points of a library in Qdrant hold, and how its collections are reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
from qdrant_client import models
from qdrant_client.http.exceptions import ApiException

from litsearch.errors import StoreUnavailable
from litsearch.stores.engine import PARTS, Field, Part, term_number
from litsearch.stores.keys import BITS

if TYPE_CHECKING:
    from litsearch.stores.engine import Batch

DENSE = "dense"  # name of the vector
FIELDS: Mapping[Part, tuple[Field, ...]] = {"passages": ("passage",), "sources": ("source", "card")}
VECTORS: tuple[Part, ...] = ("passages", "sources", "sentences")
SEARCHED: tuple[Part, ...] = ("passages", "sources")  # by vectors; of sentences they are only read
_WORDS = models.TextIndexParams(
    type=models.TextIndexType.TEXT,
    tokenizer=models.TokenizerType.WHITESPACE,
    lowercase=False,
    phrase_matching=True,
)
_NUMBER, _WORD = models.PayloadSchemaType.INTEGER, models.PayloadSchemaType.KEYWORD
STAMP = "stamp"  # of the copy that put a point
_OF_PASSAGES = {"source": _NUMBER, "name": _WORD, "signs": _WORD, "said": _WORDS}
INDEXES: Mapping[Part, Mapping[str, Any]] = {
    part: {STAMP: _NUMBER, **(_OF_PASSAGES if part == "passages" else {})} for part in PARTS
}
_BYTES = models.ScalarQuantization(
    scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
)
_NO_GRAPH = models.HnswConfigDiff(m=0)
LOG = "log"  # suffix of the collection that says which generation is live


# Whatever a tokenizer takes for letters: signs of terms (C++, F#), and what stands between fields.
_AS_LETTERS = str.maketrans({"+": "\ua751", "#": "\ua727", "|": "\ua73d"})


@contextmanager
def reached(place: str) -> Iterator[None]:
    """Turn a Qdrant that does not answer, or refuses, into StoreUnavailable."""
    try:
        yield
    except (ApiException, httpx.HTTPError, OSError) as error:
        why = " ".join(str(error).split())[:300]
        hint = "See that Qdrant runs there, and that QDRANT_API_KEY is its key."
        raise StoreUnavailable(f"The store {place} cannot be used: {why}", hint) from None


def collection_of(name: str, part: Part, base: str) -> str:
    """Return the name of a collection."""
    return f"{name}-{part}-{base}"


@dataclass(frozen=True, slots=True)
class Layout:
    """How new collections lie on a cluster; 0: as its own defaults have it."""

    shards: int = 0
    replicas: int = 0
    bytes: bool = False  # vectors are compared by a byte a number, the best once more as they are
    on_disk: bool = True  # vectors and payloads

    def copies(self) -> dict[str, Any]:
        """Return how many copies of each shard there are, and how many have to confirm a write."""
        if not self.replicas:
            return {}
        confirming = self.replicas // 2 + 1
        return {"replication_factor": self.replicas, "write_consistency_factor": confirming}


def shape_of(part: Part, dim: int, layout: Layout = Layout()) -> dict[str, Any]:
    """Return what a collection is made with: vectors, weighted terms, and where they lie."""
    dense = {}
    if part in VECTORS:
        dense[DENSE] = models.VectorParams(
            size=dim,
            distance=models.Distance.DOT,
            datatype=models.Datatype.FLOAT32 if part == "sources" else models.Datatype.FLOAT16,
            on_disk=layout.on_disk,
            quantization_config=_BYTES if layout.bytes and part == "passages" else None,
            hnsw_config=None if part in SEARCHED else _NO_GRAPH,
        )
    sparse = {field: models.SparseVectorParams() for field in FIELDS.get(part, ())}
    shape: dict[str, Any] = {"vectors_config": dense, "sparse_vectors_config": sparse or None}
    if layout.shards:
        shape["shard_number"] = layout.shards
    if not layout.on_disk:
        shape["on_disk_payload"] = False
    return {**shape, **layout.copies()}


def points_of(part: Part, batch: Batch) -> list[models.PointStruct]:
    """Return a batch as points, whose ids are the keys."""
    points = []
    for place, key in enumerate(batch.keys):
        vectors, payload = _vectors(part, batch, place), _payload(part, batch, place)
        payload[STAMP] = int(key) >> BITS
        points.append(models.PointStruct(id=int(key), vector=vectors, payload=payload))
    return points


def _vectors(part: Part, batch: Batch, place: int) -> dict[str, Any]:
    vectors: dict[str, Any] = {}
    if batch.vectors is not None:
        vectors[DENSE] = batch.vectors[place].tolist()
    for field in FIELDS.get(part, ()):
        if batch.terms is not None and batch.terms[field][place]:
            vectors[field] = sparse(batch.terms[field][place])
    return vectors


def sparse(terms: Mapping[str, float]) -> models.SparseVector:
    """Return the weights of terms as Qdrant has them, by their numbers."""
    weights: dict[int, float] = defaultdict(float)
    for term, weight in terms.items():
        weights[term_number(term)] += weight
    return models.SparseVector(indices=list(weights), values=list(weights.values()))


def _payload(part: Part, batch: Batch, place: int) -> dict[str, Any]:
    payload: dict[str, Any] = {}
    if batch.names:
        payload["name"] = batch.names[place]
    if batch.records:
        record = batch.records[place]
        payload["record"] = record.hex() if part == "directory" else record.decode()
    if part == "passages":
        payload["source"] = int(batch.sources[place])
        payload["first"], payload["last"] = batch.bounds[place]
        payload["said"] = said(batch.said[place].split(" "))
        payload["signs"] = signs(batch.said[place])
    return payload


def said(terms: Sequence[str]) -> str:
    """Return terms as they are kept and looked up: whole ones only, each between spaces."""
    return f" {' '.join(terms).translate(_AS_LETTERS)} "


def signs(text: str) -> list[str]:
    """Return the signs that begin a term of a script without spaces."""
    begins = {term[0] for term in text.split() if not term.isascii()}
    return sorted(begins)
