"""What is read out of a query; nothing but emptiness and length is ever wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litsearch.errors import QueryError
from litsearch.retrieval.query import MAX_CHARACTERS, MAX_TERMS, read_query
from litsearch.types import Filters


@pytest.mark.parametrize(
    ("asked", "text", "words"),
    [
        ("what is DoRA?", "what is DoRA?", ("DoRA",)),
        ("give me papers about k-NN search", "give me papers about k-NN search", ("k-NN", "search")),
        ("Could you show us some recent work on k-NN", "Could you show us some recent work on k-NN", ("k-NN",)),
        ("C++ and C# in GPT-4", "C++ and C# in GPT-4", ("C++", "C#", "GPT-4")),
        ("to be or not to be", "to be or not to be", ("to", "be", "or", "not")),
        ("note: this is http://x.org/a", "note: this is http://x.org/a", ("note", "http", "x.org/a")),
        ('an "open quote', 'an "open quote', ("open", "quote")),
        ("a - b -", "a - b -", ("b",)),
        ("find me", "find me", ("find",)),
        ("???", "???", ()),
    ],
)  # fmt: skip
def test_plain_text(asked: str, text: str, words: tuple[str, ...]) -> None:
    query = read_query(asked)
    assert (query.asked, query.text, query.words) == (asked, text, words)
    assert (query.phrases, query.without, query.filters) == ((), (), Filters())


@pytest.mark.parametrize(
    ("asked", "text", "phrases", "without"),
    [
        ('"take the shower" warm', '"take the shower" warm', ("take the shower",), ()),
        ("“curly marks” too", '"curly marks" too', ("curly marks",), ()),
        ("tides -moon", "tides", (), ("moon",)),
        ('tides -"full moon" -sea', "tides", (), ("full moon", "sea")),
        ("loss of -5 or -0.1", "loss of -5 or -0.1", (), ()),
        ('""', '""', (), ()),
        ("-moon", "-moon", (), ("moon",)),
    ],
)
def test_phrases_and_exclusions(
    asked: str, text: str, phrases: tuple[str, ...], without: tuple[str, ...]
) -> None:
    query = read_query(asked)
    assert (query.text, query.phrases, query.without) == (text, phrases, without)


@pytest.mark.parametrize(
    ("asked", "text", "filters"),
    [
        ("title:lora rank", "rank", Filters(titles=("lora",))),
        ('title:"low rank" x', "x", Filters(titles=("low rank",))),
        ("title:lora", "lora", Filters(titles=("lora",))),
        ("a Author:weng year:2023", "a", Filters(authors=("weng",), years=(2023,))),
        ("a year:2021..2023", "a", Filters(years=(2021, 2022, 2023))),
        ("a year:2021-2022", "a", Filters(years=(2021, 2022))),
        ("a site:arxiv.org/abs kind:paper", "a", Filters(sites=("arxiv.org/abs",), kinds=("paper",))),
        ("a topic:rag section:later", "a", Filters(topics=("rag",), sections=("later",))),
        ("a list:own.md", "a", Filters(lists=("own.md",))),
        ("a is:unread", "a", Filters(unread=True)),
        ("a kind:song", "a kind:song", Filters()),
        ("a year:soon", "a year:soon", Filters()),
        ("a year:2023-2021", "a year:2023-2021", Filters()),
        ("a is:late", "a is:late", Filters()),
        ("a title: b", "a title: b", Filters()),
        ("a -title:b", "a -title:b", Filters()),
    ],
)  # fmt: skip
def test_fields(asked: str, text: str, filters: Filters) -> None:
    query = read_query(asked)
    assert (query.text, query.filters) == (text, filters)


@given(
    st.text(
        alphabet=st.characters(codec="utf-8") | st.sampled_from('"-: titleyear:site:'), max_size=120
    )
)
@settings(max_examples=400)
def test_no_query_is_wrong(text: str) -> None:
    if text.replace("\0", " ").strip():
        query = read_query(text)
        assert query.text
        assert len(query.words) <= MAX_TERMS
    else:
        with pytest.raises(QueryError):
            read_query(text)


def test_too_long_and_empty_are_refused() -> None:
    read_query("x" * MAX_CHARACTERS)
    for text in ("", " \n", "\0", "x" * (MAX_CHARACTERS + 1)):
        with pytest.raises(QueryError) as caught:
            read_query(text)
        assert caught.value.hint
