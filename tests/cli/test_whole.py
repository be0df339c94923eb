"""The whole of it, through the command line: lists in, cited passages and answers out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import fakeweb
import pytest
import smallweb
from conftest import Shelf, litsearch

pytestmark = pytest.mark.slow
LIST = "config/lists/small.md"


def texts(shelf: Shelf) -> dict[str, str]:
    rows = shelf.json("sources")
    return {row["id"]: shelf.json("show", row["id"])["text"] for row in rows}


def test_a_build_gives_every_source_a_verdict(shelf: Shelf) -> None:
    counts = {"total": 5, "indexed": 4, "entry_only": 0, "failed": 1, "unchanged": 0, "removed": 0}
    assert shelf.report["sources"] == counts
    rows = {row["entries"][0]["title"]: row for row in shelf.json("sources")}
    gone = rows["QLoRA for the rest of us"]
    assert gone["status"] == "dead"
    assert gone["reason"]
    assert gone["remedy"]
    assert {row["status"] for row in rows.values()} == {"indexed", "dead"}


def test_a_search_leads_to_the_page_and_to_the_line_of_the_list(shelf: Shelf) -> None:
    found = shelf.json("search", "wild yeasts and bacteria")
    first = found["hits"][0]
    assert first["rank"] == 1
    assert first["source"]["title"] == "Keeping a sourdough starter"
    assert first["source"]["url"] == f"http://bread.{smallweb.NAMED}/starter"
    line = (shelf.folder / LIST).read_text("utf-8").splitlines()[first["entries"][0]["line"] - 1]
    assert "sourdough" in line
    assert (first["entries"][0]["list"], first["entries"][0]["read"]) == (LIST, True)
    assert first["locator"]["section"].endswith("In short")
    assert unquote(first["link"]).startswith(f"http://bread.{smallweb.NAMED}/starter#:~:text=")
    assert set(first["scores"]) >= {"dense", "lexical", "fused"}


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_every_mode_finds_it_and_says_its_mode(shelf: Shelf, mode: str) -> None:
    found = shelf.json(
        "search", "magnitude and direction of a weight matrix", "--mode", mode, "-k", "2"
    )
    assert found["mode"] == mode
    assert found["hits"][0]["source"]["title"] == "A closer look at DoRA"
    assert len(found["hits"]) == 2


def test_passages_are_the_text_of_their_source(shelf: Shelf) -> None:
    stored = texts(shelf)
    for query in ("memory of the cache", "tokens for each parameter", "QLoRA four bits", "bread"):
        for hit in shelf.json("search", query)["hits"]:
            at = hit["locator"]
            assert stored[hit["source"]["id"]][at["start"] : at["end"]] == hit["text"]


def test_a_paper_is_cited_by_its_page(shelf: Shelf) -> None:
    first = shelf.json("search", "how many tokens for each parameter are enough")["hits"][0]
    assert first["locator"]["page"] == 1
    assert first["link"] == f"http://papers.{smallweb.NAMED}/tokens.pdf#page=1"
    assert first["source"]["kind"] == "paper"


def test_a_page_that_is_gone_is_found_by_what_the_list_says(shelf: Shelf) -> None:
    first = shelf.json("search", "quantized adapters in plain words")["hits"][0]
    assert first["source"]["title"] == "QLoRA for the rest of us"
    assert first["entries"][0]["remark"] == smallweb.REMARK


def test_filters_hold_before_the_cut(shelf: Shelf) -> None:
    def titles(*filters: str) -> set[str]:
        return {
            hit["source"]["title"]
            for hit in shelf.json("search", "memory", "-k", "50", *filters)["hits"]
        }

    assert titles("--kind", "paper") == {"Tokens for small models"}
    assert titles("--topic", "kitchen") == {"Keeping a sourdough starter"}
    assert "Keeping a sourdough starter" not in titles("--unread")
    assert titles("--list", "small") == titles("--list", LIST) == titles()
    assert titles("--list", "other.md") == set()


def test_an_answer_is_verbatim_and_cited(shelf: Shelf) -> None:
    answer = shelf.json("ask", "what is DoRA?")
    assert answer["status"] == "answered"
    first = answer["citations"][0]
    assert first["n"] == 1
    assert first["source"]["title"] == "A closer look at DoRA"
    assert "magnitude and a direction" in first["quote"]
    stored = texts(shelf)
    for citation in answer["citations"]:
        at = citation["locator"]
        assert stored[citation["source"]["id"]][at["start"] : at["end"]] == citation["quote"]
    assert all(
        0 < n <= len(answer["citations"]) for s in answer["sentences"] for n in s["citations"]
    )


def test_what_the_library_does_not_hold_is_declined(shelf: Shelf) -> None:
    answer = shelf.json("ask", "what context length does Claude 3 Opus support?")
    assert (answer["status"], answer["answered"], answer["sentences"]) == ("declined", False, [])
    assert "Claude 3 Opus" in answer["reason"]
    assert answer["nearest"]


def test_a_second_build_only_asks_whether_anything_changed(shelf: Shelf) -> None:
    before = len(shelf.web.log)
    report = shelf.json("build")
    asked = shelf.web.log[before:]
    assert report["generation"] == shelf.report["generation"]
    assert report["passages"]["embedded"] == 0
    assert report["sources"]["unchanged"] == 5
    pages = [
        request
        for request in asked
        if request.host.startswith(("dora", "cache", "bread", "papers"))
    ]
    assert len(pages) == 4
    assert all("if-none-match" in request.headers for request in pages)
    assert report["requests"] == len(asked)


def test_text_output_has_no_escapes_off_a_terminal(shelf: Shelf) -> None:
    for command in (
        ["search", "cache"],
        ["ask", "what is DoRA?"],
        ["sources"],
        ["show", "sourdough"],
        ["doctor"],
    ):
        done = shelf.run(*command)
        assert "\x1b" not in done.stdout + done.stderr
        assert done.stdout.strip()


def test_doctor_finds_nothing_wrong_and_then_the_damage(shelf: Shelf, tmp_path: Path) -> None:
    assert all(finding["ok"] for finding in shelf.json("doctor"))
    copy = tmp_path / "copy"
    shutil.copytree(shelf.folder, copy)
    vectors = next(copy.glob("index/generations/*/vectors.faiss"))
    data = bytearray(vectors.read_bytes())
    data[len(data) // 2] ^= 1
    vectors.write_bytes(data)
    done = litsearch(copy, "doctor", "--json", check=False)
    assert done.returncode == 1
    assert any("vectors.faiss" in finding["message"] for finding in json.loads(done.stdout))
    vectors.write_bytes(data[:-10])
    done = litsearch(copy, "search", "bread", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "litsearch build" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_edited_remark_costs_no_download_and_no_embedding(shelf: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shelf.folder, copy)
    path = copy / LIST
    path.write_text(
        path.read_text("utf-8")
        .replace("# Small", "\n\n# Small")
        .replace(smallweb.REMARK, "Now shorter.")
    )
    report = json.loads(litsearch(copy, "build", "--offline", "--json").stdout)
    assert (report["passages"]["embedded"], report["requests"]) == (0, 0)
    hit = json.loads(litsearch(copy, "search", "sourdough starter", "--json").stdout)["hits"][0]
    assert hit["entries"][0]["line"] == 17
    found = json.loads(litsearch(copy, "search", "now shorter", "--json").stdout)["hits"][0]
    assert found["source"]["title"] == "QLoRA for the rest of us"


def test_what_was_built_is_kept_while_the_web_is_away(shelf: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shelf.folder, copy, ignore=shutil.ignore_patterns("cache"))
    report = json.loads(litsearch(copy, "build", "--offline", "--json").stdout)
    assert (report["sources"]["indexed"], report["passages"]["embedded"]) == (4, 0)
    rows = json.loads(litsearch(copy, "sources", "--status", "indexed", "--json").stdout)
    assert all("earlier build" in row["reason"] for row in rows)
    assert json.loads(litsearch(copy, "search", "wild yeasts", "--json").stdout)["hits"][0][
        "source"
    ]["title"]


def test_a_removed_entry_is_gone_and_another_embedder_is_noticed(
    shelf: Shelf, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shelf.folder, copy)
    path = copy / LIST
    path.write_text(
        "\n".join(line for line in path.read_text("utf-8").splitlines() if "sourdough" not in line)
    )
    report = json.loads(litsearch(copy, "build", "--offline", "--json").stdout)
    assert report["sources"]["removed"] == 1
    hits = json.loads(litsearch(copy, "search", "wild yeasts", "--json").stdout)["hits"]
    assert "Keeping a sourdough starter" not in {hit["source"]["title"] for hit in hits}
    done = litsearch(copy, "search", "x", check=False, LITSEARCH_EMBEDDER_MODEL="other/model")
    assert done.returncode == 1
    assert "litsearch build" in done.stderr


def test_without_a_network_the_lists_themselves_answer(tmp_path: Path) -> None:
    folder = smallweb.make_library(tmp_path)
    with fakeweb.serve() as web:
        pass  # a proxy that is not there any more: nothing can be reached
    done = litsearch(folder, "build", web=web)
    assert "5 pages could not be reached: run `litsearch build` again when online." in done.stdout
    assert {row["status"] for row in json.loads(litsearch(folder, "sources", "--json").stdout)} == {
        "entry-only"
    }
    answer = json.loads(litsearch(folder, "ask", "what is QLoRA?", "--json").stdout)
    assert answer["citations"][0]["source"]["title"] == "QLoRA for the rest of us"
    assert answer["citations"][0]["entries"][0]["line"] == 6


def test_a_conversation_goes_on_from_the_name_before(shelf: Shelf) -> None:
    command = [sys.executable, "-m", "litsearch", "--library", str(shelf.folder), "chat", "--json"]
    done = subprocess.run(
        command,
        input="what is DoRA?\n\nand what are its parts?\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["question"] == "what is DoRA?"
    assert second["question"] == "what are DoRA's parts?"
    assert second["citations"][0]["source"]["title"] == "A closer look at DoRA"


def test_an_answer_can_be_cited_elsewhere(shelf: Shelf) -> None:
    text = litsearch(shelf.folder, "ask", "what is DoRA?", "--cite", "bibtex").stdout
    assert text.startswith("@")
    assert "A closer look at DoRA" in text
