"""A model's text read as statements, in whatever shape it comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import cpu_seconds

from litsearch.answers.generate import LONGEST
from litsearch.answers.reply import Statement, declines, spelled_out, statements

SAID = "The pond holds 40,000 litres in spring, and it didn't shrink in 2024."


@pytest.mark.parametrize(
    ("reply", "markers"),
    [
        (f"{SAID} [1]", (1,)),
        (f"{SAID[:-1]} [1].", (1,)),
        (f"{SAID} [1, 2]", (1, 2)),
        (f"{SAID} [1][2]", (1, 2)),
        (f"{SAID} [1-3]", (1, 2, 3)),
        (f"{SAID} [Source 1]", (1,)),
        (f"{SAID} [Passage 2; Passage 3]", (2, 3)),
        (f"{SAID} (Source 2)", (2,)),
        (f"{SAID}【1†source】", (1,)),
        (f"{SAID} 【4:0†notes.md】", (4,)),
        (f"{SAID} [^1]", (1,)),
        (f"{SAID} \\[1\\]", (1,)),
        (f"{SAID} [1](#one)", (1,)),
        (f"{SAID}<sup>[1]</sup>", (1,)),
        (f"{SAID} ¹²", (12,)),
        (f"{SAID} ②", (2,)),
        (f"{SAID} [1†L3-L5]", (1,)),
        (f"{SAID} [[1]]", (1,)),
        (f"{SAID} ([1])", (1,)),
        (f"{SAID} (see [1])", (1,)),
        (f"{SAID} [^1^]", (1,)),
        (f"{SAID} [source_1]", (1,)),
        (f"{SAID} [ref:1]", (1,)),
        (f"{SAID} [Quelle 1]", (1,)),
        (f"{SAID} [S1, S2]", (1, 2)),
        (f"{SAID} [1] and [2]", (1, 2)),
        (f"{SAID} [1 2]", (1, 2)),
        (f"{SAID} {{1}}", (1,)),
        (f"{SAID} <cite>1</cite>", (1,)),
        (f"{SAID} — [1]", (1,)),
        (f"{SAID} `[1]`", (1,)),
        (f"Passage 1: {SAID}", (1,)),
        (f"| fact | source |\n|---|---|\n| {SAID} | [1] |", (1,)),
        (f"In summary, {SAID[0].lower()}{SAID[1:]} [1]", (1,)),
        (f"{SAID} [1]\n\nI hope this helps! Let me know if you have questions.", (1,)),
        (f"{SAID} [1]\n\n**Sources:**\n- [1] The ponds of the parish, 1998", (1,)),
        (SAID, ()),
        (f"[1] {SAID}", (1,)),
        (f"- **{SAID}** [2]", (2,)),
        (f"1. {SAID} [2]", (2,)),
        (f"> {SAID} [2]", (2,)),
        (f"Sure! Here is the answer:\n\n{SAID} [1]", (1,)),
        (f"## Answer\n{SAID} [1]", (1,)),
        (f"Answer: {SAID} [1]", (1,)),
        (f"Based on the passages, {SAID[0].lower()}{SAID[1:]} [1]", (1,)),
        (f"According to passage 1, {SAID[0].lower()}{SAID[1:]} [1]", (1,)),
        (f"The sources say that {SAID[0].lower()}{SAID[1:]} [1]", (1,)),
        (f"{SAID[:-1]} (1).", (1,)),
        (f"{SAID} ⟦1⟧", (1,)),
        (f"{SAID} ^1^", (1,)),
        (f"{SAID}^[1]^", (1,)),
        (f"{SAID} (source: passage 1)", (1,)),
        (f"{SAID} [Passage 1: The ponds of 1998]", (1,)),
        (f"According to [1], {SAID[0].lower()}{SAID[1:]}", (1,)),
        (f"[1] says that {SAID[0].lower()}{SAID[1:]}", (1,)),
        (f"From passage [1]: {SAID}", (1,)),
        (f"I found that {SAID[0].lower()}{SAID[1:]} [1]", (1,)),
        (f"The answer is that {SAID[0].lower()}{SAID[1:]} [1]", (1,)),
        (f"Here's what the passages say: {SAID} [1]", (1,)),
        (f"Yes, {SAID[0].lower()}{SAID[1:]} [1]", (1,)),
        (f"Yes. {SAID} [1]", (1,)),
        (f"Step 1: {SAID} [1]", (1,)),
        (f"Q: How much does it hold?\nA: {SAID} [1]", (1,)),
        (f"“{SAID}” [1]", (1,)),
        (f"{SAID} [1] 😊", (1,)),
        (f"{SAID} [1]\n\n---\n\n*Note: this is based on the passages.*", (1,)),
        (f"{SAID} [1]\n\nUser: What else?\nAssistant: Nothing.", (1,)),
        (f'{{"answer": "{SAID} [1]"}}', (1,)),
        (f'```json\n{{\n"answer": "{SAID}", "sources": [1]\n}}\n```', (1,)),
    ],
)
def test_shapes_of_markers_markup_and_introductions(reply: str, markers: tuple[int, ...]) -> None:
    (statement,) = statements(reply)
    assert statement.text == SAID
    assert statement.markers == markers


def test_one_marker_stands_for_the_sentences_before_it() -> None:
    found = statements(
        "Ponds freeze late. Lakes freeze later still. Seas hardly do. [2] Ice is light. [3]"
    )
    assert [one.markers for one in found] == [(2,), (2,), (2,), (3,)]


def test_a_number_alone_is_a_statement_and_courtesies_are_none() -> None:
    assert [one.text for one in statements("Sure! 40,000 litres. [1]")] == ["40,000 litres."]
    assert not statements("Certainly!\n\nHappy to help. Let me know what else you need.")


def test_a_list_that_breaks_off_ends_with_its_last_whole_item() -> None:
    items = [f"a pond of size {n} that holds {n} litres" for n in range(4)]
    (statement,) = statements(f"The parish has {'; '.join(items)}; a lake that")
    assert statement.text == f"The parish has {'; '.join(items)}."


@pytest.mark.parametrize(
    ("text", "before", "spelled"),
    [
        ("It needs no heat.", "ALiBi is a bias.", "ALiBi needs no heat."),
        ("Its bias is fixed.", "The ALiBi method adds one.", "ALiBi's bias is fixed."),
        ("It needs no heat.", "A bias, says the paper on ALiBi.", "It needs no heat."),
        ("It took three days to train.", "ALiBi is a bias.", "It took three days to train."),
        ("It is a bias that helps.", "ALiBi is a bias.", "It is a bias that helps."),
        ("Iteration helps.", "ALiBi is a bias.", "Iteration helps."),
    ],
)
def test_it_is_spelled_out_by_a_name_of_the_question(text: str, before: str, spelled: str) -> None:
    question = "How does ALiBi cope with longer inputs?"
    assert spelled_out(Statement(text, (1,)), before, question).text == spelled


@pytest.mark.parametrize(
    ("question", "before", "subject"),
    [
        ("what's straw mulch", "Straw mulch is a cover of straw.", "Straw mulch"),
        ("How does a straw mulch keep roots warm?", "A straw mulch keeps air.", "A straw mulch"),
        ("How do straw mulches like it?", "Straw mulches like rain.", "It"),
        ("what's straw mulch", "A cover of straw helps.", "It"),
        ("What is the Elm rating?", "The Elm rating is old.", "The Elm rating"),
    ],
)
def test_it_is_spelled_out_by_the_subject_of_the_question(
    question: str, before: str, subject: str
) -> None:
    spelled = spelled_out(Statement("It keeps the roots warm.", (1,)), before, question)
    assert spelled.text == f"{subject} keeps the roots warm."


def test_a_sentence_that_has_hardly_begun_is_cut_off() -> None:
    (statement,) = statements(f"{SAID} vLLM")
    assert statement.text == SAID
    (statement,) = statements("The pond holds approx. 12 litres [1]")
    assert statement.text == "The pond holds approx. 12 litres"


def test_a_marker_between_two_full_stops_is_seen() -> None:
    assert [
        (one.text, one.markers) for one in statements("Ponds vary in size. [2]. Ice is light [3].")
    ] == [
        ("Ponds vary in size.", (2,)),
        ("Ice is light.", (3,)),
    ]


@pytest.mark.parametrize(
    ("reply", "says_so"),
    [
        ("Not answered [0].", True),
        ("The passages do not answer the question.", True),
        ("The provided sources don't mention the price.", True),
        ("I don't know.", True),
        ("There is not enough information to tell.", True),
        ("Ponds do not contain salt [1].", False),
        ("Ice is not mentioned often by poets [1].", False),
    ],
)
def test_a_model_may_say_that_it_has_no_answer(reply: str, *, says_so: bool) -> None:
    assert declines(reply) is says_so


@given(st.text(alphabet="Ab [1]2.\n-*【†】^(", max_size=80), st.integers(1, 80))
def test_what_is_settled_early_is_what_stands_in_the_end(reply: str, at: int) -> None:
    early = statements(reply[:at], whole=False)
    assert early == statements(reply)[: len(early)]


@given(st.text(max_size=200))
def test_nothing_that_a_model_writes_breaks_the_reading(reply: str) -> None:
    for statement in statements(reply):
        assert statement.text.strip()
        assert all(number >= 0 for number in statement.markers)


@pytest.mark.parametrize(
    "stretch", ["[", "[1", "[1 ", "(see ", "[source ", "`", "*", "and ", "【1†", "<sup>", "|", "— "]
)
def test_what_a_hostile_model_writes_is_read_in_no_time(stretch: str) -> None:
    reply = (stretch * LONGEST)[:LONGEST]
    assert cpu_seconds(lambda: statements(reply)) < 0.3
