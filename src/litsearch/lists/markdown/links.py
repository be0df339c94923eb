"""Find the links of a line that lead to works, each with the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from litsearch.lists import urls
from litsearch.lists.fields import clean_title, may_hold_year
from litsearch.lists.markdown.inline import BREAK, Line, text_of
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.pieces import Piece
from litsearch.lists.markdown.targets import is_navigation, working_pieces
from litsearch.lists.markdown.titles import claim
from litsearch.lists.phrases import BESIDE, LABELS, ONLY_LEAD, PERSONS, THANKS

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
        return not _is_behind_reference(self)

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
    pieces = working_pieces(line)
    links: list[Link] = []
    start = 0
    for i, piece in enumerate(pieces):
        if piece.href is not None:
            links.append(_link(pieces, start, i, is_first=not links, prose=prose))
            start = i + 1
    return links


def _is_thanks(line: Line, *, prose: bool) -> bool:
    """Tell whether a line thanks or names persons; never one that begins with its link."""
    if is_navigation(line):
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


def _is_within_brackets(link: Link) -> bool:
    """Tell whether a further link is one word in an open bracket: "（発表：中川、[資料](…)）"."""
    if link.is_first or " " in link.words.strip() or not link.said.strip():
        return False
    opened = max(link.said.rfind("("), link.said.rfind("（"))
    return opened > max(link.said.rfind(")"), link.said.rfind("）"))
