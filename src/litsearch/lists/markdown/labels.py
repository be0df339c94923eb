"""Name a link whose own words are no title ("pdf", an address) by the words around it."""

from __future__ import annotations

import re

from litsearch.lists.authors.lists import all_authors
from litsearch.lists.fields import clean_title, squeeze
from litsearch.lists.markdown.citations import NOTHING, Claim
from litsearch.lists.markdown.inline import text_of
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.links import Link
from litsearch.lists.markdown.spans import Piece
from litsearch.lists.markdown.titles import QUOTED, claim
from litsearch.lists.phrases import FRAGMENT, JUDGEMENT, LABELS, ONLY_LEAD, OPEN_END, VAGUE
from litsearch.lists.url_names import name_of
from litsearch.patterns import expression

MAX_SENTENCE = 20  # words of a sentence that may serve as title

_IN_BRACKETS = expression(r"\s*\(([^()]{3,80})\)")
_SENTENCE_END = expression(r"(?<=[\w)’'\"”][.!?]) |(?<=\w); ")
_GOES_ON = expression(r"[\s?!.,;:]*[a-z]")
_BEGINS = expression(r"[\s,;.:()–—-]*[A-Z\d\"“‘']")
_OF = expression(r" (?:on|about|of|from|with)\b [^,;:()|–—]{3,80}")
_HASHTAGS = expression(r"(?:#[\w/-]+[\s,]*)+")
_KIND = expression(r"\W*\w+\s?[:：]")  # "Video:"
_TITLE_BEHIND = expression(r"[\s:.,–—\])-]*[^\W\d_a-z]\S*(?:\s+\S+){2}")
_THAT = ("this ", "that ", "these ", "another ")


def title_near(link: Link) -> Claim:
    """Return the title that words around a link give it, when the link itself has none."""
    return _title_in_prose(link) if link.prose else _title_around(link)


def sentence_with(link: Link) -> str:
    """Return the words around a label that make a title with it; "" when they make none.

    "Ada [says](...) that …", "[Slides](...) of the talk".
    """
    if link.is_in_sentence:
        return clean_title(" ".join(squeeze(text_of(link.line)).split()[:MAX_SENTENCE]))
    behind = _OF.match(link.follows)
    if behind is None or re.search(r"\w", link.said):
        return ""
    return clean_title(link.words + behind[0])


def stands_apart(link: Link) -> bool:
    """Tell whether a label belongs to no work before it: "A Title and then [this post](...)"."""
    if link.is_beside or not re.search(r"\w", link.said) or link.said.rstrip()[-1:] in ("(", "["):
        return False
    if not link.prose and not link.words.lower().startswith(_THAT):
        return False
    words = squeeze(link.said).lower().lstrip(" ,;.:()[]–—-")
    return ONLY_LEAD.fullmatch(words) is None


def told_label(label: str, text: str) -> str:
    """Return the label, or the word before it when it says nothing: "slides [here](...)"."""
    label = clean_title(label).strip("[]() ")
    if label and label.lower() not in VAGUE:
        return label
    words: list[str] = re.findall(r"[\w-]+", text)
    for word in reversed(words[-2:]):
        if word.lower() in LABELS and word.lower() not in VAGUE:
            return word
    return label


def _title_in_prose(link: Link) -> Claim:
    """Return the title of a link in running text: never the mere end of the sentence before it."""
    if not link.is_bare or _is_told(link.before):
        return _title_around(link)
    inside = _IN_BRACKETS.match(link.follows) if _is_running(link) else None
    if inside and _names_work(inside[1]):
        return Claim(clean_title(inside[1]))

    citation = _title_around(link) if link.is_first else _end_of_sentence(link)
    goes_on = not link.is_first or _GOES_ON.match(link.follows)
    return _named_by_address(link) if goes_on and FRAGMENT.match(citation.title) else citation


def _named_by_address(link: Link) -> Claim:
    name, telling = name_of(link.url)
    return Claim(name) if telling else NOTHING


def _end_of_sentence(link: Link) -> Claim:
    """Return the title that the latest sentence before an address gives it."""
    latest = _SENTENCE_END.split(link.said)[-1]
    return claim([Piece(latest)]) if _BEGINS.match(latest) else NOTHING


def _is_running(link: Link) -> bool:
    """Tell whether the words before a link are no title: too many, or only "see" and the like."""
    if not link.is_first or len(link.said.split()) > MAX_SENTENCE:
        return True
    return ONLY_LEAD.fullmatch(squeeze(link.said).lower()) is not None


def _is_told(pieces: list[Piece]) -> bool:
    """Tell whether words mark or quote a title."""
    if any(piece.mark and piece.text.strip() for piece in pieces):
        return True
    return QUOTED.search(text_of(pieces)) is not None


def _names_work(text: str) -> bool:
    """Return False for what brackets say of a page, not what it is called: "must watch", "PDF"."""
    if is_label(text):
        return False
    return not JUDGEMENT.issuperset(re.findall(r"[\w'-]+", text.lower()))


def _title_around(link: Link) -> Claim:
    citation = claim(link.before)
    if link.is_bare and not citation.authors and _names_nothing(citation.title):
        return _named_by_address(link)
    if not link.is_first:
        return citation if citation.title and _reaches(link, citation) else NOTHING
    if link.is_bare and _is_kind(link):
        return claim(link.after)
    return citation if citation.title else _title_behind(link, citation)


def _names_nothing(words: str) -> bool:
    """Tell whether words only lead to an address, or judge it: "Dana sent", "Good"."""
    return bool(words) and (OPEN_END.match(words) is not None or not _names_work(words))


def _title_behind(link: Link, citation: Claim) -> Claim:
    """Return the title behind a link; what was found before it, where that tells no title."""
    if link.is_bare:
        return citation if _is_labelled(link) else _behind(link, citation)
    if _is_told(link.after):
        return _marked(link.after)
    if not link.prose and not link.said.strip() and _TITLE_BEHIND.match(link.follows):
        return claim(link.after)
    return citation if link.said.strip() or re.search(r"\w", link.words) else claim(link.after)


def _is_kind(link: Link) -> bool:
    """Tell whether a word and a colon lead to an address, and a dash to its title behind it."""
    words = squeeze(link.said)
    return bool(_KIND.fullmatch(words)) and link.follows.lstrip()[:1] in ("–", "—", "-")


def _is_labelled(link: Link) -> bool:
    """Tell whether a label and a colon stand before an address: "PDF: https://…"."""
    words = squeeze(link.said)
    return words.endswith((":", "：")) and is_label(words)


def _reaches(link: Link, citation: Claim) -> bool:
    """Tell whether the title before a further link of a line is that link's."""
    if _is_told(link.before):
        return True
    opens_bracket = squeeze(link.said).endswith("(")
    return link.is_bare and len(citation.title.split()) > 1 and not opens_bracket


def _behind(link: Link, citation: Claim) -> Claim:
    """Return the title behind an address: "https://… The title"."""
    behind = squeeze(link.follows)
    inside = _IN_BRACKETS.fullmatch(behind)
    if inside and not citation.title and _names_work(inside[1]) and not inside[1].islower():
        return Claim(inside[1])
    if behind.startswith(("(", "[", ",", "<-", "←")) or len(behind.split()) > MAX_SENTENCE:
        return citation
    if not _HASHTAGS.sub("", behind):
        return citation
    return claim(link.after)


def _marked(after: list[Piece]) -> Claim:
    """Return the marked or quoted title behind a label: "[Video](...) of *A Title* by Ada"."""
    start = next((i for i, piece in enumerate(after) if piece.mark and piece.text.strip()), 0)
    return claim(after if all_authors(after[start].text) else after[start:])
