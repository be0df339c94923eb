"""A rebuild costs what changed, gives what a build from nothing gives, and survives what happens to it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from library.chaos import everything, remark
from library.living import FACTS, SUBJECTS, World, opened, text

from litsearch.library import revise
from litsearch.library.changes import changes
from litsearch.library.generation import generation_ids, open_generation, use
from litsearch.library.indexes import flat


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
    assert [row.source.entries[0] for row in rows] == world.entries
    assert opened(tmp_path).check() == []


def test_one_new_link_costs_itself(world: World, tmp_path: Path) -> None:
    world.pages["kites"] = text("kites")
    world.entries.insert(3, replace(world.entries[0], title="kites"))
    report, embedder = world.build(tmp_path)
    assert world.extracted == ["kites"]
    assert all("kites" in one for one in embedder.asked)
    assert report.total == 9


def test_one_edited_paragraph_costs_its_sentences_and_is_published(world: World, tmp_path: Path) -> None:
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
    assert "pendulums" not in {row.source.source_id for row in opened(tmp_path).catalog.sources()}


@pytest.mark.parametrize(("part", "embedded"), [("chunker", False), ("extraction", False), ("embedder", True)])
def test_another_making_makes_everything_anew(world: World, tmp_path: Path, part: str, embedded: bool) -> None:
    world.facts = replace_fact(part)
    report, embedder = world.build(tmp_path)
    assert opened(tmp_path).manifest.facts == world.facts
    assert len(world.extracted) == 7
    assert bool(embedder.asked) == embedded
    assert report.unchanged == 0


def replace_fact(part: str) -> Any:
    from msgspec.structs import replace as replaced

    return replaced(FACTS, **{part: "another"})


@pytest.mark.parametrize("change", [remark, everything])
def test_a_rebuild_gives_what_a_build_from_nothing_gives(
    tmp_path: Path, change: Callable[[World], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    World().build(tmp_path / "a")
    world = World()
    change(world)
    revised = []
    real = revise.revise
    monkeypatch.setattr(revise, "revise", lambda *given: revised.append(1) or real(*given))
    world.build(tmp_path / "a")
    assert len(revised) == (change is remark)
    world.build(tmp_path / "b")
    one, other = opened(tmp_path / "a"), opened(tmp_path / "b")
    assert content(one.folder / "catalog.sqlite") == content(other.folder / "catalog.sqlite")
    for name in ("sentences.npy", "sources.npy", "vectors.faiss"):
        assert (one.folder / name).read_bytes() == (other.folder / name).read_bytes()


def content(path: Path) -> dict[str, list[Any]]:
    """Every row of every table, and every term of the full-text indexes."""
    with sqlite3.connect(path) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {name: list(db.execute(f"SELECT * FROM {name}")) for name in tables if "_fts" not in name}
        for name in (name for name in tables if name.endswith("_fts")):
            db.execute(f"CREATE VIRTUAL TABLE temp.{name}_all USING fts5vocab(main, {name}, instance)")
            found[name] = list(db.execute(f"SELECT * FROM temp.{name}_all ORDER BY term, doc, col, offset"))
    db.close()
    assert len(found) > 5
    return found


def test_a_revised_generation_shares_its_vectors_and_outlives_the_old_one(world: World, tmp_path: Path) -> None:
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
    assert [row.source.source_id for row in found.new] == ["kites"]
    assert [row.source.source_id for row in found.gone] == ["yeast"]
    assert [row.source.source_id for row in found.reachable] == ["bees"]
    assert [row.source.source_id for row in found.relisted] == ["lighthouses"]
    assert [one.row.source.source_id for one in found.edited] == ["tides"]
    assert all("region fourteen" in one.text for one in found.edited[0].added)
    assert len(found.edited[0].added) == len(found.edited[0].removed) > 0
    back = changes(opened(tmp_path).catalog, before.catalog)
    assert [row.source.source_id for row in back.lost] == ["bees"]


def test_another_generation_opens_by_its_id(world: World, tmp_path: Path) -> None:
    old = opened(tmp_path).id
    remark(world)
    world.build(tmp_path)
    assert open_generation(tmp_path, old, flat.load).id == old


_SOME_KILLS = """
import sys
from pathlib import Path
from library import chaos
place = Path(sys.argv[1])
trial = chaos.Trial(place, *chaos.SCENARIOS[1])
count = chaos.every_operation(trial, place / "index", chaos.die, "killed", 8)
print(count, trial.problems)
"""


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
    run = subprocess.run([sys.executable, "-m", "library.chaos", "9"], cwd=tests, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert int(run.stdout.split()[0]) > 20
