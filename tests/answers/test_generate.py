"""Answers worded by a model that may lie."""

from __future__ import annotations

import re
from collections.abc import Generator as Steps
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from answers.shelf import Page, ask, make
from answers.test_liars import QUOTES
from answers.test_liars import extractive as quoted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litsearch.answers import quotes
from litsearch.answers.calibration import NOBODY, Judge
from litsearch.answers.claims import of_its_subject, without_further, without_place
from litsearch.answers.excerpts import MOST_WORDS, excerpts
from litsearch.answers.generate import LONGEST, is_quoted, worded
from litsearch.answers.grounding import Refusal, Support, support
from litsearch.answers.reply import Statement
from litsearch.answers.wishes import asked
from litsearch.errors import ModelUnavailable
from litsearch.protocols import Pieces
from litsearch.types import Answer, AnswerSentence, AnswerStep, Citation, Parameters, Wait

TUNING = "Fernadapt is a tuning method that freezes the base weights and trains two small matrices."
FEWER = "The Fernadapt matrices hold 40 times fewer parameters than the base weights."
PAGES = [
    Page(
        "Fernadapt in brief",
        (
            TUNING,
            FEWER,
            "Gardeners water ferns in the morning because the leaves dry slowly in shade.",
        ),
    )
]
HEATH = "Heath is a benchmark of eighty tasks that were written by gardeners of many countries."
LONG = " ".join(
    (
        HEATH,
        "Its tasks were collected over three summers in gardens of the north and of the south.",
        "Each of them was read by two other gardeners before it was taken into the collection.",
        "Every answer was checked by hand against the books that the gardeners have at home.",
        "Heath is hard because its tasks are long.",
    )
)
SURE = Judge(lambda quote, claim: 0.99, 0.9)
UNSURE = Judge(lambda quote, claim: 0.5, 0.9)


@dataclass
class Model:
    """Says what it was told to say, a few letters at a time."""

    says: str
    name: str = "stub"
    parameters: Parameters = (("temperature", 0),)
    step: int = 7
    asked: int = 0
    said: int = 0

    def generate(self, question: str, passages: Sequence[str]) -> Pieces:
        self.asked += 1
        for at in range(0, len(self.says), self.step):
            self.said = at + self.step
            yield self.says[at : at + self.step]

    def close(self) -> None:
        pass


def steps_of(model: Model, extractive: Answer, judge: Judge = NOBODY) -> list[AnswerStep]:
    def find() -> Steps[Wait, None, Judge]:
        yield Wait("Checking", 1, 1)
        return judge

    return list(worded(model, extractive, excerpts(extractive, ()), find))


def generate(model: Model, extractive: Answer, judge: Judge = NOBODY) -> Answer:
    last = steps_of(model, extractive, judge)[-1]
    assert isinstance(last, Answer)
    return last


def in_words_of_the_model(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences if sentence.worded]


@pytest.fixture(scope="module")
def extractive(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes, "LONGEST_JOINED", 0)  # several quotes, as of different places
        given_answer = ask(make(tmp_path_factory.mktemp("index"), PAGES), "What is Fernadapt?")
    assert is_quoted(given_answer)
    return given_answer


def test_a_copy_stands_and_a_lie_falls_and_is_counted(extractive: Answer) -> None:
    copy = "Fernadapt is a tuning method that freezes the base weights."
    answer = generate(Model(f"{copy} [1] DoMA-L won 99 prizes [1]. It costs 7 [1]."), extractive)
    assert in_words_of_the_model(answer) == [copy]
    assert answer.generator == "stub"
    assert answer.status == "answered"
    assert "2 sentences of the language model left out" in answer.reason
    assert "no sentence of the sources that says it" in answer.reason


def test_every_sentence_stands_with_its_verbatim_quote(extractive: Answer) -> None:
    answer = generate(
        Model(f"{FEWER} [2] Fernadapt freezes weights for tuning [1]."), extractive, SURE
    )
    quotes = {citation.n: citation.quote for citation in answer.citations}
    assert list(quotes) == list(range(1, len(quotes) + 1))
    assert in_words_of_the_model(answer) == [FEWER, "Fernadapt freezes weights for tuning."]
    assert [quotes[n] for s in answer.sentences[:2] for n in s.citations] == [FEWER, TUNING]


def test_other_words_need_a_judge_that_is_sure(extractive: Answer) -> None:
    free = "Tuning with Fernadapt leaves the base weights frozen [1]."
    assert in_words_of_the_model(generate(Model(free), extractive, SURE))
    for judge, why in (
        (UNSURE, "as far as the model can judge"),
        (NOBODY, "no model that can judge"),
    ):
        answer = generate(Model(free), extractive, judge)
        assert not in_words_of_the_model(answer)
        assert answer.sentences == extractive.sentences
        assert why in answer.reason


@pytest.mark.parametrize(
    "further",
    [
        ", which makes it the fastest of all",
        ", making the gardens of Mossnet bloom",
        ", so DoMA wins",
    ],
)
def test_a_true_statement_stands_without_what_it_goes_on_to_say(
    extractive: Answer, further: str
) -> None:
    copy = "Fernadapt is a tuning method that freezes the base weights"
    answer = generate(Model(f"{copy}{further} [1]."), extractive)
    assert in_words_of_the_model(answer) == [f"{copy}."]
    free = "Tuning with Fernadapt leaves the base weights frozen"
    answer = generate(Model(f"{free}{further} [1]."), extractive, SURE)
    assert in_words_of_the_model(answer) == [f"{free}."]


def test_the_judge_is_asked_again_without_what_a_statement_goes_on_to_say(
    extractive: Answer,
) -> None:
    asked_of: list[str] = []

    def probability(quote: str, claim: str) -> float:
        asked_of.append(claim)
        return 0.1 if ", which" in claim else 0.99

    free = "Tuning with Fernadapt leaves the base weights frozen"
    text = f"{free}, which trains two matrices [1]."
    answer = generate(Model(text), extractive, Judge(probability, 0.9))
    assert in_words_of_the_model(answer) == [f"{free}."]
    assert len(asked_of) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Moss is green, which is rare.",
        "The moss keeps its water in the leaves, if they are young.",
        "The moss keeps its water in the leaves, assuming that it rains.",
        "The moss keeps its water in the leaves, but losing much of it.",
        "The gardeners are weeding, cutting, and watering the old moss beds.",
        "The moss keeps its water in the leaves.",
    ],
)
def test_no_condition_and_no_list_is_cut_off(text: str) -> None:
    assert not without_further(text)


def test_a_judge_cannot_allow_what_the_words_forbid(extractive: Answer) -> None:
    for lie in (
        "The matrices of Fernadapt hold 50 times fewer parameters [1].",
        "The matrices of Fernadapt hold 40 times more parameters than the base weights [1].",
        "Fernadapt does not freeze the base weights for tuning [1].",
        "Mossnet is a tuning method like DoMA that freezes the base weights [1].",
    ):
        assert not in_words_of_the_model(generate(Model(lie), extractive, SURE)), lie


def test_the_best_quote_is_never_hidden(extractive: Answer) -> None:
    answer = generate(Model(f"{FEWER} [2]"), extractive)
    assert answer.sentences[0].worded
    assert extractive.sentences[0].text in [sentence.text for sentence in answer.sentences]


def test_a_part_of_a_quote_has_the_whole_quote_under_it() -> None:
    shortened = QUOTES[1].partition(". ")[0] + "."
    answer = generate(Model(f"{shortened} [1]"), quoted(QUOTES[1:2]))
    assert in_words_of_the_model(answer) == [shortened]
    assert [citation.quote for citation in answer.citations] == [QUOTES[1]]


def test_no_quote_is_hidden(extractive: Answer) -> None:
    answer = generate(Model(f"{FEWER} [1] {TUNING} [2] {FEWER} [3]"), extractive)
    quotes = [citation.quote for citation in answer.citations]
    assert {citation.quote for citation in extractive.citations} <= set(quotes)
    assert len(quotes) == len(set(quotes)) > 1


def test_the_extractive_answer_stands_when_nothing_is_left(extractive: Answer) -> None:
    answer = generate(Model("Fernadapt was made by Napoleon [1]. See also [9]."), extractive)
    assert answer.generator == "extractive"
    assert answer.sentences == extractive.sentences
    assert answer.reason


def test_a_silent_model_is_told(extractive: Answer) -> None:
    answer = generate(Model("  "), extractive)
    assert answer.sentences == extractive.sentences
    assert "gave no answer" in answer.reason


def test_a_model_that_finds_no_answer_makes_it_weak(extractive: Answer) -> None:
    answer = generate(Model("Not answered [0]."), extractive)
    assert answer.status == "weak"
    assert answer.sentences == extractive.sentences
    assert "finds no answer" in answer.reason


def test_what_was_reasoning_is_forgotten(extractive: Answer) -> None:
    class Thinker(Model):
        def generate(self, question: str, passages: Sequence[str]) -> Pieces:
            yield "It costs 7 euros, I think. "
            yield "\f"
            yield f"{TUNING} [1]"

    answer = generate(Thinker(""), extractive)
    assert in_words_of_the_model(answer) == [TUNING]
    assert not answer.reason


def test_a_refusal_asks_nothing_of_the_model(tmp_path: Path, extractive: Answer) -> None:
    declined = ask(make(tmp_path, PAGES), "What is GPT-9?")
    weak = replace(extractive, status="weak", reason="thin")
    model = Model("GPT-9 is great [1].")
    assert steps_of(model, declined) == steps_of(model, weak) == []
    assert model.asked == 0


def test_a_model_that_fails_is_heard(extractive: Answer) -> None:
    class Broken(Model):
        def generate(self, question: str, passages: Sequence[str]) -> Pieces:
            yield "Fernadapt "
            raise ModelUnavailable("no model")

    with pytest.raises(ModelUnavailable):
        generate(Broken(""), extractive)


@dataclass
class Breaking(Model):
    """A model that fails after what it says."""

    def generate(self, question: str, passages: Sequence[str]) -> Pieces:
        yield self.says
        raise ModelUnavailable("The server broke off.", "Ask again.")


def test_what_a_model_wrote_before_it_failed_stands_if_it_is_supported(extractive: Answer) -> None:
    *_, answer = steps_of(Breaking(f"{FEWER} [1]\nThe base weig"), extractive)
    assert isinstance(answer, Answer)
    assert answer.sentences[0].text == FEWER
    assert answer.sentences[0].worded
    assert answer.reason == "The server broke off. Ask again."


def test_a_judge_that_fails_costs_only_its_sentences(extractive: Answer) -> None:
    def fails(quote: str, claim: str) -> float:
        raise ModelUnavailable("the judge is gone")

    text = f"{TUNING} [1] The base weights stay frozen in Fernadapt tuning [1]."
    answer = generate(Model(text), extractive, Judge(fails, 0.5))
    assert in_words_of_the_model(answer) == [TUNING]
    assert "the judge is gone" in answer.reason


def test_an_answer_says_what_it_was_made_with(extractive: Answer) -> None:
    model = Model(f"{TUNING} [1]")
    answer, again = generate(model, extractive), generate(model, extractive)
    assert answer.parameters == (*extractive.parameters, ("temperature", 0))
    assert replace(answer, took_ms=0) == replace(again, took_ms=0)


def test_a_copy_is_shown_as_soon_as_the_next_sentence_begins(extractive: Answer) -> None:
    model = Model(f"{TUNING} [1]. " + "And so on it goes. " * 20)

    def find() -> Steps[Wait, None, Judge]:
        yield Wait("Checking", 1, 1)
        return NOBODY

    steps = worded(model, extractive, excerpts(extractive, ()), find)
    first = (step for step in steps if step is not None)
    assert isinstance(next(first), Citation)
    sentence = next(first)
    assert isinstance(sentence, AnswerSentence)
    assert sentence.text == TUNING
    assert model.said < 200


def test_a_model_that_never_stops_is_stopped(extractive: Answer) -> None:
    model = Model("fern " * 1_000_000, step=50)
    assert generate(model, extractive).sentences == extractive.sentences
    assert model.said < 2 * LONGEST


_PIECES = [
    "Fernadapt is a tuning method that freezes the base weights",
    "Napoleon",
    "40 times",
    ". ",
    " [1]",
    " [2]",
    " [0]",
    " [17]",
    "[1, 2]",
    "\n",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_markers_are_always_those_of_citations(extractive: Answer, text: str) -> None:
    answer = generate(Model(text), extractive)
    numbers = [citation.n for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert answer.sentences
    for sentence in answer.sentences:
        assert sentence.citations
        assert set(sentence.citations) <= set(numbers)
    assert not re.search(r"\[(?:0|17)\]", answer.text)


def test_a_sentence_that_leans_on_another_one_is_not_judged_alone(extractive: Answer) -> None:
    leaning = "This freezes the weights of the base for tuning."
    answer = generate(Model(f"{FEWER} [2] {leaning} [1]"), extractive, SURE)
    assert in_words_of_the_model(answer) == [FEWER]
    assert "leans on a sentence before it" in answer.reason


def test_an_answer_does_not_begin_with_a_sentence_that_goes_on() -> None:
    quote = "Fernadapt freezes 12 layers of the base. This saves 30% of the memory of a card."
    given = quoted((quote,))
    first, second = quote.split(". ")
    alone = generate(Model(f"Fernadapt is 9 times as fast. [1] {second} [1]"), given)
    assert in_words_of_the_model(alone) == []
    assert "leans on a sentence before it" in alone.reason
    does = "Fernadapt does this by freezing 12 layers of the base. [1]"
    assert in_words_of_the_model(generate(Model(does), given, SURE)) == []
    assert in_words_of_the_model(generate(Model(f"{first}. {second} [1]"), given)) == [
        f"{first}.",
        second,
    ]


def test_an_answer_does_not_begin_with_what_is_true_but_beside_the_question() -> None:
    experts = "Since Willow asks two experts at each step, Willow uses 13 billion weights a step."
    given = replace(quoted((experts,)), question="How many experts does Willow use at a step?")
    aside = "Willow uses 13 billion weights a step. [1]"
    answer = generate(Model(aside), given, SURE)
    assert not in_words_of_the_model(answer)
    assert "beside the question" in answer.reason
    both = generate(Model(f"Willow asks two experts at each step. [1] {aside}"), given, SURE)
    assert len(in_words_of_the_model(both)) == 2


def test_what_is_beside_the_question_stands_behind_the_best_quote() -> None:
    quotes = (
        "Willow asks two experts at each step.",
        "Willow leaves 13 billion weights in use, and its router chooses them.",
    )
    question = "How many experts does Willow ask at each step?"
    given = replace(quoted(quotes), question=question)
    aside = "Willow leaves 13 billion weights in use."
    answer = generate(Model(f"{aside} [2]"), given, SURE)
    assert [sentence.text for sentence in answer.sentences] == [quotes[0], aside]
    assert [citation.quote for citation in answer.citations] == [*quotes]
    assert not answer.reason


def test_words_of_the_question_that_the_source_does_not_say_are_not_joined_to_it() -> None:
    quote = "Fernadapt freezes the weights of the base, and it adds two small matrices."
    given = replace(quoted((quote,)), question="How does Fernadapt save electricity?")
    free = "Fernadapt saves electricity as it freezes the weights of the base."
    refused = generate(Model(f"{free} [1]"), given, SURE)
    assert not in_words_of_the_model(refused)
    assert "words of the question that the source does not say" in refused.reason
    told = replace(quoted((f"{quote} All of it saves electricity.",)), question=given.question)
    assert in_words_of_the_model(generate(Model(f"{free} [1]"), told, SURE)) == [free]


def test_nothing_is_said_twice_over_one_quote() -> None:
    quote = "Fernadapt freezes the weights of the base, and it adds two small matrices to them."
    given = replace(quoted((quote,)), question="What does Fernadapt freeze?")
    first, again = "Fernadapt freezes the base.", "Fernadapt freezes the weights of the base."
    other = "Fernadapt adds two small matrices to the weights."
    answer = generate(Model(f"{first} [1] {again} [1] {other} [1]"), given, SURE)
    assert in_words_of_the_model(answer) == [first, other]
    assert "it says again what one before it says (1)" in answer.reason


def test_not_answered_behind_a_statement_is_its_end(extractive: Answer) -> None:
    refused = generate(Model("Fernadapt has 9 trees. [1] Not answered [0]."), extractive, SURE)
    assert refused.status == "answered"
    assert generate(Model("Not answered [0]."), extractive, SURE).status == "weak"


def test_a_further_sentence_on_why_stands_behind_the_best_quote() -> None:
    quotes = ("Willow is fast since it asks two experts.", "Willow is wide, and Willow is old.")
    given = replace(quoted(quotes), question="Why is Willow fast?")
    answer = generate(Model("Willow has 9 trees. [1] Willow is wide and old. [2]"), given, SURE)
    assert [sentence.text for sentence in answer.sentences] == [
        quotes[0],
        "Willow is wide and old.",
    ]


def test_it_is_not_read_into_a_further_clause() -> None:
    quote = "Willow asks two experts. You can ask a router for them, or a gate."
    given = replace(quoted((quote,)), question="What does Willow ask?")
    fused = "Willow asks two experts; it can be asked for a router or a gate. [1]"
    assert not in_words_of_the_model(generate(Model(fused), given, SURE))


def test_a_question_for_yes_or_no_is_answered_in_its_own_words() -> None:
    given = replace(
        quoted(("Willow beats Elm on 3 lawns.",)), question="Is Willow better than Elm?"
    )
    better = "Willow is better than Elm on 3 lawns."
    assert in_words_of_the_model(generate(Model(f"{better} [1]"), given, SURE)) == [better]


def test_how_a_thing_works_need_not_be_called_work() -> None:
    quote = "At dawn, Willow sorts the seeds by weight."
    given = replace(quoted((quote,)), question="How does Willow work?")
    works = "Willow works by sorting seeds by weight."
    assert in_words_of_the_model(generate(Model(f"{works} [1]"), given, SURE)) == [works]


def test_a_comparison_may_begin_with_one_side() -> None:
    quote = "Willow asks two experts. Elm asks one expert and keeps its weights."
    given = replace(quoted((quote,)), question="What is the difference between Willow and Elm?")
    text = "Willow asks two experts. [1] Elm asks one expert. [1]"
    assert len(in_words_of_the_model(generate(Model(text), given, SURE))) == 2


def test_it_is_spelled_out_before_it_is_judged(extractive: Answer) -> None:
    texts = "Fernadapt is a tuning method. [1] It freezes the weights of the base for tuning. [1]"
    spelled = "Fernadapt freezes the weights of the base for tuning."
    assert spelled in in_words_of_the_model(generate(Model(texts), extractive, SURE))


def test_it_may_stand_for_what_follows(extractive: Answer) -> None:
    free = "It is two small matrices that the Fernadapt method trains for tuning."
    assert in_words_of_the_model(generate(Model(f"{free} [1]"), extractive, SURE)) == [free]


def test_a_sentence_that_breaks_off_is_left_out(extractive: Answer) -> None:
    cut_off = (
        "Fernadapt trains two small matrices for tuning, it freezes all of the base weights, and"
        " the two small matrices of Fernadapt hold fewer parameters than the base weights of the"
    )
    answer = generate(Model(cut_off), extractive, SURE)
    assert not in_words_of_the_model(answer)
    assert "it breaks off" in answer.reason


@pytest.mark.parametrize(
    ("question", "text", "is_empty"),
    [
        ("Fernadapt vs Mossadapt", "Fernadapt vs Mossadapt", True),
        ("How does Fernadapt train small matrices?", "Fernadapt trains small matrices.", True),
        ("Why does it need no heat?", "It needs no heat.", True),
        ("Does it need heat?", "It needs heat.", False),
        ("Moss vs Fern: which one needs heat?", "Fern needs heat.", False),
        ("Which of them needs heat?", "Neither of them needs heat.", False),
        ("How many need heat?", "Seven need heat.", False),
    ],
)
def test_a_sentence_that_only_repeats_the_question_is_left_out(
    question: str, text: str, *, is_empty: bool
) -> None:
    evidence = support(Statement(text, (1,)), (), question)
    assert isinstance(evidence, Refusal)
    assert (evidence.kind == "empty") is is_empty


@pytest.mark.parametrize(
    ("question", "prompt"),
    [
        ("Why does moss grow?", "Why does moss grow? Give the reason."),
        ("moss vs fern", "moss vs fern? Say how they differ."),
        ("Is moss green?", "Is moss green?"),
        ("Summarize Moss in brief", "Summarize Moss in brief"),
    ],
)
def test_a_model_is_told_what_an_answer_says(question: str, prompt: str) -> None:
    assert asked(question) == prompt


def test_what_the_extractive_answer_quotes_is_read_first_and_alone(extractive: Answer) -> None:
    given_excerpts = excerpts(extractive, ())
    quotes = [" ".join(citation.quote.split()) for citation in extractive.citations]
    assert [excerpt.reading for excerpt in given_excerpts] == quotes
    assert all(len(excerpt.text) > len(excerpt.reading) for excerpt in given_excerpts)


def test_of_long_quotes_what_matters_is_read() -> None:
    answer = replace(quoted((LONG,)), question="Why is Heath hard?")
    first, *_ = excerpts(answer, ())
    assert first.reading.startswith(HEATH)
    assert first.reading.endswith("its tasks are long.")
    assert len(first.reading.split()) <= MOST_WORDS < len(LONG.split())


def test_the_items_of_a_list_support_a_sentence_that_names_them(tmp_path: Path) -> None:
    lines = (
        "The toolbox of Fernadapt includes:",
        "a rake that gathers gradients;",
        "a sieve that drops small weights;",
        "a barrow that moves layers between cards.",
    )
    page = Page("Fernadapt tools", ("\n\n".join(lines), "Other pages say more on gardens."))
    answer = ask(make(tmp_path, [page]), "Which tools does the toolbox of Fernadapt include?")
    free = "The toolbox of Fernadapt includes a rake, a sieve, and a barrow."
    worded_answer = generate(Model(f"{free} [1]"), answer, SURE)
    assert in_words_of_the_model(worded_answer) == [free]
    assert lines[-1] in worded_answer.citations[0].quote


def test_a_claim_on_a_work_by_its_title_is_judged_as_its_text_says_it() -> None:
    titles, claim = ["Ferns: A Handbook"], "Ferns: A Handbook explains how ferns are watered."
    judged = of_its_subject(claim, "We explain how ferns are watered.", titles, "Summarize it")
    assert judged == "It explains how ferns are watered."
    paper = claim.replace(" explains", " is a paper that explains")
    assert judged == of_its_subject(
        paper, "We explain how ferns are watered.", titles, "Summarize it"
    )
    named = "Moss explains how ferns are watered."
    assert of_its_subject(claim, named, titles, "Summarize it") == claim


def test_a_place_that_the_title_tells_need_not_be_said() -> None:
    claim, quote = "The press in MossMill grinds seeds.", "The press grinds seeds."
    question, titles = "What does the press in MossMill grind?", ["MossMill in brief"]
    assert without_place(claim, quote, titles, question) == quote
    assert without_place(claim, quote, ["Mills"], question) == claim
    assert without_place(claim, "MossMill grinds.", titles, question) == claim
    assert without_place(claim, quote, titles, "What does the press grind?") == claim


@pytest.mark.parametrize(
    ("title", "quote", "judged"),
    [
        ("Fernadapt in brief", "We freeze the weights of the base.", "It freezes the base."),
        ("Tuning in brief", "We freeze the weights of the base.", "Fernadapt freezes the base."),
        (
            "Fernadapt in brief",
            "Mosses freeze the weights of the base.",
            "Fernadapt freezes the base.",
        ),
        ("Fernadapt", "The older MossNet freezes the base.", "Fernadapt freezes the base."),
    ],
)
def test_what_a_source_leaves_to_its_title_is_judged_as_it_says_it(
    tmp_path: Path, title: str, quote: str, judged: str
) -> None:
    pages = [Page(title, (TUNING, quote, "Ferns like shade."))]
    answer = ask(make(tmp_path, pages), "What does Fernadapt freeze?")
    given = [excerpt for excerpt in excerpts(answer, answer.nearest) if quote in excerpt.text]
    units = [unit for unit in given[0].sentences if given[0].cut(*unit) == quote]
    seen = replace(given[0], sentences=tuple(units))
    evidence = support(
        Statement("Fernadapt freezes the base.", (1,)), [seen], "What does Fernadapt freeze?"
    )
    claim = evidence.claim if isinstance(evidence, Support) else evidence.kind
    assert claim == judged
