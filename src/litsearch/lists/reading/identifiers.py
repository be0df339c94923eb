"""Works that a text names by number: arXiv ids and DOIs in plain words, as links to the works' canonical addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litsearch.lists.reading.parser import trimmed
from litsearch.lists.reading.pieces import Line, Piece

_NUMBER = re.compile(
    r"(?<![\w/.:-])(?:arxiv:\s?((?:\d{4}\.\d{4,5}|[a-z][a-z-]{1,12}(?:\.[a-z]{2})?/\d{7})(?:v\d{1,2})?)(?![\w.]\d)"
    r"|(?:doi:\s?)?(10\.\d{4,9}/[^\s<>\"“”]{2,200}))",
    re.IGNORECASE,
)
_OF_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


def numbered(lines: Sequence[Line], *, prose: bool) -> list[Line]:
    """The lines with numbers of works as links. In an item that links a page they belong to that page's work."""
    if not any(may_number(line.text) for line in lines):
        return list(lines)
    targets = [piece.href.lower() for line in lines for piece in line.pieces if piece.href]
    if targets and not prose:
        return list(lines)
    return [Line(line.number, list(_pieces(line, targets)), line.heading, line.label) for line in lines]


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
    return f"https://arxiv.org/abs/{own[1] if own else number}" if arxiv or own else f"https://doi.org/{number}"
