"""The stages of a build, here and on a cluster: what comes of them is the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import fakeweb
import numpy as np
import pytest
import smallweb
from clusters.threads import Threads
from extract.pages import article, raw

from litsearch.app import stages, workers
from litsearch.app.build import build
from litsearch.app.factories import embedder_facts, load_vectors
from litsearch.app.stages import ClusterStages, LocalStages, Stages, stages_of
from litsearch.config import BuildConfig, Config, ExtractConfig, FetchConfig
from litsearch.errors import (
    ClusterUnavailable,
    ConfigError,
    ExtractError,
    FetchError,
    MissingExtraError,
)
from litsearch.fetch.cache import Cache
from litsearch.fetch.download import Downloader
from litsearch.index.generation import Generation, open_current

HERE = Config(extract=ExtractConfig(workers=1))
SETTINGS = FetchConfig(spacing=0.0, timeout=2.0, retries=0, allow_private=True, max_megabytes=0.1)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Threads]:
    """A cluster that the settings' ray:// leads to."""
    threads = Threads()
    monkeypatch.setattr(stages, "_ray", lambda address: threads)
    yield threads
    threads.close()
    if workers._pool.cache_info().currsize:
        workers._pool(workers.terms_of(HERE)).__exit__(None, None, None)
        workers._pool.cache_clear()


@pytest.fixture(params=["local", "cluster"])
def running(request: pytest.FixtureRequest, cluster: Threads) -> Iterator[Stages]:
    place = LocalStages(HERE) if request.param == "local" else ClusterStages(lambda: cluster, HERE)
    with place as running:
        yield running


def test_local_is_the_default_and_nothing_else_is_guessed() -> None:
    assert isinstance(stages_of(Config()), LocalStages)
    assert isinstance(stages_of(Config(build=BuildConfig("ray://h:1"))), ClusterStages)
    with pytest.raises(ConfigError, match="'spark://h'") as told:
        stages_of(Config(build=BuildConfig("spark://h")))
    assert "ray://" in told.value.hint


def test_without_the_extra_the_command_that_installs_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "litsearch.clusters.ray", raising=False)
    with (
        pytest.raises(MissingExtraError) as told,
        stages_of(Config(build=BuildConfig("ray://127.0.0.1:1"))),
    ):
        pass
    assert "litsearch[ray]" in told.value.hint


def test_documents_come_cut_and_faults_cost_themselves(running: Stages) -> None:
    good, bad = running.submit(raw(article()), "s"), running.submit(raw("", "x/unknown"), "t")
    with LocalStages(HERE) as local:
        assert good.result(timeout=120) == local.submit(raw(article()), "s").result(timeout=120)
    assert good.result().passages
    with pytest.raises(ExtractError, match="x/unknown") as told:
        bad.result(timeout=120)
    assert told.value.status == "unsupported"


@pytest.mark.slow
def test_vectors_are_the_same_to_the_byte(running: Stages, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    texts = [f"The tide of day {n} rose {n % 7} feet{' again' * (n % 30)}." for n in range(700)]
    folder, facts = embedder_facts(HERE)
    with LocalStages(HERE) as local:
        expected = local.bulk_embedder(folder, facts).embed_passages(texts)
    vectors = running.bulk_embedder(folder, facts).embed_passages(texts)
    assert np.array_equal(vectors, expected)
    assert running.bulk_embedder(folder, facts).embed_passages([]).shape == (0, facts.dim)


def _fetched(get: Downloader, url: str) -> tuple[Any, ...]:
    try:
        document = get(url)
    except FetchError as error:
        return (str(error), error.hint, error.status, error.transient, error.unreachable)
    return (document.url, document.media_type, document.body, document.etag)


PAGES = {
    "/page": fakeweb.page("<p>Tides rise.</p>", etag='"1"'),
    "/gone": fakeweb.status(404),
    "/down": fakeweb.status(503),
    "/large": fakeweb.page("x" * 200_000),
    "/there": fakeweb.redirect("/page"),
}


def test_requests_are_answered_alike(running: Stages, tmp_path: Path) -> None:
    with fakeweb.serve() as web:
        web.pages |= PAGES
        urls = [web.at(path) for path in PAGES] + [f"{web.base}1/", "http://127.0.0.1:1/"]
        with (
            closing(Cache(tmp_path / "here")) as here,
            closing(Cache(tmp_path / "there")) as there,
            Downloader(here, SETTINGS) as local,
            Downloader(there, SETTINGS, wire=running.wire(SETTINGS)) as get,
        ):
            for url in urls:
                assert _fetched(get, url) == _fetched(local, url), url
            assert get.requests == local.requests


def test_private_addresses_are_refused_where_the_request_is_sent(
    running: Stages, tmp_path: Path
) -> None:
    settings = FetchConfig(spacing=0.0, retries=0)
    with (
        closing(Cache(tmp_path)) as cache,
        Downloader(cache, settings, wire=running.wire(settings)) as get,
        pytest.raises(FetchError, match="private"),
    ):
        get("http://localhost:1/")


def test_a_page_whose_machines_are_lost_may_be_asked_for_again(
    cluster: Threads, tmp_path: Path
) -> None:
    with fakeweb.serve() as web, ClusterStages(lambda: cluster, HERE) as running:
        web.pages |= PAGES
        with (
            closing(Cache(tmp_path)) as cache,
            Downloader(cache, SETTINGS, wire=running.wire(SETTINGS)) as get,
        ):
            cluster.lose = 2  # robots.txt, of which nothing need be known, and the page
            with pytest.raises(FetchError) as told:
                get(web.at("/page"))
            assert told.value.transient
            assert get(web.at("/page")).body
            running.check()


def test_a_document_whose_machines_are_lost_costs_itself(cluster: Threads) -> None:
    with ClusterStages(lambda: cluster, HERE) as running:
        cluster.lose = 1
        with pytest.raises(ExtractError, match="lost"):
            running.submit(raw(article()), "s").result(timeout=120)
        assert running.submit(raw(article()), "s").result(timeout=120).passages


def test_machines_with_another_litsearch_are_refused(cluster: Threads) -> None:
    terms = workers.terms_of(HERE)
    with pytest.raises(ConfigError, match=r"litsearch .*extraction 0"):
        workers.agree(workers.Terms(terms.embedder, terms.fingerprint, 1.0, extraction="0"))
    with pytest.raises(ConfigError, match="another one"):
        workers.agree(workers.Terms(terms.embedder, "0", 1.0))
    missing = type(terms.embedder)(model="/nowhere/model")
    with pytest.raises(ConfigError, match="On the machine"):
        workers.agree(workers.Terms(missing, "0", 1.0))


@pytest.mark.slow
def test_machines_without_torch_embed_with_onnx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litsearch.app.embedding.has_torch", lambda: False)
    machine = workers.Machine(workers.terms_of(HERE), False, 0)
    vectors: Any = machine(["Tides rise.", "Bread rises."])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def _contents(generation: Generation) -> Any:
    sources = generation.catalog.sources()
    passages = [generation.catalog.passages_of(source.source_id) for source in sources]
    return sources, passages, generation.vectors.vectors(0, len(generation.vectors)).tobytes()


@pytest.fixture
def library(tmp_path: Path) -> Callable[[str], Path]:
    return lambda name: smallweb.make_library(tmp_path / name)


def _build(folder: Path, on: str) -> dict[str, Any]:
    config = Config(
        build=BuildConfig(on), fetch=FetchConfig(spacing=0.0, retries=0), extract=HERE.extract
    )
    report = build(folder, config, (), full=False, offline=False, progress=lambda *_: None)
    return json.loads(json.dumps(report.statuses))


@pytest.mark.slow
def test_a_library_is_the_same_wherever_it_was_built(
    library: Callable[[str], Path], cluster: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fakeweb.serve() as web:
        smallweb.put_pages(web)
        monkeypatch.setenv("http_proxy", web.base)
        monkeypatch.setenv("https_proxy", web.base)
        here, there = library("here"), library("there")
        assert _build(there, "ray://threads") == _build(here, "local")
    opened = [open_current(folder / "index", load_vectors) for folder in (here, there)]
    assert _contents(opened[0]) == _contents(opened[1])
    assert cluster.closed


@pytest.mark.slow
def test_a_cluster_that_goes_away_ends_the_build_and_nothing_is_published(
    library: Callable[[str], Path], cluster: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library("there")
    everywhere = cluster.everywhere

    def gone(function: Callable[..., object], *arguments: object) -> None:
        everywhere(function, *arguments)
        cluster.failure = ClusterUnavailable("The cluster is gone.")

    monkeypatch.setattr(cluster, "everywhere", gone)
    with pytest.raises(ClusterUnavailable, match="is gone"):
        _build(folder, "ray://threads")
    assert not (folder / "index" / "CURRENT").exists()
    assert cluster.closed
