"""An interrupted build goes on where it was while it downloads; what turns out to be one work is
cited as one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import fakeweb
import pytest
import smallweb
from conftest import litsearch

pytestmark = pytest.mark.slow
PAGES = 16


def library(folder: Path, text: str) -> Path:
    lists = folder / "config" / "lists"
    lists.mkdir(parents=True)
    (lists / "a.md").write_text(text, "utf-8")
    (folder / "config" / "litsearch.toml").write_text(
        "[fetch]\nspacing = 0.0\nretries = 0\nhosts = 2\n", "utf-8"
    )
    return folder


def pages_asked(web: fakeweb.Web) -> list[str]:
    return [
        request.url
        for request in web.log
        if "robots" not in request.url and ".example" in request.host
    ]


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_fetches_nothing_twice(tmp_path: Path, blow: signal.Signals) -> None:
    folder = library(
        tmp_path,
        "# L\n" + "".join(f"- [Page {n}](http://p{n}.example/{n})\n" for n in range(PAGES)),
    )
    with fakeweb.serve() as web:
        for n in range(PAGES):
            text = smallweb.article(f"Page {n}", smallweb.DORA.replace("DoRA", f"Method {n}"))
            web.pages[f"p{n}.example/{n}"] = fakeweb.slow(0.3, fakeweb.page(text))
        environ = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")} | {
            "http_proxy": web.base
        }
        command = [sys.executable, "-m", "litsearch", "--library", str(folder), "build"]
        with subprocess.Popen(
            command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            while len(pages_asked(web)) < PAGES // 2 and process.poll() is None:
                time.sleep(0.01)
            process.send_signal(blow)
            process.communicate(timeout=60)
        assert process.returncode != 0
        before = pages_asked(web)
        assert PAGES // 2 <= len(before) < PAGES
        report = json.loads(litsearch(folder, "build", "--json", web=web).stdout)
        again = set(before) & set(pages_asked(web)[len(before) :])
        assert report["sources"]["indexed"] == PAGES
        assert len(again) <= 2  # those that were under way
        asked = len(pages_asked(web))
        litsearch(folder, "build", web=web)
        # a build that was not interrupted asks what has changed
        assert len(pages_asked(web)) == asked + PAGES


LIST = """# Reading

- [A closer look at DoRA](http://old.example/dora) - the first address
- [DoRA, moved](http://new.example/2024/closer-look-at-dora) - the second address
- [What the cache costs](http://mirror.example/cache-notes)
- [The cost of caches](http://home.example/notes/cache)
- [Sourdough](http://bread.example/starter)
"""


def test_entries_that_lead_to_one_page_are_one_source_and_cited_once(tmp_path: Path) -> None:
    folder = library(tmp_path, LIST)
    cache = smallweb.article("What the key-value cache costs", smallweb.LIGHTHOUSE)
    own = "<link rel='canonical' href='http://home.example/notes/cache'></head>"
    with fakeweb.serve() as web:
        web.pages |= {
            "old.example/dora": fakeweb.redirect(
                "http://new.example/2024/closer-look-at-dora", 301
            ),
            "new.example/2024/closer-look-at-dora": fakeweb.page(
                smallweb.article("A closer look", smallweb.DORA)
            ),
            "mirror.example/cache-notes": fakeweb.page(cache.replace("</head>", own)),
            "home.example/notes/cache": fakeweb.page(cache.replace("</head>", own)),
            "bread.example/starter": fakeweb.page(
                smallweb.article("Keeping a starter", smallweb.SOURDOUGH)
            ),
        }
        for _ in range(2):  # also when nothing has changed
            report = json.loads(litsearch(folder, "build", "--json", web=web).stdout)
            assert report["sources"]["indexed"] == report["sources"]["total"] == 3

    def ask(*words: str) -> dict:  # type: ignore[type-arg]
        return json.loads(litsearch(folder, *words, "--json").stdout)

    for query in ("magnitude and direction", "memory of the cache"):
        hits = ask("search", query, "-k", "20")["hits"]
        lines = {entry["line"] for entry in hits[0]["entries"]}
        assert len(lines) == 2
        same = [hit for hit in hits if {entry["line"] for entry in hit["entries"]} & lines]
        assert {hit["source"]["id"] for hit in same} == {hits[0]["source"]["id"]}
    answer = ask("ask", "what is DoRA?")
    assert answer["answered"]
    assert len({citation["source"]["id"] for citation in answer["citations"]}) == 1
    assert {len(citation["entries"]) for citation in answer["citations"]} == {2}
