"""Copies and what says nothing wait for other texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litsearch.retrieval.rerank import COMPARED, COPIES, distinct, is_junk
from litsearch.types import Passage

TEXT = "The moon pulls the sea twice a day and the sailors keep tables of it"


def passage(source: str, text: str) -> Passage:
    return Passage(f"{source}:{text}", source, text, 0, len(text))


def test_a_mirror_is_shown_and_a_third_copy_waits() -> None:
    assert distinct([passage(one, TEXT) for one in "abcd"]) == [True, True, False, False]


def test_a_source_says_a_thing_once() -> None:
    assert distinct([passage("a", TEXT), passage("a", TEXT.upper()), passage("b", TEXT)]) == [
        True,
        False,
        True,
    ]


def test_nearly_the_same_words_are_a_copy_and_half_of_them_are_not() -> None:
    words = TEXT.split()
    near, half = (
        " ".join([*words[:-1], "them"]),
        " ".join([*words[: len(words) // 2], "and", "quite", "another", "end"]),
    )
    assert distinct([passage("a", TEXT), passage("a", near)]) == [True, False]
    assert distinct([passage("a", TEXT), passage("a", half)]) == [True, True]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["x y z", "x y q", "p", ""])),
        max_size=COMPARED,
    )
)
def test_of_each_text_so_many_are_kept_as_there_may_be(given_: list[tuple[str, str]]) -> None:
    kept = distinct([passage(*one) for one in given_])
    assert len(kept) == len(given_)
    for text in {text for _, text in given_}:
        owners = {source for source, one in given_ if one == text}
        top_places = [
            one for one, keep in zip(given_, kept, strict=True) if keep and one[1] == text
        ]
        assert len(top_places) == min(len(owners), COPIES)
        assert len(set(top_places)) == len(top_places)


@pytest.mark.parametrize(
    ("text", "junk"),
    [
        ("Citation\nIf Oarlock helps you, please consider citing our paper:", True),
        ("Do you like Oarlock? Think of giving it a star, and please cite the work.", True),
        ("Please star the repository.", True),
        ("Subscribe to the newsletter", True),
        ("A star is a ball of gas that gives light; giving a name to one is a game.", False),
        ("The authors cite three works on oars, and the paper is cited often.", False),
    ],
)
def test_pleas_wait(text: str, junk: bool) -> None:
    assert is_junk(passage("a", text)) == junk
