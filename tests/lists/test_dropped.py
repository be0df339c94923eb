"""Nothing is lost in silence: every link of a text is an entry, belongs to one, or is told."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists.cases import CASES
from lists.shapes.programs import SHAPES
from timing import cpu_seconds

from litsearch.lists import markdown
from litsearch.lists.dropped import dropped_lines

WORDS = st.sampled_from(
    ["A Title", "pdf", "code", "by Ann Lee", "(2019)", "and", "see", "-", ":", "**", "`", "|", "[", "]",
     "Thanks to", "# License", "# Credits", "<!--", "-->", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ", "```\n"]
)  # fmt: skip
LINKS = st.builds(
    lambda number, form: form.format(f"https://a{number}.example/page-{number}"),
    st.integers(0, 40),
    st.sampled_from(
        ["[Words of a link]({0})", "{0}", "<{0}>", "[pdf]({0})", "![x]({0}.png)", "({0})"]
    ),
)
ADDRESS = re.compile(r"https://a\d+\.example/page-\d+(?:\.png)?")


def lost(text: str) -> set[str]:
    """The addresses of a text that are nowhere: in no entry, and in nothing that is told."""
    entries = markdown.parse(text, "list.md")
    kept = {entry.url for entry in entries}
    kept |= {value for entry in entries for _, value in entry.extra}
    told = {dropped.text for dropped in dropped_lines(text, "list.md", entries)}
    everything = " ".join(filter(None, kept | told))
    return {url for url in ADDRESS.findall(text) if url not in everything}


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS | LINKS, max_size=25).map(" ".join))
def test_every_link_is_an_entry_or_belongs_to_one_or_is_told(text: str) -> None:
    assert lost(text) == set()


@pytest.mark.parametrize("name", CASES)
def test_what_is_told_has_a_line_and_a_reason(name: str) -> None:
    text, _ = CASES[name]
    for dropped in dropped_lines(text, "list.md", markdown.parse(text, "list.md")):
        assert 1 <= dropped.line <= text.count("\n") + 1
        assert dropped.text
        assert dropped.reason


def test_names_of_formats_are_no_links() -> None:
    text = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN"\n "http://a1.example/xhtml1.dtd">\n'
        "<rdf:RDF xmlns:z=\"http://a2.example/export#\"\n xmlns = 'http://a3.example/ns'\n"
        ' xsi:schemaLocation="http://a4.example/ns http://a4.example/ns.xsd">\n'
        '<a href="http://a5.example/page">\n'
    )
    (dropped,) = dropped_lines(text, "list.rdf", [])
    assert (dropped.text, dropped.line) == ("http://a5.example/page", 6)


def test_the_oracle_sees_a_lost_link() -> None:
    entries = markdown.parse("- [A Title](https://a1.example/page-1)", "list.md")
    (dropped,) = dropped_lines("https://a2.example/page-2", "list.md", entries)
    assert dropped.text == "https://a2.example/page-2"


@pytest.mark.parametrize("sign", ["https://a.example/ ", "[a](b) ", "- a\n", "](", "https:/"])
def test_time_grows_with_length(sign: str) -> None:
    short, long = (
        cpu_seconds(partial(dropped_lines, sign * count, "list.md", [])) for count in (2_000, 8_000)
    )
    assert long < 10 * short + 0.3


def test_shapes_are_many() -> None:
    assert len(SHAPES) >= 40
