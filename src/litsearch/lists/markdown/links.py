"""Find the links of a line that lead to works, each with the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from litsearch.lists import urls
from litsearch.lists.fields import clean_title
from litsearch.lists.markdown.inline import BREAK, Line, text_of
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.pieces import Piece
from litsearch.lists.markdown.titles import claim
from litsearch.lists.phrases import LABELS, ONLY_LEAD, PERSONS, SERVICE_LEAD, THANKS
from litsearch.patterns import expression

MAX_BUTTON = 4  # words
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
        return not _is_behind_reference(self)

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
    """Tell whether a link is a lower-case word behind a whole reference: "Lee (2018). … [read]"."""
    words = link.words.split()
    if not link.is_first or link.prose or len(words) > 2 or not link.words.islower():
        return False
    citation = claim(link.before)
    return bool(citation.title and citation.authors)


# Which links lead to works.

_COMMAND = expression(
    r"(?:git clone|pip3? install(?: -\S+)*|curl(?: -\S+)*|wget(?: -\S+)*|docker pull|npm i\w*|\$)"
    r"\s+\S*$"
)
_BY = expression(r"(?:^|[\s(])by:?\s*$", re.IGNORECASE)
_VIA = expression(r"\b(?:via|h/t|hat tip(?: to)?):?\s*$", re.IGNORECASE)
_WITH_RANK = expression(r"(?:Prof(?:\.|essor)|Dr\.?|Mrs?\.|Ms\.) (?:\w+\.? ){0,3}\w+$")
_CREATED = expression(
    r"(?:inspired|maintained|created|made|curated|powered|supported) by:?\s*$", re.IGNORECASE
)
_CONNECTIVE = expression(r"^\s*(?:,|&|and|, and)\s*$")
_OF_A_PROGRAM = expression(  # zotero://, obsidian://
    r"^(?!https?:|file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE
)


def working_pieces(line: Line) -> list[Piece]:
    """Return the pieces of a line; links that lead to no work become words, or are dropped."""
    pieces: list[Piece] = []
    before, person = "", -1
    for i, written in enumerate(line.pieces):
        piece = written if written.href is None else _judged(written, before, i, line)
        if piece is None:
            continue
        further = person == i - 2 >= 0 and bool(_CONNECTIVE.match(line.pieces[i - 1].text))
        if _names_author(piece, before, further=further):
            piece, person = Piece(written.text, written.mark), i
        pieces.append(piece)
        before = (before + piece.text)[-200:]
    if not any(piece.href for piece in pieces):
        pieces = _credited(line, pieces)
    return _without_pictures(pieces)


def _judged(piece: Piece, before: str, i: int, line: Line) -> Piece | None:
    """Return a link as a work, as plain words, or as nothing. before: the words before it."""
    target = piece.href or ""
    words = Piece(piece.text, piece.mark)
    if not target.startswith("http") and _OF_A_PROGRAM.match(target):
        return _words_of_program(words)
    url = urls.as_url(urls.true_url(piece.text, target))
    if url is None:
        return _judged_local(piece)
    if _is_person(url, piece, line.pieces[:i]) or _is_service(before):
        return words
    if urls.is_work(url, piece.text) and not _is_shown_or_run(before):
        return piece._replace(href=url)
    return None if _is_picture(piece, before) else words


def _is_picture(piece: Piece, before: str) -> bool:
    return bool(piece.picture) or before.endswith("![")


def _is_service(before: str) -> bool:
    """Tell whether words lead to a page that keeps a newsletter running: "subscribe at"."""
    return bool(before) and SERVICE_LEAD.search(before[-60:]) is not None


def _words_of_program(words: Piece) -> Piece | None:
    """Return the words of a link that opens a program; None for a mere button."""
    if is_label(words.text) or " " not in words.text.strip():
        return None
    return words


def _is_shown_or_run(before: str) -> bool:
    """Tell whether the words before an address make a picture or an argument of a command of it."""
    return before.endswith("![") or _COMMAND.search(before[-60:]) is not None


def _judged_local(piece: Piece) -> Piece | None:
    """Return a link that leads to no page of the web: to a file, or nowhere."""
    if piece.picture:
        return None
    return piece if urls.is_local(piece.href or "") else Piece(piece.text, piece.mark)


def _is_person(url: str, piece: Piece, before: Sequence[Piece]) -> bool:
    """Tell whether a link leads to a profile, unless it is what the line is about."""
    if not urls.is_profile(url, piece.text):
        return False
    return piece.text.startswith("@") or re.search(r"\w", text_of(before)) is not None


def _names_author(piece: Piece, before: str, *, further: bool) -> bool:
    """Tell whether a link stands on a person's name: behind "by" or "via", or such a one."""
    if not piece.href or not before or urls.is_address(piece.text, piece.href):
        return False
    if further or _BY.search(before[-10:]) or _WITH_RANK.match(piece.text):
        return True
    return _VIA.search(before[-20:]) is not None and urls.is_front_page(piece.href)


def _without_pictures(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without pictures, but for linked ones in a line without other links."""
    words = [piece for piece in pieces if not piece.picture]
    if len(words) == len(pieces):
        return pieces
    if any(piece.href for piece in words):
        return words
    return [piece for piece in pieces if piece.href or not piece.picture]


def _credited(line: Line, pieces: list[Piece]) -> list[Piece]:
    """Give a line's only link to its work when it stands on the author: "Moss by [Lee](...)"."""
    works = [piece for piece in line.pieces if _is_work(piece)]
    if len(works) != 1 or urls.is_profile(works[0].href or "", works[0].text):
        return pieces
    work = works[0]
    i = line.pieces.index(work)
    before = text_of(line.pieces[:i])
    if not _BY.search(before[-100:]) or _CREATED.search(before[-100:]) or len(before.split()) < 3:
        return pieces
    return [
        Piece(re.sub(r"[\s(]by:?\s*$", " ", before, flags=re.IGNORECASE), line.pieces[0].mark),
        Piece("[]", "", work.href, work.line),
        Piece(f" by {work.text}"),
        *pieces[i + 1 :],
    ]


def _is_work(piece: Piece) -> bool:
    if not piece.href or urls.as_url(piece.href) is None:
        return False
    return urls.is_work(piece.href, piece.text)
