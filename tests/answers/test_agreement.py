"""What the words of a claim and of a quote can be told to differ in, without any model."""

from __future__ import annotations

import pytest

from litsearch.answers.agreement import bearing, disagreement
from litsearch.answers.scope import adds_clause

QUOTE = (
    "If the soil is wet, Larch may grow 40 cm a year, twice as fast as Spruce. "
    "It does not tolerate salt; Spruce outgrows Rowan from 12 to 30 years of age."
)


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("On wet soil, Larch may grow by 40 cm per year.", ""),
        ("Larch may grow 50 cm a year if the soil is wet.", "number"),
        ("On wet soil, Birch may grow 40 cm a year, and so may Alder.", "name"),
        ("If the soil is wet, it tolerates salt.", "negation"),
        ("Larch may grow 40 cm a year, half as slowly as Spruce.", "direction"),
        ("Larch may grow 40 cm a year.", "condition"),
        ("If the soil is wet, Larch grows 40 cm a year.", "extent"),
        ("If the soil is wet, all Larch may grow 40 cm a year.", "scope"),
        ("Rowan outgrows Spruce from 30 to 12 years of age.", "direction"),
        ("It cannot stand salt.", ""),
    ],
)
def test_kinds_of_disagreement(claim: str, kind: str) -> None:
    assert disagreement(claim, QUOTE) == kind


def test_a_further_step_may_belong_to_another_thing() -> None:
    quote = "We sort the seeds by weight and then water the beds every morning."
    assert (
        disagreement("Seeds are sorted by weighing them and then watering the beds.", quote)
        == "scope"
    )
    assert not disagreement("Seeds are sorted by weight.", quote)
    sieve = "At dawn, the sieve sorts the seeds by weight and dries the husks."
    claim = "The sieve works by sorting seeds and drying husks."
    assert not disagreement(claim, sieve, question="How does the sieve work?")
    joined = "Seeds are sorted by weighing them and drying them in the sun."
    assert not disagreement("Seeds are sorted by weighing and drying them in the sun.", joined)


def test_what_is_said_of_the_largest_is_not_said_of_all() -> None:
    quote = "The largest Larch of the park is 40 m tall, and the others are younger."
    assert disagreement("Larch of the park is 40 m tall.", quote) == "extent"
    assert not disagreement("The biggest Larch of the park is 40 m tall.", quote)


def test_words_of_a_question_are_not_joined_to_any_sentence() -> None:
    quote = "The press turns seeds into oil by crushing them, and its motor-driven wheel is heavy."
    joined = "The press helps farmers earn by turning seeds into oil."
    assert disagreement(joined, quote, question="How does a press help farmers earn?") == "scope"
    assert not disagreement("The press turns seeds into oil by crushing them.", quote)
    assert not disagreement("The motor turns seeds into oil by crushing them.", quote)


def test_small_may_say_again_what_the_quote_calls_a_minimum() -> None:
    quote = "A large heap of straw is a must to keep the loss of heat to the minimum."
    assert not disagreement("The loss of heat stays small by a heap of straw.", quote)
    assert disagreement("A small heap keeps the loss to the minimum.", quote) == "direction"


def test_not_only_denies_nothing() -> None:
    quote = "The press does not only grind the seeds, it sorts them by weight as well."
    assert not disagreement("The press grinds the seeds.", quote)
    assert disagreement("The press does not grind the seeds.", quote) == "negation"
    assert disagreement("The press only grinds the seeds.", quote) == "negation"
    assert disagreement("Nothing but the press only grinds.", "It grinds.") == "negation"


def test_a_question_may_lend_that_a_thing_is_needed_and_does_what_it_can() -> None:
    quote = "Salt is strewn on the stairs, in order to keep the stone free of ice."
    claim = "The stairs need salt to keep the stone free of ice."
    why = "Why do the stairs need salt?"
    assert disagreement(claim, quote) == "scope"
    assert not disagreement(claim, quote, question=why)
    assert disagreement(claim, "Salt is strewn on stairs.", question=why) == "scope"

    quote = "Mulch can improve the soil by keeping it wet."
    claim = "Mulch improves the soil by keeping it wet."
    assert disagreement(claim, quote) == "extent"
    assert not disagreement(claim, quote, question="How does mulch improve soil?")
    allowing = "Mulch allows for better soil by keeping it wet."
    assert not disagreement(allowing, "Mulch can better the soil by keeping it wet.")
    doubt = quote.replace("can", "may")
    assert disagreement(claim, doubt, question="How does mulch improve soil?") == "extent"


def test_a_clause_is_not_used_by_the_name_that_is_asked_about() -> None:
    quote = "Larch can be told in two steps, where the first step is to weigh the dry cones."
    claim = "Larch is a way to weigh the dry cones."
    assert not disagreement(claim, quote, question="What is Larch?")
    assert disagreement("Larch is told in two steps.", quote, question="What is Larch?") == "extent"


def test_numbers_are_compared_by_value() -> None:
    assert not disagreement(
        "It has ten thousand leaves.".replace("ten thousand", "10k"), "It has 10,000 leaves."
    )
    assert not disagreement("The oak has six branches.", "The oak has 6 branches.")
    assert disagreement("There were 200 seeds sown.", "Of the 200 seeds, 60 were sown.") == ""
    assert (
        disagreement("About 200 seeds were sown.", "About 60 of the 200 seeds were sown.")
        == "number"
    )


def test_a_number_behind_of_is_a_total_only_of_a_part() -> None:
    quote = "It peaks at two times the number of tokens, and is good on inputs of length 10,000."
    assert not disagreement("It is good on inputs of length 10,000.", quote)
    assert disagreement("It is good on 200 inputs.", "It is good on 60 of these 200 inputs.")


def test_a_name_may_come_from_the_question_when_the_source_has_it() -> None:
    quote, claim = "The tree sheds its needles.", "In autumn, the tree Larch sheds its needles."
    assert disagreement(claim, quote) == "name"
    assert (
        disagreement(claim, quote, context="All about Larch", question="What does Larch shed?")
        == ""
    )
    assert (
        disagreement(claim, quote, context="All about trees", question="What does Larch shed?")
        == "name"
    )


def test_what_is_there_is_not_therefore_needed() -> None:
    quote = "The plain Larch knows two kinds of encodings, given the position of a token."
    claim = "Larch needs encodings to encode the position of the tokens."
    assert disagreement(claim, quote, "Larch", "Why does Larch need encodings?") == "scope"
    assert disagreement("Spruce needs salt.", "Spruce must have salt.") == ""


def test_several_of_a_name_are_of_that_name() -> None:
    assert disagreement("Larch is read by LLMs.", "Larch is read by every LLM.") == ""
    assert disagreement("Larch is read by LLM.", "Larch is read by LLMs.") == ""
    assert disagreement("Larch is read by GPUs.", "Larch is read by LLMs.") == "name"


def test_saying_the_same_from_the_other_side_is_no_difference() -> None:
    quote = "Oak grows slower than willow."
    assert disagreement("Willow grows faster than oak.", quote) == ""
    assert disagreement("Oak grows faster than willow.", quote) == "direction"
    assert disagreement("Willow grows slower than oak.", quote) == "direction"


@pytest.mark.parametrize(
    ("claim", "adds"),
    [
        ("The tree sheds its needles in autumn, and its cones open in spring rain.", True),
        ("The tree sheds its needles in autumn to save water.", True),
        ("The tree sheds its needles in autumn, which keeps snow off.", True),
        ("In autumn, the tree sheds its needles and branches.", False),
        ("It is a tree that sheds its needles in autumn.", False),
    ],
)
def test_a_further_clause_must_stand_in_the_quote(claim: str, *, adds: bool) -> None:
    assert adds_clause(claim, "In autumn, the tree sheds its needles and some branches.") is adds


@pytest.mark.parametrize(
    ("claim", "adds"),
    [
        ("The roots are cut to make the tree grow faster.", True),
        ("The roots are cut to ensure that the tree grows.", True),
        ("The roots are cut to carry the tree in one cart.", False),
        ("Cut roots are easier to lift.", False),
        ("One has 12 euros to spend on the roots.", False),
        ("The price fell from 40 to 12 euros.", False),
    ],
)
def test_a_purpose_that_the_quote_does_not_give_is_an_addition(claim: str, *, adds: bool) -> None:
    quote = "The roots of the tree are cut, so that one cart can carry it; the price is 12 euros."
    assert adds_clause(claim, quote) is adds


def test_a_judge_reads_the_clauses_that_bear_on_a_claim() -> None:
    quote = (
        "However, felling old trees is costly; an oak of 30 m [12, 14] needs two days; "
        "a fir of that height needs one."
    )
    assert bearing(quote, "An oak of 30 m needs two days.") == "an oak of 30 m needs two days;"
    assert "However" not in bearing(quote, "Oaks need two days, and firs need one.")
    assert bearing(quote, "Felling trees such as a fir is costly.") == quote.replace(
        " [12, 14]", ""
    )
    assert bearing("No semicolon here.", "Nothing shared.") == "No semicolon here."


def test_since_a_year_is_no_reason() -> None:
    quote = "Since Rowan et al., 2017 there have been many ways of drying moss."
    assert disagreement("Gardeners dry moss because there have been many ways.", quote) == "scope"
    reason = "Since Rowan dries the moss for 20 days, it keeps for years."
    assert not disagreement("The moss keeps for years because Rowan dries it.", reason)


def test_a_means_is_not_made_up() -> None:
    quote = "We call it the moss rule, since the shade of the trees decides whether moss grows."
    claim = "The moss rule decides whether moss grows by cooling the shade of the trees."
    assert disagreement(claim, quote) == "scope"
    assert disagreement(claim, f"Moss lives together with trees. {quote}") == "scope"
    dried = "The press dries the seeds before it crushes them."
    assert not disagreement("Seeds are crushed by the press after drying.", dried)
    assert not disagreement("The press works by drying the seeds.", dried, "", "How does it work?")
