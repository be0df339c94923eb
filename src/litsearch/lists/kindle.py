"""Read the clippings of a Kindle: each book that something was marked in is a work."""

from __future__ import annotations

from collections.abc import Iterator

from litsearch.errors import ListError
from litsearch.lists.fields import check, clean_remark, clean_title, joined
from litsearch.lists.values import names_of
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".txt",)

_RULE = "=========="
_FIRST = expression(r"\ufeff?[^\n]{2,400}\r?\n- [^\n]{5,200}\|[^\n]{5,200}\r?\n")
_AUTHOR = expression(r"^(.*\S)\s*\(([^()]*(?:\([^()]*\))?[^()]*)\)\s*$")
MAX_CLIPPINGS = 5  # of a book that go into its remark


def accepts(text: str) -> bool:
    """Return True for a text of clippings with a rule of ten equals signs between them."""
    return _RULE in text and _FIRST.match(text) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a book, in the order of their first clippings. Raises ListError."""
    text = check(text)
    books: dict[str, tuple[int, list[str]]] = {}
    for line, head, words in _clippings(text):
        _, remarks = books.setdefault(head, (line, []))
        if words and len(remarks) < MAX_CLIPPINGS:
            remarks.append(words)
    if text.strip() and not books:
        raise ListError("The file holds no clipping.", "Copy “My Clippings.txt” off the Kindle.")
    entries = [_entry(head, line, remarks, path) for head, (line, remarks) in books.items()]
    return [entry for entry in entries if entry.title]


def _clippings(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the clippings: the line of each, the book it is from, and its words."""
    line = 1
    for part in text.split(_RULE):
        blank = len(part) - len(part.lstrip("\n \ufeff"))
        first = line + part.count("\n", 0, blank)
        line += part.count("\n")
        head, _, rest = part.strip("\n \ufeff").partition("\n")
        words = rest.partition("\n")[2].strip()
        if head.strip():
            yield first, head.strip(), words


def _entry(head: str, line: int, remarks: list[str], path: str) -> Entry:
    byline = _AUTHOR.match(head)
    title, names = (byline[1], byline[2]) if byline else (head, "")
    remark = clean_remark(joined(remarks))
    return Entry(path, line, clean_title(title), remark=remark, authors=names_of(names))
