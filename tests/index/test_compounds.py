"""Compounds are found by their parts, and parts by their compounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index.made import item, write_catalog

from litsearch.index.bm25 import MOST_COMPOUNDS, Vocabulary
from litsearch.index.catalog import Catalog
from litsearch.text import stem

GERMAN = "Straßenbahnfahrpläne Fahrplan Winter Arbeit Zimmer Wand Bahnhof Winterreise Handwerk"
VOCABULARY = Vocabulary(stem(word, "de") for word in GERMAN.split())


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("Fahrpläne", ["strassenbahnfahrplan"]),
        ("Fahrplaene", ["strassenbahnfahrplan"]),
        ("Straßenbahn", ["strassenbahnfahrplan"]),
        ("Winterfahrplan", ["wint", "fahrplan"]),
        ("Arbeitszimmer", ["arbeit", "zimm"]),
        ("Hand", ["handwerk"]),
        ("Werk", ["handwerk"]),
        ("and", []),
        ("Plan", ["fahrplan", "strassenbahnfahrplan"]),
        ("Ofen", []),
    ],
)
def test_related_words(word: str, found: list[str]) -> None:
    assert VOCABULARY.related(stem(word, "de")) == found


@given(st.lists(st.text("abcd", min_size=4, max_size=9), max_size=20), st.text("abcd", max_size=6))
def test_related_words_are_of_the_vocabulary_and_have_the_stem_or_are_in_it(
    words: list[str], wanted: str
) -> None:
    related = Vocabulary(words).related(wanted)
    assert set(related) <= set(words)
    assert all(wanted in word or word in wanted for word in related)
    assert len(related) <= MOST_COMPOUNDS + 2


def test_a_german_library_is_searched_by_parts_of_words(tmp_path: Path) -> None:
    texts = ["Die Straßenbahnfahrpläne sind neu.", "Der Plan der Stadt.", "Ein Ofen aus Stein."]
    made = [item(f"d{n}", text, language="de") for n, text in enumerate(texts)]
    write_catalog(tmp_path / "c", made)
    lexicon = Catalog(tmp_path / "c").lexicon
    assert np.flatnonzero(lexicon.scores("source", ["Fahrplan"])).tolist() == [0]
    assert np.argmax(lexicon.scores("source", ["Stadtplan"])) == 1
