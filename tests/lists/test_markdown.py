"""Markdown and notes as people write them."""

from __future__ import annotations

from functools import partial

import pytest
from lists.cases import CASES
from timing import cpu_seconds

from litsearch.errors import ListError
from litsearch.lists.dropped import dropped_lines
from litsearch.lists.markdown import parse
from litsearch.types import Entry


def one(text: str) -> Entry:
    (entry,) = parse(text, "list.md")
    return entry


@pytest.mark.parametrize("name", CASES)
def test_every_work_once_with_its_title_address_and_line(name: str) -> None:
    text, expected = CASES[name]
    assert [(e.line, e.title, e.url) for e in parse(text, "list.md")] == expected


@pytest.mark.parametrize("name", CASES)
def test_line_ends_and_byte_order_marks_change_nothing(name: str) -> None:
    text, _ = CASES[name]
    assert parse("\ufeff" + text.replace("\n", "\r\n"), "list.md") == parse(text, "list.md")
    assert parse(text.rstrip("\n"), "list.md") == parse(text, "list.md")


def test_the_anchor_of_a_heading_is_no_work() -> None:
    assert parse("## [](https://a.org/page#trees) Trees\n\nOf elms.\n", "list.md") == []


def test_sections_are_the_headings_and_labels_above() -> None:
    text = (
        "# A\n## B\n- [1](https://a.org/one-one)\n- Label\n  - [x1](https://a.org/2)\n  - [x2](https://a.org/3)\n"
        "- [x3](https://a.org/4)\n\n**Bold label**\n\n- [x4](https://a.org/5)\n\n# C\n## D\n- [x5](https://a.org/6)\n"
    )
    sections = [e.section for e in parse(text, "list.md")]
    label = ("A", "B", "Label")
    assert sections == [("A", "B"), label, label, ("A", "B"), ("A", "B", "Bold label"), ("C", "D")]


def test_topic_is_the_column_or_else_the_innermost_section() -> None:
    table = "# A\n| Title | Category |\n|--|--|\n| [T](https://a.org/t) | Birds |\n"
    assert one(table).topic == "Birds"
    assert one("# A\n## B\n- [T](https://a.org/t)").topic == "B"


def test_columns_go_where_they_belong() -> None:
    entry = one(
        "| Title | Authors | Year | Venue | Notes | Read |\n|--|--|--|--|--|--|\n"
        "| [T](https://a.org/t) | Ann Lee, Bob Ray | 2019 | POND | short. | yes |\n"
    )
    assert (entry.authors, entry.year, entry.read) == (("Ann Lee", "Bob Ray"), 2019, True)
    assert (entry.remark, entry.extra) == ("short.", (("Venue", "POND"),))


@pytest.mark.parametrize(
    ("text", "authors", "year", "remark"),
    [
        ("- [T](https://a.org/t) by Ann Lee and Bob Ray (2018) - why it matters.", ("Ann Lee", "Bob Ray"), 2018, "why it matters."),
        ("- [T](https://a.org/t) by Ann Lee, Bob Ray et al.: short", ("Ann Lee", "Bob Ray"), None, "short"),
        ("- [Tea by Ann Lee](https://a.org/t)", ("Ann Lee",), None, ""),
        ("- [Learning by Back-Propagating Errors](https://a.org/t)", (), None, ""),
        ("- [Safety by Design](https://a.org/t) (2020)", (), 2020, ""),
        ("- [[2023/05]](#x) [T](https://a.org/t): of [Oaks](#oaks)", (), 2023, "of Oaks"),
        ("- [T](https://a.org/t)\n  - one thing\n  - and another\n", (), None, "one thing; and another"),
        ("- [T](https://a.org/t) - begins here\n  and goes on.", (), None, "begins here and goes on."),
    ],
)  # fmt: skip
def test_authors_year_and_remark(
    text: str, authors: tuple[str, ...], year: int | None, remark: str
) -> None:
    entry = parse(text, "list.md")[0]
    assert (entry.authors, entry.year, entry.remark) == (authors, year, remark)


@pytest.mark.parametrize(("mark", "read"), [("Not read", False), ("Not Read", False), ("read", True), ("✅", True), ("", None), ("soon", None)])  # fmt: skip
def test_read_columns(mark: str, read: bool | None) -> None:
    assert (
        one(
            f"| Paper | Link | Read |\n|--|--|--|\n| Oak | [Link](https://a.org/oak) | {mark} |"
        ).read
        is read
    )


def test_task_boxes_tell_what_was_read() -> None:
    assert [e.read for e in parse(CASES["task boxes"][0], "list.md")] == [True, False, False]


def test_front_matter_also_twice() -> None:
    matter = "---\nlayout: page\n---\ntitle: Reading\n# toc: true\nlink: https://a.org/no\n---\n\n## Trees\n- [T](https://a.org/t)\n"
    assert (one(matter).line, one(matter).section) == (10, ("Trees",))


def test_mojibake_is_mended_and_words_are_not() -> None:
    assert one("- [Itâ€™s cafÃ© time](https://a.org/t)").title == "It’s café time"
    assert one("- [CAFÉ… É” naïve €5 “x”](https://a.org/t)").title == "CAFÉ… É” naïve €5 “x”"


def test_no_break_spaces_are_spaces() -> None:
    assert one("-\u00a0[A\u00a0B](https://a.org/t)\u00a0\u00a0-\u00a0c").title == "A B"


@pytest.mark.parametrize(
    ("text", "title", "url"),
    [
        ("- [On Moss](papers/moss.pdf) - soft", "On Moss", "file:papers/moss.pdf"),
        ("# Moss\n\nfile:notes/on-moss.md", "On moss", "file:notes/on-moss.md"),
        ("- file:moss.pdf", "Moss", "file:moss.pdf"),
        ("# Moss\n- [notes](notes/)", "notes", "file:notes/"),
        ("- [paper](papers/x.pdf)", "paper", "file:papers/x.pdf"),
        ("- [Chapter](./one.html#top) by Ann Lee", "Chapter", "file:./one.html#top"),
        ('- <a href="../notes/moss.md">Of Moss</a>', "Of Moss", "file:../notes/moss.md"),
    ],
)
def test_files_and_folders_beside_the_list_are_entries(text: str, title: str, url: str) -> None:
    entry = one(text)
    assert (entry.title, entry.url) == (title, url)


def test_a_document_beside_a_link_stands_in_for_its_page_and_notes_do_not() -> None:
    for beside in (
        "file:papers/moss.pdf",
        "[[pdf](papers/moss.pdf)]",
        "([local copy](papers/moss.pdf))",
    ):
        entry = one(f"- [On Moss](https://a.org/moss) {beside}")
        assert (entry.url, dict(entry.extra)["file"].removeprefix("file:")) == (
            "https://a.org/moss",
            "papers/moss.pdf",
        )
    page, notes = parse("- [On Moss](https://a.org/moss), [my notes](notes/moss.md)", "list.md")
    assert (page.title, page.extra, notes.title, notes.url) == (
        "On Moss",
        (),
        "On Moss (my notes)",
        "file:notes/moss.md",
    )


@pytest.mark.parametrize(
    "target",
    ["#top", "README.zh-CN.md", "../README.md#x", "LICENSE", "LICENSE.txt", "docs/CONTRIBUTING.md", "CODE_OF_CONDUCT.md", ".github/", "j", "link", "a.png",
     "/docs/page", "tel:123", "mailto:a@b.org", "javascript:alert(1)", "data:text/html,a", "ftp://a.org/x", "{{ site.url }}/x.md", "x?y=z.md", "", "."],
)  # fmt: skip
def test_targets_that_keep_the_list_or_lead_nowhere_are_no_entries(target: str) -> None:
    assert parse(f"- [A Fine Title]({target})", "list.md") == []


def test_lines_count_within_wrapped_paragraphs() -> None:
    text = "intro `code\nover lines` and\n[A Title\nin two lines](https://a.org/1) then\n[Second One](https://a.org/2)\n"
    assert [(e.title, e.line) for e in parse(text, "list.md")] == [
        ("A Title in two lines", 3),
        ("Second One", 5),
    ]


def test_binary_and_endless_texts_are_refused_with_a_hint() -> None:
    for text in ("a\0b", "x" * 20_000_001):
        with pytest.raises(ListError) as caught:
            parse(text, "list.md")
        assert caught.value.hint


HOSTILE = {
    "brackets": "[" * 5_000,
    "pictures": "![" * 3_000,
    "open links": "[a](" * 5_000,
    "emphasis": "*a_ " * 10_000,
    "code": "`a``b" * 10_000,
    "tags": "<" * 20_000,
    "comments": "<!--" * 10_000,
    "preformatted": "<pre>" * 10_000,
    "links in a line": "[a](http://b.c) " * 3_000,
    "addresses in a line": "http://b.c/ " * 2_000,
    "round brackets": "https://a.b/" + "(" * 20_000 + ")" * 20_000,
    "quotes": '"a ' * 10_000,
    "by": "by A " * 10_000,
    "leads": "and then " * 10_000 + "https://a.b/c",
    "numbers": "[1] " * 10_000,
    "deep lists": "\n".join("  " * i + "- [a](http://b.c/)" for i in range(300)),
    "deep quotes": ">" * 20_000 + " [a](http://b.c)",
    "wide table": "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + "|[x](http://a.b/c)" * 1_000,
    "spaces": " " * 50_000 + "x",
    "lines": "a\n" * 5_000 + "https://a.b/c",
    "anchors": "<a href='http://a.b/c'>" * 3_000,
    "front matter": "---\n" * 10_000,
    "templates": "{%" * 20_000,
    "emoji": ":a" * 20_000,
    "definitions": "[a]: b\n" * 5_000,
    "bullets in bullets": "- " * 50_000 + "a",
    "many brackets": "[" * 100_000 + "]" * 100_000,
    "backticks": "".join("`" * (i % 700) + " " for i in range(1_000)),
    "one long line": "word " * 400_000 + "[a](https://b.c/d)",
    "one long item": "- " + "[a](https://b.c/d) and " * 5_000,
    "colons": "file:" * 20_000,
    "hashtags": "- [a](https://b.c/d) " + "#ab " * 5_000,
    "wiki links": "[[a" * 20_000,
    "stars": "** " * 30_000,
    "percent signs": "%% a " * 20_000,
    "runs of stars": "\n".join("*" * n + " [a](https://b.c/d)" for n in range(9, 1_500)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name: str) -> None:
    seconds = cpu_seconds(partial(parse, HOSTILE[name], "list.md"), runs=1)
    assert seconds < 5  # a second at most on an idle machine


@pytest.mark.slow
def test_time_grows_with_length() -> None:
    lines = [f"- [Title {i}](https://a.org/{i}) by Ann Lee (2020) - a remark" for i in range(8_000)]
    assert len(parse("\n".join(lines), "list.md")) == len(lines)
    short, long = (
        cpu_seconds(partial(parse, "\n".join(lines[:n]), "list.md")) for n in (2_000, 8_000)
    )
    assert long < 8 * short  # linear would be 4


@pytest.mark.parametrize(
    ("text", "title", "url", "authors"),
    [
        ("## Citation\n\n- [Counting citations](https://a.example/c)\n", "Counting citations", "https://a.example/c", ()),
        ("- Lee, Ann, et al. Green things. Fog, 2018. https://a.example/g\n", "Green things", "https://a.example/g", ("Ann Lee",)),
        ("- https://a.example/ze\u200bro\n", "Zero", "https://a.example/zero", ()),
    ],
)  # fmt: skip
def test_what_once_was_lost_or_misread(
    text: str, title: str, url: str, authors: tuple[str, ...]
) -> None:
    (entry,) = parse(text, "list.md")
    assert (entry.title, entry.url) == (title, url)
    assert not authors or entry.authors == authors


def test_an_address_before_punctuation_of_another_script_is_not_told_as_dropped() -> None:
    text = "- https://a.example/end，and more\n- https://a.example/ze\u200bro\n"
    assert dropped_lines(text, "list.md", parse(text, "list.md")) == []
