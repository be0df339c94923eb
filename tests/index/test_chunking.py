"""Documents into passages: nothing lost, nothing bent, nothing too long to embed or too short to
stand alone.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import cpu_seconds

from litsearch.index.chunking import MAX_WORDS, SHORT, chunk
from litsearch.types import Document, Passage, Role, Span

PROSE = "The moon pulls at the sea and lifts it twice a day. " * 6
CODE = "\n".join(f"tide[{n}] = moon.pull(day={n})" for n in range(6))


def made(*blocks: tuple[str, str, Role]) -> Document:
    """A document of blocks: heading path (with " > "), text, role."""
    text, spans = "", []
    for heading, block, role in blocks:
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{block}" if text else block
        spans.append(
            Span(start, len(text), tuple(heading.split(" > ")) if heading else (), role=role)
        )
    return Document("s", "Tides", text, tuple(spans), "")


def cut(document: Document, window: int = 256) -> list[Passage]:
    return chunk(document, lambda texts: [len(text.split()) for text in texts], window)


def test_a_heading_is_with_what_follows_it() -> None:
    first, *_ = cut(made(("A", "A", "text"), ("A > B", "B", "text"), ("A > B", PROSE, "text")))
    assert first.text.startswith("A\n\nB\n\nThe moon")
    assert first.heading == ("A", "B")


def test_a_heading_is_with_its_table_and_a_lead_in_with_its_code() -> None:
    (table,) = cut(
        made(("Signs", "Signs", "text"), ("Signs", "h | height\nt | time of day", "table"))
    )
    assert (table.text.split()[0], table.role) == ("Signs", "table")
    code = cut(made(("A", "So we write:", "text"), ("A", CODE, "code")))[0]
    assert (code.text.split(":")[0], code.role) == ("So we write", "code")


def test_a_formula_between_two_paragraphs_is_part_of_them() -> None:
    passages = cut(made(("A", PROSE, "text"), ("A", "h = 2 (1)", "table"), ("A", PROSE, "text")))
    assert {passage.role for passage in passages} == {"text"}
    assert sum("h = 2 (1)" in passage.text and "moon" in passage.text for passage in passages) >= 1


def test_what_ends_a_section_stays_in_it() -> None:
    passages = cut(
        made(("A", PROSE, "text"), ("A", "Figure 3: the harbour", "table"), ("B", PROSE, "text"))
    )
    (holder,) = [passage for passage in passages if "harbour" in passage.text]
    assert holder.heading == ("A",)
    *_, last = cut(made(("A", PROSE + "So much for tides.", "text")))
    assert "moon" in last.text


def test_code_and_tables_of_some_length_are_passages_of_their_own() -> None:
    passages = cut(made(("A", PROSE, "text"), ("A", CODE * 2, "code"), ("A", PROSE, "text")))
    assert list(dict.fromkeys(passage.role for passage in passages)) == ["text", "code"]
    assert all("moon.pull" not in passage.text for passage in passages if passage.role == "text")


def test_references_give_no_passages_and_neither_does_their_heading() -> None:
    document = made(
        ("A", PROSE, "text"),
        ("References", "References", "text"),
        ("References", PROSE, "references"),
    )
    assert {passage.heading for passage in cut(document)} == {("A",)}
    after = made(
        ("A", PROSE, "text"),
        ("R", "[1] A. B.", "references"),
        ("C", "a note", "text"),
        ("C", PROSE, "text"),
    )
    assert not [passage for passage in cut(after) if "[1]" in passage.text]


def test_a_short_document_is_one_passage() -> None:
    (only,) = cut(made(("", "Tides.", "text")))
    assert only.text == "Tides."
    assert cut(made(("", "  ", "text"))) == []


_WORDS = st.lists(
    st.sampled_from(["Tide", "moon", "sea.", "It", "rises!", "h=2", "(1)", "\n", "x" * 90]),
    max_size=120,
)
_BLOCK = st.tuples(
    st.sampled_from(["", "A", "A > B", "C"]),
    _WORDS.map(" ".join),
    st.sampled_from(["text", "text", "code", "table", "references"]),
)


@given(st.lists(_BLOCK, max_size=8), st.sampled_from([8, 256]))
def test_laws(blocks: list[tuple[str, str, Role]], window: int) -> None:
    document = made(*blocks)
    passages = cut(document, window)
    kept = [span for span in document.spans if span.role != "references"]
    left_out = [
        (span.start, span.end)
        for span in document.spans
        if span not in kept and span.end > span.start
    ]
    covered = set().union(*(range(passage.start, passage.end) for passage in passages))
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert (passage.sentences[0].start, passage.sentences[-1].end) == (
            passage.start,
            passage.end,
        )
        assert all(len(document.text[a:b].split()) <= window for a, b in passage.sentences)
        assert not any(a < passage.end and b > passage.start for a, b in left_out)
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(passages))
    assert len({passage.passage_id for passage in passages}) == len(passages)
    lost = [
        i
        for span in kept
        for i in range(span.start, span.end)
        if i not in covered and not document.text[i].isspace()
    ]
    headed = [
        span for span in kept if document.text[span.start : span.end] == (span.heading or ("",))[-1]
    ]
    assert not [i for i in lost if not any(span.start <= i < span.end for span in headed)]


@pytest.mark.parametrize("words", [SHORT - 1, MAX_WORDS, 3 * MAX_WORDS])
def test_passages_are_of_one_size(words: int) -> None:
    sentence = "Tides rise and fall as the moon goes round. "
    passages = cut(made(("", sentence * (1 + words // 9), "text")))
    assert all(len(passage.text.split()) <= MAX_WORDS + SHORT for passage in passages)


def test_a_formula_is_never_cut() -> None:
    formula = "$f(x) = a. B + c$"
    text = f"The keeper wrote it so: {formula} and then he slept. " * 6
    for passage in cut(made(("", text.strip(), "text"))):
        for unit in passage.sentences:
            assert text[unit.start : unit.end].count("$") % 2 == 0


def test_titles_bylines_and_boilerplate_are_in_no_passage() -> None:
    document = made(
        ("", "Tides", "title"),
        ("", "By Ann Smith", "byline"),
        ("", PROSE, "text"),
        ("", "Subscribe to our newsletter", "boilerplate"),
    )
    found = " ".join(passage.text for passage in cut(document))
    assert "moon" in found
    assert not any(word in found for word in ("Tides", "Ann", "Subscribe"))


def test_a_script_without_spaces_is_cut_like_any_other() -> None:
    passages = cut(
        made(("", "月は海を引き、一日に二度それを持ち上げる。" * 40, "text")), window=10**6
    )
    assert max(len(passage.text) for passage in passages) < 200


def test_twice_the_text_takes_no_more_than_twice_the_time() -> None:
    def seconds(paragraphs: int) -> float:
        document = made(*(("", PROSE.strip(), "text") for _ in range(paragraphs)))
        return cpu_seconds(partial(cut, document))

    seconds(100)
    assert seconds(1600) < 16 * 3 * max(0.004, seconds(100))


TOKENS = st.lists(st.text("abc_123.=", min_size=1, max_size=24), min_size=30, max_size=120)


@given(TOKENS, st.sampled_from([" ", " | ", ",", "\t"]), st.sampled_from(["code", "table"]))
def test_a_line_beyond_the_window_is_not_cut_inside_a_token(
    tokens: list[str], between: str, role: Role
) -> None:
    text = between.join(tokens)
    passages = chunk(
        made(("", text, role)), lambda texts: [len(text) // 4 for text in texts], window=10
    )
    inside = {at for at in range(1, len(text)) if not set(text[at - 1 : at + 1]) & set(" |,\t")}
    for passage in passages:
        for start, end in passage.sentences:
            assert start not in inside
            assert end not in inside
