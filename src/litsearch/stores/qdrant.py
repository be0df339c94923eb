"""Keep a library in collections of a Qdrant cluster, which cares for shards and copies by itself.

Each generation has collections of its own, and an alias with the library's name stands for the live
one: moving it is one request, so that nothing half-copied is seen, and going back is one, too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from qdrant_client import QdrantClient, models

from litsearch.errors import ConfigError, IndexMismatch, IndexMissing
from litsearch.stores.engine import PARTS, Manifest, Part
from litsearch.stores.qdrant_engine import QdrantEngine
from litsearch.stores.qdrant_points import (
    INDEXES,
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
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def connect(address: str, environ: Mapping[str, str] = os.environ) -> Qdrant:
    """Open https://HOST:PORT/NAME. Raises ConfigError for an address that is none of these."""
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
    return Qdrant(client, name)


class Qdrant:
    """A library in Qdrant, open for writing."""

    lists = False

    def __init__(self, client: QdrantClient, name: str) -> None:
        self._client, self._name = client, name
        self._manifest: Manifest | None = None

    def begin(self, manifest: Manifest, sizes: Mapping[Part, int]) -> Mapping[Part, int]:
        """Make room for a generation; returns how many rows of each part are there already."""
        self._manifest = manifest
        with reached(self._name):
            return {part: self._begin(part, manifest) for part in PARTS if part != "postings"}

    def _begin(self, part: Part, manifest: Manifest) -> int:
        name = collection_of(self._name, part, manifest.generation)
        if self._client.collection_exists(name):
            return int(self._client.count(name, exact=True).count)
        # Indexes first: the graph of vectors is then made so that filters leave it whole.
        self._client.create_collection(name, **shape_of(part, manifest.facts.dim))
        for key, kind in INDEXES.get(part, {}).items():
            self._client.create_payload_index(name, key, kind)
        return 0

    def put(self, part: Part, batch: Batch) -> None:
        """Keep further rows of a part."""
        name = collection_of(self._name, part, self._begun.generation)
        points = points_of(part, batch)
        for start in range(0, len(points), AT_ONCE):
            with reached(self._name):
                self._client.upsert(name, points[start : start + AT_ONCE], wait=True)

    def publish(self) -> None:
        """Make what was put the live generation, at once."""
        manifest = self._begun
        place = collection_of(self._name, "directory", manifest.generation)
        text = msgspec.json.encode(manifest).decode()
        with reached(self._name):
            self._client.update_collection(place, metadata={"manifest": text})
        self.use(manifest.generation)

    @property
    def _begun(self) -> Manifest:
        if self._manifest is None:
            raise ValueError("Nothing was begun.")
        return self._manifest

    def generations(self) -> list[str]:
        """Return the generations that can be read, oldest first, the live one last."""
        with reached(self._name):
            live = self._live()
            begins = collection_of(self._name, "directory", "")
            names = [collection.name for collection in self._client.get_collections().collections]
            suffixes = [name.removeprefix(begins) for name in names if name.startswith(begins)]
            whole = [name for name in sorted(suffixes) if name != live and self._text(name)]
        return [*whole, live] if live else []

    def _live(self) -> str:
        """Return the generation that the alias stands for, "" before there is one."""
        for alias in self._client.get_aliases().aliases:
            if alias.alias_name == self._name:
                collection: str = alias.collection_name
                return collection.rpartition("-directory-")[2]
        return ""

    def _text(self, generation: str) -> str:
        """Return the manifest of a generation; "" for one that was not copied to its end."""
        name = collection_of(self._name, "directory", generation)
        if not self._client.collection_exists(name):
            return ""
        metadata = self._client.get_collection(name).config.metadata or {}
        return str(metadata.get("manifest", ""))

    def use(self, generation: str) -> None:
        """Make one of them the live one. Raises IndexMismatch."""
        with reached(self._name):
            self._read(generation)
            name = collection_of(self._name, "directory", generation)
            changes: list[models.AliasOperations] = []
            if self._live():
                alias = models.DeleteAlias(alias_name=self._name)
                changes.append(models.DeleteAliasOperation(delete_alias=alias))
            new = models.CreateAlias(collection_name=name, alias_name=self._name)
            changes.append(models.CreateAliasOperation(create_alias=new))
            self._client.update_collection_aliases(change_aliases_operations=changes)

    def _read(self, generation: str) -> Manifest:
        text = self._text(generation)
        if not text:
            raise IndexMismatch(f"There is no generation {generation!r} in {self._name}.")
        return msgspec.json.decode(text, type=Manifest)

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live."""
        with reached(self._name):
            if generation == self._live():
                raise IndexMismatch(f"{generation} is live.", "Use another one first.")
            for part in PARTS:
                name = collection_of(self._name, part, generation)
                if self._client.collection_exists(name):
                    self._client.delete_collection(name)

    def open(self, generation: str = "") -> QdrantEngine:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        with reached(self._name):
            name = generation or self._live()
            if not name:
                hint = "Run `litsearch build`, then `litsearch store copy local PLACE`."
                raise IndexMissing(f"There is no library {self._name} in Qdrant yet.", hint)
            return QdrantEngine(self._client, self._name, self._read(name))
