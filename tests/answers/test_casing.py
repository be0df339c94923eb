"""Names in questions that are typed in small letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers.casing import with_capitals

TEXTS = [
    "We took QuickSort and the older MergeSort. In our runs Sedge 2 was slower than QuickSort.",
    "Few teams still use Sedge 2. The authors of Sedge say why, and so does Grace Okafor.",
    "A talk by Grace Okafor on sorting. Sorting is what a Sedge does, and sorting takes time.",
    "The Open Sorting Award went to Okafor. Gains of the HEAP show; a heap is a tree.",
]


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("what license is sedge 2 under", "what license is Sedge 2 under"),
        ("how fast is quicksort?", "how fast is QuickSort?"),
        ("how fast is quick sort?", "how fast is QuickSort?"),
        ("who is grace okafor", "who is Grace Okafor"),
        ("how fast is sorting", "how fast is sorting"),  # capitals at the head of a sentence
        ("is the award open", "is the award open"),  # a part of a longer name
        ("what is a heap", "what is a heap"),  # as often a word
        ("How fast is Sedge, and quicksort?", "How fast is Sedge, and QuickSort?"),
        ("Why is sedge slow?", "Why is sedge slow?"),  # whoever types capitals means what is typed
    ],
)
def test_names_get_the_capitals_that_texts_give_them(typed: str, named: str) -> None:
    assert with_capitals(typed, TEXTS) == named


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=4))
def test_only_capitals_hyphens_and_spaces_change(question: str, texts: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalnum, text.lower()))

    assert letters(with_capitals(question, texts)) == letters(question)
