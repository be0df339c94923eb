"""Read and write files of one JSON record a line, which a person may have edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from litsearch.regular_files import read_bytes
from litsearch.storage import replace_file, storing

Record = TypeVar("Record")


def read_records(path: Path, record: type[Record]) -> Iterator[Record]:
    """Yield the records of a file, none where there is no file; a damaged line is passed over."""
    try:
        lines = read_bytes(path).splitlines()
    except OSError:
        return
    for line in lines:
        with suppress(msgspec.MsgspecError):
            yield msgspec.json.decode(line, type=record)


def write_records(path: Path, records: Iterable[object]) -> None:
    """Replace a file by these records, at once. Raises StoreError."""
    with storing(path):
        replace_file(path, b"".join(msgspec.json.encode(record) + b"\n" for record in records))
