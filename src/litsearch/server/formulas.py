"""Turn the LaTeX of a text into MathML, which browsers draw and screen readers speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from litsearch.patterns import expression
from litsearch.types import Span
from litsearch.views import records

MOST = 3000  # formulas of a text
LONGEST = 2000  # characters of one
_FORMULA = expression(
    r"\$\$(?P<display>[^$]{1,2000})\$\$"
    r"|\\\[(?P<bracketed>.{1,2000}?)\\\]"
    r"|(?<![\\$\w])\$(?P<inline>[^\s$](?:[^$\n]{0,500}[^\s$\\])?)\$(?![\d$])"
    r"|\\\((?P<parenthesised>.{1,500}?)\\\)",
    re.DOTALL,
)
# What latex2mathml knows by another name, or not at all.
_KNOWN = (
    (expression(r"\\(begin|end)\{(?:aligned|gathered|eqnarray|multline)\*?\}"), r"\\\1{split}"),
    (expression(r"\\begin\{alignedat\}\{\d+\}"), r"\\begin{split}"),
    (expression(r"\\end\{alignedat\}"), r"\\end{split}"),
    (expression(r"\\(label|tag)\*?\{[^{}]*\}|\\(nonumber|notag)(?![A-Za-z])"), ""),
    (expression(r"\\arg\s*\\(max|min)(?![A-Za-z])"), r"\\operatorname{arg\1}"),
    (expression(r"(\\[bB]igg?[lrm]?)\\[lr]?vert(?![A-Za-z])"), r"\1|"),
)
_UNREAD = expression(r"\\[A-Za-z]|&(?!#?\w+;)")  # a command of the page's own, or no XML
_STYLE = expression(r' (?:style|class|href)="[^"]*"')  # which the policy of the page forbids
# So that two prices are no formula: signs of one, or no letter beside another.
_MATHEMATICAL = expression(r"[\\^_=<>]|^[^A-Za-z]*(?:[A-Za-z](?![A-Za-z])[^A-Za-z]*)+$")


def formulas(text: str, spans: Sequence[Span]) -> list[records.Formula]:
    """Return the formulas of a text outside its code, in order; what cannot be read as LaTeX stays
    text.
    """
    code = [span for span in spans if span.role == "code"]
    result: list[records.Formula] = []
    for match in _FORMULA.finditer(text):
        if any(span.start <= match.start() < span.end for span in code):
            continue
        if mathml := _mathml(match):
            result.append({"start": match.start(), "end": match.end(), "mathml": mathml})
        if len(result) == MOST:
            break
    return result


def _mathml(match: re.Match[str]) -> str:
    """Return a formula as MathML, or "" for what is not one."""
    kind = match.lastgroup or ""
    latex = match[kind].strip()
    if kind in ("display", "bracketed"):
        return _converted(latex, "block")
    return _converted(latex, "inline") if _MATHEMATICAL.search(latex) else ""


@lru_cache(maxsize=10_000)
def _converted(latex: str, display: str) -> str:
    """Return MathML, or "" for what cannot be converted."""
    if len(latex) > LONGEST:
        return ""
    for pattern, command in _KNOWN:
        latex = pattern.sub(command, latex)
    try:
        from latex2mathml.converter import convert

        mathml: str = convert(latex, display=display)
    except Exception:  # noqa: BLE001 - what a page calls a formula may be anything
        return ""
    return "" if _UNREAD.search(mathml) else _STYLE.sub("", mathml)
