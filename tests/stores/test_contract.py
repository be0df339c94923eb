"""The socket of stores, over every engine: what is found is what the local index finds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from answers.shelf import Page, ask, embed, make
from index.living import World, opened
from stores.places import ENGINES, PLACES, Breaking, Broken, Place, kept, quiet, shelf

from litsearch.errors import IndexMismatch, IndexMissing
from litsearch.index.generation import Generation
from litsearch.protocols import RowFilter, StoreQuery
from litsearch.retrieval.explain import why
from litsearch.retrieval.search import rank_candidates, search
from litsearch.stores.copying import copy, differences
from litsearch.stores.remote import RemoteStore
from litsearch.types import Filters, Mode

# said by the engine in this process of what only a server needs
pytestmark = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact"),
]

QUERIES = (
    "what makes the dough rise in yeast bread?",
    "tides",
    '"high water"',
    '"water high"',
    "water -yeast",
    'water -"high water"',
    "C++ bakers",
    "author:Byron",
    "site:kitchen.example.com oven",
    "pendulm",
    "水",
    "the illustrated baker",
    "nothing of all this zzzz",
)


@dataclass
class Twice:
    """One library on this machine and in an engine."""

    local: Generation
    store: RemoteStore
    place: Place


@pytest.fixture(scope="module", params=ENGINES)
def twice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Twice:
    folder = tmp_path_factory.mktemp(request.param)
    local, place = shelf(folder / "index"), PLACES[request.param](folder)
    return Twice(local, kept(local, place, folder / "cache"), place)


@pytest.fixture(params=ENGINES)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Place]:
    """Give places of one engine, by a name of their own."""
    return lambda name: PLACES[request.param](tmp_path / name)


@pytest.fixture
def place(places: Callable[[str], Place]) -> Place:
    return places("place")


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_search_finds_what_the_local_index_finds(twice: Twice, query: str, mode: Mode) -> None:
    mine, theirs = (
        search(store, embed, query, k=20, depth=50, mode=mode)
        for store in (twice.local, twice.store)
    )
    assert [hit.passage for hit in theirs.hits] == [hit.passage for hit in mine.hits]
    assert [hit.source for hit in theirs.hits] == [hit.source for hit in mine.hits]
    assert [hit.score for hit in theirs.hits] == pytest.approx(
        [hit.score for hit in mine.hits], abs=2e-3
    )
    assert theirs.notes == mine.notes


@pytest.mark.parametrize(
    "filters",
    [
        Filters(sites=("example.org",)),
        Filters(titles=("bread",)),
        Filters(authors=("byron",), kinds=("article",)),
        Filters(sources=("s2",)),
        Filters(topics=("no such topic",)),
        Filters(titles=("') OR 1=1 --",)),
    ],
)
def test_filters_leave_what_they_leave_locally(twice: Twice, filters: Filters) -> None:
    mine, theirs = (
        search(store, embed, "water", k=20, depth=50, filters=filters).hits
        for store in (twice.local, twice.store)
    )
    assert [hit.passage.passage_id for hit in theirs] == [hit.passage.passage_id for hit in mine]


def test_texts_ids_and_counts_are_the_same(twice: Twice) -> None:
    local, remote = twice.local.catalog, twice.store.catalog
    assert remote.counts() == twice.local.manifest.counts
    assert remote.sources() == local.sources()
    assert remote.heads() == local.heads()
    for name in local.rows():
        assert remote.document(name) == local.document(name)
        assert remote.passages_of(name) == local.passages_of(name)
    rows = local.every_passage[::-1]
    assert remote.passages(rows) == local.passages(rows)
    assert remote.sentence_rows(rows).tolist() == local.sentence_rows(rows).tolist()
    for passage in local.passages_of("s1"):
        assert remote.passage(passage.passage_id) == local.passage(passage.passage_id)
    assert not list(differences(twice.local, twice.store, quiet))


@pytest.mark.parametrize("name", ["", "no such", "' OR 1=1 --", '"', "s1-0' --", "\0", "\ud800"])
def test_ids_that_are_none_are_none(twice: Twice, name: str) -> None:
    for ask_for in (twice.store.catalog.document, twice.store.catalog.passage):
        with pytest.raises(KeyError):
            ask_for(name)
    assert twice.store.catalog.passages_of(name) == []


@pytest.mark.parametrize(
    "words",
    [
        "high water",
        "water high",
        "C++",
        "c",
        "'quote'",
        "drop table",
        "moon",
        "水时",
        "水",
        "x' OR '",
    ],
)
def test_phrases_are_held_by_the_same_passages(twice: Twice, words: str) -> None:
    local, remote = twice.local.catalog, twice.store.catalog
    assert remote.rows_with_phrase(words).tolist() == local.rows_with_phrase(words).tolist()
    assert remote.document_frequency([words]) == local.document_frequency([words])
    assert {row for row, _ in remote.match_passages([words], 50)} == {
        row for row, _ in local.match_passages([words], 50)
    }
    for notes_only in (False, True):
        assert {row for row, _ in remote.match_sources([words], 50, notes_only=notes_only)} == {
            row for row, _ in local.match_sources([words], 50, notes_only=notes_only)
        }


def test_vectors_are_those_that_were_copied(twice: Twice) -> None:
    for mine, theirs in (
        (twice.local.sentences, twice.store.sentences),
        (twice.local.sources, twice.store.sources),
    ):
        assert len(mine) == len(theirs)
        np.testing.assert_allclose(theirs[[2, 0, 1, 1]], mine[[2, 0, 1, 1]], atol=1e-3)
        np.testing.assert_allclose(theirs[1:3], mine[1:3], atol=1e-3)
        np.testing.assert_allclose(theirs[1], mine[1], atol=1e-3)
        assert theirs[:0].shape[0] == 0


@pytest.mark.parametrize("question", ["what makes dough rise?", "who wrote All about tides?", "?"])
def test_an_answer_is_the_same(twice: Twice, question: str) -> None:
    mine, theirs = ask(twice.local, question), ask(twice.store, question)  # type: ignore[arg-type]
    assert (theirs.text, theirs.status, theirs.reason) == (mine.text, mine.status, mine.reason)
    assert [one.quote for one in theirs.citations] == [one.quote for one in mine.citations]


def test_a_source_is_explained_alike(twice: Twice) -> None:
    for source in twice.local.catalog.sources():
        steps = []
        for store in (twice.local, twice.store):
            ranking = rank_candidates(
                store, embed, "water that rises", depth=4, mode="hybrid", filters=None
            )
            steps.append(why(store, ranking, source, k=3))
        assert [step.name for step in steps[0]] == [step.name for step in steps[1]]


def test_filters_on_clustered_vectors_lose_nothing(place: Place, tmp_path: Path) -> None:
    """Whole pages are near each other: a filter that takes the nearest out leaves all others."""
    pages = [
        Page(f"Page {n}", tuple(f"Word{n} and more of word{n} as number {m}." for m in range(9)))
        for n in range(40)
    ]
    local = make(tmp_path / "index", pages)
    store = kept(local, place, tmp_path / "cache")
    rng = np.random.default_rng(3)
    for _ in range(12):
        left = np.sort(rng.choice(40, int(rng.integers(1, 40)), replace=False))
        rows = local.catalog.passage_rows_of(left.tolist())
        vector = embed(f"word{rng.integers(40)} number {rng.integers(9)}")
        wanted = StoreQuery(None, vector)
        for where in (RowFilter(rows, left), RowFilter(rows, left, by_words=True)):
            mine, theirs = (one.matches(wanted, where) for one in (local, store))
            best = theirs.best("dense", 10)
            assert set(best.tolist()) <= set(rows.tolist())
            np.testing.assert_allclose(
                theirs.scores("dense", best),
                mine.scores("dense", mine.best("dense", 10)),
                atol=2e-3,
            )


def test_rows_with_holes_are_read_as_they_are(place: Place, tmp_path: Path) -> None:
    """An amended library has rows without a passage: they are found nowhere."""
    world = World()
    world.build(tmp_path / "index")
    world.pages["tides"] = "Of this work the text is another one now. It has two sentences."
    world.build(tmp_path / "index")
    local = opened(tmp_path / "index")
    assert local.catalog.without_holes is not None

    store = kept(local, place, tmp_path / "cache")
    assert not list(differences(local, store, quiet))
    gone = np.setdiff1d(np.arange(local.catalog.sizes["passages"]), local.catalog.every_passage)
    with pytest.raises(KeyError):
        store.catalog.passages(gone[:1])
    found = store.nearest(np.ones(8, np.float32), 1000)[1]
    assert sorted(found.tolist()) == local.catalog.every_passage.tolist()


def test_nothing_is_there_before_it_is_published(place: Place, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        place().open()
    with pytest.raises(Broken):
        copy(shelf(tmp_path / "index"), Breaking(place(), 3), tmp_path / "cache", quiet)
    assert place().generations() == []
    with pytest.raises(IndexMissing):
        place().open()


def test_a_copy_that_broke_off_goes_on(
    places: Callable[[str], Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = places("place")
    monkeypatch.setattr("litsearch.stores.parts.BATCH", 3)
    local = shelf(tmp_path / "index")
    broken = Breaking(place(), 6)
    with pytest.raises(Broken):
        copy(local, broken, tmp_path / "cache", quiet)
    rest = Breaking(place(), 10_000)
    copy(local, rest, tmp_path / "cache", quiet)
    store = RemoteStore(place().open(), tmp_path / "cache")
    assert not list(differences(local, store, quiet))
    assert broken.put_rows > 0
    fresh = Breaking(places("fresh")(), 10_000)
    copy(local, fresh, tmp_path / "cache", quiet)
    assert rest.put_rows == fresh.put_rows - broken.put_rows


def test_readers_stay_with_their_generation_and_follow_the_next(
    place: Place, tmp_path: Path
) -> None:
    first = shelf(tmp_path / "index")
    reader = kept(first, place, tmp_path / "cache")
    stop, failures, ranking = threading.Event(), list[object](), 0

    def read() -> None:
        nonlocal ranking
        while not stop.is_set():
            hits = search(reader, embed, "water clocks", k=5, depth=20).hits
            ranking += 1
            if [hit.passage.text for hit in hits] != texts:
                failures.append(hits)

    texts = [hit.passage.text for hit in search(reader, embed, "water clocks", k=5, depth=20).hits]
    thread = threading.Thread(target=read)
    thread.start()
    try:
        second = make(tmp_path / "index", [Page("Water clocks", ("Clocks of water run out.",))])
        newer = kept(second, place, tmp_path / "cache")
        before = ranking
        while ranking < before + 2 and thread.is_alive():
            pass
    finally:
        stop.set()
        thread.join()
    assert not failures
    assert place().generations() == [first.id, second.id]
    assert newer.id == second.id
    assert search(newer, embed, "water clocks", k=5, depth=20).hits[0].passage.text == (
        "Clocks of water run out."
    )


@pytest.fixture
def two(place: Place, tmp_path: Path) -> tuple[Place, list[str]]:
    ids = []
    for title in ("First", "Second"):
        generation = make(tmp_path / "index", [Page(title, (f"{title} of all.",))])
        copy(generation, place(), tmp_path / "cache", quiet)
        ids.append(generation.id)
    return place, ids


def test_going_back_is_one_write(two: tuple[Place, list[str]], tmp_path: Path) -> None:
    place, (first, second) = two
    place().use(first)
    assert place().generations() == [second, first]
    store = RemoteStore(place().open(), tmp_path / "cache")
    assert [source.title for source in store.catalog.sources()] == ["First"]
    assert RemoteStore(place().open(second), tmp_path / "cache").id == second


def test_a_generation_that_is_not_live_can_be_dropped(two: tuple[Place, list[str]]) -> None:
    place, (first, second) = two
    place().drop(first)
    assert place().generations() == [second]
    with pytest.raises(IndexMismatch):
        place().open(first)
    with pytest.raises(IndexMismatch):
        place().drop(second)
    with pytest.raises(IndexMismatch):
        place().use("' OR 1=1 --")


def test_what_a_killed_writer_left_is_swept_once_another_has_published(
    place: Place, tmp_path: Path
) -> None:
    killed = make(tmp_path / "killed", [Page("Killed", ("It never came to be.",))])
    with pytest.raises(Broken):
        copy(killed, Breaking(place(), 3), tmp_path / "cache", quiet)
    assert place().sweep() == [], "it may go on"
    live = shelf(tmp_path / "index")
    store = kept(live, place, tmp_path / "cache")
    later = make(tmp_path / "later", [Page("Later", ("It is on its way.",))])
    with pytest.raises(Broken):
        copy(later, Breaking(place(), 3), tmp_path / "cache", quiet)

    assert place().sweep() == [killed.id]
    assert place().sweep() == []
    assert place().generations() == [live.id]
    assert not list(differences(live, store, quiet))
    copy(later, Breaking(place()), tmp_path / "cache", quiet)  # it goes on
    newest = RemoteStore(place().open(), tmp_path / "cache")
    assert not list(differences(later, newest, quiet))


def test_a_changed_record_is_a_difference(twice: Twice, tmp_path: Path) -> None:
    other = make(tmp_path, [Page("All about tides", ("Another text stands here.",))])
    assert list(differences(other, twice.store, quiet))
