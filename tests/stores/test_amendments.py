"""A build after an edit writes only what differs; readers see the one or the other, whole."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from index.living import SUBJECTS, World, entry, opened, text
from index.test_embedding_store import HashEmbedder
from stores.places import ENGINES, PLACES, Breaking, Broken, Place, quiet

from litsearch.errors import IndexMismatch
from litsearch.index.generation import Generation
from litsearch.retrieval.search import search
from litsearch.stores.copying import copy, differences
from litsearch.stores.engine import Batch, Edition, Part
from litsearch.stores.log import DAY, Log, reader_of
from litsearch.stores.remote import RemoteStore

pytestmark = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact"),
]
MORE = tuple(f"{subject}{n}" for subject in SUBJECTS for n in range(2))
QUERIES = ("tides of region 7", '"measured in the year"', "yeast -tides", "on bees", "comets")

embed = HashEmbedder().embed_query


class Library:
    """A library on this machine, and its copy at a place."""

    def __init__(self, folder: Path, place: Place) -> None:
        self.world = World(
            [entry(n, name) for n, name in enumerate(MORE)],
            {name: text(name) for name in MORE if not name.startswith("bees")},
        )
        self.folder, self.place = folder, place
        self.copied_rows = 0

    def build(self) -> Generation:
        self.world.build(self.folder / "index")
        return opened(self.folder / "index")

    def copy(self, batches: int = 10_000) -> Generation:
        """Build, copy, and compare all of it."""
        generation = self.build()
        sink = Breaking(self.place(), batches)
        copy(generation, sink, self.folder / "cache", quiet)
        self.copied_rows = sink.put_rows
        return generation

    def reader(self, generation: str = "") -> RemoteStore:
        return RemoteStore(self.place().open(generation), self.folder / "readers")

    def add(self, name: str) -> None:
        self.world.entries.insert(3, entry(0, name))
        self.world.pages[name] = text(name)

    def base(self) -> str:
        return self.place().open().edition.base


@pytest.fixture(params=ENGINES)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return Library(tmp_path, PLACES[request.param](tmp_path / "place"))


def add(library: Library) -> None:
    library.add("comets")


def edit(library: Library) -> None:
    library.world.pages["tides1"] = library.world.pages["tides1"].replace("Note 3", "Remark 3")


def mend(library: Library) -> None:
    library.world.edit(5, remark="seen from a pier")


def move(library: Library) -> None:
    library.world.entries.append(library.world.entries.pop(4))


def remove(library: Library) -> None:
    library.world.entries.pop(7)


CHANGES: tuple[Callable[[Library], None], ...] = (add, edit, mend, move, remove)


def hits(store: Generation | RemoteStore, query: str) -> list[tuple[str, float]]:
    # all of them: of those that say the same, an engine would choose as it likes
    results = search(store, embed, query, k=500, depth=500)
    return [(hit.passage.passage_id, hit.score) for hit in results.hits]


def assert_alike(local: Generation, store: RemoteStore) -> None:
    """Assert that all rows are the same, and that searches find the same."""
    assert not list(differences(local, store, quiet))
    assert store.catalog.sources() == local.catalog.sources()
    for query in QUERIES:
        mine, theirs = dict(hits(local, query)), dict(hits(store, query))
        # half precision, and weights of terms by a mean length of rows that was a little other
        assert theirs == pytest.approx(mine, abs=0.02), query


@pytest.mark.parametrize("change", CHANGES)
def test_an_amendment_is_the_library_as_it_is_now(
    library: Library, change: Callable[[Library], None]
) -> None:
    library.copy()
    base, whole = library.base(), library.copied_rows
    change(library)
    local = library.copy()
    assert library.base() == base != local.id
    assert library.copied_rows < whole / 2  # of so small a library, mostly blocks of the snapshot
    assert_alike(local, library.reader())


def test_amendments_of_amendments_are_right(library: Library) -> None:
    library.copy()
    for change in (add, mend, edit, remove, mend, move):
        change(library)
        local = library.copy()
    assert_alike(local, library.reader())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_any_changes_in_any_order_are_right(tmp_path: Path, seed: int) -> None:
    library = Library(tmp_path, PLACES["memory"](tmp_path / "place"))
    rng = random.Random(seed)
    library.copy()
    for n in range(8):
        for change in rng.sample(CHANGES, rng.randint(1, 3)):
            change(library) if change is not add else library.add(f"comets{n}")
        local = library.copy()
        assert_alike(local, library.reader())


def test_a_title_found_by_its_new_remark_is_not_found_by_its_old(library: Library) -> None:
    library.copy()
    mend(library)
    library.copy()
    library.world.edit(5, remark="photographed by night")
    library.copy()
    catalog = library.reader().catalog
    row = catalog.rows()[library.world.entries[5].title]
    assert [one.id for one in catalog.match_sources(["photographed by night"], 5)] == [row]
    assert catalog.match_sources(["seen from a pier"], 5) == []


def test_a_reader_stays_with_its_generation(library: Library) -> None:
    first = library.copy()
    reader = library.reader()
    before = {query: dict(hits(reader, query)) for query in QUERIES}
    for change in (add, edit, remove):
        change(library)
        library.copy()
        for query, scores in before.items():  # the last bit of a product is where its rows lie
            assert dict(hits(reader, query)) == pytest.approx(scores, abs=1e-6), query
    assert_alike(first, reader)


def test_nothing_of_a_writer_that_was_killed_is_seen(library: Library) -> None:
    first = library.copy()
    add(library)
    edit(library)
    with pytest.raises(Broken):
        library.copy(batches=3)
    assert library.place().generations() == [first.id]
    assert_alike(first, library.reader())

    remove(library)
    local = library.copy()
    assert_alike(local, library.reader())
    assert_alike(first, library.reader(first.id))


def test_what_a_killed_writer_has_put_is_not_put_again(library: Library) -> None:
    library.copy()
    library.add("comets")
    with pytest.raises(Broken):
        library.copy(batches=3)
    local = library.copy()
    partly = library.copied_rows
    assert_alike(local, library.reader())
    library.place().use(library.place().generations()[0])
    library.copy()
    assert library.copied_rows < partly


def test_of_two_writers_one_is_told_and_nothing_is_lost(library: Library, tmp_path: Path) -> None:
    first = library.copy()
    other = Library(tmp_path / "other", library.place)
    other.world.pages |= library.world.pages
    other.folder.mkdir()
    other.build()
    other.copy()  # the same texts, put anew: this one is live now
    add(library)

    class Meanwhile(Breaking):
        """A sink beside which another writer publishes, before its own is published."""

        def publish(self, after: str) -> None:
            edit(other)
            other.copy()
            self._sink.publish(after)

    mine = library.build()
    with pytest.raises(IndexMismatch, match="Another writer"):
        copy(mine, Meanwhile(library.place()), tmp_path / "cache", quiet)
    theirs = opened(other.folder / "index")
    assert library.place().generations()[-1] == theirs.id
    assert_alike(theirs, library.reader())
    assert_alike(first, library.reader(first.id))

    copy(mine, library.place(), tmp_path / "cache", quiet)
    assert_alike(mine, library.reader())
    assert_alike(theirs, library.reader(theirs.id))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let so many seconds pass for all writers."""
    passed = 0.0

    def wait(seconds: float) -> None:
        nonlocal passed
        passed += seconds

    now = SimpleNamespace(time=lambda: time.time() + passed)
    monkeypatch.setattr("litsearch.stores.log.time", now)
    return wait


class Acting(Breaking):
    """A sink beside which something happens: after so many batches, or before it publishes."""

    def __init__(self, sink: Any, act: Callable[[], None], after: int) -> None:
        super().__init__(sink)
        self._act, self._after = act, after
        self.there = 0

    def begin(self, edition: Edition) -> Any:
        there = self._sink.begin(edition)
        self.there = sum(there.values())
        return there

    def put(self, part: Part, batch: Batch) -> None:
        super().put(part, batch)
        self._after -= 1
        if self._after <= 0:
            self._act()

    def publish(self, after: str) -> None:
        if self._after > 0:
            self._act()
        self._sink.publish(after)


def broken_off() -> None:
    raise Broken


def test_rows_of_a_killed_amendment_are_swept_after_a_day(
    library: Library, later: Callable[[float], None]
) -> None:
    first = library.copy()
    add(library)
    local = library.build()
    with pytest.raises(Broken):
        copy(local, Breaking(library.place(), 3), library.folder / "cache", quiet)
    later(DAY / 2)
    assert library.place().sweep() == [], "its writer may be at work"

    later(DAY)
    assert library.place().sweep() == [local.id]
    assert library.place().sweep() == []
    assert_alike(first, library.reader())
    anew = Acting(library.place(), lambda: None, 0)
    copy(local, anew, library.folder / "cache", quiet)
    assert anew.there == 0
    assert_alike(local, library.reader())
    assert_alike(first, library.reader(first.id))


def test_a_killed_amendment_goes_on_until_it_is_swept(
    library: Library, later: Callable[[float], None]
) -> None:
    library.copy()
    add(library)
    local = library.build()
    with pytest.raises(Broken):
        copy(local, Breaking(library.place(), 3), library.folder / "cache", quiet)
    later(3 * DAY)
    on = Acting(library.place(), lambda: None, 0)
    copy(local, on, library.folder / "cache", quiet)
    assert on.there > 0
    later(3 * DAY)
    assert library.place().sweep() == [], "it was published"
    assert_alike(local, library.reader())


def test_nothing_of_a_writer_at_work_is_swept(
    library: Library, later: Callable[[float], None]
) -> None:
    library.copy()
    add(library)
    local = library.build()

    def hours_pass() -> None:
        later(DAY * 0.9)
        assert library.place().sweep() == []

    copy(local, Acting(library.place(), hours_pass, 1), library.folder / "cache", quiet)
    later(3 * DAY)
    assert library.place().sweep() == []
    assert_alike(local, library.reader())


def test_leftovers_among_rows_that_are_read_are_swept(
    library: Library, later: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "lance" in str(type(library.place())):  # puts rows of several writers into one file
        monkeypatch.setattr("litsearch.stores.lance.FRAGMENTS", 1)
    library.copy()
    add(library)
    killed = library.build()
    with pytest.raises(Broken):
        copy(killed, Breaking(library.place(), 3), library.folder / "cache", quiet)
    edit(library)
    between = library.copy()
    later(2 * DAY)
    assert library.place().sweep() == [killed.id]
    assert_alike(between, library.reader(between.id))
    remove(library)
    last = library.copy()
    assert_alike(last, library.reader())


@pytest.mark.parametrize("batches", [2, 10_000])
def test_a_writer_that_was_given_up_is_told_and_publishes_nothing(
    library: Library, later: Callable[[float], None], batches: int
) -> None:
    first = library.copy()
    add(library)
    local = library.build()

    def days_pass() -> None:
        later(2 * DAY)
        library.place().sweep()

    with pytest.raises(IndexMismatch, match="taken for a leftover"):
        copy(local, Acting(library.place(), days_pass, batches), library.folder / "cache", quiet)
    assert library.place().generations() == [first.id]
    assert_alike(first, library.reader())
    copy(local, library.place(), library.folder / "cache", quiet)
    assert_alike(local, library.reader())


def test_what_other_generations_read_is_never_swept(
    library: Library, later: Callable[[float], None]
) -> None:
    first = library.copy()
    add(library)
    second = library.copy()
    mend(library)
    third = library.copy()
    library.place().use(first.id)
    with pytest.raises(Broken):  # the rows of the second are there: they would be published again
        copy(second, Acting(library.place(), broken_off, 10_000), library.folder / "cache", quiet)
    later(3 * DAY)
    assert library.place().sweep() == []
    assert_alike(third, library.reader(third.id))
    assert_alike(second, library.reader(second.id))


def test_a_log_of_before_writers_were_noted_is_read() -> None:
    read: Callable[[str], Log[Edition]] = reader_of(Edition)
    library_of_then = msgspec.json.encode([]).decode()
    assert read(library_of_then) == Log()
    assert read(msgspec.json.encode(Log()).decode()) == Log()


def test_going_back_from_an_amendment_is_one_write(library: Library) -> None:
    first = library.copy()
    add(library)
    second = library.copy()
    library.place().use(first.id)
    assert library.place().generations() == [second.id, first.id]
    assert_alike(first, library.reader())
    library.place().use(second.id)
    assert_alike(second, library.reader())


def test_a_generation_goes_without_what_others_need(library: Library) -> None:
    first = library.copy()
    add(library)
    second = library.copy()
    library.place().drop(first.id)
    assert library.place().generations() == [second.id]
    assert_alike(second, library.reader())


def test_most_of_a_library_changed_is_put_whole(library: Library) -> None:
    library.copy()
    base = library.base()
    for name in list(library.world.pages)[:-5]:
        library.world.pages[name] = text(name.upper())
    local = library.copy()
    assert library.base() == local.id != base
    assert_alike(local, library.reader())


def test_a_snapshot_is_loaded_by_what_differs(library: Library) -> None:
    library.copy()
    reader = library.reader()
    add(library)
    library.copy()
    loaded: list[int] = []
    engine = library.place().open()
    read = engine.directory

    def directory(keys):  # type: ignore[no-untyped-def]
        loaded.append(len(keys))
        return read(keys)

    engine.directory = directory  # type: ignore[method-assign]
    newer = RemoteStore(engine, library.folder / "readers")
    blocks = next((library.folder / "readers").glob(f"{newer.id}.sqlite")).stat().st_size >> 14
    assert sum(loaded) - 1 < blocks
    assert reader.id != newer.id


@pytest.mark.slow
def test_lance_puts_tables_together_and_keeps_what_generations_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("litsearch.stores.lance.FRAGMENTS", 1)
    library = Library(tmp_path, PLACES["lance"](tmp_path / "place"))
    first = library.copy()
    for change in (add, edit, mend):
        change(library)
        last = library.copy()
    sink: Any = library.place()
    table = sink._db.open_table(f"passages-{first.id}")
    assert table.stats()["fragment_stats"]["num_fragments"] <= 2
    library.place().use(first.id)
    assert_alike(first, library.reader())
    assert_alike(last, library.reader(last.id))

    class Aged:
        """The table as it will be in a month."""

        def list_versions(self) -> list[dict[str, Any]]:
            month = timedelta(days=30)
            of_now = table.list_versions()
            return [facts | {"timestamp": facts["timestamp"] - month} for facts in of_now]

    assert sink._age(Aged(), "passages", first.id) > timedelta(days=30)
    assert sink._age(table, "passages", first.id) == timedelta(days=7)
    for generation in library.place().generations()[:-1]:
        library.place().drop(generation)
    assert sink._age(Aged(), "passages", "another") == timedelta(days=7)
