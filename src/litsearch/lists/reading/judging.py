"""Which links of a line lead to works: badges, profiles, commands and targets that are no address do not."""

from __future__ import annotations

import re

from litsearch.lists import urls
from litsearch.lists.reading.pieces import Line, Piece

_COMMAND = re.compile(
    r"(?:git clone|pip3? install(?: -\S+)*|curl(?: -\S+)*|wget(?: -\S+)*|docker pull|npm i\w*|\$)\s+\S*$"
)
_BY = re.compile(r"(?:^|[\s(])by:?\s*$", re.IGNORECASE)
_CREATED = re.compile(r"(?:inspired|maintained|created|made|curated|powered|supported) by:?\s*$", re.IGNORECASE)
_CONNECTIVE = re.compile(r"^\s*(?:,|&|and|, and)\s*$")


def judged(line: Line) -> list[Piece]:
    """The pieces of a line, with links that lead to no work turned into plain words or dropped."""
    parts: list[Piece] = []
    said, person = "", -1
    for i, piece in enumerate(line.pieces):
        part = piece if piece.href is None else _one(piece, said, i, line)
        if part is not None and part.href and said and not urls.is_address(part.text, part.href):
            follows = i - person == 2 and _CONNECTIVE.match(line.pieces[i - 1].text)
            if _BY.search(said[-10:]) or (person >= 0 and follows):
                part, person = Piece(piece.text, piece.mark), i
        if part is not None:
            parts.append(part)
            said = (said + part.text)[-200:]
    if not any(p.href for p in parts):
        parts = _credited(line, parts)
    pictures = any(p.picture for p in parts)
    real = pictures and any(p.href and not p.picture for p in parts)
    return [p for p in parts if not p.picture or (p.href and not real)] if pictures else parts


def _one(piece: Piece, said: str, i: int, line: Line) -> Piece | None:
    """A link as a work, as plain words, or as nothing."""
    url = urls.as_url(urls.true_url(piece.text, piece.href or ""))
    words = Piece(piece.text, piece.mark)
    if url is None and not piece.picture and urls.is_local(piece.href or ""):
        return piece
    if url is None:
        return None if piece.picture else words
    if said.endswith("!["):
        return None
    if not urls.is_work(url, piece.text) or (said and _COMMAND.search(said[-60:])):
        return None if piece.picture else words
    if _is_person(url, piece, i, line):
        return words
    return Piece(piece.text, piece.mark, url, piece.line, piece.picture)


def _is_person(url: str, piece: Piece, i: int, line: Line) -> bool:
    """True for a profile, unless it is what the line is about."""
    if not urls.is_profile(url, piece.text):
        return False
    return piece.text.startswith("@") or any(re.search(r"\w", p.text) for p in line.pieces[:i])


def _credited(line: Line, parts: list[Piece]) -> list[Piece]:
    """The only link of a line is the work's, also when it stands on the author: "Deep Learning by [X et al.](...)"."""
    found = [p for p in line.pieces if p.href and urls.as_url(p.href) and urls.is_work(p.href, p.text)]
    if len(found) != 1 or urls.is_profile(found[0].href or "", found[0].text):
        return parts
    i = line.pieces.index(found[0])
    said = "".join(p.text for p in line.pieces[:i])
    if not _BY.search(said[-100:]) or _CREATED.search(said[-100:]) or len(said.split()) < 3:
        return parts
    title = re.sub(r"[\s(]by:?\s*$", " ", said, flags=re.IGNORECASE)
    return [
        Piece(title, line.pieces[0].mark),
        Piece("[]", "", found[0].href, found[0].line),
        Piece(f" by {found[0].text}"),
        *parts[i + 1 :],
    ]
