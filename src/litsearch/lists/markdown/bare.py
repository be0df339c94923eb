"""Find works that a line names without a link: by number, as a quoted title, a reference or a task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from litsearch.lists.fields import (
    TASK_DATE,
    authors_in,
    clean_title,
    squeeze,
    sure_names,
    year_in,
)
from litsearch.lists.markdown.citations import (
    NUMBER,
    Claim,
    by_end,
    line_of_fields,
    reference,
    trailer,
)
from litsearch.lists.markdown.draft import THANKS, Draft
from litsearch.lists.markdown.inline import Line, Piece, trimmed
from litsearch.lists.markdown.titles import QUOTED, claim

MAX_LEAD = 3  # words before a quoted title without link
MAX_PLAIN = 20  # words of a title that only "by" divides from its author

_NUMBER = re.compile(
    r"(?<![\w/.:-])(?:arxiv:\s?((?:\d{4}\.\d{4,5}|[a-z][a-z-]{1,12}(?:\.[a-z]{2})?/\d{7})(?:v\d{1,2})?)"
    r"(?![\w.]\d)|(?:doi:\s?)?(10\.\d{4,9}/[^\s<>\"“”]{2,200}))",
    re.IGNORECASE,
)
_OF_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_YEAR_END = re.compile(r"\s*\((?:19|20)\d\d\)\W*$")
_NO_TASK = re.compile(r"(?:tbd|todo|tba|wip|n/?a|\W*)\W*$", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")


# Numbers: arXiv ids and DOIs in plain words, as links to the works' canonical addresses.


def numbered(lines: Sequence[Line], *, prose: bool) -> list[Line]:
    """Return the lines with numbers of works as links; beside a page's link they are that page's."""
    if not any(may_number(line.text) for line in lines):
        return list(lines)
    targets = [piece.href.lower() for line in lines for piece in line.pieces if piece.href]
    if targets and not prose:
        return list(lines)
    return [replace(line, pieces=list(_linked(line, targets))) for line in lines]


def may_number(text: str) -> bool:
    """Return False when no number of a work can be in a text; a cheap check."""
    return "10." in text or "rxiv:" in text.lower()


def _linked(line: Line, targets: list[str]) -> Iterator[Piece]:
    for piece in line.pieces:
        at = 0
        plain = piece.href is None and piece.mark != "code" and may_number(piece.text)
        for match in _NUMBER.finditer(piece.text) if plain else ():
            number = match[1] or trimmed(match[2])
            if any(re.sub(r"v\d+$", "", number.lower()) in target for target in targets):
                continue
            address = _address(number, arxiv=bool(match[1]))
            targets.append(address.lower())
            if at < match.start():
                yield Piece(piece.text[at : match.start()], piece.mark)
            yield Piece(address, piece.mark, address, line.number)
            at = match.end() - (0 if match[1] else len(match[2]) - len(number))
        if at < len(piece.text) or not at:
            yield piece._replace(text=piece.text[at:])


def _address(number: str, *, arxiv: bool) -> str:
    own = _OF_ARXIV.fullmatch(number)
    if arxiv or own:
        return f"https://arxiv.org/abs/{own[1] if own else number}"
    return f"https://doi.org/{number}"


# Titles.


def unlinked(line: Line, *, item: bool, task: bool = False) -> Draft | None:
    """Return the work that a line names without a link: “Title” by Author (Year), or a task."""
    pieces = [piece for piece in line.pieces if piece.text.strip()]
    text = NUMBER.sub("", squeeze(line.text))
    if not pieces or THANKS.match(text):
        return None
    found = (
        _reference(text)
        or _quoted_or_marked(pieces, text, item=item)
        or _by_author(text, item=item)
        or _task(line, task=task)
    )
    if found is None:
        return None
    return Draft(
        line.number,
        None,
        found.title,
        remark=found.rest,
        authors=found.authors,
        year=found.year,
    )


def _reference(text: str) -> Claim | None:
    found = reference(text)
    if not found.title:
        found = line_of_fields(text)
    return found if found.title else None


def _quoted_or_marked(pieces: list[Piece], text: str, *, item: bool) -> Claim | None:
    """Return a quoted or marked title that an author or a year follows."""
    words = text.lstrip("*_ ")
    quoted = QUOTED.search(words)
    if quoted is not None and len(words[: quoted.start()].split()) > MAX_LEAD:
        quoted = None
    marked = item and pieces[0].mark in ("strong", "em") and len(pieces[0].text.split()) > 1
    if quoted is None and not marked:
        return None
    behind = "".join(piece.text for piece in pieces[1:])
    found = trailer(words[quoted.end() :] if quoted else behind)
    if not (found.authors or (quoted and found.year)):
        return None
    title = quoted[1] if quoted else pieces[0].text
    return Claim(clean_title(title), found.rest, found.authors, found.year)


def _by_author(text: str, *, item: bool) -> Claim | None:
    plain = by_end(_YEAR_END.sub("", text))
    if plain is None or not (item or year_in(text)) or len(plain[1].split()) > MAX_PLAIN:
        return None
    authors = sure_names(authors_in(plain[2]))
    if not authors or not all(" " in author for author in authors):
        return None
    return Claim(clean_title(plain[1]), "", authors, year_in(text))


def _task(line: Line, *, task: bool) -> Claim | None:
    if not task or not _may_be_title(line):
        return None
    found = claim(line.pieces)
    return found if found.title else None


def _may_be_title(line: Line) -> bool:
    """True for a task whose words are a title, most long ones with capitals: no "call the dentist"."""
    text = line.text
    if _NO_TASK.match(text) or TASK_DATE.search(text):
        return False
    if any(piece.mark in ("em", "strong") and piece.text.strip() for piece in line.pieces[:2]):
        return True
    words = _LONG_WORD.findall(text)
    capital = [word for word in words if not word[0].islower()]
    return 2 * len(capital) > len(words)
