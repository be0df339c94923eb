"""What a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers.cues import kind_gain, says_date
from litsearch.answers.message import asked_in
from litsearch.answers.question import figures_in, read_question
from litsearch.text import stem


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("what is dora?", "dora"),
        ("What is a hardware lottery?", "hardware lottery"),
        ("What are sparse experts in large models?", "sparse experts"),
        ("What is the alignment tax and how can it be reduced?", "alignment tax"),
        ("what does warm restart mean?", "warm restart"),
        ("Define entropy", "entropy"),
        ("How does a warm restart work?", "warm restart"),
        ("how is entropy computed?", "entropy"),
        ("How tall is a stone wall?", "stone wall"),
        ("What is a gate block made of?", ""),
        ("How many layers are there?", ""),
        ("Why is a penalty used?", ""),
        ("what is a ratchet used for", "ratchet"),
        ("what's a spanner good for?", "spanner"),
        ("What do I need a gasket for?", "gasket"),
        ("What is the purpose of a flywheel?", "flywheel"),
        ("What problem does a flywheel solve?", "flywheel"),
        ("What is meant by warm restart?", "warm restart"),
        ("what do people mean by entropy?", "entropy"),
        ("What is the catch with warm restarts?", ""),
        ("What role does the flywheel play in an engine?", "flywheel"),
        ("What is the main idea behind warm restarts?", "warm restarts"),
    ],
)
def test_subject_of_a_definition(question: str, subject: str) -> None:
    assert read_question(question).subject == subject


@pytest.mark.parametrize(
    ("question", "number", "sides"),
    [
        ("How many layers does BERT have?", True, False),
        ("What share of tokens does BERT mask?", True, False),
        ("How do ALiBi and RoPE differ?", False, True),
        ("LoRA vs QLoRA", False, True),
        ("What do ALiBi and RoPE do?", False, False),
        ("What is better?", False, False),
        ("cost of training Fernadapt", True, False),
        ("maximum number of leaves per fern", True, False),
        ("What is the acceptance rate of Heath?", True, False),
        ("What does the cost of training depend on?", False, False),
        ("ferns and mosses", False, False),
    ],
)
def test_kind_of_question(question: str, *, number: bool, sides: bool) -> None:
    asked = read_question(question)
    assert (asked.wants_number, bool(asked.sides)) == (number, sides)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Why is moss better than fern?", "why"),
        ("Is moss better than fern?", "comparison"),
        ("What is a gate block made of?", "list"),
        ("What does the gate consist of?", "list"),
        ("What is the width of the gate?", "number"),
    ],
)
def test_what_is_wanted(question: str, kind: str) -> None:
    assert read_question(question).kind == kind


def test_an_adjective_may_share_the_noun_of_the_other_side() -> None:
    first, second = read_question("soft versus hard moss").sides
    assert first.found_in("soft moss")
    assert second.text == "hard moss"
    assert (
        read_question("a penalty versus liquid damages").sides[0].found_in("The penalty is high.")
    )


def test_what_is_counted_is_no_name() -> None:
    assert not read_question("How many GPUs are needed?").entities


def test_the_kind_of_thing_asked_for_is_no_word_of_the_subject() -> None:
    assert read_question("What types of moss are there?").words == ("moss",)
    assert read_question("How does moss work?").words == ("moss",)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is a ratchet used for?", "purpose"),
        ("what are the advantages of a hedge", "purpose"),
        ("What is a ratchet for in a winch?", "purpose"),
        ("What does a flywheel do?", "purpose"),
        ("what do governors actually do in an engine", "purpose"),
        ("What is a ratchet?", "definition"),
        ("Which bottleneck does a second lane remove?", "purpose"),
        ("what limitation of levers do pulleys overcome?", "purpose"),
        ("What makes a flywheel heavy?", "why"),
        ("What are the drawbacks of a hedge?", "drawback"),
        ("what's wrong with a stone wall as a fence?", "drawback"),
        ("What are the pros and cons of hedges?", "drawback"),
        ("What is a challenge cup?", "definition"),
        ("What advantage does a belt have over a chain?", "comparison"),
        ("What is the intuition behind entropy?", "how"),
        ("Which levers are there?", "list"),
        ("Wozu dient ein Schwungrad?", "purpose"),
        ("À quoi sert un volant ?", "purpose"),
        ("pourquoi huiler la chaîne ?", "why"),
        ("Wie funktioniert eine Pumpe?", "how"),
        ("Wie viele Zähne hat das Rad?", "number"),
        ("Quand a-t-on construit le moulin ?", "date"),
        ("When was the mill built?", "date"),
        ("when should I prune a fig tree?", "purpose"),
        ("When not to water tomatoes", "purpose"),
        ("¿Quién construyó el molino?", "person"),
    ],
)
def test_purposes_and_questions_in_other_languages(question: str, kind: str) -> None:
    assert read_question(question).kind == kind


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Windmills (Brook et al., 1871) were first built there.", True),
        ("Windmills were first built in 1871.", True),
        ("Windmills have sails of cloth (Brook and Hill, 1871; Dale, 1902).", False),
        ("Windmills have sails of cloth [Brook 1871].", False),
    ],
)
def test_the_year_of_a_cited_work_dates_nothing_else(text: str, *, dated: bool) -> None:
    assert says_date(text, read_question("When did windmills first appear?")) is dated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It needs 12.5 gigabytes, a quarter of 48.", ["12.5", "quarter", "48"]),
        ("GPT-4 and word2vec beat LLaMA-65B.", []),
        ("Playground interface.4 Customers", []),
        ("16-bit floats in 1,000 layers", ["16", "1,000"]),
    ],
)
def test_figures_are_not_those_of_names(text: str, figures: list[str]) -> None:
    assert list(figures_in(text)) == figures


def test_words_that_only_ask_are_left_out() -> None:
    assert read_question("How does the LoRA adapter change the frozen weights?").words == (
        "adapter",
        "change",
        "frozen",
        "weights",
    )


@pytest.mark.parametrize(
    "words",
    [
        "quantize quantized quantizing quantization quantised",
        "train trains trained training",
        "compute computing computation",
        "model models",
        "optimize optimise optimization",
    ],
)
def test_inflections_share_a_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("ring", "red"), ("bias", "bit"), ("loss", "lot"), ("mask", "mast")]
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    read_question(text)


@pytest.mark.parametrize(
    ("text", "names", "credited"),
    [
        ("What share of tasks does Bowman's figure show for BIG-Bench?", ["BIG-Bench"], ["Bowman"]),
        ("According to Sutton, what scales?", [], ["Sutton"]),
        ("Which model in Ada Yan's short reading list is an RNN?", ["RNN"], ["Ada Yan"]),
        ("How many employees does Pinecone have?", ["Pinecone"], []),
        ("What is GPT-4's paper about?", ["GPT-4"], []),
    ],
)
def test_whose_text_it_is_need_not_be_said_there(
    text: str, names: list[str], credited: list[str]
) -> None:
    read = read_question(text)
    assert [str(name) for name in read.entities] == names
    assert [str(name) for name in read.credited] == credited


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("What is the lost in the middle effect?", "lost in the middle effect"),
        ("what does temperature do when sampling?", "temperature"),
        ("What is attention in a decoder?", "attention"),
    ],
)
def test_the_subject_is_what_is_named(text: str, subject: str) -> None:
    assert read_question(text).subject == subject


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie funktioniert Fernadapt?", "de"),
        ("¿Cómo funciona Fernadapt?", "es"),
        ("Hvordan virker Fernadapt?", "da"),
        ("How does Fernadapt work?", None),
        ("Was Fernadapt tuned?", None),
        ("?", None),
    ],
)
def test_the_question_word_tells_the_language(text: str, language: str | None) -> None:
    assert asked_in(text) == language


def test_words_of_grammar_tell_nothing_in_any_language() -> None:
    assert read_question("Wie hoch war das Budget der Burg?").words == ("hoch", "Budget", "Burg")


def test_what_speaks_against_a_thing_is_worth_more_where_a_drawback_is_asked_for() -> None:
    question = read_question("What are the drawbacks of a hedge?")
    assert kind_gain("A hedge, however, suffers from drought.", question) > 0
    assert kind_gain("A hedge grows along the lane.", question) == 0
