"""Putting in, editing, taking out and undoing over HTTP: one line of one list, and from nothing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import Shelf
from serving import served

from litsearch.app import editing
from litsearch.app.adding import make_library

pytestmark = pytest.mark.slow
LIST = "config/lists/small.md"
PAGE = """<!doctype html><html lang="en"><head><title>Tidal forests</title></head><body><article>
<h1>Tidal forests</h1><p>Mangroves are trees that grow in salt water along tropical coasts. Their
roots hold the mud, and young fish hide between them. A mangrove forest slows a storm surge by half
a metre a kilometre.</p></article></body></html>"""
BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p>
<DT><A HREF="https://essays.example/one">One essay</A>
<DT><A HREF="https://essays.example/two">Another essay</A>
</DL><p>"""


@pytest.fixture(scope="module")
def folder(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("writes") / "library"
    shutil.copytree(shelf.folder, copy)
    return copy


@pytest.fixture(scope="module")
def to(folder: Path) -> Iterator[httpx.Client]:
    with (
        served(folder, LITSEARCH_SERVE_WRITE="true") as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        yield client


def test_an_answer_becomes_a_note_where_a_folder_is_named(folder: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    note = {"title": "What is DoRA?", "text": "## What is DoRA?\n"}
    settings = {"LITSEARCH_SERVE_WRITE": "true", "LITSEARCH_SERVE_VAULT": str(vault / "answers")}
    with served(folder, **settings) as address:
        assert httpx.get(f"{address}/answers", trust_env=False).json()["vault"] is True
        reply = httpx.post(f"{address}/vault", json=note, trust_env=False)
    assert reply.status_code == 201
    assert reply.json() == {
        "name": "What is DoRA.md",
        "open": "obsidian://open?vault=vault&file=answers%2FWhat%20is%20DoRA.md",
    }
    assert (vault / "answers" / "What is DoRA.md").read_text("utf-8") == note["text"]


def test_without_a_folder_no_note_is_written(to: httpx.Client) -> None:
    assert to.get("/answers").json()["vault"] is False
    reply = to.post("/vault", json={"title": "What is DoRA?", "text": "text"})
    assert reply.status_code == 403
    assert "set vault under [serve]" in reply.json()["detail"]


TURNS = {"turns": [{"question": "What is DoRA?", "filters": {"year": [2024]}, "answer": {}}]}


def test_conversations_are_kept_where_the_settings_say_so(folder: Path) -> None:
    settings = {"LITSEARCH_SERVE_WRITE": "true", "LITSEARCH_SERVE_HISTORY": "true"}
    with (
        served(folder, **settings) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        for name in ("a-1", "b-2", "a-1"):
            assert client.put(f"/conversations/{name}", json=TURNS).status_code == 200
        kept = client.get("/conversations").json()
        assert kept["kept"] is True
        assert [each["id"] for each in kept["conversations"]] == ["a-1", "b-2"]
        assert kept["conversations"][0] == {"id": "a-1", **TURNS}
        long = {"turns": [{"question": "q", "answer": {"answer": "x" * 400_000}}]}
        assert client.put("/conversations/long", json=long).status_code == 200
        assert client.put("/conversations/no..name", json=TURNS).status_code == 422
        assert client.delete("/conversations").json()["conversations"] == []
        assert client.get("/conversations").json()["conversations"] == []


def test_else_each_browser_keeps_its_own(to: httpx.Client) -> None:
    assert to.get("/conversations").json() == {"conversations": [], "kept": False}
    reply = to.put("/conversations/a-1", json=TURNS)
    assert reply.status_code == 403
    assert "set history = true" in reply.json()["detail"]


def finished(to: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(600):
        now: dict[str, Any] = to.get(f"/build/{job['id']}").json()
        if now["status"] != "running":
            return now
        time.sleep(0.1)
    raise AssertionError("the build does not end")


def changed_lines(before: str, after: str) -> list[str]:
    old = before.splitlines()
    return [line for line in after.splitlines() if line not in old]


def test_a_link_is_one_line_more_and_undone(to: httpx.Client, folder: Path) -> None:
    before = (folder / LIST).read_text()
    entry = {"url": "https://essays.example/tides", "title": "On tides", "remark": "for <b>"}
    added = to.post("/entries", json=entry | {"section": "Kitchen"})
    assert added.status_code == 201, added.text
    line = "- [ ] [On tides](https://essays.example/tides) - for \\<b>"
    assert changed_lines(before, (folder / LIST).read_text()) == [line]
    assert finished(to, added.json()["job"])["status"] == "done"
    again = to.post("/entries", json=entry)
    assert (again.status_code, "already" in again.json()["detail"]) == (409, True)
    undone = to.post(f"/undo/{added.json()['undo']}")
    assert undone.status_code == 200
    assert (folder / LIST).read_text() == before
    assert to.post(f"/undo/{added.json()['undo']}").status_code == 404
    redone = to.post(f"/undo/{undone.json()['undo']}")
    assert redone.status_code == 200
    to.post(f"/undo/{redone.json()['undo']}")
    assert (folder / LIST).read_text() == before


def test_title_tags_and_removal_change_one_line(to: httpx.Client, folder: Path) -> None:
    before = (folder / LIST).read_text()
    source = to.get("/sources", params={"q": "sourdough"}).json()[0]
    entry = source["entries"][0]
    place = {"list": entry["list"], "line": entry["line"], "title": entry["title"]}
    change = place | {"new_title": "Bread [again]", "tags": ["baking", "#slow"]}
    edit = to.patch(f"/sources/{source['id']}", json=change).json()
    (line,) = changed_lines(before, (folder / LIST).read_text())
    assert line.endswith("#baking #slow")
    assert r"[Bread \[again\]](" in line
    assert edit["title"] == "Bread [again]"
    assert to.post(f"/undo/{edit['undo']}").status_code == 200
    assert (folder / LIST).read_text() == before

    gone = to.request("DELETE", f"/sources/{source['id']}", json=place)
    assert gone.status_code == 200, gone.text
    assert changed_lines((folder / LIST).read_text(), before) == [
        before.splitlines()[entry["line"] - 1]
    ]
    assert finished(to, gone.json()["job"])["status"] == "done"
    left = {source["id"] for source in to.get("/sources").json()}
    assert source["id"] not in left
    assert {point["id"] for point in to.get("/map").json()["points"]} == left
    for name in left:
        similar = to.get(f"/sources/{name}").json()["similar"]
        assert {other["source"]["id"] for other in similar} == left - {name}
    (folder / LIST).write_text((folder / LIST).read_text() + "\nA line of mine.\n")
    refused = to.post(f"/undo/{gone.json()['undo']}")
    assert (refused.status_code, "changed meanwhile" in refused.json()["detail"]) == (409, True)
    (folder / LIST).write_text(before)


@pytest.mark.parametrize(
    ("name", "body", "detail"),
    [
        ("empty.pdf", b"", "empty"),
        ("program.exe", b"MZ", "no kind of file"),
        ("nothing.bib", b"just words", ""),
        ("passwd", b"root", "no kind of file"),
    ],
)
def test_files_that_are_nothing_leave_nothing(
    to: httpx.Client, folder: Path, name: str, body: bytes, detail: str
) -> None:
    before = sorted(folder.glob("config/**/*"))
    reply = to.put(f"/files/{name}", content=body)
    assert reply.status_code == 409
    assert detail in reply.json()["detail"]
    assert sorted(folder.glob("config/**/*")) == before


def test_bookmarks_become_a_list_of_their_own(to: httpx.Client, folder: Path) -> None:
    added = to.put("/files/My bookmarks.html", content=BOOKMARKS.encode()).json()
    assert (added["list"], added["entries"]) == ("config/lists/my-bookmarks.html", 2)
    assert finished(to, added["job"])["status"] == "done"
    listed = to.get("/sources", params={"list": added["list"]}).json()
    assert [source["title"] for source in listed] == ["One essay", "Another essay"]
    to.post(f"/undo/{added['undo']}")
    assert not (folder / added["list"]).exists()


def test_a_file_stands_in_for_a_source_that_failed(to: httpx.Client, folder: Path) -> None:
    source = to.get("/sources", params={"status": "dead"}).json()[0]
    name = f"/files/page.html?source={source['id']}"
    added = to.put(name, content=PAGE.encode()).json()
    assert finished(to, added["job"])["status"] == "done"
    assert to.get(f"/sources/{source['id']}").json()["status"] == "indexed"
    assert "half a metre" in to.get(f"/documents/{source['id']}").json()["text"].replace("\n", " ")


def test_nothing_is_written_unless_it_is_allowed(shelf: Shelf) -> None:
    with served(shelf.folder) as address, httpx.Client(base_url=address, trust_env=False) as to:
        for method, path in [
            ("POST", "/entries"),
            ("PUT", "/files/a.html"),
            ("POST", "/undo/x"),
            ("POST", "/sources/x/retry"),
            ("POST", "/notes"),
        ]:
            body = {"url": "https://a.example"} if path == "/entries" else {}
            if path == "/notes":
                body = {"source": "x", "start": 0, "end": 1, "quote": "x"}  # type: ignore[dict-item]
            assert to.request(method, path, json=body).status_code == 403, path


@contextmanager
def serving_from_nothing(folder: Path) -> Iterator[httpx.Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "litsearch", "--library", str(folder), "serve", "--write"]
    command += ["--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ) as service:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as to:
            for _ in range(300):
                try:
                    to.get("/healthz")
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            yield to
        service.terminate()
        service.wait(30)


def test_from_nothing_to_an_answer(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    with serving_from_nothing(folder) as to:
        stats = to.get("/stats").json()
        assert (stats["counts"]["sources"], stats["writable"]) == (0, True)
        assert to.get("/readyz").status_code == 503
        added = to.put("/files/tidal-forests.html", content=PAGE.encode()).json()
        assert finished(to, added["job"])["status"] == "done", to.get(
            f"/build/{added['job']['id']}"
        ).text
        assert to.get("/readyz").status_code == 200
        answer = to.post("/ask", json={"question": "What are mangroves?"}).json()
        assert "trees that grow in salt water" in answer["answer"]
    text = (folder / "config/lists/reading.md").read_text()
    assert text == "# Reading\n\n- [tidal forests](file:config/files/tidal-forests.html)\n"


def test_the_example_list_gives_way_to_the_first_own_one_and_comes_back(tmp_path: Path) -> None:
    example = make_library(tmp_path / "library")
    folder, text = tmp_path / "library", example.read_text("utf-8")
    added = editing.add_link(folder, "https://dunes.example/", "Dunes")
    assert (added.list, example.exists()) == ("config/lists/reading.md", False)
    editing.undo(folder, added)
    assert example.read_text("utf-8") == text

    example.write_text(text + "- [Mine](https://mine.example/)\n", "utf-8")
    assert editing.add_link(folder, "https://dunes.example/").list == "config/lists/example.md"
    assert example.exists()


@pytest.mark.parametrize(("shape", "is_list"), [("", True), ("list", True), ("document", False)])
def test_a_page_of_links_is_a_list_unless_it_is_said_to_be_a_document(
    tmp_path: Path, shape: editing.Shape, is_list: bool
) -> None:
    page = "<html><body><h1>To read</h1><ul>" + "".join(
        f'<li><a href="https://coast.example/{n}">Notes of year {n}</a></li>' for n in range(9)
    )
    added = editing.add_file(tmp_path, "To read.html", page.encode(), shape=shape)
    assert (added.entries, added.entry is None) == (9 if is_list else 0, is_list)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:9/x", "http://[::1]/x", "http://2130706433/", "http://localhost/x"),
        *("http://169.254.169.254/latest/meta-data", "https://intranet/x", "http://0x7f.1/"),
        "https://127。0。0。1/x",
    ],
)
def test_what_no_build_would_ask_for_is_refused_at_once(
    to: httpx.Client, folder: Path, url: str
) -> None:
    before = (folder / LIST).read_bytes()
    reply = to.post("/entries", json={"url": url, "title": "A private page", "list": LIST})
    assert (reply.status_code, (folder / LIST).read_bytes()) == (409, before)
    assert "private network" in reply.text or "not an address of the web" in reply.text
