"""Items of lists keep their marks beside the text, for whoever shows it."""

from __future__ import annotations

import pytest

from litsearch.extract import markdown
from litsearch.extract.html.to_blocks import walk
from litsearch.extract.html.tree import parse
from litsearch.index.catalog_rows import _pack, _unpack
from litsearch.types import RawDocument, Span

PAGE = "<html><body><article>{}</article></body></html>"


@pytest.mark.parametrize(
    ("inner", "marks"),
    [
        ("<p>a</p><ul><li>one<li>two</ul><p>b</p>", ["", "•", "•", ""]),
        ("<ol><li>one<li>two</ol>", ["1.", "2."]),
        ("<ol start=4><li>one<li><p>two</p><p>more of it</p></ol>", ["4.", "5.", ""]),
        ("<ol><li>one<ul><li>in it<li>and it</ul><li>two</ol>", ["1.", "•", "•", "2."]),
        ("<ol><li></li><li>two</ol><p>b</p>", ["2.", ""]),
        ("<ol start=x><li>one</ol>", ["•"]),
        ("<li>alone</li><dl><dt>term<dd>meaning</dl>", ["•", "", ""]),
    ],
)
def test_marks_of_a_page(inner: str, marks: list[str]) -> None:
    root = parse(PAGE.format(inner))
    assert [block.item for block in walk(root)] == marks


def test_marks_of_markdown_and_of_what_is_kept() -> None:
    text = "# Tides\n\nThere are two:\n\n- the flood\n- the ebb\n\nThen:\n\n2) wait\n"
    raw = RawDocument(
        url="https://a.example/x.md",
        media_type="text/markdown",
        body=text.encode(),
        sha256="",
    )
    document = markdown.extract(raw, "s")
    items = {
        document.text[span.start : span.end]: span.item for span in document.spans if span.item
    }
    assert items == {"the flood": "•", "the ebb": "•", "wait": "2."}
    assert _unpack(_pack(document.spans)) == document.spans


def test_rows_from_before_there_were_marks_are_read() -> None:
    assert _unpack('[[["A"]],[[0,4,0,null,"text"]]]') == (Span(0, 4, ("A",)),)
