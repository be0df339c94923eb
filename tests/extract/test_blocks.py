"""Characters and spans: what holds for every document."""

from __future__ import annotations

import unicodedata

import pytest
from extract.pages import article, extract, raw
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import cpu_seconds

from litsearch.errors import ExtractError
from litsearch.extract import plain_text
from litsearch.extract.blocks import Block, clean, clean_code, document
from litsearch.extract.media_type import media_type_of
from litsearch.extract.plain_text import decode

WORDS = "Größe, naïve café, “quotes” — and €5"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (WORDS.encode(), None),
        (WORDS.encode(), "iso-8859-1"),  # declared wrongly by the server
        (WORDS.encode("utf-8-sig"), None),
        (WORDS.encode("cp1252"), None),
        (WORDS.encode("cp1252"), "iso-8859-1"),  # what browsers take Latin-1 for
        (b'<meta charset="windows-1252">' + WORDS.encode("cp1252"), None),
        (WORDS.encode("utf-16"), None),
        (WORDS.encode("utf-16-le"), None),
        (WORDS.encode("utf-16-be"), "nonsense"),
        (WORDS.encode() * 40 + b"\xff", None),  # one broken byte
    ],
)
def test_charsets(body: bytes, charset: str | None) -> None:
    assert WORDS in decode(raw(body, charset=charset))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "text"),
    [("shift_jis", "日本語のページです。" * 20), ("cp1251", "Это русский текст. " * 20)],
)
def test_charsets_of_other_scripts(name: str, text: str) -> None:
    assert text in decode(raw(text.encode(name), charset=name))
    assert text in decode(raw(f'<meta charset="{name}">{text}'.encode(name)))
    assert text[:40] in decode(raw(text.encode(name)))


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    found = clean(text)
    assert found == clean(found)
    found.encode()
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs") and character != "\n" for character in found
    )


@given(st.text())
def test_clean_code_is_clean(text: str) -> None:
    found = clean_code(text)
    found.encode()
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs") and character != "\n" for character in found
    )


def test_invisible_characters_go() -> None:
    assert clean("a\u200bb\u00adc\u202ed\ufefff\U000e0041g\x00h i") == "abcdfgh i"


@given(
    st.lists(st.builds(Block, st.text(max_size=40), st.just(())), max_size=8), st.integers(1, 120)
)
def test_spans_lie_in_order_and_say_their_text(blocks: list[Block], limit: int) -> None:
    try:
        made = document(raw(b""), "s", blocks, title="t", max_characters=limit)
    except ExtractError:
        assert not any(
            map(
                str.isalnum,
                "\n\n".join(block.text.strip() for block in blocks if block.text.strip())[:limit],
            )
        )
        return
    assert len(made.text) <= limit
    assert "\n\n".join(made.text[span.start : span.end] for span in made.spans) == made.text
    for span in made.spans:
        part = made.text[span.start : span.end]
        assert part.strip() == part != ""


TAGS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<pre>",
    "<h2>",
    "<li>",
    "<math>",
    "<a href=#x>",
]
TAGS += [
    "x ",
    "word. ",
    "<svg>",
    "<br>",
    "&amp;",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "\x00",
    "<body>",
    "<nav>",
    "</nav>",
    "\n",
]


@given(st.lists(st.sampled_from(TAGS), max_size=60))
@settings(max_examples=20, deadline=None)
def test_any_html_gives_a_document_or_a_verdict(parts: list[str]) -> None:
    try:
        made = extract(raw(article("".join(parts))))
    except ExtractError:
        return
    assert "\n\n".join(made.text[span.start : span.end] for span in made.spans) == made.text


MARKS = [
    "# ",
    "x ",
    "\n",
    "\n\n",
    "`",
    "```\n",
    "*",
    "_",
    "[",
    "](",
    ")",
    "$",
    "$$\n",
    "> ",
    "- ",
    "|",
    "<b>",
    "{% ",
    "%}",
    "{{",
    "---\n",
    "a: b\n",
]


@given(st.lists(st.sampled_from(MARKS), max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_markdown_gives_a_document_or_a_verdict(parts: list[str]) -> None:
    try:
        made = extract(raw("word " + "".join(parts), "text/markdown"))
    except ExtractError:
        return
    assert made.sha256
    assert "\n\n".join(made.text[span.start : span.end] for span in made.spans) == made.text


@pytest.mark.parametrize(
    ("body", "said", "url", "kind"),
    [
        (b"%PDF-1.4\n", "text/html", "https://x.org/a.html", "application/pdf"),
        (b"\xef\xbb\xbf%PDF-1.4\n", "text/plain", "https://x.org/a", "application/pdf"),
        (b"<!DOCTYPE html><p>x", "text/plain", "https://x.org/a.txt", "text/html"),
        (b"\n<html lang=en>", "application/pdf", "https://x.org/a.pdf", "text/html"),
        (b"<!-- c --><html>", "text/markdown", "https://x.org/README.md", "text/html"),
        (b"<div align=center>\n# Title", "text/plain", "https://x.org/README.md", "text/markdown"),
        (b"# Title", "text/markdown", "https://x.org/a", "text/markdown"),
        (b"# Title\n", "text/html", "https://x.org/a.md", "text/markdown"),
        (b"<p>part</p>", "text/html", "https://x.org/a", "text/html"),
        (b"<h1>part</h1>", "", "https://x.org/a", "text/html"),
        (b"words", "", "https://x.org/a", "text/plain"),
        (b"words", "text/html", "https://x.org/a", "text/plain"),
        (b"words", "application/octet-stream", "https://x.org/a.txt", "text/plain"),
        (
            b'{"cells": [], "nbformat": 4}',
            "text/plain",
            "https://x.org/a",
            "application/x-ipynb+json",
        ),
        (b'{"a": 1}', "application/json", "https://x.org/a", "application/json"),
        (b"{\\rtf1 x}", "text/plain", "https://x.org/a", "application/rtf"),
        (b"\x1f\x8b\x08", "text/html", "https://x.org/a", "application/gzip"),
        (b"PK\x03\x04", "application/pdf", "https://x.org/a", "application/zip"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "https://x.org/a", "image/webp"),
        (bytes(64), "text/html", "https://x.org/a", "application/octet-stream"),
        (b"", "text/html", "https://x.org/a", "text/html"),
        ("<html>".encode("utf-16"), "text/html", "https://x.org/a", "text/html"),
    ],
)
def test_media_types(body: bytes, said: str, url: str, kind: str) -> None:
    assert media_type_of(raw(body, said, url)) == kind


@pytest.mark.parametrize("run", ["\n", "\r\n", "\r", "\n\t", "\n ", "\f"])
@pytest.mark.parametrize("end", ["", "the end"])
def test_lines_without_end_take_no_square_of_their_number(run: str, end: str) -> None:
    page = raw(f"A short text.{run * 40_000}{end}", "text/plain")
    assert cpu_seconds(lambda: plain_text.extract(page, "id"), runs=1) < 2
