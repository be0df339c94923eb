"""LaTeX in texts becomes MathML that is XML; what is no LaTeX, or a page's own, stays text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from litsearch.server.texts import formulas
from litsearch.types import Span


def only(text: str) -> ET.Element:
    [formula] = formulas(text, [])
    return ET.fromstring(formula["mathml"])


@pytest.mark.parametrize(
    "environment",
    ["aligned", "align*", "split", "gathered", "eqnarray", "eqnarray*", "alignedat}{2"],
)
def test_lines_under_each_other_are_a_table(environment: str) -> None:
    end = environment.partition("}")[0]
    lines = r"x &= y_1 \\ z &= 2"
    made = only(rf"$$\begin{{{environment}}} {lines} \end{{{end}}}$$")
    rows = [element for element in made.iter() if element.tag.endswith("mtr")]
    assert len(rows) == 2
    assert "&" not in "".join(made.itertext())


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\arg\max_x f(x)", "argmax"),
        (r"\arg \min f", "argmin"),
        (r"\label{one} a = b \tag{1}", "a=b"),
        (r"\frac{d}{dx}\bigg\vert_{x=0}", "|"),
    ],
)
def test_what_the_library_of_formulas_does_not_know(latex: str, shown: str) -> None:
    text = "".join(only(f"$${latex}$$").itertext())
    assert shown in text.replace(" ", "")
    assert "\\" not in text
    assert "one" not in text


@pytest.mark.parametrize(
    "text",
    [
        r"a word of a page's own: $$\tide{high} = 3$$",
        r"an end without a table: $$a & b$$",
        "two prices: $5 and $6, or $ 7 $",
        "a name: $HOME",
        "$5/month or 3$ a week",
    ],
)
def test_what_cannot_be_shown_stays_as_it_is_written(text: str) -> None:
    assert formulas(text, []) == []


@pytest.mark.parametrize("text", ["$2k + 1$ labels", "the $i$-th", "($n, m$)", "$f(x) = 2$"])
def test_short_formulas(text: str) -> None:
    assert len(formulas(text, [])) == 1


def test_code_has_no_formulas() -> None:
    text = "x = '$a_1$'"
    code = Span(start=0, end=len(text), role="code")
    assert formulas(text, [code]) == []


def test_offsets_are_of_the_text() -> None:
    text = r"Here \(a^2\) and there \[b_1\]."
    places = [text[each["start"] : each["end"]] for each in formulas(text, [])]
    assert places == [r"\(a^2\)", r"\[b_1\]"]
