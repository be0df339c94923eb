"""What costs itself alone: depth, zero bytes, and lines of other programs."""

from __future__ import annotations

import pytest

from litsearch.lists.markdown import parse
from litsearch.lists.markdown.preprocess import prepare


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_deep_items_are_read_and_none_vanishes(indent: str) -> None:
    lines = [f"{indent * n}- [Title number {n}](https://a.org/{n})" for n in range(100)]
    entries = parse("\n".join(lines), "list.md")
    assert [entry.line for entry in entries] == list(range(1, 101))


def test_deep_quotes_are_read() -> None:
    (entry,) = parse(f"{'>' * 200} [A title in quotes](https://a.org/1)", "list.md")
    assert entry.title == "A title in quotes"


def test_a_zero_byte_costs_itself() -> None:
    text = (
        "- [A title\0 of it](https://a.org/1) with a remark that is long enough\n- [Another title of it](https://a.org/2)\n"
        * 2
    )
    assert {entry.title for entry in parse(text, "list.md")} == {
        "A title of it",
        "Another title of it",
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{{< youtube aB3dE5fG7hI >}}", "https://www.youtube.com/watch?v=aB3dE5fG7hI"),
        ("{% embed https://a.org/x %}", "https://a.org/x"),
        ('{{ tweet(url="https://x.com/a/status/1") }}', "https://x.com/a/status/1"),
        ("arxiv.org/abs/1901.00001", "https://arxiv.org/abs/1901.00001"),
        ("1901.00001", "https://arxiv.org/abs/1901.00001"),
        ("www.a.org/x", "https://www.a.org/x"),
        ("![[notes/paper.pdf]]", "[paper](notes/paper.pdf)"),
        ("[[notes/Moss|On moss]]", "On moss"),
    ],
)
def test_what_programs_write_is_plain_markdown(written: str, read: str) -> None:
    assert prepare(written).strip() == read


@pytest.mark.parametrize(
    "text", ["e.g. version 2.0/3.1", "and/or", "Node.js is fast", "1234.5678 euros", "13.99"]
)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert prepare(text) == text


def test_lines_stay_where_they_are() -> None:
    text = "---\na: b\n---\n\n<!-- x\ny -->\n{{< hint >}}\n- 1901.00001\n"
    assert prepare(text).count("\n") == text.count("\n")
