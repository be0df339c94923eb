"""A SQLite file that never changes, read from any number of threads."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from pathlib import Path
from typing import Any

from litsearch.errors import IndexCorrupt, QueryError


class SqliteFile:
    """Opened read-only and as immutable: no lock, no journal, one connection a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self.close = weakref.finalize(self, _close_all, self._connections)

    def rows(self, query: str, *arguments: object) -> list[Any]:
        """All rows of a query. Raises IndexCorrupt."""
        try:
            return self._connection.execute(query, arguments).fetchall()
        except UnicodeEncodeError:  # text that is no Unicode, from a command line: nothing in the file equals it
            return []
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self.corrupt(str(error)) from None

    def search(self, query: str, *arguments: object) -> list[Any]:
        """All rows of a query with a full-text expression. Raises QueryError when that is wrong, or IndexCorrupt."""
        try:
            return self._connection.execute(query, arguments).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            wrong = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
            if not wrong and not isinstance(error, UnicodeEncodeError):
                raise self.corrupt(str(error)) from None
            hint = "Use plain words, or put the phrase in quotation marks."
            raise QueryError(f"The query cannot be searched for: {error}.", hint) from None

    def corrupt(self, why: str) -> IndexCorrupt:
        """The error that names this file and the mend."""
        return IndexCorrupt(f"{self._path} cannot be read: {why}.", "Run `litsearch build`.")

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._connections.append(connection)
            self._local.connection = connection
        return connection


def _close_all(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()
