"""The zoo through the whole chain: served by a web, downloaded, read by worker processes, each with
its verdict.
"""

from __future__ import annotations

import time
from pathlib import Path

import fakeweb
import pytest
from extract.orders import obey_or_extract
from extract.pages import PROSE, article
from extract.test_zoo import BAD, GOOD

from litsearch.config import FetchConfig
from litsearch.extract.pool import ExtractorPool
from litsearch.fetch.cache import Cache
from litsearch.fetch.download import Downloader
from litsearch.fetch.sites import Dispatcher
from litsearch.fetch.sites import web as web_pages
from litsearch.ingest import ingest
from litsearch.types import Entry, Ingested, Status
from litsearch.works.identity import unite

pytestmark = pytest.mark.slow
# the limits; a reader loads its libraries with its first document
DOWNLOAD_S, READING_S = 4.0, 15.0
PAGE = article(prose=2)
LOGIN = "<title>Log in</title><form><label>Name</label><input><input type=password></form><a>Forgot password?</a>"

# What a site does instead of answering, and its verdict.
SITES: dict[str, tuple[Status, fakeweb.Answer]] = {
    "gone": ("dead", fakeweb.status(410)),
    "never there": ("dead", fakeweb.status(404)),
    "forbidden": ("blocked", fakeweb.status(403)),
    "login": ("blocked", fakeweb.status(401)),
    "payment": ("blocked", fakeweb.status(402)),
    "legal": ("blocked", fakeweb.status(451)),
    "too many requests": ("blocked", fakeweb.status(429, retry_after="86400")),
    "out of order": ("failed", fakeweb.status(500)),
    "teapot": ("failed", fakeweb.status(418)),
    "no content": ("failed", fakeweb.status(204)),
    "part of it": ("failed", fakeweb.status(206)),
    "unchanged from what": ("failed", fakeweb.status(304)),
    "too many requests, no time": ("blocked", fakeweb.status(429)),
    "not acceptable": ("failed", fakeweb.status(406)),
    "bad gateway": ("failed", fakeweb.status(502)),
    "away": ("blocked", fakeweb.status(503, retry_after="86400")),
    "refuses programs": ("blocked", fakeweb.status(999)),
    "redirect to login": ("blocked", fakeweb.redirect("/login?next=/a-page-of-its-own")),
    "endless": ("failed", fakeweb.endless),
    "hang": ("failed", fakeweb.hang),
    "trickle": ("failed", fakeweb.trickle(0.1)),
    "trickling headers": ("failed", fakeweb.header_trickle(0.1)),
    "reset": ("failed", fakeweb.reset),
    "truncated": ("failed", fakeweb.truncated),
    "bomb": ("failed", fakeweb.bomb(50)),
    "broken gzip": ("failed", fakeweb.page(b"\x1f\x8b\x08\0rubbish", content_encoding="gzip")),
    "unasked coding": ("failed", fakeweb.page(b"rubbish", content_encoding="br")),
    "announced too large": ("failed", fakeweb.announced(10**12)),
    "redirect without end": ("failed", fakeweb.redirect("?again")),
    "redirect to a file": ("unsupported", fakeweb.redirect("file:///etc/passwd")),
    "redirect to a script": ("failed", fakeweb.redirect("javascript:alert(1)")),
    "redirect to metadata": (
        "failed",
        fakeweb.redirect("http://169.254.169.254/latest/meta-data/"),
    ),
    "redirect to loopback": ("failed", fakeweb.redirect("http://[::ffff:127.0.0.1]/")),
    "redirect to the front page": ("dead", fakeweb.redirect("/")),
}


HOSTILE = ("hang", "crash", "leave", "eat")  # what a reader does at such a page


def served(web: fakeweb.Web) -> tuple[list[Entry], dict[str, Status]]:
    """The zoo on the web, every animal on a host of its own: the list of it, and the verdicts by
    title.
    """
    entries, verdicts = [], {}

    def put(
        name: str, answer: fakeweb.Answer, verdict: Status, file: str = "a-page-of-its-own"
    ) -> None:
        host = f"h{len(entries)}.example"
        web.pages |= {
            f"{host}/{file}": answer,
            f"{host}/{file}?again": answer,
            f"{host}/": fakeweb.page(PAGE),
        }
        web.pages[f"{host}/login?next=/a-page-of-its-own"] = fakeweb.page(LOGIN)
        entries.append(Entry("zoo.md", len(entries) + 1, name, f"http://{host}/{file}"))
        verdicts[name] = verdict

    for name, (status, make) in BAD.items():
        raw = make()
        charset = f"; charset={raw.charset}" if raw.charset else ""
        file = raw.url.rpartition("/")[2] or "page"
        put(name, fakeweb.page(raw.body, raw.media_type + charset), status, file)
    for name, (site, answer) in SITES.items():
        put(name, answer, site)
    for order in HOSTILE:
        put(f"reader: {order}", fakeweb.page(order, "text/plain"), "failed")
    for name in list(GOOD)[:3]:
        raw = GOOD[name][1]()
        put(f"good: {name}", fakeweb.page(raw.body, raw.media_type), "indexed")
    return entries, verdicts


@pytest.fixture(scope="module")
def zoo(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, Ingested], dict[str, Status], float]:
    folder: Path = tmp_path_factory.mktemp("zoo")
    settings = FetchConfig(
        spacing=0, timeout=2.0, total_timeout=DOWNLOAD_S, retries=0, max_megabytes=10, hosts=16
    )
    with pytest.MonkeyPatch.context() as patch, fakeweb.serve() as web:
        for name in ("http_proxy", "https_proxy"):
            patch.delenv(name.upper(), raising=False)
            patch.setenv(name, web.base)
        patch.delenv("no_proxy", raising=False)
        entries, verdicts = served(web)
        began = time.monotonic()
        with (
            Downloader(Cache(folder), settings) as get,
            ExtractorPool(obey_or_extract, 2, READING_S) as pool,
        ):
            found = ingest(
                unite(entries),
                fetch=Dispatcher(get, [web_pages]),
                extract=pool.submit,
                fingerprints={},
                extraction="1",
                hosts=16,
            )
            results = {one.source.listed_title: one for one in found}
        return results, verdicts, time.monotonic() - began


def test_every_one_has_its_verdict(
    zoo: tuple[dict[str, Ingested], dict[str, Status], float],
) -> None:
    results, verdicts, _ = zoo
    assert len(verdicts) >= 80
    assert {name: results[name].verdict.status for name in verdicts} == verdicts


def test_none_is_indexed_and_each_says_why_and_what_to_do(
    zoo: tuple[dict[str, Ingested], dict[str, Status], float],
) -> None:
    results, verdicts, _ = zoo
    for name, one in results.items():
        if verdicts[name] == "indexed":
            assert one.document is not None
            assert PROSE[0].split()[0] in one.document.text
            continue
        assert one.document is None, name
        assert one.verdict.reason.endswith("."), name
        assert one.verdict.remedy, name


def test_none_holds_up_the_others(
    zoo: tuple[dict[str, Ingested], dict[str, Status], float],
) -> None:
    """The slow ones wait side by side: hang, trickle, header trickle; then the reader that spins."""
    assert zoo[2] < 90
