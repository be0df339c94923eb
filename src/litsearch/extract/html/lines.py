"""What short lines around an article say, in the languages of the web: who wrote it and when, whose
picture it is, what else to read, where to subscribe. The phrases stand in lines.toml."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from litsearch.extract.blocks import letters
from litsearch.extract.dates import written_date

BYLINE_SIZE = 130  # letters: a byline with its date, place and reading time has fewer
STAMP_SIZE = 60
CREDIT_SIZE = 160
PROMOTION_SIZE = 260
CLOSING_SIZE = 200
LINKED = 0.5  # share of letters in links

_PHRASES = tomllib.loads(files(__package__).joinpath("lines.toml").read_text("utf-8"))


def _any_of(section: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    """Any phrase of a section of lines.toml, in any language."""
    lines = [line for text in _PHRASES[section].values() for line in text.strip().split("\n")]
    return re.compile(f"{before}(?:{'|'.join(lines)}){after}", re.I)


OPENING = r"\W{0,4}"
BY = _any_of("by", before=OPENING)
DATED = _any_of("dated", before=OPENING)
READ_ALSO = _any_of("read_also", before=OPENING)
PLEA = _any_of("plea", before=OPENING)
COMMENTS = _any_of("comments", before=OPENING)
LABELS = _any_of("labels", before=OPENING, after=r"\s?(?:[:：]|\b(?=[^a-z]))")
CREDIT = _any_of(
    "credit",
    before=OPENING,
    after=r"(?:s? (?:by|credit|courtesy(?: of)?|via|von|de|di|par|por|av|door|från|fra)\b"
    r"|\s?[:：/／©|]|\s?[一二三四五六七八九十\d]{0,3}\s?[▲:：])",
)
AGENCY = "getty images|ap|afp|reuters|epa|dpa|shutterstock|alamy|istock"
CREDIT_END = re.compile(rf"(?:\s?/\s?(?:{AGENCY})|\((?:{AGENCY})\)|via (?:ap|getty))\W*$", re.I)
READING_TIME = _any_of("reading_time")
AGO = _any_of("ago")
COUNTER = _any_of("counter")
RIGHTS = _any_of("rights")
BOX_HEADING = _any_of("box_heading", before=r"\W*", after=r"\W*")
COMMENTS_HEADING = _any_of("comments_heading", before=r"\W*", after=r"\W*")
CHANGED = re.compile(
    r"\b(?:last|page) (?:updated|modified|edited|changed)\b|\bvisitor number\b", re.I
)
NAME = re.compile(
    r"@?[^\W\d_][\w.'’-]*"
    r"(?:[ ,·|/&]{1,3}(?:(?:and|und|et|y|e|en|och|i|и|de|von|van|der|di|le|la|da|dos) )?"
    r"[^\W\d_][\w.'’-]*){0,6}"
)
SENTENCE = re.compile(r"[.!?。！？।؟…][\"'”’)»\]]*$")


def is_byline(text: str, size: int, authors: set[str]) -> bool:
    """Return True for a line that says who wrote a text, when, or how long it takes to read."""
    if size > BYLINE_SIZE:
        return False
    if letters(text).casefold() in authors:
        return True
    if BY.match(text) and not SENTENCE.search(text):
        return size <= BYLINE_SIZE / 2 or written_date(text) is not None
    if DATED.match(text) or AGO.search(text) or _is_counter(text):
        return True
    if READING_TIME.search(text) and size <= BYLINE_SIZE / 2 and not SENTENCE.search(text):
        return True
    return _is_dated(text, size)


def _is_counter(text: str) -> bool:
    """Nothing but numbers and what they count: views, comments, points."""
    return any(map(str.isdigit, text)) and not letters(COUNTER.sub("", text))


def _is_dated(text: str, size: int) -> bool:
    """A date with few words around it: a name, a place, a time of day."""
    date = written_date(text)
    return (
        date is not None and len(date) > 4 and size <= BYLINE_SIZE / 2 and not SENTENCE.search(text)
    )


def is_stamp(text: str, size: int) -> bool:
    """Return True for a line that is nothing but when a text was published or changed, wherever it stands."""
    return size <= STAMP_SIZE and DATED.match(text) is not None and written_date(text) is not None


def is_name(text: str) -> bool:
    """Return True for a line that may be nothing but the names of people."""
    words = text.split()
    capital = all(word[:1].isupper() or len(word) <= 4 for word in words)
    return 2 <= len(words) <= 8 and capital and NAME.fullmatch(text) is not None


def is_credit(text: str, size: int) -> bool:
    """Return True for a line that says whose picture it is, or what it shows, by a picture's mark."""
    return size <= CREDIT_SIZE and (
        CREDIT.match(text) is not None or CREDIT_END.search(text) is not None
    )


def is_promotion(text: str, linked: int, size: int) -> bool:
    """Return True for a line that leads to other pages, asks for something, or tells whose rights they are."""
    if size > PROMOTION_SIZE:
        return False
    share = linked / max(1, len(letters(text)))
    if READ_ALSO.match(text):
        return share >= LINKED / 2 or text.rstrip().endswith((":", "：")) or size <= 45
    if PLEA.match(text):
        return share > 0.1 or size <= 60
    return RIGHTS.search(text) is not None and size <= PROMOTION_SIZE / 2


def is_closing(text: str, linked: int, size: int, authors: set[str]) -> bool:
    """Return True for a line behind the last paragraph of a page that belongs to the page, not to its text."""
    if size > CLOSING_SIZE:
        return False
    share = linked / max(1, len(letters(text)))
    if LABELS.match(text) or COMMENTS.match(text) or RIGHTS.search(text):
        return True
    if (
        PLEA.match(text)
        or READ_ALSO.match(text)
        or CHANGED.search(text)
        or is_byline(text, size, authors)
    ):
        return True
    return share >= LINKED and not SENTENCE.search(text)


def opens_box(heading: str) -> bool:
    """Return True for a heading that opens a box of other articles, comments or promotion."""
    return BOX_HEADING.fullmatch(heading) is not None


def opens_comments(heading: str) -> bool:
    """Return True for a heading below which readers speak, not the author."""
    return COMMENTS_HEADING.fullmatch(heading) is not None
