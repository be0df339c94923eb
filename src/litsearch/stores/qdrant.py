"""Keep a library in collections of a Qdrant cluster, which cares for shards and copies by itself.

A full copy has collections of its own, to which amendments add points. The last point of a small
collection, the log, names the generation that is live: adding one is one request, which Qdrant
refuses when another writer was first, so that nothing half-copied is seen, and nothing lost.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from qdrant_client import QdrantClient, models

from litsearch.errors import ConfigError
from litsearch.stores.engine import PARTS, Edition, Part, missing, unpublished
from litsearch.stores.log import HOUR, Log, clock, reader_of
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
    from litsearch.stores.log import Writer

KEY = "QDRANT_API_KEY"
TIMEOUT = 30  # seconds, of one request
AT_ONCE = 256  # points of one request: about a megabyte
read_log = reader_of(Edition)
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
        self._known: tuple[int, Log[Edition]] = 0, Log()  # changes, and what the last says
        self._noted = 0.0  # when the log was last told that this writer is at work

    def begin(self, edition: Edition) -> Mapping[Part, int]:
        """Make room for a generation; returns how many rows of each part are there already."""
        self._edition = edition
        with reached(self._name):
            if not self._client.collection_exists(self._log):
                copies = self._layout.copies()
                self._client.create_collection(self._log, vectors_config={}, **copies)
            there: dict[Part, int] = {}
            for part in PARTS:
                if part != "postings":  # words come with the rows
                    there[part] = self._begin(part, edition)
        self._note(lambda log: log.begun(edition, sum(there.values())))
        return there

    def _note(self, change: Callable[[Log[Edition]], Log[Edition]]) -> None:
        self._change(change)
        self._noted = clock()

    def _begin(self, part: Part, edition: Edition) -> int:
        name = collection_of(self._name, part, edition.base)
        if self._client.collection_exists(name):
            of_this = _of_stamp(edition.stamp)
            return int(self._client.count(name, count_filter=of_this, exact=True).count)
        # Indexes first: the graph of vectors is then made so that filters leave it whole.
        self._client.create_collection(
            name, **shape_of(part, edition.manifest.facts.dim, self._layout)
        )
        for key, kind in INDEXES[part].items():
            self._client.create_payload_index(name, key, kind)
        return 0

    def put(self, part: Part, batch: Batch) -> None:
        """Keep further rows of a part. Raises IndexMismatch when this writer was given up."""
        edition = self._begun
        if clock() - self._noted > HOUR:
            self._note(lambda log: log.going_on(edition))
        name = collection_of(self._name, part, edition.base)
        points = points_of(part, batch)
        for start in range(0, len(points), AT_ONCE):
            with reached(self._name):
                self._client.upsert(name, points[start : start + AT_ONCE], wait=True)

    def publish(self, after: str) -> None:
        """Make what was put the live generation, at once."""
        edition = self._begun
        self._change(lambda log: log.published(edition, edition, after))

    @property
    def _begun(self) -> Edition:
        if self._edition is None:
            raise ValueError("Nothing was begun.")
        return self._edition

    def _change(self, change: Callable[[Log[Edition]], Log[Edition]]) -> Log[Edition]:
        """Change what is kept and live, and return it; what another writer does meanwhile is seen
        first.
        """
        while True:
            number, log = self._current()
            changed = change(log)
            if changed == log or self._followed(number, changed):
                return changed

    def _followed(self, number: int, log: Log[Edition]) -> bool:
        """Put a log after the one of a number, and return True, unless another was put there."""
        text, token = msgspec.json.encode(log).decode(), uuid.uuid4().hex
        point = models.PointStruct(id=number + 1, vector={}, payload={"log": text, "writer": token})
        with reached(self._name):
            self._client.upsert(
                self._log,
                [point],
                wait=True,
                ordering=models.WriteOrdering.STRONG,
                update_mode=models.UpdateMode.INSERT_ONLY,
            )
            (first,) = self._client.retrieve(self._log, [number + 1], with_payload=True)
        return bool(first.payload["writer"] == token)

    def _current(self) -> tuple[int, Log[Edition]]:
        """Return how often what is live was changed, and what is kept."""
        with reached(self._name):
            if not self._known[0] and not self._client.collection_exists(self._log):
                return self._known
            number = latest = self._known[0]
            while page := self._changes_after(number):
                number = max(page)
            if number != latest:
                (point,) = self._client.retrieve(self._log, [number], with_payload=True)
                self._known = number, read_log(point.payload["log"])
        return self._known

    def _changes_after(self, number: int) -> list[int]:
        numbers = list(range(number + 1, number + 1 + AT_ONCE))
        points = self._client.retrieve(self._log, numbers, with_payload=False)
        return [point.id for point in points]

    def generations(self) -> list[str]:
        """Return the generations that can be read, oldest first, the live one last."""
        return [edition.id for edition in self._current()[1].entries]

    def use(self, generation: str) -> None:
        """Make one of them the live one. Raises IndexMismatch."""
        self._change(lambda log: log.moved(generation))

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live, with the collections that no other has."""
        base = self._current()[1].entry(generation).base
        log = self._change(lambda log: log.without(generation))
        self._remove({base} - log.bases)

    def _remove(self, bases: Iterable[str]) -> None:
        with reached(self._name):
            for base in bases:
                for name in self._collections(base):
                    self._client.delete_collection(name)

    def _collections(self, base: str) -> list[str]:
        names = [collection_of(self._name, part, base) for part in PARTS]
        return [name for name in names if self._client.collection_exists(name)]

    def sweep(self) -> list[str]:
        """Remove the collections of copies older than the live one that were never published, and
        the points of amendments whose writers nothing was heard of for a day.
        """
        log = self._change(Log.swept)
        with reached(self._name):
            names = [each.name for each in self._client.get_collections().collections]
        mine = [name for name in names if name.startswith(f"{self._name}-")]
        tables = [name.removeprefix(f"{self._name}-") for name in mine]
        leftovers = unpublished(tables, log.bases, log.live)
        self._remove(leftovers)
        for writer in log.given_up:
            self._remove_points(writer)
        self._change(lambda now: now.cleared(log.given_up))
        return [*leftovers, *(writer.generation for writer in log.given_up)]

    def _remove_points(self, writer: Writer) -> None:
        chosen = models.FilterSelector(filter=_of_stamp(writer.stamp))
        with reached(self._name):
            for name in self._collections(writer.base):
                self._client.delete(name, chosen, wait=True)

    def open(self, generation: str = "") -> QdrantEngine:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        log = self._current()[1]
        if not log.entries and not generation:
            raise missing(self._name)
        edition = log.entry(generation or log.live)
        return QdrantEngine(self._client, self._name, edition)


def _of_stamp(stamp: int) -> models.Filter:
    """Return the filter for the points that were put under a stamp."""
    match = models.MatchValue(value=stamp)
    return models.Filter(must=[models.FieldCondition(key=STAMP, match=match)])
