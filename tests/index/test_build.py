"""A rebuild costs what changed, gives what a build from nothing gives, and survives what happens to
it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index.canonical import everything_in
from index.chaos import everything, remark
from index.living import FACTS, SUBJECTS, World, entry, opened, text
from index.test_embedding_store import HashEmbedder

from litsearch.index import build as building
from litsearch.index import write
from litsearch.index.current import generation_ids, use
from litsearch.index.diff import changes
from litsearch.index.generation import Generation, open_generation
from litsearch.index.vectors import flat
from litsearch.retrieval.search import search


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World()
    made.build(tmp_path)
    made.extracted.clear()
    return made


def test_nothing_changed_nothing_is_done(world: World, tmp_path: Path) -> None:
    before = opened(tmp_path).id
    report, embedder = world.build(tmp_path)
    assert (report.generation, report.unchanged, report.embedded) == (before, len(SUBJECTS), 0)
    assert (world.extracted, embedder.asked, generation_ids(tmp_path)) == ([], [], [before])


@pytest.mark.parametrize(
    "change",
    [
        lambda world: world.edit(1, remark="quite another remark"),
        lambda world: world.edit(7, remark="another remark of a page that never came"),
        lambda world: [world.edit(n, line=90 + n) for n in range(8)],
        lambda world: world.edit(2, section=("Elsewhere", "Deeper"), topic="Mechanics"),
        lambda world: [world.edit(n, list="config/lists/renamed.md") for n in range(8)],
        lambda world: world.entries.reverse(),
    ],
    ids=["remark", "remark without page", "lines", "section", "renamed", "moved"],
)
def test_what_the_lists_say_costs_no_extraction_and_no_embedding(
    world: World, tmp_path: Path, change: Callable[[World], Any]
) -> None:
    change(world)
    report, embedder = world.build(tmp_path)
    assert (report.embedded, report.total, embedder.asked, world.extracted) == (0, 8, [], [])
    rows = opened(tmp_path).catalog.sources()
    assert [row.entries[0] for row in rows] == world.entries
    assert opened(tmp_path).check() == []


def test_one_new_link_costs_itself(world: World, tmp_path: Path) -> None:
    world.pages["kites"] = text("kites")
    world.entries.insert(3, replace(world.entries[0], title="kites"))
    report, embedder = world.build(tmp_path)
    assert world.extracted == ["kites"]
    assert all("kites" in one for one in embedder.asked)
    assert report.total == 9


def test_one_edited_paragraph_costs_its_sentences_and_is_published(
    world: World, tmp_path: Path
) -> None:
    world.pages["yeast"] = world.pages["yeast"].replace("Note 11 on yeast", "Remark 11 on yeast")
    report, embedder = world.build(tmp_path)
    assert world.extracted == ["yeast"]
    assert [one[:15] for one in embedder.asked] == ["Remark 11 on ye"]
    assert 0 < report.embedded <= 2
    assert "Remark 11 on yeast" in opened(tmp_path).catalog.document("yeast").text


def test_a_removed_entry_is_gone_at_once(world: World, tmp_path: Path) -> None:
    del world.entries[2]
    report, embedder = world.build(tmp_path)
    assert (report.removed, embedder.asked) == (1, [])
    assert "pendulums" not in {row.source_id for row in opened(tmp_path).catalog.sources()}


@pytest.mark.parametrize(
    ("part", "embedded"), [("chunker", False), ("extraction", False), ("embedder", True)]
)
def test_another_making_makes_everything_anew(
    world: World, tmp_path: Path, part: str, embedded: bool
) -> None:
    world.facts = replace_fact(part)
    report, embedder = world.build(tmp_path)
    assert opened(tmp_path).manifest.facts == world.facts
    assert len(world.extracted) == 7
    assert bool(embedder.asked) == embedded
    assert report.unchanged == 0


def replace_fact(part: str) -> Any:
    from msgspec.structs import replace as replaced

    return replaced(FACTS, **{part: "another"})


STEPS: dict[str, Callable[[World], Any]] = {
    "remark": remark,
    "everything": everything,
    "new": lambda world: new_page(world, "kites"),
    "edited": lambda world: world.pages.update(
        glaciers=world.pages["glaciers"].replace("Note 11", "Remark 11")
    ),
    "gone": lambda world: world.entries.pop(2),
    "moved": lambda world: world.entries.reverse(),
    "renamed": lambda world: world.edit(7, title="bees", remark="a page that never came"),
    "lost": lambda world: world.pages.pop("violins", None),
    "all gone": lambda world: world.entries.clear(),
}


def new_page(world: World, name: str) -> None:
    world.pages[name] = text(name)
    world.entries.insert(3, replace(world.entries[0], title=name))


@pytest.mark.parametrize("step", STEPS)
def test_a_rebuild_gives_what_a_build_from_nothing_gives(tmp_path: Path, step: str) -> None:
    World().build(tmp_path / "a")
    world = World()
    STEPS[step](world)
    world.build(tmp_path / "a")
    world.build(tmp_path / "b")
    assert everything_in(opened(tmp_path / "a")) == everything_in(opened(tmp_path / "b"))


@pytest.mark.slow
@given(
    st.lists(
        st.lists(st.sampled_from(("hares", "larks", "moles", "newts", "otters")), unique=True),
        max_size=5,
    )
)
@settings(max_examples=25, deadline=None)
def test_any_series_of_rebuilds_gives_what_a_build_from_nothing_gives(
    series: list[list[str]],
) -> None:
    """Names come, go, change places, and with each build the page of the first of them changes."""
    world = World()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "MOST_HOLES", 0.9)
        world.build(Path(folder) / "a")
        for n, names in enumerate(series):
            world.entries = [
                *World().entries[: 5 - n],
                *(entry(n + line, name) for line, name in enumerate(names)),
            ]
            world.pages |= {
                name: text(name) + (f" Draft {n}." if name == names[0] else "") for name in names
            }
            world.build(Path(folder) / "a")
        world.build(Path(folder) / "b")
        one, other = opened(Path(folder) / "a"), opened(Path(folder) / "b")
        assert everything_in(one) == everything_in(other)
        for query in ("tides of region 14", "otters", "newts and larks in the year 1804"):
            assert found_by(one, query) == pytest.approx(found_by(other, query), rel=1e-5)
        one.catalog.close()
        other.catalog.close()


def found_by(generation: Generation, query: str) -> dict[str, float]:
    """What a search finds, with its scores."""
    hits = search(generation, HashEmbedder().embed_query, query, k=40, depth=100).hits
    return {hit.passage.passage_id: hit.score for hit in hits}


def test_amending_writes_what_changed_and_many_holes_write_everything(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew: list[int] = []
    real = building.compose
    monkeypatch.setattr(building, "compose", lambda *given: anew.append(1) or real(*given))
    world.pages["yeast"] += " And so on."
    world.build(tmp_path)
    catalog = opened(tmp_path).catalog
    assert (len(anew), catalog.rows()["yeast"], catalog.sizes["sources"]) == (0, 8, 9)
    assert catalog.without_holes is not None
    assert [row.source_id for row in catalog.sources()] == list(SUBJECTS)
    del world.entries[2:5]
    world.build(tmp_path)
    assert (len(anew), opened(tmp_path).catalog.without_holes) == (1, None)


def test_an_amended_generation_shares_its_vectors_and_outlives_the_old_one(
    world: World, tmp_path: Path
) -> None:
    old = opened(tmp_path)
    remark(world)
    world.build(tmp_path)
    new = opened(tmp_path)
    assert (new.folder / "vectors.faiss").samefile(old.folder / "vectors.faiss")
    world.edit(0, remark="once more")
    world.build(tmp_path)
    assert old.id not in generation_ids(tmp_path)
    assert opened(tmp_path).check() == []
    np.testing.assert_array_equal(np.array(opened(tmp_path).sources), np.array(new.sources))


def test_so_many_generations_are_kept_as_are_wanted_and_one_can_go_back(tmp_path: Path) -> None:
    world = World()
    names = []
    for n in range(6):
        world.edit(0, line=50 + n)
        names.append(world.build(tmp_path, keep=4)[0].generation)
    assert generation_ids(tmp_path) == names[-4:]
    use(tmp_path, names[2])
    assert opened(tmp_path).id == names[2]
    world.edit(0, line=99)
    newest = world.build(tmp_path, keep=2)[0].generation
    assert set(generation_ids(tmp_path)) == {names[2], newest}  # the one that was live stays


def test_changes_are_told(world: World, tmp_path: Path) -> None:
    before = opened(tmp_path)
    everything(world)
    world.build(tmp_path)
    found = changes(before.catalog, opened(tmp_path).catalog)
    assert [row.source_id for row in found.new] == ["kites"]
    assert [row.source_id for row in found.gone] == ["yeast"]
    assert [row.source_id for row in found.reachable] == ["bees"]
    assert [row.source_id for row in found.relisted] == ["lighthouses"]
    assert [one.row.source_id for one in found.edited] == ["tides"]
    assert all("region fourteen" in one.text for one in found.edited[0].added)
    assert len(found.edited[0].added) == len(found.edited[0].removed) > 0
    back = changes(opened(tmp_path).catalog, before.catalog)
    assert [row.source_id for row in back.lost] == ["bees"]


def test_another_generation_opens_by_its_id(world: World, tmp_path: Path) -> None:
    old = opened(tmp_path).id
    remark(world)
    world.build(tmp_path)
    assert open_generation(tmp_path, old, flat.load).id == old


_SOME_KILLS = """
import sys
from pathlib import Path
from index import chaos
place = Path(sys.argv[1])
trial = chaos.Trial(place, *chaos.SCENARIOS[1])
count = chaos.every_operation(trial, place / "index", chaos.die, "killed", 8)
print(count, trial.problems)
"""


@pytest.mark.slow
def test_killed_builds_lose_nothing_and_come_to_the_same_result(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    command = [sys.executable, "-c", _SOME_KILLS, str(tmp_path / "trial")]
    run = subprocess.run(command, cwd=tests, capture_output=True, text=True, check=True)
    count, problems = run.stdout.split(maxsplit=1)
    assert problems.strip() == "[]"
    assert int(count) > 2


@pytest.mark.slow
def test_disturbed_builds_lose_nothing_and_come_to_the_same_result() -> None:
    tests = Path(__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-m", "index.chaos", "9"], cwd=tests, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert int(run.stdout.split()[0]) > 20
