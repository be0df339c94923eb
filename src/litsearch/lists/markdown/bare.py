"""Works that a line names without a link: a quoted title with an author, a reference, the text of a
task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litsearch.lists.fields import authors_in, clean_title, squeeze, sure_names, year_in
from litsearch.lists.markdown.citations import NUMBER, by_end, reference, trailer
from litsearch.lists.markdown.draft import THANKS, Draft
from litsearch.lists.markdown.inline import Line, Piece
from litsearch.lists.markdown.preprocess import trimmed
from litsearch.lists.markdown.titles import QUOTED, claim

MAX_LEAD = 3  # words before a quoted title without link


def unlinked(line: Line, *, item: bool, task: bool = False) -> Draft | None:
    """The work that a line names without a link: “Title” by Author (Year), or the text of a task."""
    pieces = [p for p in line.pieces if p.text.strip()]
    text = NUMBER.sub("", squeeze(line.text))
    if not pieces or THANKS.match(text):
        return None
    quoted = _quoted(text.lstrip("*_ "))
    marked = pieces[0].mark in ("strong", "em") and item and len(pieces[0].text.split()) > 1
    behind = text[quoted.end() :] if quoted else "".join(p.text for p in pieces[1:])
    found = reference(text)
    if found.title:
        return Draft(
            line.number,
            None,
            found.title,
            remark=found.rest,
            authors=found.authors,
            year=found.year,
        )
    found = trailer(behind)
    if (quoted or marked) and (found.authors or (quoted and found.year)):
        title = clean_title(quoted[1] if quoted else pieces[0].text)
        return Draft(
            line.number, None, title, remark=found.rest, authors=found.authors, year=found.year
        )
    plain = by_end(re.sub(r"\s*\((?:19|20)\d\d\)\W*$", "", text))
    authors = sure_names(authors_in(plain[2])) if plain else ()
    if (
        plain
        and (item or year_in(text))
        and authors
        and all(" " in a for a in authors)
        and len(plain[1].split()) <= 20
    ):
        return Draft(line.number, None, clean_title(plain[1]), authors=authors, year=year_in(text))
    if (
        task
        and not re.match(r"(?i)(?:tbd|todo|tba|wip|n/?a|\W*)\W*$", text)
        and (found := claim(line.pieces)).title
    ):
        return Draft(
            line.number,
            None,
            found.title,
            remark=found.rest,
            authors=found.authors,
            year=found.year,
        )
    return None


def _quoted(text: str) -> re.Match[str] | None:
    """The quoted title that a line begins with, or has behind a few words: 'and of course "A
    Title"'.
    """
    match = QUOTED.search(text)
    return match if match is not None and len(text[: match.start()].split()) <= MAX_LEAD else None


_NUMBER = re.compile(
    r"(?<![\w/.:-])(?:arxiv:\s?((?:\d{4}\.\d{4,5}|[a-z][a-z-]{1,12}(?:\.[a-z]{2})?/\d{7})(?:v\d{1,2})?)(?![\w.]\d)"
    r"|(?:doi:\s?)?(10\.\d{4,9}/[^\s<>\"“”]{2,200}))",
    re.IGNORECASE,
)
_OF_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


def numbered(lines: Sequence[Line], *, prose: bool) -> list[Line]:
    """The lines with numbers of works as links. In an item that links a page they belong to that
    page's work.
    """
    if not any(may_number(line.text) for line in lines):
        return list(lines)
    targets = [piece.href.lower() for line in lines for piece in line.pieces if piece.href]
    if targets and not prose:
        return list(lines)
    return [
        Line(line.number, list(_pieces(line, targets)), line.heading, line.label) for line in lines
    ]


def may_number(text: str) -> bool:
    """A cheap check: False when no number of a work can be in a text."""
    return "10." in text or "rxiv:" in text.lower()


def _pieces(line: Line, targets: list[str]) -> Iterator[Piece]:
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
    return (
        f"https://arxiv.org/abs/{own[1] if own else number}"
        if arxiv or own
        else f"https://doi.org/{number}"
    )
