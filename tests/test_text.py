"""The one tokenizer, stop list, stemmer, sentence splitter and edit distance."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import cpu_seconds

from litsearch.languages import language_of
from litsearch.sentences import lines, sentences
from litsearch.text import (
    RULES,
    content_words,
    edit_distance,
    fold,
    normalize,
    stem,
    term_counts,
    terms,
    terms_of,
    tokens,
    variants,
    words,
)

SAMPLES = (
    (
        "en",
        "GPT-4's k-NN in C++20, F# and LangChain; see Fig. 3. Vitamin C. The naïve load_in_8bit of"
        " J. Smith, etc.",
    ),
    ("de", "Größere Straßenbahnfahrpläne. Die Groesse z. B. der Quelle."),
    ("fr", "L’apprentissage qu'il étudie aujourd’hui. D'abord l'eau."),
    ("zh", "GPT模型只使用解码器部分，参数量达到1750亿。为什么？"),
    ("ja", "東京の図書館。コンピュータを使います。"),
    ("ko", "검색 증강 생성은 방법입니다."),
    ("ar", "والمكتبة الكبيرة في الكتاب؟ نعم."),
    ("he", "הספרייה על גלגלים. בצק שאור."),
    ("ru", "Измерение толщины льда. Ещё йод."),
    ("hi", "हिन्दी भाषा है। दूसरा वाक्य।"),
    ("th", "ภาษาไทยไม่มีช่องว่าง"),
)


def test_the_version_of_the_rules_stands_for_what_they_make() -> None:
    """Whoever changes what a text becomes raises RULES, so that indexes are made anew, and writes
    both here.
    """
    made = [
        [terms(text, code), tokens(text, code), split(text), language_of(text)]
        for code, text in SAMPLES
    ]
    digest = hashlib.sha256(json.dumps(made).encode()).hexdigest()[:12]
    assert (RULES, digest) == ("3", "29ddfe38e297")


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C, C++, C# and F#", ["C", "C++", "C#", "and", "F#"]),
        ("in C++20 or D++; Q#?", ["in", "C++", "20", "or", "D++", "Q#"]),
        ("C/C++ notepad++", ["C/C++", "notepad++"]),
        ("GPT-4 k‑NN LLM.int8() e2eml.school", ["GPT-4", "k‑NN", "LLM.int8", "e2eml.school"]),
        ("_emphasis_ load_in_8bit __init__", ["emphasis", "load_in_8bit", "init"]),
        ("Heading# #tag ## 50%", ["Heading", "tag", "50"]),
        ("हिन्दी ภาษา", ["हिन्दी", "ภาษา"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("word", "language", "found"),
    [
        ("GPT-4", "en", {"gpt", "4", "gpt4"}),
        ("gpt4", "en", {"gpt4", "gpt"}),
        ("k‑NN", "en", {"k", "nn", "knn"}),
        ("C++", "en", {"c++"}),
        ("C", "en", {"c"}),
        ("F#", "en", {"f#"}),
        ("C/C++", "en", {"c", "c++"}),
        ("LangChain's", "en", {"langchain", "lang", "chain"}),
        ("DoRA", "en", {"dora"}),
        ("naïve", "en", {"naiv"}),
        ("l’apprentissage", "fr", {"apprentissag"}),
        ("dell'arte", "it", {"arte"}),
        ("Größere", "de", {"gross"}),
        ("groessere", "de", {"gross"}),
        ("informaciones", "es", {"inform"}),
        ("informacion", "es", {"inform"}),
        ("הספרייה", "he", {"הספרייה", "ספרייה"}),
        ("精确", "zh", {"精确", "精", "确"}),
        ("GPT模型", "zh", {"gpt", "模型", "模", "型"}),
        ("йод", "ru", {"йод"}),
    ],
)
def test_terms_of_a_word(word: str, language: str, found: set[str]) -> None:
    assert set(terms_of(word, language)) >= found
    if language in ("en", "fr", "de", "zh"):
        assert set(terms_of(word, language)) == found


def test_a_run_of_chinese_is_looked_up_by_pairs_and_a_single_sign_by_itself() -> None:
    assert variants("精确的", ["zh"]) == {"精确", "确的"}
    assert variants("水", ["zh"]) == {"水"}
    assert variants("水", ["zh"]) <= set(terms("喝水", "zh"))
    assert variants("1750亿", ["zh", "en"]) == {"1750"} | variants("1750", ["en"])


def test_a_phrase_is_its_tokens_side_by_side() -> None:
    assert tokens("the GPT-4 models of LangChain") == [
        "the",
        "gpt",
        "4",
        "model",
        "of",
        "langchain",
    ]
    long, phrase = tokens("有效精确的知识", "zh"), tokens("精确的知识", "zh")
    start = long.index(phrase[0])
    assert long[start : start + len(phrase)] == phrase


@given(st.sampled_from([text for _, text in SAMPLES]), st.sampled_from(["NFC", "NFD"]))
def test_composed_and_decomposed_text_is_one(text: str, form: str) -> None:
    assert terms(unicodedata.normalize(form, text)) == terms(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Sil\u00adben", "Silben"),
        ("ＧＰＴ－４", "GPT-4"),
        ("“it’s”", '"it\'s"'),
        ("Gro\u0308ße", "Größe"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_a_query_has_one_plain_form(typed: str, plain: str) -> None:
    assert normalize(typed) == plain
    assert terms(typed) == terms(plain)


@given(st.text(max_size=80), st.sampled_from(["en", "de", "fr", "zh", "he", "xx"]))
def test_tokens_are_terms_that_a_full_text_query_can_hold(text: str, language: str) -> None:
    made = tokens(text, language)
    assert all(term and " " not in term and '"' not in term for term in made)
    assert set(made) <= set(terms(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie hoch war das Budget 2023?", "de"),
        ("what is the budget of the team", "en"),
        ("le chat est sur la table de la cuisine", "fr"),
        ("番茄工作法", "zh"),
        ("日本語の勉強", "ja"),
        ("큰 언어 모델", "ko"),
        ("Привет, как дела", "ru"),
        ("הספרייה הניידת", "he"),
        ("المكتبة العائمة", "ar"),
        ("LoRA", None),
        ("1750", None),
        ("", None),
    ],
)
def test_language_of(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_content_words_follow_the_language() -> None:
    assert content_words("the order of the words") == ("order", "words")
    assert content_words("wie hoch war das Budget", "de") == ("hoch", "Budget")
    assert content_words("什么是注意力", "zh") == ("是注意力",)
    assert content_words("榫卯是什么", "zh") == ("榫卯",)


@pytest.mark.parametrize(
    "text",
    [
        "Oranges hold vitamin C.|The team fell back on plan B.|Rust is older than the language C.|A workshop",
        "A proof of J. Smith and of J. R. R. Tolkien is short.|It was shown by A. Turing in 1936.",
        "See Fig. 3 and e.g. The Times.|We, i.e. Dr. Who, et al. went.",
        "The answer is no.|The other is yes.|He lives in the U.S.|The U.S. Army.",
        "Use apples, pears etc.|The rest is for sale.|No. 5 is alive.",
        "Wait...|The end is version 2.0 of it.",
        "我是。|「你好！」|好。",
        "यह एक है।|दूसरा वाक्य।",
        "1. The model is good.",
        "“Hi.”|She said (yes.)|No.",
    ],
)
def test_sentences(text: str) -> None:
    joined = text.replace("|", "" if text[0] == "我" else " ")
    assert split(joined) == text.split("|")


def test_a_blank_line_ends_a_sentence_and_headings_stay_apart() -> None:
    assert split("On tides\n\nThe moon pulls.\n \nDr. Who\n\nends") == [
        "On tides",
        "The moon pulls.",
        "Dr. Who",
        "ends",
    ]


@given(st.text(alphabet=st.sampled_from('AbC. \n!?")。“1e.g'), max_size=60))
def test_sentences_are_stretches_in_order_that_leave_out_white_space_alone(text: str) -> None:
    found = list(sentences(text, 0, len(text)))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in found)
    assert found == sorted(found)


def test_lines_leave_out_blank_ones() -> None:
    text = "a\n\n  b\n"
    assert [text[start:end] for start, end in lines(text, 0, len(text))] == ["a", "  b"]


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_edit_distance_is_a_distance(word: str, other: str) -> None:
    assert edit_distance(word, other, 9) == edit_distance(other, word, 9)
    assert (edit_distance(word, other, 9) == 0) == (word == other)
    assert edit_distance(word, other, 9) >= abs(len(word) - len(other))


def test_two_letters_in_the_wrong_order_are_one_slip() -> None:
    assert edit_distance("search", "saerch", 2) == 1
    assert edit_distance("kitten", "sitting", 5) == 3
    assert edit_distance("kitten", "sitting", 1) > 1


def test_folding() -> None:
    assert fold("Straße") == "strasse"
    assert fold("Søren") == "soren"
    assert stem("quantization") == stem("quantized")


@given(st.text(max_size=60), st.sampled_from(["en", "de", "zh"]))
def test_terms_are_counted_as_they_stand(text: str, language: str) -> None:
    assert term_counts(text, language) == Counter(terms(text, language))
    assert list(term_counts(text, language)) == list(dict.fromkeys(terms(text, language)))


def test_strokes_around_a_word_are_no_part_of_it() -> None:
    assert words("_a_ b __ c_d") == ["a", "b", "c_d"]


@pytest.mark.parametrize("run", [" ", "\t", "\r", "\r\n", "\n", "\u2028", "\xa0", ". ", "\n \r"])
def test_white_space_without_end_takes_no_square_of_its_length(run: str) -> None:
    text = f"One sentence.{run * 60_000}Another one."
    assert cpu_seconds(lambda: list(sentences(text, 0, len(text))), runs=1) < 2


def test_a_blank_line_ends_a_sentence_wherever_the_search_begins() -> None:
    text = "One  \n \n\n  Two\n \n"
    for start in range(4, 11):
        parts = [text[begin:end] for begin, end in sentences(text, start, len(text))]
        assert parts == ["Two"]
    assert [text[begin:end] for begin, end in sentences(text, 0, len(text))] == ["One", "Two"]
