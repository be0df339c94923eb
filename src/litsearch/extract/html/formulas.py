"""Formulas as LaTeX: MathML, KaTeX, MathJax and pictures of formulas."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree

from litsearch.extract.blocks import one_line
from litsearch.extract.html.elements import all_text, remove, rewrite
from litsearch.patterns import expression

MAX_DEPTH = 40  # of nested MathML; deeper formulas become their plain characters
BESIDE = 4  # elements between the picture of a formula and its source
MAX_LATEX = 2_000  # characters of one formula
RENDERED = expression(
    r"katex-html|MathJax_Preview|(?:^|\s)MathJax(?:_Display|_SVG|_CHTML)?(?:\s|$)"
)
PICTURE = expression(r"(?:^|[\s_-])(?:latex|tex|math|equation)(?:$|[\s_-])", re.I)
SOURCE_ATTRIBUTES = ("data-math", "data-latex", "data-tex", "data-formula")
STYLED = expression(r"^\{\\(?:display|text)style (.*)\}$")
COMMANDS = {
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∞": r"\infty", "√": r"\sqrt", "≤": r"\leq",
    "≥": r"\geq", "≠": r"\neq", "×": r"\times", "·": r"\cdot", "→": r"\to", "∈": r"\in",
}  # fmt: skip


def write_formula(element: etree._Element) -> bool:
    """Replace an element that is a formula by its LaTeX; True when it was one."""
    source = _source_of(element)
    if source is not None:
        rewrite(element, source)
        return True
    if not RENDERED.search(element.get("class") or ""):
        return False
    if _is_doubled(element):
        remove(element)
        return True
    return False


def _source_of(element: etree._Element) -> str | None:
    """Return the LaTeX of an element that holds nothing but one formula; None for any other."""
    if element.tag == "math":
        return latex_of(element)
    if element.tag == "img":
        return _picture_source(element)
    kind = element.get("type") or ""
    if element.tag == "script" and kind.startswith("math/tex"):
        return dollars(element.text or "", display="display" in kind)
    return _attribute_source(element)


def _attribute_source(element: etree._Element) -> str | None:
    """Return the LaTeX that an attribute carries, when the element shows little more than it."""
    for name in SOURCE_ATTRIBUTES:
        latex = element.get(name)
        if latex and len(all_text(element)) <= len(latex) * 4 + 40:
            return dollars(latex, display=element.tag == "div")
    return None


def _picture_source(image: etree._Element) -> str | None:
    """Return the alternative text of a picture of a formula, unless MathML stands beside it."""
    if not PICTURE.search(image.get("class") or ""):
        return _attribute_source(image)
    parent = image.getparent()
    if parent is not None and parent.find(".//math") is not None:
        return None
    alt = image.get("alt")
    return dollars(alt, display=False) if alt else None


def _is_doubled(element: etree._Element) -> bool:
    """Tell whether the source of a rendered formula stands in it or beside it."""
    if _is_before_script(element):
        return True
    parent = element.getparent()
    if parent is None or element.find(".//math") is not None:
        return False
    return "katex" in (parent.get("class") or "") or not all_text(element)


def _is_before_script(element: etree._Element) -> bool:
    """Tell whether the source of a formula follows it in a script."""
    for following in islice(element.itersiblings(), BESIDE):
        if not RENDERED.search(following.get("class") or ""):
            return (following.get("type") or "").startswith("math/tex")
    return False


def latex_of(math: etree._Element) -> str:
    """Return the LaTeX that a <math> carries, else what its elements say."""
    display = math.get("display") == "block" or math.get("mode") == "display"
    for note in math.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower():
            return dollars(note.text or "", display=display)
    spoken = math.get("alttext")
    if spoken:
        return dollars(spoken, display=display)
    if math.find(".//*") is None:
        return one_line("".join(math.itertext()))
    return _plain_or_dollars(math, display=display)


def dollars(latex: str, *, display: bool) -> str:
    """Put a formula between dollar signs."""
    latex = STYLED.sub(r"\1", " ".join(latex.split()))[:MAX_LATEX]
    sign = "$$" if display else "$"
    return f"{sign}{latex}{sign}" if latex else ""


def _plain_or_dollars(math: etree._Element, *, display: bool) -> str:
    """Write a row of signs as it stands, and anything with structure as LaTeX."""
    latex = _latex(math, 0).strip()
    structured = any(sign in latex for sign in "^_\\")
    return dollars(latex, display=display) if structured else " ".join(latex.split())


def _latex(element: etree._Element, depth: int) -> str:
    """Return the LaTeX of one element of presentation MathML."""
    if depth > MAX_DEPTH:
        return "".join(element.itertext())
    parts = [_latex(child, depth + 1) for child in element if isinstance(child.tag, str)]
    write = WRITERS.get(str(element.tag))
    if write is not None and len(parts) >= 2:
        return write(parts)
    if element.tag == "msqrt":
        return rf"\sqrt{{{''.join(parts)}}}"
    if element.tag == "mspace":
        return " "
    if element.tag in ("annotation", "annotation-xml"):
        return ""
    return "".join(parts) if parts else _sign(element)


def _sign(element: etree._Element) -> str:
    text = " ".join((element.text or "").split())
    command = COMMANDS.get(text)
    return f"{command} " if command else text


def _braced(text: str) -> str:
    return text if len(text) == 1 else f"{{{text.strip()}}}"


def _power(parts: list[str]) -> str:
    return f"{parts[0]}^{_braced(parts[1])}"


def _index(parts: list[str]) -> str:
    return f"{parts[0]}_{_braced(parts[1])}"


def _both(parts: list[str]) -> str:
    return _index(parts) if len(parts) < 3 else f"{_index(parts)}^{_braced(parts[2])}"


def _fraction(parts: list[str]) -> str:
    return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"


def _root(parts: list[str]) -> str:
    return rf"\sqrt[{parts[1]}]{{{parts[0]}}}"


def _row(parts: list[str]) -> str:
    return " & ".join(parts)


def _rows(parts: list[str]) -> str:
    return r" \\ ".join(parts)


WRITERS: dict[str, Callable[[list[str]], str]] = {
    "msup": _power,
    "mover": _power,
    "msub": _index,
    "munder": _index,
    "msubsup": _both,
    "munderover": _both,
    "mfrac": _fraction,
    "mroot": _root,
    "mtr": _row,
    "mtable": _rows,
}
