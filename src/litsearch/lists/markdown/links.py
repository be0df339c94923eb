"""Find the links of a line that lead to works, with the words around them, and read their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from litsearch.lists import urls
from litsearch.lists.authors.lists import authors_at
from litsearch.lists.authors.names import persons_in
from litsearch.lists.fields import clean_remark, clean_title, may_hold_year, year_in
from litsearch.lists.markdown.citations import (
    NOTHING,
    Claim,
    authors_by_end,
    has_person,
    names_and_year,
)
from litsearch.lists.markdown.field_lines import line_of_fields
from litsearch.lists.markdown.inline import BREAK, Line, text_of
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.spans import Piece
from litsearch.lists.markdown.targets import is_navigation, working_pieces
from litsearch.lists.markdown.titles import claim
from litsearch.lists.phrases import BESIDE, LABELS, ONLY_LEAD, PERSONS, THANKS
from litsearch.patterns import expression

MAX_BUTTON = 4  # words
MAX_BEHIND = 3  # words of a link behind a reference
MAX_THANKS = 200  # characters of an item that can be thanks


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a work and what its line says around it."""

    piece: Piece
    before: list[Piece]  # since the link before it
    after: list[Piece]  # up to the next link
    tail: list[Piece]  # all that is said of it, labels' words left out
    line: list[Piece]  # all pieces of the line
    is_first: bool  # of the line
    is_bare: bool  # its words are its address
    prose: bool
    words: str  # its own
    said: str  # the words before it
    follows: str  # the words after it

    @property
    def url(self) -> str:
        """Its target."""
        return self.piece.href or ""

    @property
    def has_own_title(self) -> bool:
        """True for a link whose words are the title of what it leads to."""
        if self.is_bare or self.piece.picture or is_label(self.words):
            return False
        if _is_button(self) or _is_in_brackets(self) or self.is_in_sentence:
            return False
        if _is_within_brackets(self) or self.is_beside:
            return False
        return not _is_behind_reference(self) and not _is_behind_marked(self)

    @property
    def is_beside(self) -> bool:
        """True for few words that name what stands beside the work before: "a nice thread"."""
        words = self.words.split()
        if self.is_first or len(words) > MAX_BUTTON or not self.words[:1].islower():
            return False
        if words[0] in ("this", "that", "another"):
            return False
        return not BESIDE.isdisjoint(self.words.lower().split())

    @property
    def is_in_sentence(self) -> bool:
        """True for a lower-case word in the middle of a sentence."""
        if not (self.said and self.words.isalpha() and self.words.islower()):
            return False
        goes_on = re.match(r" [a-z]+\b", self.follows) is not None
        return goes_on and self.said.endswith(" ") and self.said[-2:-1].isalnum()


def links_of(line: Line, *, prose: bool = False) -> list[Link]:
    """Return the links of a line that lead to works, in order; none of a line that only thanks."""
    if not line.is_linked or _is_thanks(line, prose=prose):
        return []
    pieces = working_pieces(line, prose=prose)
    links: list[Link] = []
    start = 0
    for i, piece in enumerate(pieces):
        if piece.href is not None:
            links.append(_link(pieces, start, i, is_first=not links, prose=prose))
            start = i + 1
    return links


def _is_thanks(line: Line, *, prose: bool) -> bool:
    """Tell whether a line thanks or names persons; never one that begins with its link."""
    if is_navigation(line, prose=prose):
        return True
    for piece in line.pieces:
        if piece.text.strip():
            if piece.href is not None:
                return False
            break
    text = line.text
    if PERSONS.match(text):
        return True
    return THANKS.match(text) is not None and (prose or len(text) < MAX_THANKS)


def _link(pieces: list[Piece], start: int, i: int, *, is_first: bool, prose: bool) -> Link:
    piece, before, behind = pieces[i], _since_break(pieces[start:i]), pieces[i + 1 :]
    after = _until_link(behind)
    tail = _tail(behind) if is_first and not prose else after
    words_before, follows = text_of(before), text_of(after)
    is_bare = urls.is_address(piece.text, piece.href or "")
    return Link(
        piece,
        before,
        after,
        tail,
        pieces,
        is_first,
        is_bare,
        prose,
        words=piece.text,
        said=words_before,
        follows=follows,
    )


def _until_link(pieces: Sequence[Piece]) -> list[Piece]:
    return list(takewhile(lambda piece: piece.href is None and piece is not BREAK, pieces))


def _since_break(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of the last line of several, unless it is empty."""
    breaks = [i for i, piece in enumerate(pieces) if piece is BREAK]
    return pieces[breaks[-1] + 1 :] if breaks and text_of(pieces[breaks[-1] :]).strip() else pieces


def _tail(pieces: list[Piece]) -> list[Piece]:
    """Return what is said behind a link: up to the next work in a row, labels left out."""
    tail: list[Piece] = []
    for piece in pieces:
        if piece is BREAK and text_of(tail).strip():
            break
        if not piece.href:
            tail.append(piece)
        elif not _is_wordless(piece):
            if ONLY_LEAD.fullmatch(f"and {text_of(tail)}".lower()):
                break
            tail.append(piece)
    return tail


def _is_wordless(piece: Piece) -> bool:
    """Tell whether a link's words are no title."""
    if piece.picture:
        return True
    return urls.is_address(piece.text, piece.href or "") or is_label(piece.text)


def _is_button(link: Link) -> bool:
    """Tell whether words in brackets end with a label: "[[Fog Paper](…)]"."""
    words = link.words.strip("[]() ").lower().split()
    if not 1 < len(words) <= MAX_BUTTON or words[-1] not in LABELS:
        return False
    closed = link.follows[:1] in (")", "]") and link.said.rstrip()[-1:] in ("(", "[")
    return closed or (link.words.startswith("[") and link.words.endswith("]"))


def _is_in_brackets(link: Link) -> bool:
    """Tell whether a link is a short one in brackets behind words: "A Title ([Nature](...))"."""
    if not link.is_first or not link.said or len(link.words.split()) > 3:
        return False
    closed = link.follows[:1] in (")", "]") and link.said.rstrip()[-1:] in ("(", "[")
    inside = link.words.startswith("[") and link.words.endswith("]")
    return (closed or inside) and len(clean_title(link.said).split()) > 1


def _is_behind_reference(link: Link) -> bool:
    """Tell whether a link is a few words behind a whole reference: "Lee (2018). … [JSTOR]"."""
    if not link.is_first or len(link.words.split()) > MAX_BEHIND:
        return False
    if not link.words.islower() and not may_hold_year(link.said):
        return False
    citation = claim(link.before)
    is_dated = citation.year is not None or (link.words.islower() and not link.prose)
    return bool(citation.title and citation.authors) and is_dated


def _is_behind_marked(link: Link) -> bool:
    """Tell whether a link is a few plain words behind a marked title: "**Moss** [in parts]"."""
    if not link.is_first or not link.words.islower() or len(link.words.split()) > MAX_BUTTON:
        return False
    opening = next((piece for piece in link.before if piece.text.strip()), None)
    return opening is not None and opening.is_marked_title and " " in opening.text.strip()


def _is_within_brackets(link: Link) -> bool:
    """Tell whether a further link is one word in an open bracket: "（発表：中川、[資料](…)）"."""
    if link.is_first or " " in link.words.strip() or not link.said.strip():
        return False
    opened = max(link.said.rfind("("), link.said.rfind("（"))
    return opened > max(link.said.rfind(")"), link.said.rfind("）"))


# What the words of a link say beside a title.


MAX_SHORT = 5  # words of a link that can be no line of fields

FULL_NAME = r"[A-Z][\w.'-]+(?: [A-Z][\w.-]*){1,2}"
_LENGTH = expression(r"\s*[(\[](?:\d{1,2}:)?\d{1,2}:\d\d[)\]]$")  # "(14:20)"
_CITED_AHEAD = expression(  # "Gale 2015: Tokens in fog"
    r"([A-Z][\w'’-]+(?: (?:and|&) [A-Z][\w'’-]+| et al\.?)?,? \(?(?:19|20)\d\d\)?): (.{5,300})"
)
_CITED_BEHIND = expression(r"(.{2,300}?)\s*[(（]([^()（）]{2,80})[)）]$")  # "Fog (Lee, 2019)"
_DIVIDED = expression(r"(?P<title>.{3,200}?)(?P<by>,? by| [–—|-])\s(?P<names>[^\W\d_].{2,200})$")
_DIVIDERS = (" by ", " – ", " — ", " | ", " - ")
_POSSESSIVE = expression(rf"({FULL_NAME})['’]s [“\"](.{{3,200}})[”\"]")
_YEAR = expression(r"\b(?:19|20)\d\d\b")


def own_claim(link: Link, prefix: str) -> Claim:
    """Return the title that a link's words are, with what they say beside it.

    prefix: the words before the link with which its title begins.
    """
    words = prefix + link.words
    words = _LENGTH.sub("", words) if words.endswith((")", "]")) else words
    title = clean_title(words) or link.words
    year = year_in(title)
    for form in (_cited_behind, _cited_ahead, _named_within, _owned, _fields):
        citation = form(title)
        if citation.title:
            return replace(citation, year=citation.year or year)
    return Claim(title, authors=authors_by_end(title)[1], year=year)


def _cited_behind(title: str) -> Claim:
    """Read "Moss (Lee, 2019)"."""
    match = _CITED_BEHIND.match(title) if title.endswith((")", "）")) else None
    cited = NOTHING if match is None else names_and_year(match[2])
    if match is None or not cited.authors:
        return NOTHING
    return replace(cited, title=clean_title(match[1]))


def _cited_ahead(title: str) -> Claim:
    """Read "Gale 2015: Moss"."""
    match = _CITED_AHEAD.match(title)
    if match is None:
        return NOTHING
    return replace(names_and_year(match[1]), title=clean_title(match[2]))


def _named_within(title: str) -> Claim:
    """Read "Fog by A. Lee and B. Ray in Sea, 2009" and "Fog – Ann Lee"."""
    divided = _DIVIDED.match(title) if any(map(title.__contains__, _DIVIDERS)) else None
    authors = None if divided is None else authors_at(divided["names"])
    if divided is None or authors is None or not has_person(authors.names):
        return NOTHING
    rest = divided["names"][authors.end :].strip()
    if bool(rest) != bool(divided["by"].strip(" –—|-")):
        return NOTHING  # "Moss by Ann Lee" is how the list calls it
    year = year_in(rest, anywhere=True)
    return Claim(clean_title(divided["title"]), clean_remark(rest), authors.names, year)


def _owned(title: str) -> Claim:
    """Read "Ann Lee's “Moss”"."""
    owned = _POSSESSIVE.fullmatch(title) if title.endswith(('"', "”")) else None
    persons = persons_in(owned[1]) if owned else ()
    return Claim(clean_title(owned[2]), authors=persons) if owned and persons else NOTHING


def _fields(title: str) -> Claim:
    """Read "Moss, Ann Lee and Bob Ray, Fog 2019"."""
    is_long = len(title.split()) > MAX_SHORT and _YEAR.search(title)
    return line_of_fields(title) if is_long else NOTHING
