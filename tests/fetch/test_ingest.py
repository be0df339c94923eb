"""The walker: verdicts, fairness between hosts, bounded memory, and a prompt end."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from fakeweb import hang, page, redirect, reset, slow, status

from litsearch.errors import ExtractError, FetchError
from litsearch.fetch.sites import Dispatcher
from litsearch.fetch.sites import web as web_pages
from litsearch.ingest import WAITING_A_HOST, fingerprint, ingest
from litsearch.types import Document, Entry, RawDocument
from litsearch.works.identity import unite


def sources_of(*urls):
    return unite(Entry("l.md", n, f"Title {n}", url) for n, url in enumerate(urls, 1))


def document(raw, source_id):
    text = raw.body.decode()
    if "empty" in text:
        raise ExtractError("There is no text.", "Look at it.", status="unsupported")
    return Document(source_id, None, text, (), hashlib.sha256(raw.body).hexdigest())


@pytest.fixture
def extract():
    """An extraction in threads that remembers what it did."""
    with ThreadPoolExecutor(2) as pool:

        def submit(raw, source_id):
            submit.done.append(source_id)
            return pool.submit(document, raw, source_id)

        submit.done = []
        yield submit


def run(sources, fetch, extract, **more):
    options = {"fingerprints": {}, "extraction": "1", "hosts": 4, **more}
    return {one.source.url: one for one in ingest(sources, fetch=fetch, extract=extract, **options)}


def raw_of(text, url="u"):
    return RawDocument(url, "text/plain", text.encode(), hashlib.sha256(text.encode()).hexdigest())


def test_every_source_gets_its_verdict(proxied, downloader, extract):
    proxied.pages |= {
        "a.example/": page("text"),
        "b.example/": status(403),
        "c.example/": status(503),
        "d.example/": page("empty"),
        "e.example/": reset,
        "f.example/": redirect("http://127.0.0.1/x"),
    }
    names = [f"http://{name}.example/" for name in "abcdefg"]
    get = downloader(retries=0, allow_private=False)
    results = run(
        sources_of(*names, None, "mailto:x@example.com"), Dispatcher(get, [web_pages]), extract
    )
    verdicts = {url: one.verdict.status for url, one in results.items()}
    assert verdicts == {
        names[0]: "indexed",
        names[1]: "blocked",
        names[2]: "failed",
        names[3]: "unsupported",
        names[4]: "failed",
        names[5]: "failed",
        names[6]: "dead",
        None: "entry-only",
        "mailto:x@example.com": "unsupported",
    }
    assert results[names[0]].document.text == "text"
    assert all(
        one.verdict.reason and one.verdict.remedy for url, one in results.items() if url != names[0]
    )
    assert all((one.document is not None) == (url == names[0]) for url, one in results.items())


def test_an_unreachable_host_leaves_the_entry(extract):
    def fetch(url):
        raise FetchError("No network.", "Wait.", transient=True, unreachable=True)

    (one,) = run(sources_of("https://a.example/"), fetch, extract).values()
    assert (one.verdict.status, one.verdict.reason, one.verdict.remedy) == (
        "entry-only",
        "No network.",
        "Wait.",
    )


def test_a_file_that_a_list_attaches_and_nobody_put_in_is_named(extract):
    attached = Entry("l.bib", 1, "Kelp", None, extra=(("file", "C:\\\\refs\\\\Kelp 2020.pdf"),))
    (one,) = run(unite([attached]), Dispatcher(None, []), extract).values()
    assert one.verdict.status == "entry-only"
    assert "attaches the file Kelp 2020.pdf, which is not here" in one.verdict.reason
    assert "onto the page" in one.verdict.remedy


def test_what_is_known_is_not_extracted_again(web, downloader, extract):
    web.pages |= {"/a": page("one", etag='"1"'), "/b": page("two")}
    sources = sources_of(web.at("/a"), web.at("/b"))
    first = run(sources, downloader(), extract)
    known = {one.source.source_id: one.fingerprint for one in first.values()}
    assert len(extract.done) == 2
    again = run(sources, downloader(), extract, fingerprints=known)
    assert len(extract.done) == 2
    assert all(
        one.unchanged and one.document is None and one.verdict.status == "indexed"
        for one in again.values()
    )
    web.pages["/b"] = page("three")
    third = run(sources, downloader(), extract, fingerprints=known)
    assert [third[web.at(path)].unchanged for path in ("/a", "/b")] == [True, False]
    run(sources, downloader(), extract, fingerprints=known, extraction="2")
    assert len(extract.done) == 5


def test_a_fingerprint_tells_apart_bytes_addresses_types_and_extractions():
    raws = [
        raw_of("a"),
        raw_of("b"),
        raw_of("a", "v"),
        RawDocument("u", "text/html", b"a", raw_of("a").sha256),
    ]
    prints = [fingerprint(raw, version) for raw in raws for version in ("1", "2")]
    assert len(set(prints)) == 8


def test_a_host_with_many_links_starves_nobody(proxied, downloader, extract):
    for n in range(12):
        proxied.pages[f"many.example/{n}"] = slow(0.05, page(f"many {n}"))
    for n in range(3):
        proxied.pages[f"h{n}.example/"] = page(f"one {n}")
    urls = [
        *(f"http://many.example/{n}" for n in range(12)),
        *(f"http://h{n}.example/" for n in range(3)),
    ]
    found = ingest(
        sources_of(*urls),
        fetch=downloader(),
        extract=extract,
        fingerprints={},
        extraction="1",
        hosts=2,
    )
    order = [one.source.url for one in found]
    assert sorted(order) == sorted(urls)
    assert max(order.index(f"http://h{n}.example/") for n in range(3)) <= 7
    assert set(proxied.most_at_once().values()) == {1}


def test_no_more_bodies_wait_than_allowed(extract):
    began, hosts = [], 3

    def fetch(url):
        began.append(url)
        return raw_of("text", url)

    urls = [f"https://h{n}.example/" for n in range(50)]
    found = ingest(
        sources_of(*urls),
        fetch=fetch,
        extract=extract,
        fingerprints={},
        extraction="1",
        hosts=hosts,
    )
    for taken, _ in enumerate(found, 1):
        time.sleep(0.002)
        assert len(began) <= taken + hosts * WAITING_A_HOST
    assert len(began) == 50


def test_listed_addresses_are_tried_when_the_canonical_one_fails_for_good(extract):
    asked = []

    def fetch(url):
        asked.append(url)
        if url == "http://a.example/story#part":
            raise AssertionError("fragments are not sent")
        if url == "http://www.a.example/story":
            return raw_of("text", url)
        raise FetchError("Gone.", status="dead")

    sources = sources_of(
        "https://a.example/story", "https://a.example/story#part", "http://www.a.example/story"
    )
    (one,) = run(sources, fetch, extract).values()
    assert one.document.text == "text"
    assert asked == ["https://a.example/story", "http://www.a.example/story"]


def test_a_passing_failure_is_not_tried_elsewhere(extract):
    asked = []

    def fetch(url):
        asked.append(url)
        raise FetchError("Busy.", "Wait.", transient=True)

    run(sources_of("https://a.example/", "http://a.example/"), fetch, extract)
    assert asked == ["https://a.example/"]


def test_the_first_failure_is_told(extract):
    def fetch(url):
        raise FetchError(f"No {url}.", status="dead")

    (one,) = run(sources_of("https://a.example/", "http://a.example/"), fetch, extract).values()
    assert one.verdict.reason == "No https://a.example/."


def test_a_file_of_the_owner_stands_in_also_without_address(extract):
    def fetch(url):
        raise AssertionError("not asked")

    sources = sources_of("https://a.example/", None)
    results = run(sources, fetch, extract, stand_in=lambda source: raw_of(source.listed_title))
    assert [one.document.text for one in results.values()] == ["Title 1", "Title 2"]


def test_a_fault_of_ours_costs_one_source_only(extract):
    def fetch(url):
        if "bad" in url:
            raise TypeError("oops")
        return raw_of("text", url)

    results = run(sources_of("https://bad.example/", "https://good.example/"), fetch, extract)
    assert results["https://bad.example/"].verdict.status == "failed"
    assert (
        results["https://bad.example/"].verdict.reason
        == "litsearch itself failed at this source (TypeError: oops)."
    )
    assert "config/files/" in results["https://bad.example/"].verdict.remedy
    assert results["https://good.example/"].document is not None


def test_no_sources_no_results(extract):
    assert run((), None, extract) == {}


def test_leaving_early_stops_the_downloads(extract):
    began, gate = [], threading.Event()

    def fetch(url):
        began.append(url)
        gate.wait(0.05)
        return raw_of("text", url)

    urls = [f"https://h{n}.example/" for n in range(200)]
    found = ingest(
        sources_of(*urls), fetch=fetch, extract=extract, fingerprints={}, extraction="1", hosts=2
    )
    next(found)
    start = time.monotonic()
    found.close()
    assert time.monotonic() - start < 0.05
    time.sleep(0.3)
    assert len(began) < 12
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fetch-")]


def test_an_extraction_that_comes_late_holds_up_nobody():
    late: Future[Document] = Future()

    def extract(raw, source_id):
        if raw.body == b"late":
            return late
        done: Future[Document] = Future()
        done.set_result(document(raw, source_id))
        return done

    urls = ["https://late.example/", *(f"https://h{n}.example/" for n in range(9))]
    order = []
    for one in ingest(
        sources_of(*urls),
        fetch=lambda url: raw_of("late" if "late" in url else "x", url),
        extract=extract,
        fingerprints={},
        extraction="1",
        hosts=2,
    ):
        order.append(one.source.url)
        if len(order) == 9:
            late.set_result(document(raw_of("late"), "id"))
    assert order[-1] == urls[0]


INTERRUPTED = """
import sys
from concurrent.futures import Future
from pathlib import Path
from litsearch.config import FetchConfig
from litsearch.fetch.cache import Cache
from litsearch.fetch.download import Downloader
from litsearch.works.identity import unite
from litsearch.ingest import ingest
from litsearch.types import Document, Entry

def extract(raw, source_id):
    done = Future()
    done.set_result(Document(source_id, None, "", (), ""))
    return done

settings = FetchConfig(allow_private=True, spacing=0)
sources = unite(Entry("l", n, "T", f"{sys.argv[2]}/{n}") for n in range(3))
with Downloader(Cache(Path(sys.argv[1])), settings) as get:
    for one in ingest(sources, fetch=get, extract=extract, fingerprints={}, extraction="", hosts=4):
        print(one.source.url, flush=True)
"""


def test_an_interrupt_ends_at_once_and_keeps_what_came(web, cache, downloader, tmp_path):
    web.pages |= {"/0": page("kept"), "/1": hang, "/2": hang}
    command = [sys.executable, "-c", INTERRUPTED, str(tmp_path / "cache"), web.base]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        time.sleep(0.1)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert b"KeyboardInterrupt" in process.stderr.read()
        assert time.monotonic() - began < 2
    assert downloader(offline=True)(web.at("/0")).body == b"kept"
