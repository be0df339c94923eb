"""Slips of the pen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.retrieval.spelling import TWO_SLIPS, near_word, worth_correcting
from litsearch.text import edit_distance as distance

KNOWN = frozenset(
    {"attention", "transformer", "arithmetic", "inference", "lora", "illustrated", "stable"}
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Attenion", "attention"),
        ("trasnformer", "transformer"),
        ("arithmatic", "arithmetic"),
        ("infernce", "inference"),
        ("ilustrted", "illustrated"),
        ("stble", "stable"),
        ("zebras", None),
        ("attraction", None),
        ("rtansformer", None),
        ("pattention", None),
    ],
)
def test_near_words(word: str, meant: str | None) -> None:
    assert worth_correcting(word)
    assert near_word(word, KNOWN) == meant


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("vaccines", "machines"),
        ("Religion", "region"),
        ("critique", "arctique"),
        ("Varma", "zarma"),
    ],
)
def test_another_word_is_no_slip(word: str, other: str) -> None:
    assert near_word(word, frozenset({other})) is None


@given(
    st.text("abt", min_size=5, max_size=11),
    st.frozensets(st.text("abt", min_size=4, max_size=11), max_size=8),
)
def test_the_nearest_word_is_found_by_looking_at_all(word: str, known: frozenset[str]) -> None:
    slips = {one: distance(word, one, 2) for one in known if one[0] == word[0]}
    close = [
        (n, one)
        for one, n in slips.items()
        if n <= (2 if max(len(word), len(one)) >= TWO_SLIPS else 1)
    ]
    assert near_word(word, known) == min(close, default=(0, None))[1]


@pytest.mark.parametrize("word", ["lara", "LoRAs", "GPT2x", "T5", "k-NN", "stbl", "x" * 41])
def test_names_and_short_words_mean_what_they_say(word: str) -> None:
    assert not worth_correcting(word)


def slow(one: str, other: str) -> int:
    """Optimal string alignment by its definition."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        slow(one[1:], other) + 1,
        slow(one, other[1:]) + 1,
        slow(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if one[:2] == other[:2][::-1] and len(one) > 1 and len(other) > 1:
        ways.append(slow(one[2:], other[2:]) + 1)
    return min(ways)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_that_of_the_definition(one: str, other: str) -> None:
    true = slow(one, other)
    assert distance(one, other, 9) == true
    assert (distance(one, other, 1) <= 1) == (true <= 1)
