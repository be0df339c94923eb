"""Lists edited as their owners would: the one line, in the list's own style, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.errors import ListError
from litsearch.lists import markdown
from litsearch.lists.editing import added, marked
from litsearch.types import Entry

LIST = """# Reading

## Bread

* [Sourdough](https://bread.example/a) by Ada (2020) - slow
* [x] [Rye](https://bread.example/b)

## Cheese

1. [Brie](https://cheese.example/a)
2. [Gouda](https://cheese.example/b)

Closing words.
"""


def parse(text: str) -> list[Entry]:
    return markdown.parse(text, "config/lists/x.md")


def entry(title: str, text: str = LIST) -> Entry:
    return next(one for one in parse(text) if one.title == title)


def changed(before: str, after: str) -> list[str]:
    return [
        new for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new
    ]


@pytest.mark.parametrize(
    ("title", "read", "line"),
    [
        ("Sourdough", True, "* [x] [Sourdough](https://bread.example/a) by Ada (2020) - slow"),
        ("Rye", False, "* [ ] [Rye](https://bread.example/b)"),
        ("Brie", True, "1. [x] [Brie](https://cheese.example/a)"),
    ],
)
def test_a_mark_changes_its_line_only(title: str, read: bool, line: str) -> None:
    assert changed(LIST, marked(LIST, parse, entry(title), read=read)) == [line]


def test_a_mark_that_stands_already_changes_nothing() -> None:
    assert marked(LIST, parse, entry("Rye"), read=True) == LIST


def test_a_remark_begins_or_goes_on() -> None:
    assert changed(LIST, marked(LIST, parse, entry("Rye"), remark="dense\nand dark")) == [
        "* [x] [Rye](https://bread.example/b) - dense and dark"
    ]
    assert changed(LIST, marked(LIST, parse, entry("Sourdough"), remark="a classic"))[0].endswith(
        "- slow; a classic"
    )


def test_windows_line_ends_stay() -> None:
    text = LIST.replace("\n", "\r\n")
    assert marked(text, parse, entry("Rye"), read=False) == text.replace("[x]", "[ ]")
    assert (
        added(text, parse, "[Feta](https://cheese.example/c)", "Cheese").count("\r\n")
        == text.count("\r\n") + 1
    )


def test_an_entry_that_moved_is_found_and_one_that_went_is_refused() -> None:
    moved = LIST.replace("# Reading\n", "# Reading\n\nA new line.\n")
    assert "* [ ] [Rye]" in marked(moved, parse, entry("Rye"), read=False)
    with pytest.raises(ListError, match="as the index knows it"):
        marked(LIST.replace("Rye", "Spelt"), parse, entry("Rye"), read=False)


def test_what_would_change_other_entries_is_refused() -> None:
    with pytest.raises(ListError):
        marked(LIST, parse, entry("Rye"), remark="see https://other.example/page")
    with pytest.raises(ListError):
        marked(
            "Rye by Ada: https://bread.example/b\n",
            parse,
            parse("Rye by Ada: https://bread.example/b\n")[0],
            read=True,
        )


@pytest.mark.parametrize(
    ("section", "line", "before"),
    [
        ("Bread", "* [Feta](https://cheese.example/c)", "* [x] [Rye](https://bread.example/b)"),
        ("cheese", "3. [Feta](https://cheese.example/c)", "2. [Gouda](https://cheese.example/b)"),
    ],
)
def test_an_addition_is_written_like_its_neighbours(section: str, line: str, before: str) -> None:
    after = added(LIST, parse, "[Feta](https://cheese.example/c)", section)
    rows = after.split("\n")
    at = next(n for n, row in enumerate(rows) if "Feta" in row)
    assert rows[at] == line
    assert rows[at - 1] == before
    assert entry("Feta", after).section[-1].casefold() == section.casefold()


def test_boxes_and_new_sections_are_kept_in_style() -> None:
    boxed = "# Mine\n\n- [ ] [One](https://one.example/)\n"
    assert added(boxed, parse, "[Two](https://two.example/)").endswith(
        "\n- [ ] [Two](https://two.example/)\n"
    )
    after = added(boxed, parse, "[Two](https://two.example/)", "Later")
    assert after == boxed + "\n## Later\n\n- [ ] [Two](https://two.example/)\n"


@pytest.mark.slow
@given(st.text(max_size=60))
def test_no_remark_harms_another_entry(remark: str) -> None:
    before = parse(LIST)
    try:
        after = parse(marked(LIST, parse, entry("Brie"), remark=remark))
    except ListError:
        return
    assert [one for one in after if one.title != "Brie"] == [
        one for one in before if one.title != "Brie"
    ]
    assert entry("Brie").url == next(one.url for one in after if one.title == "Brie")
