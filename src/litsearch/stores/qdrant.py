"""Keep a library in collections of a Qdrant cluster, which cares for shards and copies by itself.

A full copy has collections of its own, to which amendments add points. The last point of a small
collection, the log, names the generation that is live: adding one is one request, which Qdrant
refuses when another writer was first, so that nothing half-copied is seen, and nothing lost.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from qdrant_client import QdrantClient, models

from litsearch.errors import ConfigError, IndexMismatch
from litsearch.stores.engine import PARTS, Edition, Part, missing, overtaken, unpublished
from litsearch.stores.qdrant_engine import QdrantEngine
from litsearch.stores.qdrant_points import (
    INDEXES,
    LOG,
    STAMP,
    Layout,
    collection_of,
    points_of,
    reached,
    shape_of,
)

if TYPE_CHECKING:
    from litsearch.stores.engine import Batch

KEY = "QDRANT_API_KEY"
TIMEOUT = 30  # seconds, of one request
AT_ONCE = 256  # points of one request: about a megabyte
LOG_OF = msgspec.json.Decoder(list[Edition])
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def connect(
    address: str,
    environ: Mapping[str, str] = os.environ,
    layout: Layout = Layout(),  # noqa: B008 - frozen
) -> Qdrant:
    """Open https://HOST:PORT/NAME; layout: of copies to come.

    Raises ConfigError for an address that is none of these.
    """
    url = urlsplit(address)
    name = url.path.strip("/")
    if url.scheme not in ("http", "https") or not url.hostname or not name or "/" in name:
        raise ConfigError(f"{address!r} is no place in Qdrant.", "Write https://HOST:6333/NAME.")
    key = environ.get(KEY)
    if key and url.scheme == "http" and url.hostname not in LOOPBACK:
        raise ConfigError(f"{KEY} would cross the network unencrypted.", "Use https://.")
    place = f"{url.scheme}://{url.netloc}"
    client = QdrantClient(
        url=place,
        port=url.port or 6333,
        api_key=key,
        timeout=TIMEOUT,
        check_compatibility=False,
    )
    return Qdrant(client, name, layout)


class Qdrant:
    """A library in Qdrant, open for writing."""

    lists = False

    def __init__(self, client: QdrantClient, name: str, layout: Layout | None = None) -> None:
        """layout: of copies to come."""
        self._client, self._name, self._layout = client, name, layout or Layout()
        self._log = f"{name}-{LOG}"
        self._edition: Edition | None = None
        self._known: tuple[int, list[Edition]] = 0, []  # changes of the log, and what the last says

    def begin(self, edition: Edition) -> Mapping[Part, int]:
        """Make room for a generation; returns how many rows of each part are there already."""
        self._edition = edition
        with reached(self._name):
            if not self._client.collection_exists(self._log):
                copies = self._layout.copies()
                self._client.create_collection(self._log, vectors_config={}, **copies)
            return {part: self._begin(part, edition) for part in PARTS if part != "postings"}

    def _begin(self, part: Part, edition: Edition) -> int:
        name = collection_of(self._name, part, edition.base)
        if self._client.collection_exists(name):
            match = models.MatchValue(value=edition.stamp)
            of_this = models.Filter(must=[models.FieldCondition(key=STAMP, match=match)])
            return int(self._client.count(name, count_filter=of_this, exact=True).count)
        # Indexes first: the graph of vectors is then made so that filters leave it whole.
        self._client.create_collection(
            name, **shape_of(part, edition.manifest.facts.dim, self._layout)
        )
        for key, kind in INDEXES[part].items():
            self._client.create_payload_index(name, key, kind)
        return 0

    def put(self, part: Part, batch: Batch) -> None:
        """Keep further rows of a part."""
        name = collection_of(self._name, part, self._begun.base)
        points = points_of(part, batch)
        for start in range(0, len(points), AT_ONCE):
            with reached(self._name):
                self._client.upsert(name, points[start : start + AT_ONCE], wait=True)

    def publish(self, after: str) -> None:
        """Make what was put the live generation, at once."""
        edition = self._begun

        def live(log: Sequence[Edition]) -> list[Edition]:
            if _live(log) != after:
                raise overtaken(_live(log))
            return [*(other for other in log if other.id != edition.id), edition]

        self._change(live)

    @property
    def _begun(self) -> Edition:
        if self._edition is None:
            raise ValueError("Nothing was begun.")
        return self._edition

    def _change(self, change: Callable[[Sequence[Edition]], list[Edition]]) -> None:
        """Change what is kept and live; what another writer does meanwhile is seen first."""
        done = False
        while not done:
            number, log = self._current()
            text, token = msgspec.json.encode(change(log)).decode(), uuid.uuid4().hex
            payload = {"log": text, "writer": token}
            point = models.PointStruct(id=number + 1, vector={}, payload=payload)
            with reached(self._name):
                self._client.upsert(
                    self._log,
                    [point],
                    wait=True,
                    ordering=models.WriteOrdering.STRONG,
                    update_mode=models.UpdateMode.INSERT_ONLY,
                )
                (first,) = self._client.retrieve(self._log, [number + 1], with_payload=True)
            done = first.payload["writer"] == token

    def _current(self) -> tuple[int, list[Edition]]:
        """Return how often what is live was changed, and the generations, the live one last."""
        with reached(self._name):
            if not self._known[0] and not self._client.collection_exists(self._log):
                return self._known
            number = latest = self._known[0]
            while page := self._changes_after(number):
                number = max(page)
            if number != latest:
                (point,) = self._client.retrieve(self._log, [number], with_payload=True)
                self._known = number, LOG_OF.decode(point.payload["log"])
        return self._known

    def _changes_after(self, number: int) -> list[int]:
        numbers = list(range(number + 1, number + 1 + AT_ONCE))
        points = self._client.retrieve(self._log, numbers, with_payload=False)
        return [point.id for point in points]

    def generations(self) -> list[str]:
        """Return the generations that can be read, oldest first, the live one last."""
        return [edition.id for edition in self._current()[1]]

    def use(self, generation: str) -> None:
        """Make one of them the live one. Raises IndexMismatch."""

        def moved(log: Sequence[Edition]) -> list[Edition]:
            edition = self._edition_of(log, generation)
            return [*(other for other in log if other is not edition), edition]

        self._change(moved)

    def _edition_of(self, log: Sequence[Edition], generation: str) -> Edition:
        for edition in log:
            if edition.id == generation:
                return edition
        raise IndexMismatch(f"There is no generation {generation!r} in {self._name}.")

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live, with the collections that no other has."""
        bases: set[str] = set()

        def without(log: Sequence[Edition]) -> list[Edition]:
            """Return the log without the generation; note the collections that only it has."""
            edition = self._edition_of(log, generation)
            if edition is log[-1]:
                raise IndexMismatch(f"{generation} is live.", "Use another one first.")
            rest = [other for other in log if other is not edition]
            bases.update({edition.base} - {other.base for other in rest})
            return rest

        self._change(without)
        with reached(self._name):
            for base in bases:
                self._remove(base)

    def _remove(self, base: str) -> None:
        for part in PARTS:
            name = collection_of(self._name, part, base)
            if self._client.collection_exists(name):
                self._client.delete_collection(name)

    def sweep(self) -> list[str]:
        """Remove the collections of copies older than the live one that were never published."""
        log = self._current()[1]
        with reached(self._name):
            names = [each.name for each in self._client.get_collections().collections]
            mine = [name for name in names if name.startswith(f"{self._name}-")]
            tables = [name.removeprefix(f"{self._name}-") for name in mine]
            leftovers = unpublished(tables, {edition.base for edition in log}, _live(log))
            for base in leftovers:
                self._remove(base)
        return leftovers

    def open(self, generation: str = "") -> QdrantEngine:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        log = self._current()[1]
        if not log and not generation:
            raise missing(self._name)
        edition = self._edition_of(log, generation or _live(log))
        return QdrantEngine(self._client, self._name, edition)


def _live(log: Sequence[Edition]) -> str:
    return log[-1].id if log else ""
