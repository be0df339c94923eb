"""Define the tables of a library in LanceDB, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import lancedb
import msgspec
import numpy as np
import pyarrow as pa

from litsearch.errors import StoreUnavailable
from litsearch.stores.engine import Edition, Part
from litsearch.stores.log import reader_of

if TYPE_CHECKING:
    from litsearch.stores.engine import Batch, Field


class Logged(msgspec.Struct, frozen=True):
    """A generation, and the version of each table that it reads."""

    edition: Edition
    versions: dict[Part, int]

    @property
    def id(self) -> str:
        """Return the name of the generation."""
        return self.edition.id

    @property
    def base(self) -> str:
        """Return the generation that the tables were made for."""
        return self.edition.base


read_log = reader_of(Logged)
# One row: how often it was changed, and the log.
CURRENT, CURRENTLY = "current", pa.schema([("number", pa.int64()), ("log", pa.string())])
COLUMNS: Mapping[Part, tuple[str, ...]] = {
    "documents": ("key", "name", "record"),
    "sources": ("key", "name", "vector"),
    "passages": ("key", "source", "name", "record", "said", "first", "last", "vector"),
    "sentences": ("key", "vector"),
    "postings": ("key", "term", "rows", "weights"),
    "directory": ("key", "record"),
}
KEYS: Mapping[Part, tuple[str, ...]] = {
    "documents": ("key",),
    "sources": ("key",),
    "passages": ("key", "source", "name"),
    "sentences": ("key",),
    "postings": ("term",),
    "directory": ("key",),
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
        "key": pa.int64(),
        "source": pa.int64(),
        "name": pa.string(),
        "record": pa.large_binary(),
        "said": pa.large_string(),
        "first": pa.int64(),
        "last": pa.int64(),
        "term": pa.string(),
        "rows": pa.large_binary(),
        "weights": pa.large_binary(),
        # 100,000 passages are compared in 31 ms; in half precision, half of the bytes, in 67.
        "vector": pa.list_(pa.float16() if part == "sentences" else pa.float32(), dim),
    }
    return pa.schema([(name, kinds[name]) for name in COLUMNS[part]])


def rows_of(batch: Batch, schema: pa.Schema, columns: Sequence[str]) -> pa.Table:
    """Return a batch as rows of a table."""
    values: dict[str, Any] = {
        "key": list(batch.keys),
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


def table_of(part: Part, base: str) -> str:
    """Return the name of a table."""
    return f"{part}-{base}"


def key_of(field: Field, term: str) -> str:
    """Return what the lists of a term are found by."""
    return f"{field} {term}"


def quoted(text: str) -> str:
    """Return a text as it stands within quotation marks of a condition."""
    return text.replace("'", "''")
