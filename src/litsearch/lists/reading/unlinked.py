"""Works that a line names without a link: a quoted title with an author, a reference, the text of a task."""

from __future__ import annotations

import re

from litsearch.lists.fields import authors_in, clean_title, squeeze, sure_names, year_in
from litsearch.lists.reading.claims import QUOTED, claim
from litsearch.lists.reading.naming import THANKS, Draft
from litsearch.lists.reading.pieces import Line
from litsearch.lists.reading.references import NUMBER, reference
from litsearch.lists.reading.trailer import by_end, trailer

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
        return Draft(line.number, None, found.title, remark=found.rest, authors=found.authors, year=found.year)
    found = trailer(behind)
    if (quoted or marked) and (found.authors or (quoted and found.year)):
        title = clean_title(quoted[1] if quoted else pieces[0].text)
        return Draft(line.number, None, title, remark=found.rest, authors=found.authors, year=found.year)
    plain = by_end(re.sub(r"\s*\((?:19|20)\d\d\)\W*$", "", text))
    authors = sure_names(authors_in(plain[2])) if plain else ()
    if plain and (item or year_in(text)) and authors and all(" " in a for a in authors) and len(plain[1].split()) <= 20:
        return Draft(line.number, None, clean_title(plain[1]), authors=authors, year=year_in(text))
    if task and not re.match(r"(?i)(?:tbd|todo|tba|wip|n/?a|\W*)\W*$", text) and (found := claim(line.pieces)).title:
        return Draft(line.number, None, found.title, remark=found.rest, authors=found.authors, year=found.year)
    return None


def _quoted(text: str) -> re.Match[str] | None:
    """The quoted title that a line begins with, or has behind a few words: 'and of course "A Title"'."""
    match = QUOTED.search(text)
    return match if match is not None and len(text[: match.start()].split()) <= MAX_LEAD else None
