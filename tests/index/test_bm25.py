"""BM25 worked out at build time is the BM25 of the book; names find themselves."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index.made import TEXTS, item, write_catalog

from litsearch.errors import IndexCorrupt
from litsearch.index import bm25 as listing
from litsearch.index.bm25 import K1, B, Lexicon, Postings
from litsearch.index.bm25 import Fields as Rows
from litsearch.index.catalog import Catalog
from litsearch.index.catalog_rows import SCHEMA, SqliteFile
from litsearch.text import terms

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


WORDS = st.lists(st.sampled_from("alpha beta gamma delta GPT-4 C++ of".split()), max_size=12).map(
    " ".join
)


@pytest.mark.slow
@given(
    texts=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12),
    wanted=WORDS,
    gone=st.sets(st.integers(0, 11)),
)
@settings(max_examples=100, deadline=None)
def test_the_formula_is_kept(texts: list[tuple[str, str]], wanted: str, gone: set[int]) -> None:
    """... also when rows have gone, which count for nothing any more."""
    rows: list[Fields] = [[(title, 2.0), (text, 1.0)] for title, text in texts]
    kept = [row for row in range(len(rows)) if row not in gone]
    before, after = Postings(), None
    for fields in rows:
        before.add(Rows(fields))
    with TemporaryDirectory() as folder:
        stored = stored_lists(before)
        after = Postings(before.lengths())
        for row in gone & set(range(len(rows))):
            after.forget(row, Rows(rows[row]))
        lists = stored | changed_lists(after, stored)
        found = scores_of(Path(folder) / "terms.sqlite", lists, after.lengths(), wanted)
    assert [found[row] for row in gone if row < len(rows)] == [0] * len(
        gone & set(range(len(rows)))
    )
    if any(text for row in kept for text in texts[row]):
        assert found[kept] == pytest.approx(
            slow_bm25([rows[row] for row in kept], set(terms(wanted))), abs=1e-5
        )


Lists = dict[tuple[str, int], tuple[bytes, bytes]]


def stored_lists(postings: Postings) -> Lists:
    return {(term, block): (rows, counts) for term, block, rows, counts in postings.lists()}


def changed_lists(postings: Postings, stored: Lists) -> Lists:
    found = postings.lists(lambda term, block: stored.get((term, block)))
    return {(term, block): (rows, counts) for term, block, rows, counts in found}


def scores_of(path: Path, lists: Lists, lengths: bytes, words: str) -> np.ndarray:
    db = sqlite3.connect(path)
    db.executescript(SCHEMA)
    db.executemany(
        "INSERT INTO passage_terms VALUES (?, ?, ?, ?)",
        [(*key, *blobs) for key, blobs in lists.items()],
    )
    db.execute("INSERT INTO lengths VALUES ('passage_terms', ?)", (lengths,))
    db.commit()
    db.close()
    file = SqliteFile(path)
    found = Lexicon(file).scores("passage", words.split())
    file.close()
    return found


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["add", "put", "forget"]), st.integers(0, 9), WORDS), max_size=12
)


@pytest.mark.slow
@given(series=st.lists(OPERATIONS, max_size=4))
@settings(max_examples=100, deadline=None)
def test_lists_amended_are_the_lists_of_what_is_there(
    series: list[list[tuple[str, int, str]]],
) -> None:
    """Each step of the series goes on from what the one before has stored; blocks of three rows."""
    rows: dict[int, str] = {}
    stored, lengths = Lists(), b""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "BLOCK", 3)
        for step in series:
            postings, touched = Postings(lengths), set[int]()
            for what, number, words in step:
                if what == "add":
                    row = len(np.frombuffer(postings.lengths(), "<f4"))
                    postings.add(Rows([(words, 1.0)]))
                elif not rows or (row := sorted(rows)[number % len(rows)]) in touched:
                    continue
                else:
                    postings.forget(row, Rows([(rows.pop(row), 1.0)]))
                touched.add(row)
                if what == "put":
                    postings.put(row, Rows([(words, 1.0)]))
                if what != "forget":
                    rows[row] = words
            stored = {
                key: blobs
                for key, blobs in (stored | changed_lists(postings, stored)).items()
                if blobs[0]
            }
            lengths = postings.lengths()
        fresh = Postings(np.full(len(lengths) // 4, listing.GONE, "<f4").tobytes())
        for row in sorted(rows):
            fresh.put(row, Rows([(rows[row], 1.0)]))
        assert (stored, lengths) == (stored_lists(fresh), fresh.lengths())


def test_rows_of_any_block_are_found(tmp_path: Path) -> None:
    """... first and last ones too, and a term that stands nowhere in the first block."""
    held = {
        0: "alpha",
        65_535: "alpha alpha",
        65_536: "alpha beta",
        131_071: "beta",
        131_072: "gamma",
        140_000: "alpha",
    }
    postings = Postings(np.full(140_001, listing.GONE, "<f4").tobytes())
    for row, words in held.items():
        postings.put(row, Rows([(words, 1.0)]))
    lists, lengths = stored_lists(postings), postings.lengths()
    exact = slow_bm25([[(words, 1.0)] for words in held.values()], {"alpha", "gamma"})
    found = scores_of(tmp_path / "terms.sqlite", lists, lengths, "alpha gamma")
    assert found[list(held)] == pytest.approx(exact, abs=1e-5)
    assert np.count_nonzero(found) == 5
    beta = scores_of(tmp_path / "beta.sqlite", lists, lengths, "beta")
    assert np.flatnonzero(beta).tolist() == [65_536, 131_071]


def test_a_term_may_stand_in_a_row_more_often_than_is_counted(tmp_path: Path) -> None:
    postings = Postings()
    postings.add(Rows([("alpha " * 70_000, 4.0), ("beta", 1.0)]))
    found = scores_of(
        tmp_path / "terms.sqlite", stored_lists(postings), postings.lengths(), "alpha"
    )
    assert found.tolist() == pytest.approx(
        slow_bm25([[("alpha " * 70_000, 4.0), ("beta", 1.0)]], {"alpha"}), rel=1e-3
    )


def test_a_catalog_scores_its_passages_and_sources(tmp_path: Path) -> None:
    write_catalog(tmp_path / "catalog.sqlite")
    catalog = Catalog(tmp_path / "catalog.sqlite")
    passages = [passage for passage, _ in catalog.passages(range(catalog.counts()["passages"]))]
    titles = {row.source_id: row.title for row in catalog.sources()}
    rows: list[Fields] = [
        [(f"{titles[p.source_id]} {' '.join(p.heading)} {p.text}", 1.0)] for p in passages
    ]
    found = catalog.lexicon.scores("passage", ["rises", "Tides"])
    assert found.tolist() == pytest.approx(slow_bm25(rows, {"rise", "tide"}), abs=1e-5)
    assert found.dtype == np.float32
    assert np.argmax(catalog.lexicon.scores("source", ["pendulum"])) == 2
    assert np.flatnonzero(catalog.lexicon.scores("card", ["pendulum"])).tolist() == [2], (
        "how its text begins counts"
    )
    assert catalog.lexicon.scores("passage", []).tolist() == [0] * len(passages)
    assert [
        catalog.lexicon.source_frequency(word)
        for word in ("rise", "pendulum", "zebra", "rise-zebra")
    ] == [2, 1, 0, 0]


NAMES = [
    "DoRA",
    "GPT-4",
    "LLaMA-2",
    "T5",
    "k-NN",
    "C++",
    "C#",
    "LLM.int8()",
    "LangChain",
    "load_in_8bit",
    "word2vec",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_find_themselves_first(tmp_path: Path, name: str) -> None:
    texts = [f"We speak of {other} here at some length." for other in NAMES] + list(TEXTS.values())
    write_catalog(
        tmp_path / "catalog.sqlite", [item(f"n{i}", text) for i, text in enumerate(texts)]
    )
    scores = Catalog(tmp_path / "catalog.sqlite").lexicon.scores("source", [name])
    assert np.argsort(-scores)[0] == NAMES.index(name)
    assert sorted(scores)[-1] > sorted(scores)[-2]


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_has_terms_of_bounded_length(text: str) -> None:
    assert all(0 < len(term) <= 12 * 64 + 2 for term in terms(text))


@pytest.mark.parametrize(
    "damage",
    [
        "rows = x'01'",
        "counts = x'000000000000'",
        "rows = x'01', counts = x'01'",
        "rows = x'ffff', counts = x'0100'",
        *(f"block = {number}" for number in (1, -1, 1 << 60)),
    ],
)
def test_a_damaged_posting_list_is_corrupt(tmp_path: Path, damage: str) -> None:
    write_catalog(tmp_path / "catalog.sqlite")
    db = sqlite3.connect(tmp_path / "catalog.sqlite")
    db.execute(f"UPDATE passage_terms SET {damage} WHERE term = 'tide'")
    db.commit()
    db.close()
    with pytest.raises(IndexCorrupt):
        Catalog(tmp_path / "catalog.sqlite").lexicon.scores("passage", ["tide"])
