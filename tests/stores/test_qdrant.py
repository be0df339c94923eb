"""What crosses the wire to Qdrant, and what happens when it does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from stores.places import shelf
from stores.recorder import Recorder, recording

from litsearch.errors import ConfigError, StoreUnavailable
from litsearch.protocols import RowFilter
from litsearch.stores.engine import Edition
from litsearch.stores.log import Log
from litsearch.stores.qdrant import connect
from litsearch.stores.qdrant_engine import QdrantEngine
from litsearch.stores.qdrant_points import Layout, said, shape_of, signs, sparse

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Api key is used with")]


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


@pytest.fixture
def engine(recorder: Recorder, tmp_path: Path) -> QdrantEngine:
    edition = Edition(shelf(tmp_path / "index").manifest, "base", 7)
    recorder.results["/query"] = {"points": [{"id": 3, "version": 1, "score": 0.5}]}
    store = connect(f"{recorder.address}/lib", {"QDRANT_API_KEY": "a key"})
    return QdrantEngine(store._client, "lib", edition)


def test_a_filtered_search_compares_every_vector_of_its_sources(
    engine: QdrantEngine, recorder: Recorder
) -> None:
    where = RowFilter(np.array([3, 4]), np.array([1]))
    found = engine.nearest("passage", np.ones(3, np.float32), 7, where)
    assert (found.rows.tolist(), found.scores.tolist()) == ([3], [0.5])

    method, path, body = recorder.asked[-1]
    assert (method, path) == (
        "POST",
        "/collections/lib-passages-base/points/query",
    )
    assert body["query"] == {"nearest": [1.0, 1.0, 1.0]}
    assert (body["using"], body["limit"], body["with_payload"]) == ("dense", 7, False)
    assert body["params"]["exact"] is True
    assert body["filter"]["must"] == [{"key": "source", "match": {"any": [1]}}]
    assert recorder.keys == {"a key"}


def test_a_search_of_everything_looks_at_more_of_the_graph_than_it_returns(
    engine: QdrantEngine, recorder: Recorder
) -> None:
    engine.nearest("passage", np.ones(3, np.float32), 7, RowFilter())
    *_, body = recorder.asked[-1]
    assert body["params"]["hnsw_ef"] > 7 + 500
    assert not body["params"].get("exact")


def test_words_are_a_sparse_vector_of_weighed_terms(
    engine: QdrantEngine, recorder: Recorder
) -> None:
    engine.best_words("card", {"tide": 2.5, "water": 1.0}, 5, RowFilter())
    *_, body = recorder.asked[-1]
    assert body["using"] == "card"
    assert body["query"]["nearest"]["values"] == [2.5, 1.0]
    assert len(set(body["query"]["nearest"]["indices"])) == 2
    assert "filter" not in body or body["filter"] is None


def test_phrases_stand_in_the_filter_not_in_its_syntax(
    engine: QdrantEngine, recorder: Recorder
) -> None:
    recorder.results["/scroll"] = {"points": [], "next_page_offset": None}
    engine.with_phrase(['"}], "must_not": [', "x"])
    *_, body = recorder.asked[-1]
    assert body["filter"]["must"] == [
        {"key": "said", "match": {"phrase": ' "}], "must_not": [ x '}}
    ]


def test_a_generation_becomes_live_by_one_request(recorder: Recorder, tmp_path: Path) -> None:
    editions = [Edition(shelf(tmp_path / name).manifest, name, 7) for name in ("one", "two")]
    first = {"log": msgspec.json.encode(editions).decode(), "writer": "another"}
    recorder.results |= {
        "/exists": {"exists": True},
        "PUT /collections/lib-log/points": {"operation_id": 1, "status": "completed"},
    }
    recorder.points = {1: first}
    connect(f"{recorder.address}/lib", {}).use(editions[0].id)

    (_, path, body), *others = [one for one in recorder.asked if one[0] == "PUT"]
    assert not others
    assert "ordering=strong" in path
    assert body["update_mode"] == "insert_only"
    (point,) = body["points"]
    assert point["id"] == 2
    log = msgspec.json.decode(point["payload"]["log"], type=Log[Edition])
    assert [edition.id for edition in log.entries] == [editions[1].id, editions[0].id]


@pytest.mark.parametrize("status", [401, 403, 500, 503])
def test_a_refusal_is_told(recorder: Recorder, status: int) -> None:
    recorder.status = status
    with pytest.raises(StoreUnavailable, match="lib"):
        connect(f"{recorder.address}/lib", {}).generations()


def test_a_server_that_is_away_is_told() -> None:
    with recording() as gone:
        address = gone.address
    with pytest.raises(StoreUnavailable) as told:
        connect(f"{address}/lib", {}).open()
    assert "QDRANT_API_KEY" in told.value.hint


def test_a_key_does_not_cross_the_network_in_clear() -> None:
    with pytest.raises(ConfigError, match="unencrypted"):
        connect("http://qdrant.example.org:6333/lib", {"QDRANT_API_KEY": "a key"})


@pytest.mark.parametrize(
    "address", ["", "qdrant", "https://", "https://host", "ftp://h/n", "https://h/a/b"]
)
def test_an_address_names_host_and_library(address: str) -> None:
    with pytest.raises(ConfigError):
        connect(address, {})


@given(st.dictionaries(st.text(min_size=1), st.floats(0.01, 10), max_size=20))
def test_terms_of_one_number_are_one_term(terms: dict[str, float]) -> None:
    vector = sparse(terms)
    assert len(set(vector.indices)) == len(vector.indices)
    assert sum(vector.values) == pytest.approx(sum(terms.values()))


def test_signs_are_those_that_begin_terms() -> None:
    assert signs("水时 water | 计 c++") == ["水", "计"]
    assert len(set(said(["c++"]).split()) & set(said(["c"]).split())) == 0


def test_only_what_is_compared_has_vectors() -> None:
    assert shape_of("documents", 8)["vectors_config"] == {}
    assert set(shape_of("sources", 8)["sparse_vectors_config"]) == {"source", "card"}


def test_only_what_is_searched_has_graphs() -> None:
    assert shape_of("sentences", 8)["vectors_config"]["dense"].hnsw_config.m == 0
    for part in ("passages", "sources"):
        assert shape_of(part, 8)["vectors_config"]["dense"].hnsw_config is None


def test_a_new_copy_lies_as_the_settings_say() -> None:
    shape = shape_of("passages", 8, Layout(shards=6, replicas=3, bytes=True, on_disk=False))
    assert (shape["shard_number"], shape["replication_factor"]) == (6, 3)
    assert shape["write_consistency_factor"] == 2
    assert shape["on_disk_payload"] is False
    vectors = shape["vectors_config"]["dense"]
    assert vectors.on_disk is False
    assert vectors.quantization_config.scalar.type == "int8"


def test_a_cluster_keeps_its_own_defaults() -> None:
    shape = shape_of("passages", 8)
    assert not shape.keys() & {"shard_number", "replication_factor", "on_disk_payload"}
    assert shape["vectors_config"]["dense"].quantization_config is None


def test_three_nodes_are_described_in_yaml() -> None:
    path = Path(__file__).parents[2] / "scripts" / "deploy" / "qdrant.yaml"
    services = yaml.safe_load(path.read_text("utf-8"))["services"]
    assert len(services) == 3
    for service in services.values():
        assert "QDRANT__SERVICE__READ_ONLY_API_KEY" in service["environment"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
