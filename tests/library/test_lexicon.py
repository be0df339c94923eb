"""BM25 worked out at build time is the BM25 of the book; names find themselves."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library.made import TEXTS, item, write_catalog

from litsearch.errors import IndexCorrupt
from litsearch.library.catalog import Catalog
from litsearch.library.postings import K1, B, Postings
from litsearch.library.terms import terms, terms_of

Fields = list[tuple[str, float]]


def slow_bm25(texts: list[Fields], words: set[str]) -> list[float]:
    """The formula, word by word: Lucene's idf, weighted counts, lengths in weighted counts."""
    counts = [Counter[str]() for _ in texts]
    for count, fields in zip(counts, texts, strict=True):
        for text, weight in fields:
            for term in terms(text):
                count[term] += weight  # type: ignore[assignment]
    lengths = [sum(count.values()) for count in counts]
    mean = sum(lengths) / len(lengths)
    scores = []
    for count, length in zip(counts, lengths, strict=True):
        score = 0.0
        for word in words:
            holders = sum(word in other for other in counts)
            if count[word]:
                idf = math.log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))
                score += idf * count[word] / (count[word] + K1 * (1 - B + B * length / mean))
        scores.append(score)
    return scores


WORDS = st.lists(st.sampled_from("alpha beta gamma delta GPT-4 C++ of".split()), max_size=12).map(" ".join)


@given(texts=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12), wanted=WORDS)
@settings(max_examples=100, deadline=None)
def test_the_formula_is_kept(texts: list[tuple[str, str]], wanted: str) -> None:
    rows: list[Fields] = [[(title, 2.0), (text, 1.0)] for title, text in texts]
    postings = Postings()
    for fields in rows:
        postings.add(fields)
    scores = np.zeros(len(rows))
    words = set(terms(wanted))
    for term, places, impacts in postings.lists():
        if term in words:
            scores[np.frombuffer(places, "<u4")] += np.frombuffer(impacts, "<f4")
    if any(text for one in texts for text in one):
        assert scores == pytest.approx(slow_bm25(rows, words), abs=1e-5)


def test_a_catalog_scores_its_passages_and_sources(tmp_path: Path) -> None:
    write_catalog(tmp_path / "catalog.sqlite")
    catalog = Catalog(tmp_path / "catalog.sqlite")
    passages = [passage for passage, _ in catalog.passages(range(catalog.counts()["passages"]))]
    titles = {row.source.source_id: row.title for row in catalog.sources()}
    rows: list[Fields] = [[(f"{titles[p.source_id]} {' '.join(p.heading)} {p.text}", 1.0)] for p in passages]
    found = catalog.lexicon.scores("passage", ["rises", "Tides"])
    assert found.tolist() == pytest.approx(slow_bm25(rows, {"rise", "tide"}), abs=1e-5)
    assert found.dtype == np.float32
    assert np.argmax(catalog.lexicon.scores("source", ["pendulum"])) == 2
    assert catalog.lexicon.scores("card", ["pendulum"]).tolist() == [0, 0, 0]
    assert catalog.lexicon.scores("passage", []).tolist() == [0] * len(passages)
    assert [catalog.lexicon.holders(word) for word in ("rise", "pendulum", "zebra", "rise-zebra")] == [2, 1, 0, 0]


NAMES = ["DoRA", "GPT-4", "LLaMA-2", "T5", "k-NN", "C++", "C#", "LLM.int8()", "LangChain", "load_in_8bit", "word2vec"]


@pytest.mark.parametrize("name", NAMES)
def test_names_find_themselves_first(tmp_path: Path, name: str) -> None:
    texts = [f"We speak of {other} here at some length." for other in NAMES] + list(TEXTS.values())
    write_catalog(tmp_path / "catalog.sqlite", [item(f"n{i}", text) for i, text in enumerate(texts)])
    scores = Catalog(tmp_path / "catalog.sqlite").lexicon.scores("source", [name])
    assert np.argsort(-scores)[0] == NAMES.index(name)
    assert sorted(scores)[-1] > sorted(scores)[-2]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("GPT-4", {"gpt", "4", "gpt4"}),
        ("gpt4", {"gpt4", "gpt"}),
        ("k‑NN", {"k", "nn", "knn"}),
        ("C++", {"c", "c++"}),
        ("LangChain's", {"langchain", "lang", "chain"}),
        ("DoRA", {"dora"}),
        ("naïve", {"naiv"}),
        ("running", {"run"}),
        ("日本", {"日本"}),
    ],
)
def test_terms(word: str, found: set[str]) -> None:
    assert set(terms_of(word)) == found


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_has_terms_of_bounded_length(text: str) -> None:
    assert all(0 < len(term) <= 12 * 64 + 2 for term in terms(text))


@pytest.mark.parametrize(
    "damage", ["rows = x'01'", "impacts = x'00000000'", "rows = x'ffffffff', impacts = x'0000803f'"]
)
def test_a_damaged_posting_list_is_corrupt(tmp_path: Path, damage: str) -> None:
    write_catalog(tmp_path / "catalog.sqlite")
    db = sqlite3.connect(tmp_path / "catalog.sqlite")
    db.execute(f"UPDATE passage_terms SET {damage} WHERE term = 'tide'")
    db.commit()
    db.close()
    with pytest.raises(IndexCorrupt):
        Catalog(tmp_path / "catalog.sqlite").lexicon.scores("passage", ["tide"])
