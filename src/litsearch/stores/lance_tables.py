"""Define the tables of a library in LanceDB, and how they are reached."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import lancedb
import msgspec
import numpy as np
import pyarrow as pa

from litsearch.errors import StoreUnavailable
from litsearch.stores.engine import Part

if TYPE_CHECKING:
    from litsearch.stores.engine import Batch, Field


os.environ.setdefault("LANCE_LOG", "error")  # read when it is imported


Version = tuple[str, int]  # a table, and the version of it that a generation reads
VERSIONS = msgspec.json.Decoder(dict[Part, Version])
LOGGED = pa.schema(
    [("generation", pa.string()), ("manifest", pa.binary()), ("versions", pa.binary())]
)
COLUMNS: Mapping[Part, tuple[str, ...]] = {
    "documents": ("row", "name", "record"),
    "sources": ("row", "name", "vector"),
    "passages": ("row", "source", "name", "record", "said", "first", "last", "vector"),
    "sentences": ("row", "vector"),
    "postings": ("row", "term", "rows", "weights"),
    "directory": ("row", "record"),
}
KEYS: Mapping[Part, tuple[str, ...]] = {
    "documents": ("row",),
    "sources": ("row",),
    "passages": ("row", "source", "name"),
    "sentences": ("row",),
    "postings": ("term",),
    "directory": (),
}


def connect(place: str) -> Any:
    """Open a folder or bucket. Raises StoreUnavailable."""
    with reached(place):
        return lancedb.connect(place)


@contextmanager
def reached(place: str) -> Iterator[None]:
    """Turn what LanceDB says of a place that it cannot reach into StoreUnavailable."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        why = str(error).splitlines()[0][:300]
        hint = "Look after the network and the keys in the environment, then try again."
        raise StoreUnavailable(f"The store {place} cannot be used: {why}", hint) from None


def schema_of(part: Part, dim: int) -> pa.Schema:
    """Return the columns of a table."""
    kinds = {
        "row": pa.int64(),
        "source": pa.int64(),
        "name": pa.string(),
        "record": pa.large_binary(),
        "said": pa.large_string(),
        "first": pa.int64(),
        "last": pa.int64(),
        "term": pa.string(),
        "rows": pa.large_binary(),
        "weights": pa.large_binary(),
        "vector": pa.list_(pa.float32() if part == "sources" else pa.float16(), dim),
    }
    return pa.schema([(name, kinds[name]) for name in COLUMNS[part]])


def rows_of(batch: Batch, schema: pa.Schema, columns: Sequence[str]) -> pa.Table:
    """Return a batch as rows of a table."""
    values: dict[str, Any] = {
        "row": list(batch.rows),
        "source": list(batch.sources),
        "name": list(batch.names),
        "record": list(batch.records),
        "said": list(batch.said),
        "first": [first for first, _ in batch.bounds],
        "last": [last for _, last in batch.bounds],
        "term": [key_of(postings.field, postings.term) for postings in batch.postings],
        "rows": [postings.rows.astype("<u4").tobytes() for postings in batch.postings],
        "weights": [postings.weights.astype("<f4").tobytes() for postings in batch.postings],
    }
    if batch.vectors is not None:
        kind = schema.field("vector").type
        numbers = np.ascontiguousarray(batch.vectors, kind.value_type.to_pandas_dtype())
        values["vector"] = pa.FixedSizeListArray.from_arrays(numbers.ravel(), kind.list_size)
    return pa.table([pa.array(values[name], schema.field(name).type) for name in columns], schema)


def key_of(field: Field, term: str) -> str:
    """Return what the lists of a term are found by."""
    return f"{field} {term}"


def quoted(text: str) -> str:
    """Return a text as it stands within quotation marks of a condition."""
    return text.replace("'", "''")
