"""Powers, indices, notes and readings keep their meaning: each is a law over made-up values."""

from __future__ import annotations

import time
import unicodedata

import pytest
from extract.pages import article, blocks, extract, raw
from hypothesis import given, settings
from hypothesis import strategies as st


def last_block(inside: str) -> str:
    return blocks(extract(raw(article(inside))))[-1]


@settings(max_examples=15, deadline=None)
@given(base=st.integers(2, 99), power=st.integers(-40, 40))
def test_a_power_never_joins_its_base(base: int, power: int) -> None:
    text = last_block(f"<p>There are {base}<sup>{power}</sup> of them in the sea.</p>")
    raised = text.removeprefix(f"There are {base}").removesuffix(" of them in the sea.")
    assert unicodedata.normalize("NFKC", raised).replace("\u2212", "-") == str(power)
    assert not raised.isascii()


@settings(max_examples=15, deadline=None)
@given(letter=st.sampled_from("xyzabn"), index=st.integers(0, 300))
def test_an_index_stays_below(letter: str, index: int) -> None:
    text = last_block(f"<p>Then {letter}<sub>{index}</sub> is the last of the row.</p>")
    assert f"{letter}{index}" not in text
    assert f"{letter}{index}" in unicodedata.normalize("NFKC", text)


@settings(max_examples=15, deadline=None)
@given(note=st.integers(1, 400), word=st.sampled_from(("tower", "Mühle", "words.", "fin,", "橋")))
def test_the_mark_of_a_note_never_joins_a_word(note: int, word: str) -> None:
    linked = last_block(
        f"<p>It was the {word}<sup><a href='#fn{note}'>{note}</a></sup> of them.</p>"
    )
    assert f"{word} of them" in linked
    bare = last_block(f"<p>It was the {word}<sup>{note}</sup> of them.</p>")
    assert f"{word}{note}" not in bare
    assert f"[{note}]" in bare


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("the 1<sup>st</sup> of May", "the 1st of May"),
        ("M<sup>lle</sup> Dupont", "M^{lle} Dupont"),
        ("H<sub>2</sub>O and CO<sub>2</sub>", "H₂O and CO₂"),
        ("an area of 12 km<sup>2</sup> here", "an area of 12 km² here"),
        ("sin<sup>2</sup> of it", "sin² of it"),
        ("e<sup>-x/2</sup> falls", "e^{-x/2} falls"),
        ("<i>n</i><sup>2</sup> grows", "n² grows"),
        ("as shown<sup>[3]</sup> there", "as shown[3] there"),
        ("<ruby>漢字<rt>かんじ</rt></ruby>を書く", "漢字(かんじ)を書く"),
        (
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>",
            "漢字(かんじ)",
        ),
    ],
)
def test_marks(markup: str, text: str) -> None:
    assert last_block(f"<p>So {markup}.</p>") == f"So {text}."


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        (
            "<mn>10</mn><mo>×</mo><msup><mn>10</mn><mrow><mo>-</mo><mn>3</mn></mrow></msup>",
            r"$10\times 10^{-3}$",
        ),
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", r"$\frac{a}{b}$"),
        ("<msqrt><mi>d</mi></msqrt>", r"$\sqrt{d}$"),
        ("<msub><mi>x</mi><mn>12</mn></msub>", "$x_{12}$"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>", r"$\sum _i^n$"),
        ("<mi>x</mi><mo>=</mo><mn>2</mn>", "x=2"),
    ],
)
def test_mathml_without_a_source_becomes_latex(mathml: str, text: str) -> None:
    assert last_block(f"<p>Here <math>{mathml}</math> stands.</p>") == f"Here {text} stands."


def test_deep_mathml_costs_no_stack() -> None:
    deep = "<mrow>" * 120 + "<mi>x</mi>" + "</mrow>" * 120
    assert "x" in last_block(f"<p>Here <math>{deep}</math> stands.</p>")


def test_a_note_inside_a_sentence_stands_below_its_paragraph() -> None:
    note = "<span class='ltx_note'><sup>1</sup>Weighed dry.</span>"
    document = extract(raw(article(f"<p>They weighed the plates{note} for a whole winter.</p>")))
    assert blocks(document)[-2:] == ["They weighed the plates for a whole winter.", "Weighed dry."]
    assert document.spans[-1].role == "footnote"


@pytest.mark.slow
def test_a_line_of_many_marks_takes_time_in_proportion() -> None:
    """Five thousand powers took many seconds when each moved the text before it.

    More would measure trafilatura, which takes four times as long for twice as many.
    """
    start = time.process_time()
    text = extract(raw(article(f"<p>{'x<sup>2</sup> and ' * 5_000}</p>"))).text
    assert text.count("x²") == 5_000
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("Le XIX<sup>e</sup> siècle du phare.", "Le XIXe siècle du phare."),
        ("It fell <img class=emoji alt='🌊' src=w.png> at noon.", "It fell 🌊 at noon."),
        ("It fell <img alt='A wave' src=w.png> at noon.", "It fell at noon."),
    ],
)
def test_endings_and_emoji_are_characters(inside: str, text: str) -> None:
    assert last_block(f"<p>{inside}</p>") == text
