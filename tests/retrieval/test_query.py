"""What is read out of a query; nothing but emptiness and length is ever wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litsearch.errors import QueryError
from litsearch.retrieval.query import MAX_CHARACTERS, MAX_TERMS, read_query, without_fillers
from litsearch.text import normalize
from litsearch.types import Filters


@pytest.mark.parametrize(
    ("asked", "text", "words"),
    [
        ("what is DoRA?", "what is DoRA?", ("DoRA",)),
        ("give me papers about k-NN search", "k-NN search", ("k-NN", "search")),
        ("Could you show us some recent work on k-NN", "k-NN", ("k-NN",)),
        ("C++ and C# in GPT-4", "C++ and C# in GPT-4", ("C++", "C#", "GPT-4")),
        ("to be or not to be", "to be or not to be", ("to", "be", "or", "not")),
        ("note: this is http://x.org/a", "note: this is http://x.org/a", ("note", "http", "x.org/a")),
        ('an "open quote', 'an "open quote', ("open", "quote")),
        ("a - b -", "a - b -", ("b",)),
        ("find me", "find me", ("find",)),
        ("???", "???", ()),
    ],
)  # fmt: skip
def test_plain_text(asked: str, text: str, words: tuple[str, ...]) -> None:
    query = read_query(asked)
    assert (query.asked, query.text, query.words) == (asked, text, words)
    assert (query.phrases, query.without, query.filters) == ((), (), Filters())


@pytest.mark.parametrize(
    ("asked", "text", "phrases", "without"),
    [
        ('"take the shower" warm', '"take the shower" warm', ("take the shower",), ()),
        ("“curly marks” too", '"curly marks" too', ("curly marks",), ()),
        ("tides -moon", "tides", (), ("moon",)),
        ('tides -"full moon" -sea', "tides", (), ("full moon", "sea")),
        ("loss of -5 or -0.1", "loss of -5 or -0.1", (), ()),
        ('""', '""', (), ()),
        ("-moon", "-moon", (), ("moon",)),
    ],
)
def test_phrases_and_exclusions(
    asked: str, text: str, phrases: tuple[str, ...], without: tuple[str, ...]
) -> None:
    query = read_query(asked)
    assert (query.text, query.phrases, query.without) == (text, phrases, without)


@pytest.mark.parametrize(
    ("asked", "text", "filters"),
    [
        ("title:lora rank", "rank", Filters(titles=("lora",))),
        ('title:"low rank" x', "x", Filters(titles=("low rank",))),
        ("title:lora", "lora", Filters(titles=("lora",))),
        ("a Author:weng year:2023", "a", Filters(authors=("weng",), years=(2023,))),
        ("a year:2021..2023", "a", Filters(years=(2021, 2022, 2023))),
        ("a year:2021-2022", "a", Filters(years=(2021, 2022))),
        ("a site:arxiv.org/abs kind:paper", "a", Filters(sites=("arxiv.org/abs",), kinds=("paper",))),
        ("a topic:rag section:later", "a", Filters(topics=("rag",), sections=("later",))),
        ("a list:own.md", "a", Filters(lists=("own.md",))),
        ("a is:unread", "a", Filters(unread=True)),
        ("a kind:song", "a kind:song", Filters()),
        ("a year:soon", "a year:soon", Filters()),
        ("a year:2023-2021", "a year:2023-2021", Filters()),
        ("a is:late", "a is:late", Filters()),
        ("a title: b", "a title: b", Filters()),
        ("a -title:b", "a -title:b", Filters()),
    ],
)  # fmt: skip
def test_fields(asked: str, text: str, filters: Filters) -> None:
    query = read_query(asked)
    assert (query.text, query.filters) == (text, filters)


@given(
    st.text(
        alphabet=st.characters(codec="utf-8") | st.sampled_from('"-: titleyear:site:'), max_size=120
    )
)
@settings(max_examples=400)
def test_no_query_is_wrong(text: str) -> None:
    if normalize(text.replace("\0", " ")).strip():
        query = read_query(text)
        assert query.text
        assert len(query.words) <= MAX_TERMS
    else:
        with pytest.raises(QueryError):
            read_query(text)


def test_an_empty_query_is_refused() -> None:
    for text in ("", " \n", "\0"):
        with pytest.raises(QueryError) as caught:
            read_query(text)
        assert caught.value.hint


def test_a_query_that_is_too_long_is_cut_and_says_so() -> None:
    assert read_query("x" * MAX_CHARACTERS).notes == ()
    query = read_query("word " * MAX_CHARACTERS)
    assert len(query.text) <= MAX_CHARACTERS
    assert "the first" in query.notes[0]


@pytest.mark.parametrize(
    ("request_", "subject"),
    [
        ("give me a reading list about coastal erosion", "coastal erosion"),
        ("what should I read on sleep and memory?", "sleep and memory"),
        ("can you recommend papers on coin clipping", "coin clipping"),
        ("I am looking for articles about tides", "tides"),
        ("please show me some recent work on pruning", "pruning"),
        ("Are there any research papers on distillation?", "distillation"),
        ("Which papers discuss night shifts?", "night shifts"),
        ("papers about bees", "bees"),
        ("Show, Attend and Tell", "Show, Attend and Tell"),
        ("find me", "find me"),
        ("Papers, Please", "Papers, Please"),
        ("what are tides", "what are tides"),
    ],
)
def test_a_request_is_for_its_subject(request_: str, subject: str) -> None:
    query = read_query(request_)
    assert query.text == subject
    assert query.intent == ("topic" if subject != request_ else query.intent)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Attention Is All You Need", "navigational"),
        ("the LoRA paper", "navigational"),
        ("Attention? Attention!", "navigational"),
        ("Congestion charges: friend or foe?", "navigational"),
        ("what is LoRA", "question"),
        ("In which year did the plague end?", "question"),
        ("Naps help recall.", "navigational"),
        ("Evening caffeine delays the melatonin rhythm.", "claim"),
        ("Clipping of coins was common before each recoinage", "claim"),
        ("give me papers about clipping", "topic"),
        ("the spread of diseases among people near large rivers", "topic"),
    ],
)
def test_intent_by_form(text: str, intent: str) -> None:
    assert read_query(text).intent == intent
    assert read_query(text, intent="claim").intent == "claim"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("“two words” ＧＰＴ", '"two words" GPT'),
        ("Gro\u0308ße", "Größe"),
        ("Sil\u00adben", "Silben"),
    ],
)
def test_a_query_in_other_signs_is_the_same_query(typed: str, plain: str) -> None:
    assert read_query(typed) == read_query(plain)


def test_a_text_is_no_expression() -> None:
    text = (
        'They say "no boat left" -and blame title:fog for it, as every harbour of that coast did.'
    )
    query = read_query(text)
    assert (query.phrases, query.without, query.filters) == ((), (), Filters())
    assert "punctuation" in query.notes[0]
    assert query.text == text.replace('"', "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what is known about the tides of the Severn?", ("tides", "Severn")),
        ("Several authors describe how salt lowers the freezing point.", ("salt", "lowers")),
        ("what is different?", ("different",)),  # nothing else is left
        ("known tides", ("known", "tides")),  # a name may be made of any words
        ("give me papers about known tides", ("known", "tides")),
    ],
)
def test_fillers_of_sentences_name_nothing(text: str, words: tuple[str, ...]) -> None:
    left = without_fillers(read_query(text)).words
    assert left[: len(words)] == words
    assert len(left) == len(words) or text.endswith(".")


@pytest.mark.parametrize(
    "form",
    [
        "I am interested in articles about {}",
        "I'm particularly interested in {}",
        "Do you have anything on {}?",
        "Are there any resources available on {}?",
        "any good reads on {}?",
        "best introductions to {}",
        "What has been written about {}?",
        "recommend me something to read about {}",
        "find studies that investigate {}",
        "I need to learn about {}",
        "Could you point me to research that explores {}?",
        "Show me what you have on {}",
        "What are the key papers on {}?",
        "Which articles should I read to understand {}?",
        "Can you suggest a starting point for {}?",
        "What articles exist which deal with {}",
        "Find all discussions of {}",
        "I would like a list of books on {}",
        "need reading material: {}",
        "I am looking for articles about {}, please",
        "Hi! Could you recommend some papers on {}? Thanks!",
    ],
)
def test_a_request_is_about_what_it_asks_for(form: str) -> None:
    query = read_query(form.format("dust storms"))
    assert (query.text, query.intent) == ("dust storms", "topic")


@pytest.mark.parametrize(
    "title",
    [
        "An introduction to dust storms",
        "What works in schools",
        "Something in the air",
        "Best practices for tests",
        "Any-to-any translation",
        "Interest in weather",
        "Overviews of galaxies, please read",
        "Thanks for the memory: a model of recall",
    ],
)
def test_a_title_requests_nothing(title: str) -> None:
    assert read_query(title).text == title


@pytest.mark.parametrize(
    "text",
    [
        *("Wie funktioniert LoRA?", "Was ist DoRA", "Comment fonctionne RoPE ?", "¿Qué es BERT?"),
        *("como funciona o BPE", "Come funziona la marea?", "Hoe werkt eb?", "Jak działa LoRA"),
        *("什么是注意力机制？", "注意力机制是如何工作的", "潮汐とは", "어텐션이란 무엇인가"),
        *("Что такое внимание", "ما هو LoRA", "nasıl çalışır", "Vad är tidvatten?"),
    ],
)
def test_a_question_in_another_language_is_no_title(text: str) -> None:
    assert read_query(text).intent == "question"


@pytest.mark.parametrize(
    "text", ["Comment on tides", "Como lake", "Qualia", "注意力机制", "La mer", "Wattenmeer"]
)
def test_a_title_in_another_language_is_no_question(text: str) -> None:
    assert read_query(text).intent == "navigational"
