"""Texts that wait to be written stand in a file: a build of many sources takes no more memory than one of few."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from litsearch.types import Document, Passage

T = TypeVar("T")
_documents = msgspec.msgpack.Decoder(Document)
_passages = msgspec.msgpack.Decoder(tuple[Passage, ...])


class Aside:
    """A context manager around a file without a name, which goes with the process that writes it."""

    def __init__(self, folder: Path) -> None:
        """Open the file in a folder. Raises OSError."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._file.close()

    def document(self, document: Document) -> Callable[[], Document]:
        """Put a document aside; returns how to read it again."""
        return partial(self._read, *self._write(msgspec.msgpack.encode(document)), _documents.decode)

    def passages(self, passages: Sequence[Passage]) -> Callable[[], tuple[Passage, ...]]:
        """Put the passages of a document aside; returns how to read them again."""
        return partial(self._read, *self._write(msgspec.msgpack.encode(passages)), _passages.decode)

    def _write(self, packed: bytes) -> tuple[int, int]:
        start, self._end = self._end, self._end + len(packed)
        self._file.seek(start)
        self._file.write(packed)
        return start, len(packed)

    def _read(self, start: int, size: int, decode: Callable[[bytes], T]) -> T:
        self._file.seek(start)
        return decode(self._file.read(size))
