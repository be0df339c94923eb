"""The walker of search, over small libraries made by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from answers.shelf import TIDES, Page, embed, make
from retrieval import own

from litsearch.index.generation import Generation, best_rows
from litsearch.retrieval.candidates import restriction_of
from litsearch.retrieval.query import EXPRESSION_WORDS, kinds_named, read_query
from litsearch.retrieval.search import PER_SOURCE, rank_candidates, search
from litsearch.types import Filters, Hit, Mode

BREAD = (
    "Bread needs flour and water.",
    "Yeast makes the dough rise.",
    "An oven bakes it in an hour.",
)
CLOCKS = (
    "A pendulum keeps time by its length.",
    "Springs drive a watch.",
    "Water clocks are older than either.",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    pages = [
        Page("All about tides", TIDES, authors=("Ada Byron",), url="https://sea.example.org/tides"),
        Page("Bread for beginners", BREAD, url="https://kitchen.example.com/bread"),
        Page("Pendulums and watches", CLOCKS, url="https://time.example.org/a/clocks"),
        Page(
            "The illustrated baker",
            remark="a talk",
            status="entry-only",
            url="https://kitchen.example.com/talk",
        ),
    ]
    return make(tmp_path_factory.mktemp("library"), pages)


def find(
    library: Generation, text: str, k: int = 50, mode: Mode = "hybrid", **filters: object
) -> tuple[Hit, ...]:
    return search(library, embed, text, k=k, depth=50, mode=mode, filters=Filters(**filters)).hits  # type: ignore[arg-type]


def titles(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.source.title for hit in hits))


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_what_is_asked_for_comes_first_in_every_mode(library: Generation, mode: Mode) -> None:
    hits = find(library, "what makes the dough rise in yeast bread?", mode=mode)
    assert hits[0].source.title == "Bread for beginners"
    assert "Yeast" in hits[0].passage.text
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.passage_id for hit in hits}) == len(hits)


def test_scores_tell_what_each_signal_gave(library: Generation) -> None:
    scores = find(library, "what makes dough rise?")[0].scores
    assert scores.keys() >= {"fused", "dense", "lexical", "source_lexical"}
    assert find(library, "dough rise", mode="dense")[0].scores.keys() <= {
        "fused",
        "dense",
        "source_dense",
    }
    assert "dense" not in find(library, "dough rise", mode="lexical")[0].scores


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
@pytest.mark.parametrize(
    ("filters", "query"),
    [
        (Filters(sites=("example.org",)), "water site:example.org"),
        (Filters(titles=("bread",)), "water title:bread"),
        (Filters(authors=("byron",)), "water author:byron"),
        (Filters(sites=("kitchen.example.com/talk",)), "water site:kitchen.example.com/talk"),
        (Filters(years=(1066,)), "water year:1066"),
    ],
)
def test_filters_are_exact_and_come_before_the_cut(
    library: Generation, filters: Filters, query: str, mode: Mode
) -> None:
    rows = set(library.catalog.source_rows(filters) or [])
    wanted = {library.catalog.source(row).title for row in rows}
    beside = search(library, embed, "water", k=50, depth=50, mode=mode, filters=filters).hits
    within = search(library, embed, query, k=50, depth=50, mode=mode).hits
    assert {hit.source.title for hit in beside} <= wanted
    assert [hit.passage for hit in beside] == [hit.passage for hit in within]
    if mode != "lexical":
        assert {hit.source.title for hit in beside} == wanted
        cut = search(library, embed, "water", k=1, depth=1, mode=mode, filters=filters).hits
        assert len(cut) == min(1, len(wanted))


def test_a_phrase_must_be_said(library: Generation) -> None:
    assert titles(find(library, '"water clocks" flour')) == ["Pendulums and watches"]
    # said nowhere: only words
    assert "Bread for beginners" in titles(find(library, '"clocks water" flour'))


def test_an_excluded_word_is_not_said(library: Generation) -> None:
    hits = find(library, "water -moon")
    assert hits
    assert not [hit for hit in hits if "moon" in hit.passage.text]
    assert "All about tides" in titles(hits)
    assert find(library, "water -tides -bread -watches -illustrated") == (), (
        "titles and headings count"
    )


@pytest.mark.parametrize(
    "query",
    ["The Ilustrated Baker", "THE ILLUSTRATED BAKER", "illustrated bakr", "the illustrated"],
)
def test_a_title_finds_its_source_first(library: Generation, query: str) -> None:
    assert find(library, query)[0].source.title == "The illustrated baker"


def test_a_title_said_in_full_counts_most(tmp_path: Path) -> None:
    longer = Page(
        "The great tidal engine (a history of tidal engines, and of power)",
        ("A great tidal engine.",),
    )
    library = make(
        tmp_path,
        [longer, Page("The great tidal engine", ("Machines at sea.",)), Page("Bread", BREAD)],
    )
    for query in ("the great tidal engine", "GREAT tidal engine article"):
        ranking = rank_candidates(library, embed, query, depth=50, mode="hybrid", filters=None)
        shares = dict(
            zip(
                ranking.candidates.source_rows.tolist(),
                ranking.candidates.scores["title"].tolist(),
                strict=True,
            )
        )
        assert shares[1] == pytest.approx(1)
        assert 0 < shares[0] < 0.9
        assert shares.get(2, 0) == 0
    asked = rank_candidates(
        library, embed, "what is a tidal engine?", depth=50, mode="hybrid", filters=None
    )
    assert "title" not in asked.candidates.scores


def test_how_a_text_begins_names_its_source(tmp_path: Path) -> None:
    late = Page(
        "A",
        ("Water is wet.", "x" * 500, "Ada Byron wrote of water.", "Water flows.", "Byron says so."),
    )
    library = make(
        tmp_path,
        [late, Page("B", ("By Ada Byron, Academy of the Sea.", "Water is wet.", "Water flows."))],
    )
    assert np.flatnonzero(library.catalog.lexicon.scores("card", ["byron"])).tolist() == [1]


@pytest.mark.parametrize(
    "query", ["?", "-", '"', '""', "title:", "AND OR NOT", "(((", "a*", "NEAR(", "^x", "é" * 500]
)
def test_no_query_raises(library: Generation, query: str) -> None:
    for mode in ("hybrid", "dense", "lexical"):
        find(library, query, mode=mode)  # type: ignore[arg-type]


def test_one_source_does_not_crowd_out_the_others(tmp_path: Path) -> None:
    many = tuple(f"Tides rise and fall, day number {n}." for n in range(40))
    library = make(tmp_path, [Page("Tides", many), Page("Rivers", ("Tides reach rivers.",))])
    first = search(library, embed, "how do tides rise?", k=PER_SOURCE + 1, depth=100).hits
    assert "Rivers" in titles(first)
    everything = search(library, embed, "how do tides rise?", k=100, depth=100).hits
    assert len(everything) == 40, "what was put off comes after"


NOTICE = (
    "Subscribe to our letter on tides and get the tables of high water for every harbour each week."
)


def test_the_same_text_on_many_sources_does_not_crowd_out_the_others(tmp_path: Path) -> None:
    pages = [Page(f"Shore {n}", (NOTICE, f"Number {n} is about sand.")) for n in range(30)]
    pages += [
        Page("Letters on the sea", ("Tables of high water are in our letter.", "It is short."))
    ]
    library = make(tmp_path, pages)
    hits = search(
        library, embed, "subscribe to a letter with tables of high water?", k=10, depth=100
    ).hits
    notices = [hit for hit in hits if NOTICE in hit.passage.text]
    assert "Letters on the sea" in titles(hits[:3])
    assert len(titles(notices[:2])) == 2, "a mirror is told of"
    every = search(
        library, embed, "subscribe to a letter with tables of high water?", k=200, depth=200
    ).hits
    assert len({hit.passage.passage_id for hit in every}) == len(every)
    assert len([hit for hit in every if NOTICE in hit.passage.text]) == 30, (
        "copies wait, and are not lost"
    )


def test_a_passage_repeated_in_one_source_is_shown_once_before_the_others(tmp_path: Path) -> None:
    again = ("High water comes twice a day.", "Sailors know it.")
    library = make(
        tmp_path,
        [Page("Tides", again * 8), Page("Harbours", ("High water fills them.", "Low does not."))],
    )
    hits = search(library, embed, "when is high water?", k=3, depth=50).hits
    assert titles(hits[:3]) == ["Tides", "Harbours"]


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    library = make(tmp_path, [Page("Tides", TIDES)])
    assert (
        search(library, embed, "tides", k=5, depth=5, filters=Filters(lists=("none",))).hits == ()
    )


def test_kinds_are_named_in_titles_and_topics_only() -> None:
    assert kinds_named(read_query("the LoRA paper")) == {"paper"}
    assert kinds_named(read_query("karpathy gpt video")) == {"video"}
    assert kinds_named(read_query("which paper describes LoRA?")) == set()


def test_the_best_are_those_of_a_full_sort() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        scores = rng.integers(0, 5, 40).astype(np.float32)
        some = np.flatnonzero(rng.random(40) < 0.5)
        for rows in (None, some):
            every = range(40) if rows is None else rows.tolist()
            wanted = sorted(
                (row for row in every if scores[row] > 0), key=lambda row: (-scores[row], row)
            )[:7]
            assert best_rows(scores, 7, rows).tolist() == wanted


def test_nothing_is_filtered_without_filters(library: Generation) -> None:
    within = restriction_of(library.catalog, read_query("water"), Filters())
    assert (within.passages, within.sources) == (None, None)


def test_a_title_that_asks_or_states_is_a_title_where_a_source_has_it(tmp_path: Path) -> None:
    pages = [Page("How do tides rise?", TIDES), Page("Bread is made of water and flour.", BREAD)]
    library = make(tmp_path, pages)
    for page in pages:
        found = search(library, embed, page.title.upper(), k=3, depth=50)
        assert (found.intent, found.hits[0].source.title) == ("navigational", page.title)
    assert search(library, embed, "How do tides fall?", k=3, depth=50).intent == "question"
    assert search(library, embed, "bread", k=3, depth=50, intent="question").intent == "question"


JUNK = (
    "1 Introduction to tides . . . . . . 1\n2 Tides of rivers . . . . . . 12",
    "Subscribe to our newsletter on tides!",
    "Tides: https://example.org/tides",
)


@pytest.mark.parametrize("junk", JUNK)
def test_junk_does_not_lead(tmp_path: Path, junk: str) -> None:
    library = make(
        tmp_path, [Page("Tides", (junk,)), Page("Rivers", ("Tides reach some rivers.",))]
    )
    found = search(library, embed, "tides", k=5, depth=50)
    assert [hit.passage.text == junk for hit in found.hits] == [False, True]


def test_a_query_says_what_was_done_to_it(library: Generation) -> None:
    assert search(library, embed, "tides", k=1, depth=5).notes == ()
    assert "No passage says" in search(library, embed, '"tides of bread"', k=1, depth=5).notes[0]
    (long,) = search(library, embed, "tides and bread " * 999, k=1, depth=5).notes
    assert "characters" in long


@pytest.mark.parametrize("kind", ["pasted", "claim"])
def test_quotation_marks_of_pasted_text_change_nothing(library: Generation, kind: str) -> None:
    for query in own.abstracts().of(kind):
        if len(query.text.split()) > EXPRESSION_WORDS:
            plain = re.sub(r"[\"“”‘’]|(?<!\w)'|'(?!\w)", "", query.text)
            quoted = search(library, embed, query.text, k=20, depth=50)
            assert quoted.hits == search(library, embed, plain, k=20, depth=50).hits
