"""Find works that a line names without a link: by number, a quoted title, a reference or a task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import repeat
from operator import attrgetter, contains

from litsearch.lists.authors.lists import all_authors
from litsearch.lists.fields import TASK_DATE, clean_title, squeeze, year_in
from litsearch.lists.markdown.bylines import trailer
from litsearch.lists.markdown.citations import NOTHING, NUMBER, Claim, authors_by_end, has_person
from litsearch.lists.markdown.commonmark import trimmed
from litsearch.lists.markdown.drafts import Draft
from litsearch.lists.markdown.field_lines import line_of_fields
from litsearch.lists.markdown.inline import Line, text_of
from litsearch.lists.markdown.lead_words import without_labels
from litsearch.lists.markdown.references import reference
from litsearch.lists.markdown.spans import Piece, marks_of
from litsearch.lists.markdown.titles import QUOTED, claim
from litsearch.lists.phrases import PERSONS, THANKS
from litsearch.patterns import expression

MAX_LEAD = 3  # words before a quoted title without link
MAX_PLAIN = 20  # words of a title that only "by" divides from its author


# Numbers: arXiv ids and DOIs in plain words, as links to the works' canonical addresses.

_NUMBER = expression(
    r"(?<![\w/.:-])(?:"
    r"arxiv(?::\s?|\s(?=\d{4}\.))"
    r"((?:\d{4}\.\d{4,5}|[a-z][a-z-]{1,12}(?:\.[a-z]{2})?/\d{7})(?:v\d{1,2})?)(?![\w.]\d)"
    r"|(?:doi:\s?)?(10\.\d{4,9}/[^\s<>\"“”]{2,200})"
    r"|pmid:\s?(\d{5,8})(?!\d))",
    re.IGNORECASE,
)
_VERSION = expression(r"v\d+$")
_OF_ARXIV = expression(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


def may_number(text: str) -> bool:
    """Return False when no number of a work can be in a text; a cheap check."""
    return "10." in text or "rxiv" in text.lower() or "PMID:" in text


def with_numbers_linked(lines: Sequence[Line], *, prose: bool) -> list[Line]:
    """Return lines with numbers of works as links; beside a page's link they are that page's."""
    if not any(map(may_number, map(attrgetter("text"), lines))):
        return list(lines)
    targets: list[str] = []  # in lower case
    for line in lines:
        targets += [piece.href.lower() for piece in line.pieces if piece.href]
    if targets and not prose:
        return list(lines)
    return [replace(line, pieces=list(_linked(line, targets))) for line in lines]


def number_in(lines: Sequence[Line]) -> str | None:
    """Return the page of the first number of a work that lines without links hold."""
    for line in with_numbers_linked(lines, prose=False):
        for piece in line.pieces:
            if piece.href:
                return piece.href
    return None


def _linked(line: Line, targets: list[str]) -> Iterator[Piece]:
    """Yield the pieces of a line, numbers that no target has as links; targets grow by them."""
    for piece in line.pieces:
        at = 0
        for start, end, address in _numbers(piece, targets):
            if at < start:
                yield Piece(piece.text[at:start], piece.mark)
            yield Piece(address, piece.mark, address, line.number)
            at = end
        if at < len(piece.text) or not at:
            yield piece._replace(text=piece.text[at:])


def _numbers(piece: Piece, targets: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where a piece has numbers of works that no target has yet, and their addresses."""
    if piece.href is not None or piece.mark == "code" or not may_number(piece.text):
        return
    for match in _NUMBER.finditer(piece.text):
        number = match[1] or match[3] or trimmed(match[2])
        bare = _VERSION.sub("", number.lower())
        if not _is_in(bare, targets):
            address = _address(number, match)
            targets.append(address.lower())
            yield match.start(), match.start(match.lastindex or 0) + len(number), address


def _is_in(number: str, targets: list[str]) -> bool:
    return any(map(contains, targets, repeat(number)))


def _address(number: str, match: re.Match[str]) -> str:
    """Return the page of a number: of arXiv, of PubMed, else a DOI's."""
    own = _OF_ARXIV.fullmatch(number)
    if own is not None:
        number = own[1]
    if match[1] or own is not None:
        return f"https://arxiv.org/abs/{number}"
    if match[3]:
        return f"https://pubmed.ncbi.nlm.nih.gov/{number}/"
    return f"https://doi.org/{number}"


# Titles.

_YEAR_END = expression(r"\s*\((?:19|20)\d\d\)\W*$")
_SAID_OF = expression(r"(?<=[12]\d\d\d\))\s+[-–—]\s.*$")  # "(2020) – chapters 2 and 5"
_NO_TASK = expression(r"(?:tbd|todo|tba|wip|n/?a|\W*)\W*$", re.IGNORECASE)
_WORDS = expression(r"[^\W_]")
_LONG_WORD = expression(r"[^\W\d_][\w'’-]{3,}")


def unlinked(line: Line, *, item: bool, task: bool = False, cited: bool = False) -> Draft | None:
    """Return the work that a line names without a link: “Title” by Author (Year), or a task.

    cited: it stands under a heading of references, where a title and a year will do.
    """
    pieces = [piece for piece in line.pieces if piece.text.strip()]
    text = without_labels(NUMBER.sub("", squeeze(line.text)))
    if not pieces or _names_none(line, text):
        return None
    citation = None if all_authors(text) else _titled(pieces, text, item=item)
    if citation is None:
        citation = _by_place(line, task=task, cited=cited and item)
    if not citation.title:
        return None
    return Draft(
        line.number,
        title=citation.title,
        remark=citation.rest,
        authors=citation.authors,
        year=citation.year,
    )


def _names_none(line: Line, text: str) -> bool:
    """Tell whether a line thanks, names persons, or is a row of links that lead to no work."""
    if THANKS.match(text) or PERSONS.match(line.text):
        return True
    return len([piece for piece in line.pieces if piece.href]) > 1


def _by_place(line: Line, *, task: bool, cited: bool) -> Claim:
    """Return the title of a task, or of a reference without persons: "Moss. Fog Letters, 2020."."""
    citation = claim(line.pieces) if task or cited else NOTHING
    is_cited = cited and citation.year is not None
    return citation if is_cited or (task and _may_be_title(line)) else NOTHING


def _titled(pieces: list[Piece], text: str, *, item: bool) -> Claim | None:
    """Return the work of a line that tells its author or year."""
    cited = reference(text, marks_of(pieces))
    if cited.title:
        return cited
    citation = _quoted_or_marked(pieces, text, item=item)
    if citation is not None:
        return citation
    fields = line_of_fields(text)
    return fields if fields.title else _by_author(text, item=item)


def _quoted_or_marked(pieces: list[Piece], text: str, *, item: bool) -> Claim | None:
    """Return a quoted title that an author or a year follows, or a marked one before an author."""
    words = text.lstrip("*_ ")
    quoted = QUOTED.search(words)
    if quoted is not None and quoted[0][0] in "《『":
        return claim(pieces) if claim(pieces).authors or claim(pieces).year else None
    if quoted is not None and len(words[: quoted.start()].split()) <= MAX_LEAD:
        citation = trailer(words[quoted.end() :])
        is_work = citation.authors or citation.year
        return replace(citation, title=clean_title(quoted[1])) if is_work else None
    return _marked(pieces, item=item) or _named_and_marked(pieces, text)


def _marked(pieces: list[Piece], *, item: bool) -> Claim | None:
    """Return the marked title with which a line begins, perhaps behind stars, before an author."""
    first, *behind = pieces if _WORDS.search(pieces[0].text) else pieces[1:] or pieces
    if not first.is_marked_title or len(first.text.split()) < 2:
        return None
    citation = trailer(text_of(behind))
    is_told = item or citation.year or has_person(citation.authors)
    is_told = is_told or text_of(behind).startswith(" by ")
    return (
        replace(citation, title=clean_title(first.text)) if citation.authors and is_told else None
    )


def _named_and_marked(pieces: list[Piece], text: str) -> Claim | None:
    """Return a marked title that names stand before and a year behind: "Lee, Ann. *Fog*, 2010."."""
    year = year_in(text, anywhere=True)
    if year is None or not any(piece.is_marked_title for piece in pieces[1:]):
        return None
    citation = claim(pieces)
    return (
        replace(citation, year=citation.year or year)
        if citation.title and citation.authors
        else None
    )


def _by_author(text: str, *, item: bool) -> Claim | None:
    text = _SAID_OF.sub("", text) if item else text
    title, authors = authors_by_end(_YEAR_END.sub("", text))
    if not (item or year_in(text)) or len(title.split()) > MAX_PLAIN:
        return None
    if not authors or not all(" " in author for author in authors):
        return None
    return Claim(clean_title(title), "", authors, year_in(text))


def _may_be_title(line: Line) -> bool:
    """Tell whether a task's words are a title, most long ones with capitals: no "call Ann"."""
    text = line.text
    if _NO_TASK.match(text) or TASK_DATE.search(text):
        return False
    if any(piece.is_marked_title for piece in line.pieces[:2]):
        return True
    words = _LONG_WORD.findall(text)
    lower = [word for word in words if word[0].islower()]
    return 2 * len(lower) < len(words)
