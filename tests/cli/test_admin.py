"""Generations, changes, gc, bundles and dry runs of a real library; damage is found; nothing is
written to search.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import fakeweb
import pytest
import smallweb
from conftest import Shelf, litsearch

from litsearch.app import build, maintenance, plan
from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.errors import IndexCorrupt, IndexMismatch, LitsearchError, StoreError
from litsearch.index import bundle

pytestmark = pytest.mark.slow
LIST = "config/lists/small.md"


@pytest.fixture
def copy(shelf: Shelf, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shelf.folder, tmp_path / "copy"))


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder / LIST
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def rebuild(folder: Path) -> str:
    quiet = {"full": False, "offline": True, "progress": lambda *_: None}
    return build.build(folder, load_config(folder), [], **quiet).generation  # type: ignore[arg-type]


def test_generations_are_listed_and_one_can_be_gone_back_to(copy: Path) -> None:
    first = maintenance.generations(copy)[0]
    assert (first.live, first.sources, first.problem) == (True, 5, "")
    rewrite(copy, "magnitude and direction, explained", "a new remark")
    second = rebuild(copy)
    assert second != first.id
    assert [(one.id, one.live) for one in maintenance.generations(copy)] == [
        (second, True),
        (first.id, False),
    ]
    done = litsearch(copy, "generations", "--use", first.id, "--json")
    assert [one["live"] for one in json.loads(done.stdout)] == [False, True]
    with open_library(copy, load_config(copy)) as library:
        assert library.generation.id == first.id
    with pytest.raises(IndexMismatch, match="no generation"):
        maintenance.roll_back(copy, "../../etc")


def test_changes_are_told_from_the_generation_before_or_from_a_day(
    shelf: Shelf, copy: Path
) -> None:
    assert litsearch(copy, "changes", check=False).returncode == 2
    rewrite(
        copy,
        "- [A closer look",
        "- [Something new](http://new.reading.example/x) - about it\n- [A closer look",
    )
    rewrite(copy, "- [What the key-value cache costs]", "- [What the cache costs]")
    rebuild(copy)
    found = json.loads(litsearch(copy, "changes", "--json").stdout)
    assert [row["entries"][0]["title"] for row in found["new"]] == ["Something new"]
    assert found["before"] == shelf.report["generation"]
    assert (found["gone"], found["edited"], found["lost"]) == ([], [], [])
    assert "What the cache costs" in {row["entries"][0]["title"] for row in found["relisted"]}
    for since in ("2020-01-01", "2999-01-01", found["before"]):
        assert maintenance.changes_since(copy, since).before == found["before"]
    assert "Something new" in litsearch(copy, "changes").stdout
    assert litsearch(copy, "changes", "--since", "yesterday", check=False).returncode == 2


def test_a_dry_run_says_what_would_be_done_and_does_nothing(copy: Path) -> None:
    rewrite(
        copy,
        "- [A closer look",
        "- [Something new](http://new.reading.example/x)\n- [A closer look",
    )
    rewrite(copy, "- [x] [Keeping a sourdough starter](http://bread.reading.example/starter)", "")
    before = sorted(path.name for path in (copy / "index").rglob("*"))
    rows = plan.plan(copy, load_config(copy), [])
    acts = {row["title"]: row["action"] for row in rows}
    assert acts["Something new"] == "fetch"
    assert acts["Keeping a sourdough starter"] == "remove"
    assert acts["A closer look at DoRA"] == "cite"  # its line has moved
    assert all(row["why"] for row in rows)
    assert sorted(path.name for path in (copy / "index").rglob("*")) == before


def test_a_changed_making_is_said_in_one_line_and_costs_no_download(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "EXTRACTION", "other")
    rows = plan.plan(copy, load_config(copy), [])
    assert {(row["action"], row["why"]) for row in rows} == {("extract", "the extraction changed")}
    monkeypatch.setattr(build, "EXTRACTION", "other")
    said: list[str] = []
    quiet = {"full": False, "offline": True, "progress": lambda *_: None}
    report = build.build(copy, load_config(copy), [], **quiet, say=said.append)  # type: ignore[arg-type]
    assert len(said) == 1
    assert "extraction changed" in said[0]
    assert (report.indexed, report.embedded, report.requests) == (4, 0, 0)


def test_little_work_does_not_load_torch(shelf: Shelf, copy: Path) -> None:
    rewrite(
        copy,
        "- [A closer look",
        "- [A page on kites](http://kites.reading.example/x)\n- [A closer look",
    )
    sentence = "<p>A kite flies because the wind presses against its sail, and the line holds it at a slant.</p>"
    with fakeweb.serve() as web:
        smallweb.put_pages(web)
        page = smallweb.article("A page on kites", "x").replace("<p>x</p>", sentence * 4)
        web.pages["kites.reading.example/x"] = fakeweb.page(page)
        script = (
            "import sys; from litsearch.cli.main import main; code = main();"
            " sys.exit(code or 9 * ('torch' in sys.modules))"
        )
        proxy = {"http_proxy": web.base, "https_proxy": web.base}
        done = run(script, "--library", str(copy), "build", "--json", **proxy)
    report = json.loads(done.stdout)
    assert done.returncode == 0, "torch was loaded"
    assert report["sources"]["indexed"] == 5
    assert report["passages"]["embedded"] > 0


def run(script: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=kept | environ)


def test_gc_removes_what_nothing_needs_and_nothing_else(copy: Path) -> None:
    bodies = copy / "index" / "cache" / "bodies"
    held = {path.name for path in bodies.glob("*/*")}
    maintenance.gc(copy, load_config(copy))
    assert {path.name for path in bodies.glob("*/*")} == held
    rewrite(copy, "- [x] [Keeping a sourdough starter](http://bread.reading.example/starter)", "")
    (copy / "index" / "models" / "0123456789abcdef").mkdir()
    (copy / "index" / "generations" / ".draft-1").mkdir()
    last = rebuild(copy)
    assert {path.name for path in bodies.glob("*/*")} == held, "a page is kept until gc"
    kept = maintenance.gc(copy, load_config(copy))
    assert kept.pages == 0, "the generation before still names it"
    rewrite(copy, "magnitude and direction, explained", "a new remark")
    assert rebuild(copy) != last
    done = maintenance.gc(copy, load_config(copy))
    assert (done.pages, done.models) == (1, 0)
    assert done.vectors > 4
    assert len({path.name for path in bodies.glob("*/*")}) == len(held) - 1
    report = json.loads(litsearch(copy, "build", "--full", "--offline", "--json").stdout)
    assert (report["sources"]["indexed"], report["passages"]["embedded"]) == (3, 0)


def test_a_bundle_carries_a_library_to_a_machine_without_network(
    copy: Path, tmp_path: Path
) -> None:
    file, goal = tmp_path / "library.zip", tmp_path / "elsewhere" / "goal"
    digest = json.loads(litsearch(copy, "bundle", "export", str(file), "--json").stdout)["digest"]
    litsearch(goal, "bundle", "import", str(file), "--digest", digest)
    hits = [
        json.loads(litsearch(one, "search", "wild yeasts", "--json").stdout)["hits"]
        for one in (copy, goal)
    ]
    assert hits[0] == hits[1]
    report = json.loads(litsearch(goal, "build", "--offline", "--json").stdout)
    assert (report["sources"]["unchanged"], report["passages"]["embedded"], report["requests"]) == (
        5,
        0,
        0,
    )
    with pytest.raises(StoreError, match="already"):
        bundle.unpack(file, goal)
    with pytest.raises(IndexCorrupt, match="digest"):
        bundle.unpack(file, tmp_path / "other", "0" * 64)
    assert not list((tmp_path / "other").iterdir())


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "index/../../evil", "config\\evil", "evil", "C:/index/x"]
)
def test_a_bundle_that_names_files_elsewhere_is_refused(
    copy: Path, tmp_path: Path, name: str
) -> None:
    made = tmp_path / "made.zip"
    facts = {name: {"size": 4, "sha256": "1" * 64}}
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("bundle.json", json.dumps({"format": 1, "generation": "x", "files": facts}))
        file.writestr(zipfile.ZipInfo(name), b"evil")
    with pytest.raises(IndexCorrupt):
        bundle.unpack(made, tmp_path / "goal")
    assert not list((tmp_path / "goal").iterdir())
    assert not list(tmp_path.rglob("evil"))


def test_a_bundle_that_was_tampered_with_is_refused(copy: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.zip"
    maintenance.export_bundle(copy, good)
    data = good.read_bytes()
    for at in range(100, len(data), len(data) // 12):
        bad = tmp_path / "bad.zip"
        bad.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        goal = tmp_path / f"goal-{at}"
        try:
            bundle.unpack(bad, goal)
        except LitsearchError as error:
            assert error.hint  # noqa: PT017 - a flipped bit that changes nothing that is read may pass
            assert not list(goal.iterdir())
        else:
            assert all(
                (goal / path.relative_to(copy)).read_bytes() == path.read_bytes()
                for path in files(copy)
            )
    bad.write_bytes(data[:-40])
    with pytest.raises(IndexCorrupt):
        bundle.unpack(bad, tmp_path / "cut")


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "index" / "generations").rglob("*") if path.is_file()]


def test_damage_anywhere_is_found_by_a_deep_look_and_mended(copy: Path) -> None:
    assert all(one.ok for one in maintenance.deep(copy))
    catalog = next((copy / "index" / "generations").glob("*/catalog.sqlite"))
    body = next((copy / "index" / "cache" / "bodies").glob("*/*"))
    for path in (catalog, body):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    bad = [one for one in maintenance.deep(copy) if not one.ok]
    assert [one.check for one in bad] == ["generation", "cache"]
    assert all("litsearch build" in one.mend for one in bad)
    assert litsearch(copy, "doctor", "--deep", check=False).returncode == 1
    said: list[str] = []
    quiet = {"full": False, "offline": True, "progress": lambda *_: None}
    build.build(copy, load_config(copy), [], **quiet, say=said.append)  # type: ignore[arg-type]
    assert "catalog.sqlite in the index is damaged" in said[0]
    assert maintenance.deep(copy)[-2].ok


def test_a_full_disk_ends_the_build_and_leaves_the_index(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = maintenance.generations(copy)[0].id

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("litsearch.fetch.cache.Cache.find", full)
    with pytest.raises(StoreError, match="No space left") as caught:
        rebuild(copy)
    assert "Make room" in caught.value.hint
    assert maintenance.generations(copy)[0].id == before


def test_searching_opens_nothing_for_writing(copy: Path) -> None:
    script = """
import os, sys
index = sys.argv[2]
def hook(event, arguments):
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
    if event == "open" and str(arguments[0]).startswith(index) and arguments[2] & writing:
        os._exit(7)
    if event in ("os.mkdir", "os.rename", "os.remove", "os.link") and str(arguments[0]).startswith(index):
        os._exit(8)
    if event == "sqlite3.connect" and "mode=ro" not in str(arguments[0]):
        os._exit(9)
sys.addaudithook(hook)
from litsearch.cli.main import main
sys.exit(main())
"""
    for path in sorted(copy.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for command in (
        ["search", "bread"],
        ["ask", "what is DoRA?"],
        ["sources"],
        ["generations"],
        ["doctor"],
    ):
        done = run(script, "--library", str(copy), *command)
        assert done.returncode == 0, done.stderr
    for path in copy.rglob("*"):
        path.chmod(0o755)
