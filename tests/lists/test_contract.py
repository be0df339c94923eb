"""What holds for every format of lists, whatever it is given."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists.cases import CASES

import litsearch.lists
from litsearch.errors import ListError
from litsearch.types import Entry

MODULES = [
    importlib.import_module(f"litsearch.lists.{m.name}")
    for m in pkgutil.iter_modules(litsearch.lists.__path__)
]
FORMATS = sorted(
    module.__name__.rpartition(".")[2] for module in MODULES if hasattr(module, "SUFFIXES")
)


FRAGMENTS = [
    "[", "]", "(", ")", "](", "![", "<", ">", "<a href=", '"', "“", "”", "*", "**", "_", "`", "```\n", "|", "|-|\n", "\n", "\n\n", "  ", "\t",
    "- ", "1. ", "- [x] ", "# ", "---\n", "[^1]", "[^1]: ", "[1]: ", ": ", " - ", "by ", " and ", "Ann Lee", "(2019)", "https://a.org/b-c", "http://", "www.a.org",
    "pdf", "Title", "word", "é", "â€™", "\u00a0", "{%", "%}", "<!--", "-->", "<br>", "<h2>", "</h2>", "<details>", "<summary>", "&amp;", "\\", "\x0b", "\u2028", "\x85",
    "TY  - JOUR\n", "ER  - \n", "UR  - ", "@article{a, title={", "}", "},\n", "url,title\n", ",", "[{", "{", '"url":', "<opml>", "<outline url=", "<DL>", "<DT>", "<rdf:RDF",
]  # fmt: skip


def modules() -> Iterator[ModuleType]:
    for name in FORMATS:
        yield importlib.import_module(f"litsearch.lists.{name}")


def checked(module: ModuleType, text: str) -> list[Entry]:
    """The entries of a text, or none when it is refused; everything an entry promises is checked."""
    try:
        entries: list[Entry] = module.parse(text, "config/lists/x")
    except ListError as error:
        refusal = (str(error), error.hint)
        assert all(refusal), "a refusal says what is wrong and what to do"
        return []
    count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for entry in entries:
        assert entry.title.strip() == entry.title != ""
        assert "\n" not in entry.title
        assert len(entry.title) <= 300
        assert len(entry.remark) <= 500
        assert 1 <= entry.line <= count
        assert entry.list == "config/lists/x"
        assert entry.url is None or entry.url.lower().startswith(("http://", "https://", "file:"))
        assert entry.url is None or not any(c.isspace() for c in entry.url)
        assert all(entry.section)
        assert all(entry.authors)
        assert hash(entry) is not None
    assert [e.line for e in entries] == sorted(e.line for e in entries)
    return entries


def test_every_format_has_suffixes_of_its_own_or_tells_by_content() -> None:
    suffixes: dict[str, list[ModuleType]] = {}
    for module in modules():
        assert all(s.startswith(".") and s == s.lower() for s in module.SUFFIXES)
        for suffix in module.SUFFIXES:
            suffixes.setdefault(suffix, []).append(module)
    for rivals in suffixes.values():
        telling = sum(hasattr(module, "accepts") for module in rivals)
        assert len(rivals) == 1 or telling >= len(rivals) - 1


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "text", ["", "\n", " ", "\ufeff", "\0", "\x89PNG\r\n\x1a\n\x00", "%PDF-1.7\x00", "\x00" * 1000, "x" * 100_000, "\ud800", "a\ud800[b](https://a.org)"]
)  # fmt: skip
def test_no_list_at_all(name: str, text: str) -> None:
    checked(importlib.import_module(f"litsearch.lists.{name}"), text)


@pytest.mark.parametrize("name", FORMATS)
def test_lists_of_other_formats(name: str) -> None:
    for text, _ in CASES.values():
        checked(importlib.import_module(f"litsearch.lists.{name}"), text)


@pytest.mark.parametrize("name", FORMATS)
def test_depth_is_bounded(name: str) -> None:
    module = importlib.import_module(f"litsearch.lists.{name}")
    for opening in (
        "[",
        "[{",
        '[{"a":',
        "{",
        "<DL>",
        "<outline>",
        "<opml><outline>",
        "(",
        "> ",
        '"',
        "@a{",
    ):
        checked(module, opening * 1_500)


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_gives_entries_or_a_list_error(name: str, text: str) -> None:
    checked(importlib.import_module(f"litsearch.lists.{name}"), text)


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.binary(max_size=300))
def test_any_bytes_read_as_text(name: str, data: bytes) -> None:
    checked(importlib.import_module(f"litsearch.lists.{name}"), data.decode("latin-1"))
