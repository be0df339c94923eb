"""LanceDB over the wire of S3: moto's server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from answers.shelf import embed
from moto.server import ThreadedMotoServer
from stores.places import kept, quiet, shelf

from litsearch.errors import StoreUnavailable
from litsearch.retrieval.search import search
from litsearch.stores.copying import copy, differences
from litsearch.stores.lance import Lance


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    for name, value in {
        "AWS_ENDPOINT": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    httpx.put(f"{address}/bucket").raise_for_status()
    yield "s3://bucket/library"
    server.stop()


def test_a_library_in_a_bucket_is_the_same(bucket: str, tmp_path: Path) -> None:
    local = shelf(tmp_path / "index")
    store = kept(local, lambda: Lance(bucket), tmp_path / "cache")
    assert not list(differences(local, store, quiet))
    for query in ("water clocks", '"high water"', "water -yeast"):
        mine, theirs = (search(one, embed, query, k=9, depth=50).hits for one in (local, store))
        assert [hit.passage for hit in theirs] == [hit.passage for hit in mine]
    assert Lance(bucket).generations() == [local.id]


def test_a_bucket_that_is_not_there_is_told(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        copy(
            shelf(tmp_path / "index"),
            Lance("s3://no-such-bucket/library"),
            tmp_path / "cache",
            quiet,
        )
