"""What builds changed, told after their generations are gone; and answers that were kept."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import msgspec
import pytest
from conftest import Shelf, litsearch
from hypothesis import given
from hypothesis import strategies as st
from serving import served

from litsearch.app import history
from litsearch.app.history import Build
from litsearch.errors import QueryError
from litsearch.views import formats

ATOM = "{http://www.w3.org/2005/Atom}"
QUESTION = "what is DoRA?"


def source(name: str, title: str = "A title") -> dict[str, Any]:
    row = {"id": name, "title": title, "url": "https://a.example/", "kind": "article"}
    return row | {"status": "indexed", "list": "config/lists/a.md", "line": 3}


def write(library: Path, *builds: Build) -> None:
    (library / "index").mkdir(exist_ok=True)
    lines = [msgspec.json.encode(build) for build in builds]
    (library / "index" / history.FILE).write_bytes(b"\n".join(lines))


def build_of(n: int, when: datetime, **groups: list[str]) -> Build:
    counts = {group: len(names) for group, names in groups.items()}
    sources: Any = {group: [source(name) for name in names] for group, names in groups.items()}
    return Build(f"{when:%Y%m%dT%H%M%S}{n:06}Z-0123abcd", "", when.isoformat(), counts, sources)


# A source is absent, there without a text, or there with one; each step is what a build would say.
STEPS = {
    ("absent", "listed"): "new",
    ("absent", "readable"): "new",
    ("listed", "readable"): "reachable",
    ("readable", "listed"): "lost",
    ("listed", "absent"): "gone",
    ("readable", "absent"): "gone",
    ("readable", "readable"): "edited",
}


@given(st.lists(st.sampled_from(["absent", "listed", "readable"]), min_size=2, max_size=6))
def test_builds_taken_together_say_what_the_first_and_last_state_say(
    tmp_path_factory: pytest.TempPathFactory, states: list[str]
) -> None:
    library = tmp_path_factory.mktemp("diary")
    now = datetime.now(UTC)
    steps = [STEPS.get(step) for step in pairwise(states)]
    builds = [
        build_of(n, now - timedelta(hours=9 - n), **{step: ["x"]} if step else {})
        for n, step in enumerate(steps)
    ]
    write(library, *builds)
    digest: Any = history.digest(library, "1d")
    named = [group for group in history.GROUPS if digest[group]]
    assert len(named) <= 1
    first, last = states[0] != "absent", states[-1] != "absent"
    if first != last:
        assert named == ["new" if last else "gone"]
    elif not first:
        assert named == []


def test_since_is_a_span_a_day_or_a_generation(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    old, late = build_of(0, now - timedelta(days=9), new=["a"]), build_of(1, now, new=["b"])
    write(tmp_path, old, late)
    for since, names in [("7d", ["b"]), ("2w", ["a", "b"]), (old.generation, ["b"])]:
        assert [row["id"] for row in history.digest(tmp_path, since)["new"]] == names
    assert history.digest(tmp_path, "2000-01-01")["builds"] == 2
    for wrong in ("yesterday", "2026-02-30", "20269999T999999000000Z-0123abcd", "7", ""):
        with pytest.raises(QueryError, match="is no time"):
            history.digest(tmp_path, wrong)


def test_a_damaged_line_costs_itself(tmp_path: Path) -> None:
    write(tmp_path, build_of(0, datetime.now(UTC), new=["a"]))
    file = tmp_path / "index" / history.FILE
    file.write_bytes(b"{\xff\n" + file.read_bytes() + b'\n{"generation": 3}\n')
    assert len(list(history.builds(tmp_path))) == 1


@given(st.text())
def test_any_title_leaves_feed_and_digest_whole(title: str) -> None:
    row: Any = source("a", title)
    entry = formats.FeedEntry("2026-01-31T00:00:00+00:00", "new", row)
    feed = ElementTree.fromstring(formats.atom(title, "http://x/", entry.updated, [entry]))
    assert len(feed.findall(f"{ATOM}entry")) == 1
    digest: Any = {"since": "2026-01-31", "builds": 1, "counts": {}} | {"new": [row]}
    digest |= {group: [] for group in history.GROUPS if group != "new"}
    assert formats.digest_markdown(digest).count("\n- ") == 1


@pytest.fixture(scope="module")
def folder(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("history") / "library"
    shutil.copytree(shelf.folder, copy)
    return copy


@pytest.mark.slow
def test_kept_changed_and_replayed(folder: Path) -> None:
    """An answer is kept; its source is then taken out of the list, and another comes in."""
    asked = litsearch(folder, "ask", QUESTION, "--keep")
    name = asked.stderr.partition("Kept as ")[2][:8]
    assert "The same as then." in litsearch(folder, "replay", name).stderr
    assert litsearch(folder, "changes", "--since", "1h", "--json").returncode == 0

    notes = folder / "config" / "files" / "tides.md"
    notes.parent.mkdir()
    notes.write_text("# Tides\n\nThe moon pulls the sea, and the tide follows it twice a day.\n")
    file = folder / "config" / "lists" / "small.md"
    lines = [line for line in file.read_text("utf-8").splitlines() if "DoRA" not in line]
    file.write_text("\n".join([*lines, "- [Tides](file:config/files/tides.md)"]), "utf-8")
    for _ in range(3):  # so many that the generation of then is gone
        litsearch(folder, "build", "--offline")
        file.write_text(file.read_text("utf-8") + " once more", "utf-8")

    digest = litsearch(folder, "changes", "--since", "1d", "--format", "md").stdout
    assert "[Tides](" in digest.partition("## New")[2]
    assert "## Kept answers" in digest
    replayed = json.loads(litsearch(folder, "replay", name, "--json").stdout)
    assert replayed["same"] is False
    assert any("no longer in the library" in each for each in replayed["differences"])
    lost = json.loads(litsearch(folder, "changes", "--json").stdout)["answers"]
    assert {quote["id"] for quote in lost} == {name}


@pytest.mark.slow
def test_over_http(folder: Path) -> None:
    with (
        served(folder, LITSEARCH_SERVE_WRITE="true") as address,
        httpx.Client(base_url=address, trust_env=False) as to,
    ):
        kept = to.post("/answers", json={"question": "what is a sourdough starter?"}).json()
        assert to.get("/answers").json()["answers"][0]["id"] == kept["id"]
        assert to.post(f"/answers/{kept['id']}/replay").json()["same"] is True
        assert to.delete(f"/answers/{kept['id']}").json()["id"] == kept["id"]
        assert to.post(f"/answers/{kept['id']}/replay").status_code == 404

        reply = to.get("/feed.atom")
        feed = ElementTree.fromstring(reply.text)
        assert reply.headers["content-type"].startswith("application/atom+xml")
        titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
        assert "Keeping a sourdough starter" in titles
        assert to.get("/history", params={"since": "soon"}).status_code == 422
        assert to.get("/history", params={"since": "2026-02-30"}).status_code == 404
        markdown = to.get("/history", params={"since": "1d", "format": "md"}).text
        assert markdown.startswith("# What changed since")


def test_a_turned_bit_of_the_history_costs_its_own_line_and_is_told(tmp_path: Path) -> None:
    now = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    builds = [build_of(n, now, new=[f"source-{n}"]) for n in range(3)]
    write(tmp_path, *builds)  # as earlier versions wrote it, without checksums
    assert history.record(tmp_path, "same", "same") == 0
    assert list(history.builds(tmp_path)) == builds
    path = tmp_path / "index" / history.FILE
    sealed = path.read_bytes()

    for place in range(0, len(sealed), 7):
        for bit in (1, 4, 32):
            flipped = bytearray(sealed)
            flipped[place] ^= bit
            path.write_bytes(flipped)
            left = list(history.builds(tmp_path))
            assert all(build in builds for build in left)
            damage = history.damaged_lines(tmp_path)
            assert bool(damage) == (left != builds)
            assert history.record(tmp_path, "same", "same") == damage
            assert history.damaged_lines(tmp_path) == 0
            assert list(history.builds(tmp_path)) == left
