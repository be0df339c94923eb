"""Fuzzing: whatever bytes come in, each door answers with a result or with an error of its own, and soon.

Seeds are cut, joined, repeated and spoilt at random, for FUZZ_SECONDS a door (by default one; CI takes more). A failure
prints the input and the seed of the random numbers: FUZZ_SEED=… repeats it.
"""

from __future__ import annotations

import json
import os
import random
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import serving
from conftest import Shelf
from extract.papers import column, pdf
from lists.cases import CASES

from litsearch.app import trust
from litsearch.app.extraction import extract as extract_document
from litsearch.app.extraction import extractor_pool
from litsearch.app.lists import read_list
from litsearch.config import Config, load_config
from litsearch.errors import ConfigError, ExtractError, LitsearchError, QueryError
from litsearch.retrieval.query import read_query
from litsearch.types import Document, RawDocument

SECONDS = float(os.environ.get("FUZZ_SECONDS", "1"))
SEED = int(os.environ.get("FUZZ_SEED", time.time_ns() % 1_000_000))
SLOWEST_S = 20.0  # of one input, on a busy machine
MAX_BYTES = 20_000
ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "tests" / "extract" / "unseen").glob("*.html"))
SPOILERS = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x1b[2J", b"\xed\xa0\x80", b"\xf0\x9f\xa7\xa0"),
    *(b"[" * 50, b"(" * 50, b"<" * 50, b"{" * 50, b'"', b"\\", b"%00", b"&#0;", b"&lt" * 20, b"|"),
    *(b"9" * 400, b"-1", b"1e999", b"\n" * 100, b" " * 300, "é".encode() * 50, b"'''", b"*" * 99),
)


def mutate(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the seeds, changed in a few places."""
    data = chance.choice(seeds)[:MAX_BYTES]
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(data))
        stop = min(len(data), start + int(chance.expovariate(1 / 40)))
        match chance.randrange(5):
            case 0:
                data = data[:start] + data[stop:]
            case 1:
                data = data[:start] + chance.choice(SPOILERS) + data[start:]
            case 2:
                data = data[:stop] + data[start:stop] * chance.randint(1, 30) + data[stop:]
            case 3:
                data = data[:start] + chance.randbytes(chance.randint(1, 8)) + data[stop:]
            case _:
                other = chance.choice(seeds)
                data = data[:start] + other[chance.randint(0, len(other)) :][:5_000]
    return data[: 2 * MAX_BYTES]


def fuzz(door: Callable[[bytes], object], seeds: Sequence[bytes], share: int = 1) -> int:
    """Try inputs for this share of the time, and return how many; the door raises what it may not."""
    chance, tried, end = random.Random(SEED), 0, time.monotonic() + SECONDS / share
    while time.monotonic() < end:
        data = mutate(seeds, chance)
        began = time.monotonic()
        try:
            door(data)
        except BaseException:
            print(f"FUZZ_SEED={SEED}, input {tried}: {data[:2000]!r}")
            raise
        took = time.monotonic() - began
        assert took < SLOWEST_S, (
            f"FUZZ_SEED={SEED}, input {tried} took {took:.0f} s: {data[:2000]!r}"
        )
        tried += 1
    return tried


LISTS: dict[str, list[bytes]] = {
    ".md": [text.encode() for text, _ in CASES.values()],
    ".csv": [b'url,title,tags,time_added\nhttps://a.example/b,"A, b","x|y",1577836800\n'],
    ".bib": [b'@article{a, title = {On {M}oss}, author = "Lee, Ann and Ott, B.", year = 2019, url={http://a.example}}\n'],
    ".json": [b'[{"id": "a", "type": "book", "title": "On moss", "URL": "https://a.example", "issued": {"date-parts": [[2019]]}}]'],
    ".ris": [b"TY  - JOUR\nTI  - On moss\nAU  - Lee, Ann\nPY  - 2019\nUR  - https://a.example\nER  - \n"],
    ".opml": [b'<opml><body><outline text="A"><outline text="b" htmlUrl="https://a.example/"/></outline></body></opml>'],
    ".html": [b'<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><H3>A</H3><DL><p><DT><A HREF="https://a.example">b</A><DD>c</DL></DL>'],
    ".rdf": [b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="https://a.example"><dc:title>On moss</dc:title></rdf:Description></rdf:RDF>'],
    ".tsv": [b"title\turl\tnotes\nOn moss\thttps://a.example\tshort\n"],
    ".jsonl": [b'{"title": "On moss", "url": "https://a.example", "tags": ["a"]}\n' * 2],
    ".yaml": [b"- title: On moss\n  url: https://a.example\n- &a [b, c]\n- *a\n"],
    ".toml": [b'[[works]]\ntitle = "On moss"\nurl = "https://a.example"\n'],
    ".org": [b"* Moss\n** TODO [[https://a.example][On moss]] :plants:\n   a remark\n"],
    ".rst": [b"Moss\n====\n\n* `On moss <https://a.example>`_ - short\n\n.. _b: https://b.example\n"],
    ".adoc": [b"== Moss\n\n* https://a.example[On moss] - short\n* link:b.pdf[B]\n"],
    ".tex": [b"\\begin{thebibliography}{9}\\bibitem{a} A. Lee, {On moss}, \\url{https://a.example}.\\end{thebibliography}"],
    ".wiki": [b"== Moss ==\n* [https://a.example On moss] short\n* {{cite web|title=B|url=https://b.example}}\n"],
    ".enex": [b"<en-export><note><title>On moss</title><content><![CDATA[<en-note><a href='https://a.example'>a</a></en-note>]]></content></note></en-export>"],
    ".rss": [b"<rss><channel><title>A</title><item><title>On moss</title><link>https://a.example</link></item></channel></rss>"],
    ".nbib": [b"PMID- 1234567\nTI  - On moss\nFAU - Lee, Ann\nDP  - 2019\nAID - 10.1000/1 [doi]\n"],
    ".xml": [b'<xml><records><record><titles><title>On moss</title></titles><urls><related-urls><url>https://a.example</url></related-urls></urls></record></records></xml>',
             b'<posts><post href="https://a.example" description="On moss" tag="a b"/></posts>'],
    ".txt": [b"On moss (Ann Lee)\n- Your Highlight on page 3 | Added on Monday\n\nshort\n==========\n", b"h2. Moss\n* [On moss|https://a.example]\n"],
}  # fmt: skip


@pytest.mark.parametrize("suffix", LISTS)
def test_lists(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"list{suffix}"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(LitsearchError):
            entries = read_list(path, tmp_path)
            assert all(entry.line >= 1 and entry.list for entry in entries)

    assert fuzz(read, LISTS[suffix], share=len(LISTS)) > 0


def extracted(data: bytes, media_type: str) -> None:
    with suppress(ExtractError):
        document = extract_document(raw_document(data, media_type), "id")
        check(document)


def raw_document(data: bytes, media_type: str) -> RawDocument:
    return RawDocument("https://a.example/page", media_type, data, sha256(data).hexdigest())


def check(document: Document) -> None:
    assert document.text
    assert all(0 <= span.start <= span.end <= len(document.text) for span in document.spans)


def test_html() -> None:
    seeds = [path.read_bytes() for path in PAGES]
    assert fuzz(lambda data: extracted(data, "text/html"), seeds) > 0


@pytest.mark.parametrize("media_type", ["text/markdown", "text/plain", "application/x-ipynb+json"])
def test_plainer_documents(media_type: str) -> None:
    cells = b'{"cells": [{"cell_type": "markdown", "source": ["# A\\n", "b"]}], "nbformat": 4}'
    seeds = [*LISTS[".md"], cells, (ROOT / "README.md").read_bytes()]
    assert fuzz(lambda data: extracted(data, media_type), seeds, share=3) > 0


def test_pdf() -> None:
    """In a process of its own, as builds read them: PDFium is not ours to mend."""
    lines = ["Adapters are small matrices beside the weights."] * 30
    pages = [column(lines, 72, 700)]
    seeds = [pdf(pages, title="Adapters", author="Ann Lee"), pdf(pages * 3)]
    with extractor_pool(Config(), 1) as pool:

        def read(data: bytes) -> None:
            with suppress(ExtractError):
                check(pool.submit(raw_document(data, "application/pdf"), "id").result(timeout=60))

        assert fuzz(read, seeds) > 0


REACHING = (
    b"[lists]\npaths = ['~/a', '\\u0000']\n[embedder]\nmodel = 'a/b'\n",
    b'[lists]\npaths = ["~nobody/a", "\\u0000"]\nfiles = "/a"\n[answer]\nnli = "~x"\n',
    b"[serve]\norigins = ['https://a.example', 3]\nhost = '::'\n[fetch]\nallow_private = 'yes'\n",
    b"lists = 3\nserve = []\n[answer]\nbase_url = {a = 1}\n[[fetch]]\ncontact = 2\n",
)


def test_settings(tmp_path: Path) -> None:
    path = tmp_path / "config" / "litsearch.toml"
    path.parent.mkdir()
    shown = (ROOT / "config" / "litsearch.toml").read_text("utf-8")
    seeds = [shown.encode(), shown.replace("\n# ", "\n").encode(), *REACHING]

    def load(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(ConfigError):
            load_config(tmp_path, without=trust.withheld(tmp_path))

    assert fuzz(load, seeds) > 0


def test_queries() -> None:
    seeds = [
        *(b'"low-rank adapters" -quantized title:lora author:hu', b"site:arxiv.org year:2021-2023"),
        *(b"kind:paper what is C++?", "Größe 日本語 “x”".encode(), b"-", b'"', b"year:-"),
    ]

    def read(data: bytes) -> None:
        with suppress(QueryError):
            read_query(data.decode("utf-8", "replace"))

    assert fuzz(read, seeds) > 0


@pytest.mark.slow
def test_http(shelf: Shelf) -> None:
    body = b'{"question": "what is LoRA?", "k": 3}'
    head = b"Host: 127.0.0.1\r\nConnection: close\r\nAccept: */*\r\n"
    seeds = [
        b"GET /search?q=adapters&k=3 HTTP/1.1\r\n" + head + b"\r\n",
        b"GET /sources?limit=2&sort=title HTTP/1.1\r\n" + head + b"If-None-Match: x\r\n\r\n",
        b"POST /ask HTTP/1.1\r\n" + head + b"Content-Length: 37\r\n\r\n" + body,
        b"POST /search HTTP/1.1\r\n"
        + head
        + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    ]
    with serving.served(shelf.folder) as base:
        port = int(base.rpartition(":")[2])
        assert fuzz(lambda data: _asked(port, data), seeds) > 0
        assert _asked(port, b"GET /healthz HTTP/1.1\r\n" + head + b"\r\n").startswith(
            b"HTTP/1.1 200"
        )


CHAT = {
    "model": "litsearch",
    "messages": [
        {"role": "system", "content": "be brief"},
        {"role": "user", "content": [{"type": "text", "text": "what is DoRA?"}]},
    ],
    "stream": True,
    "stream_options": {"include_usage": True},
    "max_tokens": 5,
    "temperature": 0.5,
}
CALL = {"name": "search", "arguments": {"query": "bread", "k": 2, "topic": ["kitchen"]}}
BODIES: dict[str, list[Any]] = {
    "/v1/chat/completions": [CHAT, CHAT | {"stream": False}],
    "/v1/responses": [
        {"model": "litsearch", "input": "what is DoRA?", "stream": True},
        {"input": [{"role": "user", "content": [{"type": "input_text", "text": "bread"}]}]},
    ],
    "/v1/embeddings": [
        {"model": "litsearch", "input": ["bread", "yeast"], "encoding_format": "base64"},
        {"input": [[1, 2], [3]], "dimensions": 384},
    ],
    "/mcp": [
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": CALL},
        {"jsonrpc": "2.0", "id": 2, "method": "resources/read", "params": {"uri": "litsearch://x"}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/list", "params": {"cursor": None}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
    ],
    "/ask": [{"question": "what is DoRA?", "turns": [{"question": "a", "answer": "b"}], "k": 3}],
}
ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 1e308, 10**30, "", " ", "\0", "\ud800", "é" * 999, "what is bread?"),
    *([], {}, [[]], {"a": {}}, ["x"] * 300, {"type": "text"}, "NaN", "../..", [None]),
)


def twisted(value: Any, chance: random.Random) -> Any:
    """A JSON value in which one part is another."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.15:
        return chance.choice(ODD)

    changed = value.copy()
    place = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
    if chance.random() < 0.1:
        del changed[place]
    else:
        changed[place] = twisted(value[place], chance)
    return changed


@pytest.mark.slow
@pytest.mark.parametrize("path", BODIES)
def test_bodies(shelf: Shelf, path: str) -> None:
    """Bodies of the doors that other programs speak to, by shape and by bytes."""
    chance = random.Random(SEED)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
    )

    def sent(port: int, body: bytes) -> bytes:
        return _asked(
            port, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body, whole=True
        )

    with serving.served(shelf.folder, "--no-token", LITSEARCH_SERVE_RATE="0") as base:
        port = int(base.rpartition(":")[2])

        def ask(data: bytes) -> None:
            body = data
            if chance.random() < 0.7:
                value = twisted(chance.choice(BODIES[path]), chance)
                body = json.dumps(value).encode()
            answer = sent(port, body)
            assert answer.startswith((b"HTTP/1.1 2", b"HTTP/1.1 4")), (body[:500], answer[:500])

        seeds = [json.dumps(value).encode() for value in BODIES[path]]
        for seed in seeds:
            assert sent(port, seed).startswith((b"HTTP/1.1 2", b"HTTP/1.1 4")), seed
        assert fuzz(ask, seeds, share=len(BODIES)) > 0


def _asked(port: int, data: bytes, *, whole: bool = False) -> bytes:
    """The beginning of what the service answers; it may hang up, but has no fault of its own.

    whole: the request is; else its end is told, by which an unfinished one is given up.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=15) as connection:
        try:
            connection.sendall(data)
            if not whole:
                connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(4096)
        except ConnectionError:
            return b""
    assert not answer.startswith(b"HTTP/1.1 500"), answer
    return answer
