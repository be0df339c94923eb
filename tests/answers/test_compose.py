"""Picked sentences into quotes: what goes along with them, and that nothing is shown twice."""

from __future__ import annotations

from dataclasses import replace

from litsearch.answers.citations import COMPANY, compose
from litsearch.answers.question import read_question
from litsearch.answers.rank import Scored
from litsearch.answers.sentences import Candidate, Window
from litsearch.types import CatalogSource, Entry, Offsets, Passage, Source, Verdict

SENTENCES = (
    "Moss drinks through its leaves.",
    "It has no roots that could do so.",
    "Ferns stand beside it in the shade.",
    "Three things harm both of them:",
    "frost in the spring,",
    "wind from the sea,",
    "and boots.",
    "Nobody knows how old the wall is.",
)
TEXT = " ".join(SENTENCES)
UNITS = tuple(Offsets(TEXT.index(one), TEXT.index(one) + len(one)) for one in SENTENCES)
SOURCE = CatalogSource.of(
    Source("s", None, "article", (Entry("a.md", 1, "Moss"),)), Verdict("indexed"), "Moss"
)
PASSAGE = Passage("p", "s", TEXT, 0, len(TEXT), sentences=UNITS)


def scored(number: int, score: float) -> Scored:
    unit = UNITS[number]
    window = Window(0, TEXT, UNITS)
    one = Candidate(
        *(*unit, SENTENCES[number], PASSAGE, SOURCE, 0),
        cosine=0.5,
        source_cosine=0.5,
        row=0,
        promise=0.5,
        found=1.0,
        around=(),
        window=window,
        vector=None,
    )
    return Scored(one, score, 1.0, 1.0, (), named=True, sourced=True, devoted=True)


def quotes(picked: list[Scored], ranked: list[Scored]) -> list[str]:
    return [
        citation.quote
        for citation in compose(picked, ranked, read_question("moss"), 9, lambda one: one.window)[1]
    ]


def test_a_neighbour_that_comes_near_goes_along() -> None:
    best, beside, far = scored(2, 2.0), scored(3, 2.0 * COMPANY), scored(7, 1.9)
    assert quotes([best], [best, far, beside]) == [" ".join(SENTENCES[2:7])]
    assert quotes([best], [best, far, scored(3, 2.0 * COMPANY - 0.1)]) == [SENTENCES[2]]


def test_what_is_quoted_is_not_quoted_again() -> None:
    first, far, between = scored(0, 2.0), scored(7, 2.0), scored(1, 2.0)
    assert quotes([first, far], [first, far, between]) == [" ".join(SENTENCES[:2]), SENTENCES[7]]
    alone = [" ".join(SENTENCES[:2])]
    assert quotes([first, between], [first, far, between]) == alone  # it went along already


def test_quotes_with_at_most_a_sentence_between_them_are_one() -> None:
    whole = [" ".join(SENTENCES[:3])]
    assert quotes([scored(0, 2.0), scored(2, 1.5)], []) == whole
    assert quotes([scored(2, 2.0), scored(0, 1.5)], []) == whole


def test_a_sentence_that_lengthens_a_quote_is_looked_for_beyond_the_count() -> None:
    picked = [scored(0, 2.0), scored(7, 1.8), scored(2, 1.6)]
    asked = read_question("moss")
    _, citations = compose(picked, [], asked, 2, lambda one: one.window)
    assert [one.quote for one in citations] == [" ".join(SENTENCES[:3]), SENTENCES[7]]


def test_quotes_are_not_joined_over_what_was_shown_before() -> None:
    picked, asked = [scored(0, 2.0), scored(2, 1.5)], read_question("moss")
    _, citations = compose(picked, [], asked, 9, lambda one: one.window, [SENTENCES[1]])
    assert [one.quote for one in citations] == [SENTENCES[0], SENTENCES[2]]


def test_a_short_quote_brings_the_sentence_that_leans_on_it() -> None:
    sentences = ("Moss drinks through its leaves.", "This keeps it green without any roots.")
    text = " ".join(sentences)
    units = tuple(Offsets(text.index(one), text.index(one) + len(one)) for one in sentences)
    best = scored(0, 2.0)
    candidate = replace(best.candidate, window=Window(0, text, units))
    assert quotes([replace(best, candidate=candidate)], []) == [text]


def test_a_sentence_that_leans_back_brings_the_one_before() -> None:
    assert quotes([scored(1, 2.0)], []) == [" ".join(SENTENCES[:2])]


def test_what_was_shown_in_an_earlier_turn_does_not_go_along() -> None:
    best, beside = scored(0, 2.0), scored(1, 2.0 * COMPANY)
    asked, shown = read_question("moss"), [f"Said before: {SENTENCES[1]}"]
    _, citations = compose([best], [best, beside], asked, 9, lambda one: one.window, shown)
    assert [citation.quote for citation in citations] == [SENTENCES[0]]


def test_a_list_is_quoted_whole_with_what_leads_to_it() -> None:
    assert quotes([scored(3, 2.0)], []) == [" ".join(SENTENCES[3:7])]


def test_a_comparison_quotes_both_sides_where_they_stand_together() -> None:
    sentences = ("Moss likes rain.", *SENTENCES[:2], "Ferns like the shade of old walls.")
    text = " ".join(sentences)
    units = tuple(Offsets(text.index(one), text.index(one) + len(one)) for one in sentences)
    found = scored(0, 2.0)
    place = {"start": units[1].start, "end": units[1].end, "window": Window(0, text, units)}
    picked = [replace(found, candidate=replace(found.candidate, **place))]

    def quoted(question: str) -> str:
        asked = read_question(question)
        return compose(picked, picked, asked, 1, lambda one: one.window)[1][0].quote

    assert quoted("moss vs ferns") == " ".join(sentences[1:])
    assert quoted("moss vs ivy") == " ".join(sentences[1:3])


ITEMS = ("Three walls are green.", "1. The west wall has moss.", "2. The east wall has ferns.")
REST = ("3. The north wall has ivy.", "Nobody paints them.")


def test_a_list_is_shown_from_its_first_item_to_its_last() -> None:
    sentences = (*ITEMS, *REST)
    text = "\n".join(sentences)
    units = tuple(Offsets(text.index(one), text.index(one) + len(one)) for one in sentences)
    found = scored(0, 2.0)
    second = replace(
        found.candidate,
        start=units[2].start,
        end=units[2].end,
        text=sentences[2],
        window=Window(0, text, units),
    )
    picked = [replace(found, candidate=second)]
    _, citations = compose(
        picked, picked, read_question("list the walls"), 3, lambda one: one.window
    )
    assert [citation.quote for citation in citations] == ["\n".join(sentences[1:4])]


def test_an_entry_of_a_glossary_is_quoted_with_its_term() -> None:
    text = "Fern gate\n\nA door of leaves that closes at night. It opens by day."
    starts = (0, text.index("A door"), text.index("It opens"))
    ends = (9, text.index(" It opens"), len(text))
    units = tuple(map(Offsets, starts, ends))
    passage = Passage("p", "s", text, 0, len(text), sentences=units)
    best = scored(0, 2.0)
    candidate = replace(
        best.candidate,
        start=starts[1],
        end=ends[1],
        text=text[starts[1] : ends[1]],
        passage=passage,
        window=Window(0, text, units),
    )
    entry = replace(best, candidate=candidate)
    asked = read_question("What is a fern gate?")
    _, citations = compose([entry], [entry], asked, 3, lambda one: one.window)
    assert [citation.quote for citation in citations] == [text[: ends[1]]]


def test_a_quote_that_stands_alone_goes_first_if_it_is_nearly_as_good() -> None:
    leaning, alone = scored(3, 2.0), scored(7, 1.9)
    listing = " ".join(SENTENCES[3:7])
    bare = replace(leaning.candidate, text=SENTENCES[1], start=UNITS[1].start, end=UNITS[1].end)
    bare = replace(bare, window=Window(UNITS[1].start, TEXT[UNITS[1].start :], UNITS[1:]))
    lost = replace(leaning, candidate=bare)
    assert quotes([lost, alone], [])[0] == SENTENCES[7]
    assert quotes([lost, scored(7, 1.0)], [])[0].startswith(SENTENCES[1])
    assert quotes([leaning, alone], [])[0].startswith(listing)


def test_an_explanation_begins_earlier_in_its_paragraph_with_a_word_of_the_question() -> None:
    best = scored(2, 2.0)

    def quote(question: str) -> str:
        asked = read_question(question)
        return compose([best], [best], asked, 1, lambda one: one.window)[1][0].quote

    assert quote("why do ferns stand beside moss?").startswith(SENTENCES[0])
    assert quote("why do ferns stand in the shade?").startswith(SENTENCES[2])
