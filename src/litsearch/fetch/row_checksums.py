"""Give each row of the cache's tables a checksum, so that a bit that the disk turned is noticed."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable

# What a row says, by table; the first column is its key. "sum" stands beside them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "fetches": (
        *("url", "final_url", "status", "media_type", "charset", "etag", "last_modified"),
        *("fetched_at", "sha256", "failures", "next_try", "verdict", "reason", "remedy"),
    ),
    "answers": ("question", "answer", "tries", "next_try"),
}


def add_to(db: sqlite3.Connection) -> None:
    """Let statements of a connection call row_sum()."""
    db.create_function("row_sum", -1, _row_sum, deterministic=True)


def seal(db: sqlite3.Connection, table: str, keys: Iterable[str] | None = None) -> None:
    """Write the checksums of rows that were just written; of all, where no keys are named."""
    columns = COLUMNS[table]
    statement = f"UPDATE {table} SET sum = row_sum({', '.join(columns)})"
    if keys is None:
        db.execute(statement)
    else:
        db.executemany(f"{statement} WHERE {columns[0]} = ?", [(key,) for key in keys])


def damaged_rows(db: sqlite3.Connection) -> int:
    """Return how many rows are not what was written."""
    count = 0
    for table, columns in COLUMNS.items():
        rows = db.execute(f"SELECT {', '.join(columns)}, sum FROM {table}")
        count += sum(_row_sum(*values) != checksum for *values, checksum in rows)
    return count


def is_whole(row: dict[str, object], table: str) -> bool:
    """Tell whether a row is what was written; one of an older file, without a checksum, is."""
    if row.get("sum") is None:
        return True
    return _row_sum(*(row.get(column) for column in COLUMNS[table])) == row["sum"]


def text_of(data: bytes) -> str:
    """Return a text of the file, also one that is damaged: as `text_factory` of a connection."""
    return data.decode("utf-8", "surrogateescape")


def _row_sum(*values: object) -> int:
    """Return the CRC-32 of values."""
    return zlib.crc32(ascii(values).encode())
