"""Read words as a title: which of them are it, and what else they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from litsearch.lists.authors.lists import all_authors
from litsearch.lists.authors.names import authors_in, persons_before, persons_in
from litsearch.lists.fields import (
    BROKEN_IMAGE,
    clean_title,
    date_year,
    may_hold_year,
    squeeze,
    year_in,
)
from litsearch.lists.markdown.bylines import trailer
from litsearch.lists.markdown.citations import (
    NOTHING,
    NUMBER,
    Claim,
    authors_by_end,
    named_fields,
    names_ahead,
    surnames_and_year,
)
from litsearch.lists.markdown.field_lines import line_of_fields
from litsearch.lists.markdown.imprints import year_of_venue
from litsearch.lists.markdown.inline import text_of
from litsearch.lists.markdown.lead_words import (
    is_day,
    is_label,
    is_lead,
    leading_year,
    undated,
    without_labels,
    without_lead,
)
from litsearch.lists.markdown.references import reference
from litsearch.lists.markdown.spans import Piece, marks_of
from litsearch.lists.phrases import (
    EDITED_BY,
    ONLY_LEAD,
    OPINION,
    SENTENCE_START,
)
from litsearch.patterns import expression

MAX_PLAIN = 10  # words; in a longer run the title is only its beginning
MAX_OPINION = 6
MAX_TAG = 20  # characters
MAX_VENUE = 8
MAX_LEAD = 6  # words that lead to a reference


# Titles.

QUOTED = expression(
    r"[\"“«„《『][*_\s]{0,4}([^\"”»“》』]{3,300}?)[.,]?[*_\s]{0,4}[.,]?(?:[\"”»“](?!\w)|[》』])"
)
_EASTERN_QUOTED = expression(  # with no particle behind it, which goes on with a sentence
    r"「([^「」]{5,200})」(?![のをにでとはがもや])"
)
_IN_BOOK = expression(r"「([^「」]{3,200})」(?=[\s、，,]?『)")  # 「Title」『Journal』
_NESTED = expression(  # quotes in quotes
    r"[\"“]([\"“][^\"”]{3,100}[\"”].{3,300}|.{3,200}[\"“][^\"”]{3,100}[\"”])[\"”]\.?$"
)


def claim(pieces: Sequence[Piece]) -> Claim:
    """Return the title that words before a link, or behind it, give it; an empty Claim for none."""
    tags = list(takewhile(_is_tag, pieces))
    citation = _untagged(pieces[len(tags) :])
    return replace(citation, year=citation.year or date_year(text_of(tags)))


def _untagged(pieces: Sequence[Piece]) -> Claim:
    text = squeeze(BROKEN_IMAGE.sub(" ", text_of(pieces)))
    if not text:
        return NOTHING
    citation = _nested(pieces, text) or named_fields(text)
    if citation.title:
        return citation
    quoted = _IN_BOOK.search(text) or QUOTED.search(text) or _EASTERN_QUOTED.search(text)
    if quoted and _is_title_quoted(quoted):
        return _quoted(text, quoted)
    return _reference_marked(text, marks_of(pieces)) or _marked(pieces, text)


def _reference_marked(text: str, marks: Sequence[str]) -> Claim | None:
    """Return a reference with words in bold or italics; None for any other text."""
    if not marks or not (may_hold_year(text) or ". " in text):
        return None
    cited = reference(without_labels(NUMBER.sub("", text)), marks)
    return cited if cited.title and cited.authors else None


def _is_tag(piece: Piece) -> bool:
    """Tell whether a piece is a date or a venue as code in front of a title: "`2021` `ICML`"."""
    words = piece.text.strip()
    return not words or (piece.mark == "code" and len(words) <= MAX_TAG and is_label(words))


def _is_title_quoted(quoted: re.Match[str]) -> bool:
    """Tell whether quotes stand around a title, and not around a word of one."""
    if quoted[0][0] in "《『「":
        return True
    return quoted.start() < 3 or len(quoted[1].split()) > 1


def _nested(pieces: Sequence[Piece], text: str) -> Claim | None:
    """Return a marked title that quotes another one."""
    for piece in pieces:
        match = _NESTED.match(piece.text.strip()) if piece.mark else None
        if match:
            return Claim(clean_title(match[1]), year=leading_year(text))
    return None


def _quoted(text: str, quoted: re.Match[str]) -> Claim:
    """Return the quoted title of a text, with what the words before or behind it say."""
    title, before, behind = clean_title(quoted[1]), text[: quoted.start()], text[quoted.end() :]
    cited = reference(without_labels(NUMBER.sub("", text)))
    if cited.authors and cited.title == title:
        return cited
    citation = trailer(behind)
    if eastern := _eastern_before(before):
        year = citation.year or year_in(behind, anywhere=True)
        return Claim(title, citation.rest, eastern, year)
    if authors := persons_before(without_labels(NUMBER.sub("", before))):
        return Claim(title, citation.rest, authors, citation.year or leading_year(text))
    if not citation.authors:
        rest = behind if quoted.start() < 12 else f"{before}{behind}"
        citation = trailer(NUMBER.sub("", rest))
    return replace(citation, title=title, year=citation.year or leading_year(text))


def _eastern_before(text: str) -> tuple[str, ...]:
    """Return the names right before a title in quotes, as Chinese and Japanese write them."""
    names = () if text.isascii() else all_authors(text.rpartition(":")[2])
    return names if names and names[0].upper() == names[0].lower() else ()


def _marked(pieces: Sequence[Piece], text: str) -> Claim:
    """Return the bold or slanted words with which a text begins; slanted names are its authors."""
    ahead = NOTHING
    for i, piece in enumerate(pieces):
        behind = pieces[i + 1 :]
        if _is_title(piece, behind):
            slanted = _slanted_names(piece)
            if not slanted:
                return _marked_title(piece, behind, ahead, text)
            ahead = Claim(authors=slanted)
        elif _says_more_than_date(piece.text):
            if i:
                break
            ahead = _names_before(piece.text, behind)
            if not ahead.authors:
                break
    if ahead.authors:
        return Claim(rest=text, authors=ahead.authors)
    return _before_venue(pieces, _plain(text))


def _before_venue(pieces: Sequence[Piece], plain: Claim) -> Claim:
    """Return the plain title that a comma divides from a venue in italics: "Fuzz, *ECCV*."."""
    for i, piece in enumerate(pieces[1:], 1):
        if not plain.authors and piece.mark == "em" and len(piece.text.split()) <= MAX_VENUE:
            head = squeeze(text_of(pieces[:i]))
            if not head.endswith(",") or len(head.split()) < 2 or all_authors(head):
                return plain
            cited, more = _plain(head), trailer(text_of(pieces[i:]))
            year = cited.year or more.year
            return replace(cited, rest=more.rest, authors=more.authors, year=year)
    return plain


def _is_title(piece: Piece, behind: Sequence[Piece]) -> bool:
    """Tell whether a piece is marked as a title, and no mere short name before it, "[FogNet]"."""
    if piece.mark not in ("strong", "em") or is_label(piece.text) or is_lead(piece.text):
        return False
    if is_day(piece.text):
        return False
    text = piece.text.strip()
    in_brackets = text.startswith("[") and text.endswith("]")
    return not (in_brackets and len(text_of(behind).split()) > 2)


def _slanted_names(piece: Piece) -> tuple[str, ...]:
    if piece.mark != "em":
        return ()
    return authors_in(piece.text) if "et al" in piece.text else persons_in(piece.text, least=2)


def _marked_title(piece: Piece, behind: Sequence[Piece], ahead: Claim, text: str) -> Claim:
    citation = trailer(text_of(behind))
    before = text.partition(squeeze(piece.text))[0]
    year = citation.year or leading_year(text) or ahead.year or year_in(before, anywhere=True)
    title = _without_stop(clean_title(undated(piece.text)) or clean_title(piece.text))
    return Claim(title, citation.rest, citation.authors or ahead.authors, year)


def _says_more_than_date(text: str) -> bool:
    """Return False for a number, a date, and a venue: "EMNLP 2020"."""
    return not is_day(text) and not is_label(NUMBER.sub("", undated(text)).strip(" []():|"))


_SENTENCE = expression(r"[a-z]{2}\. ")
_EDITED = expression(rf"^{EDITED_BY}")


def _names_before(text: str, behind: Sequence[Piece]) -> Claim:
    """Return the persons that stand before a marked title: "Ann Lee, Bob Ray. **A Title**"."""
    words = _EDITED.sub("", NUMBER.sub("", undated(text)).strip())
    if not words.endswith((".", ",", ":")):
        return NOTHING
    if not any(piece.is_marked_title for piece in behind):
        return NOTHING
    ahead = names_ahead(words[:-1])
    return NOTHING if any(map(_SENTENCE.search, ahead.authors)) else ahead


# Plain words.

_BACK_WORD = expression(r"\s(?:from|at|via|on|in|see|here|by|and)$")
_BRACKETED = expression(r"[(\[]([^()\[\]]{3,80})[)\]]")  # "(Lee & Ray, 2019)"
_TRAILING = expression(
    r"\s*(?:\[[^\[\]]{0,60}\]"
    r"|\((?i:(?:[^()\d]{2,20}, )?\d{1,3}[- ]?(?:min|minutes?|hours?|h|pages?|pp?)(?:[- ]read)?"
    r"|github repo|website"
    r"|sponsor(?:ed)?|(?:[a-z0-9-]+\.){1,3}[a-z]{2,12})\)"
    r"|\((?:[^()]{0,40}[ ,'])?(?:(?:19|20)\d\d|\d{4}\.\d{4,5})(?:[-/.]\d\d?){0,2}[^()\d]{0,20}\))"
    r"[.,]?$"
)
_CREDIT = expression(r"\s*\((?:[\w-]+ ){0,3}by ([^\W\da-z][^()\d]{2,60})\)$")  # "(talk by Ann Lee)"
_LABEL_BEHIND = expression(r"\s*\(([^()]{1,20})\)$")
_NICKNAME = expression(r"^\[[^\[\]]{2,20}\]\s+(?=\w+\W+\w+\W+\w)")  # "[FogNet] Fog revisited: …"
_STROKES = expression(r"(?:\s\|\s*(?:[A-Z]{3,}[\w'’ .-]{0,12})?)+$")  # " | TPAMI | "
_SEPARATOR = expression(r"\s[-–—|]\s")
_SENTENCE_END = expression(r"(?<=[a-z)’'\"”\d][.!?]) (?=[A-Z\d])")
_ABBREVIATIONS = ("..", "etc.", "al.", "co.")


def _plain(text: str) -> Claim:
    """Return what unmarked words say: a reference, or a title with what follows it."""
    bare = _NICKNAME.sub("", without_labels(undated(NUMBER.sub("", text)).strip()))
    for style in (reference, line_of_fields):
        cited = style(bare)
        if cited.title:
            return replace(cited, year=cited.year or leading_year(text))
    cited = _introduced(bare)
    if cited.authors:
        return cited

    year = leading_year(NUMBER.sub("", text))
    text = _STROKES.sub("", _NICKNAME.sub("", without_lead(text)))
    title = _plain_title(text)
    if not title or is_label(title) or is_lead(title):
        return NOTHING
    if len(title.split()) > MAX_OPINION and OPINION.match(title):
        return Claim(rest=title)
    return _by_names(title, text, year)


def _introduced(text: str) -> Claim:
    """Return the reference that a few words lead to: "The paper we mention: Lee, A. (2018). …"."""
    head, colon, rest = text.partition(": ")
    if not colon or len(head.split()) > MAX_LEAD or not may_hold_year(rest):
        return NOTHING
    return reference(rest)


def _plain_title(text: str) -> str:
    """Return a text without what stands behind a title; "" when it only leads to one."""
    title = _without_stop(_without_brackets(_BACK_WORD.sub("", clean_title(text))))
    return "" if ONLY_LEAD.fullmatch(title.lower()) else title


def _without_stop(title: str) -> str:
    return title if title.endswith(_ABBREVIATIONS) else title.rstrip(".")


def _without_brackets(text: str) -> str:
    """Return a title without what stands in brackets behind it: "(NeurIPS 2023)", "[notes]"."""
    text = clean_title(text)
    for _ in range(4):
        shorter = clean_title(_LABEL_BEHIND.sub(_unless_label, _TRAILING.sub("", text)))
        if shorter == text or not shorter:
            break
        text = shorter
    return text


def _unless_label(match: re.Match[str]) -> str:
    return "" if is_label(match[1]) else match[0]


def _by_names(title: str, text: str, dated: int | None) -> Claim:
    """Read "A Title by Ann Lee (2015)", "A Title (Lee & Ray, 2015)", or else a mere title."""
    title, rest = _divided(title)
    bracketed = _BRACKETED.search(text)
    cited = surnames_and_year(bracketed[1]) if bracketed else NOTHING
    year = year_in(text) or cited.year or dated or year_of_venue(rest)

    credit = _CREDIT.search(title)
    if credit:
        return Claim(title[: credit.start()], rest, authors_in(credit[1]), year)
    begin, authors = authors_by_end(title)
    if authors and all(" " in author for author in authors):
        return Claim(clean_title(begin), rest, authors, year)
    return Claim(title, rest, cited.authors, year)


def _divided(text: str) -> tuple[str, str]:
    """Return a long run of words as its title and what is said of it."""
    words = text.split()
    if len(words) <= MAX_PLAIN:
        return text, ""
    separator = _SEPARATOR.search(text)
    if separator and separator.start() > 8:
        return clean_title(text[: separator.start()]), text[separator.end() :]
    start = _start_of_sentence(words)
    if start:
        return clean_title(" ".join(words[:start])), " ".join(words[start:])
    sentence = _SENTENCE_END.search(text)
    if sentence is None:
        return text, ""
    return clean_title(text[: sentence.start()]).rstrip("."), text[sentence.end() :]


def _start_of_sentence(words: list[str]) -> int:
    """Return at which word a title in capitals ends and a sentence begins without a full stop."""
    for i, word in enumerate(words[3:-1], 3):
        before, after = words[i - 1], words[i + 1]
        if word in SENTENCE_START and after.islower() and before[0].isupper():
            return i
    return 0
