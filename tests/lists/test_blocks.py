"""The short ways through a Markdown text lead to the same outline as the parser's."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lists.cases import CASES
from timing import cpu_seconds

from litsearch.lists.markdown import blocks, inline
from litsearch.lists.markdown.blocks import Block, Part
from litsearch.lists.markdown.commonmark import PARSER

LINES = [
    "- a", "- [t](https://a.org/1)", "- **[t](u)** by A", "* a", "+ a", "  - b", "    c", "   c", " - d", "-", "- ", "  -", "- -", "* * *", "- - x", "---", "===", "***",
    "# h", "## ", "#x", "text", "[r]: https://a.org/r", "- [r]", "- [r][]", "- [r]: x", "[r]:", "  'title'", "```", "~~~", "- ```", "  ```", "````", "``` x", "    ```",
    "> q", "> - q", "> ```", "- > q", "1. n", "2) n", "- 1. n", "", "", "", " ", "\t", "a | b", "-|-", "|-|-|", "- | -", "- | a |", "<p>", "<a href=u>x", "- <b>", "</a>",
    "- a `b", "c` d", "\u00a0", "- \u00a0", "-\ta", "- \ta", "-     a", "-      a", "- [ ] t", "- [x] t", "_ _ _", "- _a_", "- ___", "- \\", "- a: https://b.org/c.",
    "- ![i](s)", "- [![i](s)](u)", "- [a](b c)", "- [a](<b>)", "- [a](b(c))", "- [](u)", "- [ ](u)", "- [a [b](c)](d)", "- x!", "- &amp; [&amp;](?a&amp;b)", "- www.a.org",
]  # fmt: skip


def whole(text: str) -> list[Block]:
    """The outline as it is when markdown-it reads all of the text."""
    env: dict[str, Any] = {}
    return blocks._blocks_of(Part(0, "", PARSER.parse(text, env)), env)


def through_the_parser(text: str) -> list[Block]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "plain_pieces", lambda *_, **__: [])
        return whole(text)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join))
@example("-\n\n\n- a")
@example("- a\n\n***\n- b")
@example("- a\n\n[r]: x\n- [r]")
@example("- ```\n- b\n```\n- c\n```\n- d")
@example("~~~\n- a\n~~~~ x\n- b\n ~~~~\n- c")
@example("- a\n\n\n* b\n- c\nlazy\n- d")
def test_cut_at_the_margin_is_the_outline_of_the_whole(text: str) -> None:
    assert blocks.outline(text) == through_the_parser(text)


SIGNS = [
    "**",
    "**[a](b)**",
    "**b**",
    "`c`",
    "` c `",
    *"[]()!:*_`~<>&\\\"' \t#|",
    "](",
    "://",
    "https://a.b/c",
    "<https://a.b/c>",
    "*e*",
    "[[a](b)]",
    "[[a]](b)",
    "[ ] ",
    "[pdf]",
    "http",
    "https://a.org/b",
    "a",
    "word",
    "é",
    "\u00a0",
    "x](y)",
    "[a](b)",
    "[r]",
    "\x0b",
    "\u2028",
]


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=14).map("".join))
@example("**[a](b)**\u2028**b**")
def test_plain_lines_have_the_pieces_that_the_parser_finds(text: str) -> None:
    references = {"R": {"href": "u", "title": ""}}
    for env in ({"references": references}, {}):
        short = list(inline.lines_of(text.strip(), 3, env))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inline, "plain_pieces", lambda *_, **__: [])
            assert short == list(inline.lines_of(text.strip(), 3, env))


@pytest.mark.parametrize("name", CASES)
def test_the_same_for_lists_in_many_styles(name: str) -> None:
    text, _ = CASES[name]
    assert blocks.outline(text) == through_the_parser(text)


@pytest.mark.slow
def test_a_fence_that_each_part_opens_again_costs_time_linear_in_the_text() -> None:
    text = "- a\n```\n```\n```\n" * 10_000
    # A second or two on an idle machine; hours if each part were read again.
    assert cpu_seconds(partial(blocks.outline, text), runs=1) < 10
