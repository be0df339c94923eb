"""A library and a cache over the wire of S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from answers.shelf import embed
from stores.buckets import bucket_server
from stores.places import kept, quiet, shelf
from stores.test_archive import TEXTS, Machine

from litsearch.errors import StoreUnavailable
from litsearch.retrieval.search import search
from litsearch.stores.copying import copy, differences
from litsearch.stores.lance import Lance

pytestmark = pytest.mark.slow


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with bucket_server() as address:
        for name, value in {
            "AWS_ENDPOINT": address,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }.items():
            monkeypatch.setenv(name, value)
        httpx.put(f"{address}/bucket").raise_for_status()
        yield "s3://bucket"


def test_a_library_in_a_bucket_is_the_same(bucket: str, tmp_path: Path) -> None:
    local = shelf(tmp_path / "index")
    store = kept(local, lambda: Lance(f"{bucket}/library"), tmp_path / "cache")
    assert not list(differences(local, store, quiet))
    for query in ("water clocks", '"high water"', "water -yeast"):
        mine, theirs = (search(one, embed, query, k=9, depth=50).hits for one in (local, store))
        assert [hit.passage for hit in theirs] == [hit.passage for hit in mine]
    assert Lance(f"{bucket}/library").generations() == [local.id]


def test_a_bucket_that_is_not_there_is_told(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        copy(
            shelf(tmp_path / "index"),
            Lance("s3://no-such-bucket/library"),
            tmp_path / "cache",
            quiet,
        )


def test_another_machine_has_what_one_kept_in_a_bucket(bucket: str, tmp_path: Path) -> None:
    one, other = (Machine(tmp_path / name, f"{bucket}/cache") for name in ("one", "other"))
    one.fetched("http://a.example/")
    assert one.embed() == len(TEXTS)
    one.sync()
    other.sync()
    assert other.body("http://a.example/") == b"water"
    assert other.embed() == 0


def test_a_cache_whose_bucket_is_not_there_is_told(bucket: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path / "one", "s3://no-such-bucket/cache")
    machine.fetched("http://a.example/")
    with pytest.raises(StoreUnavailable, match="no-such-bucket"):
        machine.sync()
