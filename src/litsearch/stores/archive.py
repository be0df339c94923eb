"""Keep what a build must not lose in a bucket or a shared folder, so that any machine goes on from
it: rows of its databases in segments that are only ever added, downloads under their checksums.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from litsearch.errors import ConfigError, StoreUnavailable
from litsearch.patterns import expression
from litsearch.storage import replace_file

T = TypeVar("T")
_SHA256 = expression(r"[0-9a-f]{64}")
ROWS = 8_192  # of a segment: of vectors of 384 numbers, 7 MB
AT_ONCE = 16  # downloads on their way
EVERY_S = 60.0  # between two segments of a build: what a lost machine costs
SHARE = 20  # of the time of a build, that may be spent on them
_NOTES = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS sent (
    kind TEXT, key BLOB, sum INTEGER, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS segments (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one kind: a query that gives them, and the statement that puts one in unless there is
    one of its key.
    """

    name: str  # of their folder
    database: Path
    columns: tuple[str, ...]  # the key first, the checksum of the row last
    select: str
    insert: str


class Archive:
    """What the builds of a library keep at one address.

    home: a database that notes what is there already. bodies: the folder of downloads, which rows
    name in a column "sha256". A context manager: at its beginning what other machines kept is
    brought, at its end what is new is kept. Raises ConfigError, StoreUnavailable.
    """

    def __init__(self, address: str, home: Path, bodies: Path, kinds: Sequence[Kind]) -> None:
        self._address, self._home, self._bodies, self._kinds = address, home, bodies, kinds
        self._files, self._root = place_of(address)
        self._notes = sqlite3.connect(home)
        self._notes.executescript(_NOTES)
        self._due = 0.0

    def __enter__(self) -> Archive:
        """Keep what an interrupted build left, then bring what is not here."""
        try:
            self.keep()
            self.bring()
        except BaseException:
            self._notes.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.keep()
        finally:
            self._notes.close()

    def during(self, items: Iterable[T]) -> Iterator[T]:
        """Yield what a build goes through, and keep what came of it now and then."""
        for item in items:
            yield item
            if time.monotonic() > self._due:
                self.keep()

    def keep(self) -> None:
        """Put there what is not there yet."""
        began = time.monotonic()
        with self._reached():
            for kind in self._kinds:
                for rows in self._unsent(kind):
                    self._put_bodies(kind, rows)
                    self._put_segment(kind, rows)
        now = time.monotonic()
        self._due = now + max(EVERY_S, SHARE * (now - began))

    def bring(self) -> None:
        """Take over what other machines put there: of two rows of a key, the later; none that is
        here already.
        """
        with self._reached():
            for kind in self._kinds:
                for name in sorted(self._segments(kind), reverse=True):
                    self._take(kind, name)

    def _unsent(self, kind: Kind) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows that are not there as they are here, some thousand at a time."""
        noted = f"kind = ? AND key = r.{kind.columns[0]} AND sent.sum = r.sum"
        unless = f"NOT EXISTS (SELECT 1 FROM sent WHERE {noted})"
        query = f"SELECT * FROM ({kind.select}) AS r WHERE {unless}"
        with closing(sqlite3.connect(kind.database)) as db:
            db.execute("ATTACH ? AS notes", (str(self._home),))
            cursor = db.execute(query, (kind.name,))
            while rows := cursor.fetchmany(ROWS):
                yield rows

    def _put_segment(self, kind: Kind, rows: Sequence[tuple[Any, ...]]) -> None:
        name = f"{kind.name}/{time.time_ns():020}-{uuid.uuid4().hex[:8]}.parquet"
        columns = [pa.array(values) for values in zip(*rows, strict=True)]
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table(columns, list(kind.columns)), sink, compression="zstd")
        self._write(name, sink.getvalue())
        self._note(kind, name, rows, "REPLACE")

    def _note(self, kind: Kind, name: str, rows: Sequence[tuple[Any, ...]], conflict: str) -> None:
        sent = [(kind.name, row[0], row[-1]) for row in rows]
        with self._notes:
            self._notes.executemany(f"INSERT OR {conflict} INTO sent VALUES (?, ?, ?)", sent)
            self._notes.execute("INSERT OR IGNORE INTO segments VALUES (?)", (name,))

    def _segments(self, kind: Kind) -> set[str]:
        """Return the segments that this machine has neither put nor taken."""
        selector = fs.FileSelector(f"{self._root}/{kind.name}", allow_not_found=True)
        names = {f"{kind.name}/{info.base_name}" for info in self._files.get_file_info(selector)}
        return names - {name for (name,) in self._notes.execute("SELECT name FROM segments")}

    def _take(self, kind: Kind, name: str) -> None:
        """Put the rows of a segment into the database, and load what they name; one that a killed
        writer left unfinished, or that names what is no download, is passed over.
        """
        try:
            table = pq.read_table(pa.BufferReader(self._read(name)))
            rows = list(zip(*(table[column].to_pylist() for column in kind.columns), strict=True))
        except (pa.ArrowInvalid, KeyError):
            return
        if not all(map(_SHA256.fullmatch, _named(kind, rows))):
            return  # such a name would be a path of its own
        self._load_bodies(kind, rows)
        with closing(sqlite3.connect(kind.database)) as db, db:
            db.executemany(kind.insert, rows)
        self._note(kind, name, rows, "IGNORE")

    def _put_bodies(self, kind: Kind, rows: Sequence[tuple[Any, ...]]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._put_body, _named(kind, rows)))

    def _put_body(self, sha256: str) -> None:
        path, name = self._bodies / sha256[:2] / sha256, f"bodies/{sha256[:2]}/{sha256}"
        if not _SHA256.fullmatch(sha256) or not path.exists():
            return  # a bundle's row may name any file
        if self._files.get_file_info(f"{self._root}/{name}").size != path.stat().st_size:
            self._write(name, path.read_bytes())

    def _load_bodies(self, kind: Kind, rows: Sequence[tuple[Any, ...]]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._load_body, _named(kind, rows)))

    def _load_body(self, sha256: str) -> None:
        path = self._bodies / sha256[:2] / sha256
        if path.exists():
            return
        try:
            body = self._read(f"bodies/{sha256[:2]}/{sha256}")
        except FileNotFoundError:
            return
        if hashlib.sha256(body).hexdigest() == sha256:
            replace_file(path, bytes(body))

    def _read(self, name: str) -> pa.Buffer:
        with self._files.open_input_file(f"{self._root}/{name}") as file:
            return file.read_buffer()

    def _write(self, name: str, content: pa.Buffer | bytes) -> None:
        path = f"{self._root}/{name}"
        if isinstance(self._files, fs.LocalFileSystem):  # a bucket has no folders
            self._files.create_dir(path.rpartition("/")[0], recursive=True)
        with self._files.open_output_stream(path) as file:
            file.write(content)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (OSError, pa.ArrowException) as error:
            why = str(error).splitlines()[0][:300]
            hint = "Look after the network and the keys in the environment, then build again."
            message = f"The cache {self._address} cannot be used: {why}"
            raise StoreUnavailable(message, hint) from None


def place_of(address: str) -> tuple[fs.FileSystem, str]:
    """Return the file system of an address, and the folder there. Raises ConfigError."""
    scheme, _, path = address.rstrip("/").partition("://")
    try:
        if scheme == "s3" and path:
            return _s3(os.environ), path
        files, folder = fs.FileSystem.from_uri(address.rstrip("/"))
        if folder.strip("/"):
            return files, folder
        why = "it names no folder"
    except (pa.ArrowException, ValueError, OSError) as error:
        why = str(error).splitlines()[0][:200]
    raise ConfigError(
        f"There is no cache {address!r}: {why}.",
        'Set cache under [index] to "s3://BUCKET/NAME", "gs://BUCKET/NAME" or a whole path.',
    )


def _s3(environ: Mapping[str, str]) -> fs.FileSystem:
    """Return the buckets of the environment's keys, told as LanceDB is."""
    endpoint = environ.get("AWS_ENDPOINT") or environ.get("AWS_ENDPOINT_URL") or ""
    region = environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")
    scheme, _, host = endpoint.rpartition("://")
    return fs.S3FileSystem(region=region, scheme=scheme or "https", endpoint_override=host or None)


def _named(kind: Kind, rows: Iterable[tuple[Any, ...]]) -> set[str]:
    """Return the downloads that rows name."""
    if "sha256" not in kind.columns:
        return set()
    at = kind.columns.index("sha256")
    return {row[at] for row in rows if row[at]}
