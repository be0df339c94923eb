"""When an answer is declined: by evidence that is made up, with thresholds as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from litsearch.answers.abstain import Judgement, Scale
from litsearch.answers.abstain import judge as judged
from litsearch.answers.entities import Entity
from litsearch.answers.evidence import Evidence, Term
from litsearch.answers.question import Question, read_question
from litsearch.answers.rank import Scored
from litsearch.answers.sentences import Candidate, Window
from litsearch.types import CatalogSource, Entry, Passage, Source, Verdict

TEXT = "Owls hunt at night."
SOURCE = CatalogSource.of(
    Source("s", None, "article", (Entry("a.md", 1, "Owls"),)), Verdict("indexed"), "Owls"
)
PASSAGE = Passage("p", "s", TEXT, 0, len(TEXT))
EVIDENCE = Evidence((), (), (), (), (), (), "", False, False, "", ())


def a_sentence(cosine: float = 0.5, around: float = 0.5, **facts: bool | float) -> Scored:
    window = Window(0, TEXT, ())
    candidate = Candidate(
        0, len(TEXT), TEXT, PASSAGE, SOURCE, 1, cosine, cosine, 0, cosine, 1.0, (), window, None
    )
    given = {"rest": around, "named": True, "sourced": True, "devoted": True} | facts
    return Scored(candidate, 1.0, around, unsaid=(Term("mice", 5.0),), **given)  # type: ignore[arg-type]


def judge(question: Question, evidence: Evidence, ranked: list[Scored]) -> Judgement:
    return judged(question, evidence, ranked, Scale(0.1, 0.27))


@pytest.mark.parametrize(
    ("cosine", "status"), [(0.10, "declined"), (0.33, "weak"), (0.60, "answered")]
)
def test_without_names_nearness_decides(cosine: float, status: str) -> None:
    assert (
        judge(read_question("how do owls hunt?"), EVIDENCE, [a_sentence(cosine)]).status == status
    )


def test_words_that_the_library_says_nowhere_decline_when_they_weigh_a_third() -> None:
    terms = (Term("owls", 5.0), Term("volleyball", 4.0, known=False))
    question = read_question("do owls play volleyball?")
    evidence = replace(EVIDENCE, terms=terms)
    assert judge(question, evidence, [a_sentence(0.35)]).status == "declined"
    assert judge(question, evidence, [a_sentence(0.6)]).status == "weak"
    known = replace(EVIDENCE, terms=(terms[0], replace(terms[1], known=True)))
    assert judge(question, known, [a_sentence(0.6)]).status == "answered"


def test_a_compound_that_nothing_says_makes_an_answer_weak() -> None:
    evidence = replace(EVIDENCE, unsaid=("“ear-tufts”",))
    judgement = judge(read_question("why do owls have ear-tufts?"), evidence, [a_sentence(0.6)])
    assert judgement == Judgement("weak", "No text of the library says “ear-tufts”.")


def test_a_missing_author_makes_an_answer_weak_and_says_so() -> None:
    found = judge(
        read_question("according to Sutton, what hunts?"),
        replace(EVIDENCE, uncredited=("Sutton",)),
        [a_sentence(0.6)],
    )
    assert (found.status, found.reason) == (
        "weak",
        "No text of the library that could be read mentions Sutton.",
    )


def test_sides_that_are_only_mentioned_in_passing_are_judged_by_their_names() -> None:
    question = read_question("how does KTO differ from DPO?")
    named = replace(
        EVIDENCE, entities=(Entity("KTO"), Entity("DPO")), holders=(frozenset({1}), frozenset({1}))
    )
    passing = replace(named, devoted=(frozenset(), frozenset({1})))
    about = replace(named, devoted=(frozenset({1}), frozenset({1})))
    aside = a_sentence(0.6, named=False, devoted=False)
    far = a_sentence(0.35, named=False, devoted=False)
    assert judge(question, passing, [far]).status == "declined"
    assert judge(question, passing, [aside]).status == "weak"
    assert judge(question, about, [aside]).status == "answered"


def test_the_scale_of_the_embedder_decides_not_the_cosine() -> None:
    question, evidence, sentences = read_question("how do owls hunt?"), EVIDENCE, [a_sentence(0.6)]
    assert judged(question, evidence, sentences, Scale(0.1, 0.27)).status == "answered"
    assert judged(question, evidence, sentences, Scale(0.55, 0.27)).status == "declined"
    near = [a_sentence(0.95)]
    assert judged(question, evidence, near, Scale(0.55, 0.27)).status == "answered"


def worded(text: str, cosine: float = 0.6) -> Scored:
    sentence = a_sentence(cosine)
    return replace(sentence, candidate=replace(sentence.candidate, text=text))


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (["The mirror test was first made by Cleo Ruiz."], "answered"),
        (["It was invented by Cleo Ruiz in a barn."], "answered"),
        (["The mirror test is old.", "An engine was built by Cleo Ruiz."], "weak"),
        (["Abstract—Ever since the mirror test, people have asked what machines see."], "weak"),
    ],
)
def test_a_person_must_be_named_beside_what_is_asked(texts: list[str], status: str) -> None:
    question = read_question("who invented the mirror test?")
    assert judge(question, EVIDENCE, [worded(text) for text in texts]).status == status


@pytest.mark.parametrize(
    ("text", "cosine", "status"),
    [
        ("A mirror test is a test of whether an animal knows itself.", 0.33, "answered"),
        ("The mirror test was run on forty magpies.", 0.33, "weak"),
        ("The mirror test was run on forty magpies.", 0.6, "weak"),
    ],
)
def test_a_definition_answers_and_talk_of_the_thing_does_not(
    text: str, cosine: float, status: str
) -> None:
    question = read_question("what is the mirror test?")
    assert judge(question, EVIDENCE, [worded(text, cosine)]).status == status


@pytest.mark.parametrize(
    ("rest", "named", "status"),
    [(0.0, True, "weak"), (1.0, True, "answered"), (1.0, False, "weak")],
)
def test_what_happened_must_be_said_beside_the_name_however_near_it_is(
    rest: float, named: bool, status: str
) -> None:
    question = read_question("when did Ada Crane retire?")
    about = replace(
        EVIDENCE,
        entities=(Entity("Ada Crane"),),
        holders=(frozenset({1}),),
        devoted=(frozenset({1}),),
    )
    sentence = replace(worded("Ada Crane built a mill in 1788.", 0.9), rest=rest, named=named)
    assert judge(question, about, [sentence]).status == status


@pytest.mark.parametrize(("rest", "status"), [(0.2, "weak"), (0.8, "answered")])
def test_yes_or_no_needs_what_is_asked_beside_the_name_however_near_it_is(
    rest: float, status: str
) -> None:
    owl = Entity("Mossowl")
    evidence = replace(EVIDENCE, entities=(owl,), holders=(frozenset({1}),))
    question = read_question("Does Mossowl use echoes?")
    assert judge(question, evidence, [a_sentence(0.9, rest=rest)]).status == status


def test_a_name_given_in_passing_is_near_enough_for_a_definition() -> None:
    question, thing = read_question("what is legging?"), replace(EVIDENCE, subject="legging")
    far = Scale(0.55, 0.27)
    given = worded("They pushed with their feet, which was called legging, all night.", 0.3)
    assert judged(question, thing, [given], far).status == "answered"
    assert (
        judged(question, thing, [worded("Legging was hard work.", 0.3)], far).status == "declined"
    )


@pytest.mark.parametrize(
    ("question", "text", "status"),
    [
        ("what was the mill's rent in 1788?", "The mill's rent was 40 crowns in 1788.", "answered"),
        ("what is the rent of the mill?", "For the mill, a rent of 40 crowns is paid.", "answered"),
        ("what was the mill's rent in 1788?", "The mill was sold in 1788.", "weak"),
        ("what is a rent roll?", "The rent roll was lost in 1788.", "weak"),
    ],
)
def test_what_is_of_a_thing_is_told_and_not_defined(question: str, text: str, status: str) -> None:
    assert judge(read_question(question), EVIDENCE, [worded(text, 0.9)]).status == status
