"""Marks in a line that plain characters would lose: powers, indices, notes, readings of words."""

from __future__ import annotations

import re

from lxml import etree

from litsearch.extract.html.elements import all_text, remove, rewrite
from litsearch.patterns import expression

RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
RAISABLE = expression(r"[0-9+\-−=()ni]{1,12}")
LOWERABLE = expression(r"[0-9+\-−=()aehijklmnoprstuvx]{1,12}")
LONG = 24  # characters: what is longer is set small, not raised
ORDINAL = expression(
    r"(?:st|nd|rd|th|ers?|res?|es?|èmes?|me|de|ste|os?|as?|º|ª|tm|sm|r|[™®©℠])\.?", re.I
)
ROMAN = expression(r"(?:^|[^\w])[IVXLC]{1,7}$")
EMOJI = expression(r"[^\w\s!-~]{1,10}")
NOTE_MARK = expression(
    r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,3})(?:[,–-]\s?\d{1,3}){0,5}[\])]?", re.I
)
NOTE_NUMBER = expression(r"\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}")
NOTE_CLASS = expression(
    r"foot-?note|end-?note|note-?ref|noteref|sidenote-number|(?:^|\s)fn(?:\s|$|[_-])", re.I
)
INLINE_NOTE = expression(
    r"(?:^|\s)(?:ltx_note|ltx_role_footnote|sidenote|marginnote|footnote-content-inline)(?:\s|$)"
)
BRACKETED = expression(r"[\[(].*[\])]")
# Words before a raised number that make it a power, not the number of a note.
POWER_WORD = expression(
    r"(?:^|[\W\d_])(?:[A-Za-zÀ-ɏΑ-ωА-я]{1,2}|sin|cos|tan|log|exp|sec|csc|cot|chi|phi|psi|rho|tau|"
    r"eta)$"
)
WORD_END = expression(r"[^\W\d_]{3,}[.,;:!?\"'”’)»]*$|[.,;:!?”»]$|[぀-ヿ㐀-鿿가-힣]$")
PARAGRAPHS = ("p", "div", "li", "td", "blockquote", "section")
PHRASES = ("i", "b", "em", "strong", "span", "var")
TAIL = 40  # characters before a mark that are looked at


def write_mark(element: etree._Element) -> bool:
    """Replace a mark by characters; True when the element is gone.

    Marks are <sup>, <sub>, <ruby>, images of emoji, and the numbers and bodies of notes.
    """
    if element.tag == "img":
        return _write_emoji(element)
    if element.tag == "ruby":
        rewrite(element, _with_reading(element))
        return True
    if _is_note_mark(element):
        rewrite(element, "")
        return True
    if element.tag == "span" and INLINE_NOTE.search(element.get("class") or ""):
        return _move_below(element)
    return element.tag in ("sup", "sub") and _write_script(element)


def _write_emoji(image: etree._Element) -> bool:
    """Write an image that stands for an emoji as the emoji."""
    text = (image.get("alt") or "").strip()
    if EMOJI.fullmatch(text) is None:
        return False
    rewrite(image, text)
    return True


def _write_script(element: etree._Element) -> bool:
    """Write a superscript or subscript as characters; what is long is only set small."""
    text = " ".join(all_text(element).split())
    if not text or len(text) > LONG or element.find(".//img") is not None:
        return False
    raised = element.tag == "sup"
    rewrite(element, _raised(text, _before(element)) if raised else _lowered(text))
    return True


def _move_below(note: etree._Element) -> bool:
    """Set a note that stands inside a sentence below its paragraph, without its marks.

    False when there is no paragraph around it.
    """
    paragraph = next(note.iterancestors(*PARAGRAPHS), None)
    if paragraph is None or paragraph.getparent() is None:
        return False
    for inner in list(note.iter("sup", "span", "label")):
        if NOTE_MARK.fullmatch(all_text(inner).strip()):
            remove(inner)

    below = etree.Element("aside", role="doc-footnote")
    below.text = all_text(note).strip()
    remove(note)
    if below.text:
        paragraph.addnext(below)
    return True


def _is_note_mark(element: etree._Element) -> bool:
    """Tell a number that leads to a note of the page.

    Bracketed ones, as in [3], cannot fuse with words and stay.
    """
    link = element if element.tag == "a" else _link_of(element)
    if link is None or not _leads_to_note(link, element):
        return False
    text = all_text(element).strip()
    return NOTE_MARK.fullmatch(text) is not None and BRACKETED.fullmatch(text) is None


def _link_of(element: etree._Element) -> etree._Element | None:
    """Return the link of a superscript."""
    if element.tag == "sup":
        return element.find(".//a")
    return None


def _leads_to_note(link: etree._Element, element: etree._Element) -> bool:
    """Tell a link to a note by its role or class, or by standing raised."""
    classes = link.get("class") or ""
    if link.get("role") == "doc-noteref" or "footnote-ref" in classes:
        return True
    if "#" not in (link.get("href") or ""):
        return False
    return element.tag == "sup" or NOTE_CLASS.search(classes) is not None


def _before(element: etree._Element) -> str:
    """Return the characters of the line that stand before an element."""
    text = ""
    here: etree._Element | None = element
    while here is not None and len(text) < TAIL:
        previous = here.getprevious()
        if previous is not None:
            inside = "" if previous.tail else all_text(previous)
            return inside[-TAIL:] + (previous.tail or "")[-TAIL:] + text
        parent = here.getparent()
        if parent is None:
            return text
        text = (parent.text or "")[-TAIL:] + text
        here = parent if parent.tag in PHRASES else None
    return text


def _raised(text: str, before: str) -> str:
    """Write a power, an ordinal's ending, or the number of a note."""
    if _is_ordinal(text, before):
        return text
    if _is_note_number(text, before):
        return f" [{text}]"
    if BRACKETED.fullmatch(text) or not before.strip():
        return text
    bare = text.replace(" ", "")
    if RAISABLE.fullmatch(bare):
        return bare.translate(RAISED)
    if len(text) == 1:
        return f"^{text}"
    return f"^{{{text}}}"


def _is_ordinal(text: str, before: str) -> bool:
    """Tell the ending of an ordinal; one letter is that only behind a number, Roman too."""
    if ORDINAL.fullmatch(text) is None:
        return False
    return len(text) > 1 or not before[-1:].isalpha() or ROMAN.search(before) is not None


def _is_note_number(text: str, before: str) -> bool:
    """Tell a number behind the end of a word; behind the name of a function it is a power."""
    if NOTE_NUMBER.fullmatch(text) is None or WORD_END.search(before) is None:
        return False
    return POWER_WORD.search(before) is None


def _lowered(text: str) -> str:
    """Write an index."""
    bare = text.replace(" ", "")
    if LOWERABLE.fullmatch(bare):
        return bare.translate(LOWERED)
    if len(text) == 1:
        return f"_{text}"
    return f"_{{{text}}}"


def _with_reading(ruby: etree._Element) -> str:
    """Write the word whole, its reading in brackets behind it."""
    word = [ruby.text or ""]
    reading = []
    for part in ruby:
        if part.tag == "rt":
            reading.append("".join(part.itertext()))
        elif part.tag == "rtc":
            reading.extend("".join(inner.itertext()) for inner in part.iter("rt"))
        elif part.tag != "rp":
            word.append("".join(part.itertext()))
        word.append(part.tail or "")
    base, above = _closed_up("".join(word)), _closed_up("".join(reading))
    if above:
        return f"{base}({above})"
    return base


def _closed_up(text: str) -> str:
    """Drop white space between Chinese or Japanese signs: it is the markup's, not the word's."""
    return re.sub(r"\s+", " " if re.search(r"[A-Za-z]", text) else "", text.strip())
