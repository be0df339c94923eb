"""Which works of the catalogue a question means by a title, a short name or an acronym; who made
them, and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from litsearch.answers.definitions import introduces
from litsearch.answers.entities import Entity, entities_in
from litsearch.index.catalog import Catalog
from litsearch.patterns import expression
from litsearch.types import CatalogSource, Filters, Offsets

MOST_WORKS = 3  # more than these are no answer to "who wrote X?"
LEAST_SHARED = 0.75  # of the words of a title and a phrase, from which they are the same with slips
FEWEST_WORDS = 3  # of a phrase that may be a part of a title
OPENING = 1_500  # characters in which a byline stands
LONGEST_BYLINE = 300  # characters
PROSE_WORDS = 25  # of a line that is no byline

_WORD = expression(r"[^\W_]+")
_AROUND = expression(
    r"^(?:the|a|an)\s+(?=.*\b(?:paper|article|post|book|video|talk|repo(?:sitory)?|essay"
    r"|survey|work|blog post)s?$)"
    r"|\s+(?:paper|article|post|book|video|talk|repo(?:sitory)?|essay|survey|work|blog post)s?$"
    r"|^(?:(?:the|a|an)\s+)?(?:original\s+)?(?:paper|article|post|book|video|talk|essay"
    r"|survey)\s+(?:on|about|called|titled|of)?\s*",
    re.IGNORECASE,
)
_ARTICLE = expression(r"^(?:the|an?)\s+", re.IGNORECASE)
_ADDRESS = expression(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S+"
    r"|(?:arxiv:?\s*)?(?P<arxiv>\d{4}\.\d{4,5})(?:v\d+)?|doi:?\s*(?P<doi>10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_ARXIV = expression(r"arxiv\.org/(?:abs|pdf)/(\d\d)(0[1-9]|1[0-2])\.\d{4,5}")
_DATE = expression(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept?|Oct|Nov|Dec)\.?,?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August"
    r"|September|October|November"
    r"|December)\s+(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b"
)
_PERSON = expression(
    r"\b[A-ZÀ-Þ][\w’'-]*\.?(?:\s+[A-ZÀ-Þ]\.?)*\s+(?:(?:van|von|de|der|la|le|di"
    r"|da)\s+)*[A-ZÀ-Þ][\w’'-]+"
)
_BY = expression(
    r"^(?:by|authors?|written by|posted by|lecture by|talk by|paper by)\b:?\s+[A-ZÀ-Þ]",
    re.IGNORECASE,
)
_ABSTRACT = expression(
    r"^\W*(?:abstract|summary|introduction|contents|table of contents)\b", re.IGNORECASE
)
_SENTENCE = expression(r"[a-z]{2,}\.(?:\s|$)|\b(?:is|are|was|were|we|our|this|have|has)\b")
_TALK = expression(
    r"\b(?:discussions?|translations?|comments|points|https?|featured|watch|read)\b", re.IGNORECASE
)
_MOST_LINES = 20
INTRODUCTION = 6_000  # characters of a work in which it introduces what is its own
MOST_TITLE_WORDS = 25
MOST_SIGNED = 20  # works by one author that a citation is looked for in
_QUOTE_OR_LINE = expression(r"[\n“”\"]+")
_LABEL = expression(r"^\W*(?:title|paper|work)\s*:\s*", re.IGNORECASE)
_CITES = expression(
    r"s?\W{0,3}(?P<author>[A-ZÀ-Þ][\w’'-]+)(?:,? et al\.?| (?:and|&) [A-ZÀ-Þ][\w’'-]+)?"
    r"[,\s(\[]{0,3}(?P<year>(?:19|20)\d\d)"
)


@dataclass(frozen=True, slots=True)
class Work:
    """A source with its row in the catalog."""

    row: int
    source: CatalogSource


def find_works(catalog: Catalog, phrase: str) -> list[Work]:
    """Return the works that a phrase names, those of the strictest way that finds any, or the work
    at an address; [] when none does.
    """
    if address := address_in(phrase):
        return _at(catalog, address)
    title_words = _title_words(phrase)
    if not title_words:
        return []
    ranked: dict[int, list[int]] = {}
    for row, titles in enumerate(catalog.titles):
        levels = {_level(title_words, phrase, title) for title in titles} - {0}
        if levels:
            ranked.setdefault(min(levels), []).append(row)
    if not ranked:
        return []

    rows = ranked[min(ranked)]
    sources = catalog.sources_at(rows)
    works = [Work(row, sources[row]) for row in rows if row in sources]
    return works if len(works) <= MOST_WORKS else []


def address_in(phrase: str) -> str:
    """Return the address that a phrase is, also by an arXiv number or a DOI; "" for other words."""
    match = _ADDRESS.fullmatch(phrase.strip("<>()[]\"' \t.,;!?"))
    if match is None:
        return ""
    if match["arxiv"]:
        return f"https://arxiv.org/abs/{match['arxiv']}"
    return f"https://doi.org/{match['doi']}" if match["doi"] else match.group()


def _at(catalog: Catalog, address: str) -> list[Work]:
    ids = tuple(source.source_id for source in catalog.find_source(address))
    rows = catalog.source_rows(Filters(sources=ids)) if ids else []
    return [Work(row, source) for row, source in catalog.sources_at(rows or []).items()]


def find_called(catalog: Catalog, phrase: str) -> list[Work]:
    """Return the works that a phrase names, or else those that introduce a name of one word as
    their own: the HyDE paper.
    """
    works, names = find_works(catalog, phrase), entities_in(phrase)
    if works or len(names) != 1 or " " in names[0].text:
        return works
    return find_introducing(catalog, names[0])


def is_title_of(phrase: str, source: CatalogSource) -> bool:
    """Tell whether a phrase is a title of a work or the short form of one, not just a part."""
    title_words = _title_words(phrase)
    levels = {_level(title_words, phrase, title) for title in titles_of(source)}
    return bool(levels & {1, 2, 3})


def find_introducing(catalog: Catalog, name: Entity) -> list[Work]:
    """Return the works whose opening introduces a name in the words of its authors: "we propose X";
    [] when more than a few do.
    """
    rows = list(dict(catalog.match_sources(name.phrases(), MOST_SIGNED)))
    works = []
    for row, source in catalog.sources_at(rows).items():
        opening = catalog.document(source.source_id).text[:INTRODUCTION]
        if introduces(opening, name):
            works.append(Work(row, source))
    return works if len(works) <= MOST_WORKS else []


def works_known_as(catalog: Catalog, name: Entity, texts: Sequence[str]) -> frozenset[int]:
    """Return the rows of the works that texts mean by a name: so a paper is found by a name that it
    never uses for itself.

    Its title stands on a line of its own beside the name, or "NAME (Author et al., YEAR)" cites it.
    """
    rows: set[int] = set()
    lines: set[tuple[str, ...]] = set()
    for text in texts:
        rows.update(_cited_as(catalog, name, text))
        lines.update(map(_key, _title_lines(text)))

    titled = []
    for row, titles in enumerate(catalog.titles):
        if not lines.isdisjoint(map(_key, titles)):
            titled.append(row)
    if len(titled) <= MOST_WORKS:
        rows.update(titled)
    return frozenset(rows)


def _title_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, and what stands in quotation marks, that may be titles."""
    for piece in _QUOTE_OR_LINE.split(text):
        line = _LABEL.sub("", piece)
        if FEWEST_WORDS <= len(line.split()) <= MOST_TITLE_WORDS:
            yield line


def _cited_as(catalog: Catalog, name: Entity, text: str) -> Iterator[int]:
    """Yield the rows of the works that a text cites right after a name, by author and year."""
    for place in name.pattern.finditer(text):
        match = _CITES.match(text, place.end())
        if match is None:
            continue
        signed = catalog.match_sources([match["author"]], MOST_SIGNED, notes_only=True)
        for row, source in catalog.sources_at(list(dict(signed))).items():
            first = " ".join(authors_of(source)[:1])
            year = date_of(source)[:4]
            near = year.isdigit() and abs(int(year) - int(match["year"])) <= 1
            if near and match["author"] in first.split():
                yield row


def every_row(catalog: Catalog) -> list[int]:
    """Return the rows of all works; a row without titles is a hole."""
    return [row for row, titles in enumerate(catalog.titles) if titles]


def titles_of(source: CatalogSource) -> list[str]:
    """Return what a work is called, by its document and by the lists."""
    return [source.title, *(entry.title for entry in source.entries)]


def authors_of(source: CatalogSource) -> tuple[str, ...]:
    """Return the authors that the document or else the lists give."""
    if source.authors:
        return source.authors
    listed = chain.from_iterable(entry.authors for entry in source.entries)
    return tuple(dict.fromkeys(listed))


def date_of(source: CatalogSource, published: str | None = None) -> str:
    """Return the ISO date of a work, as far as known: of the document, the lists, or its arXiv
    number; else "".
    """
    if published:
        return published
    if source.year:
        return str(source.year)
    for entry in source.entries:
        if entry.year:
            return str(entry.year)
    for address in (source.url or "", source.document_url, *source.aliases):
        if match := _ARXIV.search(address):
            return f"20{match[1]}-{match[2]}"
    return ""


def byline(text: str, titles: Sequence[str]) -> Offsets | None:
    """Return where a document's opening names its authors: below its title, above its prose."""
    naming: list[Offsets] = []
    for line in _below_title(text, titles):
        words = text[line.start : line.end].strip()
        if _TALK.search(words) or not words:
            continue
        if _ends_byline(words, has_name=bool(naming)):
            break
        if _names_people(words) or (naming and _DATE.search(words)):
            naming.append(line)
        elif naming:
            break
    if not naming:
        return None
    start = naming[0].start
    return _trimmed(text, start, min(naming[-1].end, start + LONGEST_BYLINE))


def _below_title(text: str, titles: Sequence[str]) -> list[Offsets]:
    """Return the lines of a document's opening, without those down to its title."""
    keys = set(map(_key, titles))
    lines = list(_opening_lines(text))
    for place, line in enumerate(lines):
        if _key(text[line.start : line.end]) in keys:
            return lines[place + 1 :]
    return lines


def _ends_byline(words: str, *, has_name: bool) -> bool:
    """Tell whether the abstract or the prose has begun."""
    prose = not has_name and not _names_people(words) and len(words.split()) > PROSE_WORDS
    return prose or _ABSTRACT.match(words) is not None


def _names_people(words: str) -> bool:
    if _BY.match(words):
        return True
    return _PERSON.search(words) is not None and not _SENTENCE.search(words)


def dateline(text: str) -> Offsets | None:
    """Return the first line of a document's opening that says a date."""
    for line in _opening_lines(text):
        words = text[line.start : line.end]
        if _DATE.search(words) and len(words.split()) <= PROSE_WORDS:
            return _trimmed(text, line.start, line.end)
    return None


def _opening_lines(text: str) -> Iterator[Offsets]:
    begin = 0
    for _ in range(_MOST_LINES):
        if begin >= min(len(text), OPENING):
            return
        stop = text.find("\n", begin)
        if stop < 0:
            stop = len(text)
        yield Offsets(begin, stop)
        begin = stop + 1


def _trimmed(text: str, start: int, end: int) -> Offsets:
    quote = text[start:end]
    return Offsets(start + len(quote) - len(quote.lstrip()), start + len(quote.rstrip()))


def _title_words(phrase: str) -> list[str]:
    """Return the words of a phrase that may be those of a title."""
    return _words(_ARTICLE.sub("", _AROUND.sub("", phrase.strip()).strip()))


def _words(text: str) -> list[str]:
    """Return the words of a title, lower case, without the s of plurals."""
    return [word.lower().removesuffix("s") or word for word in _WORD.findall(text)]


def _key(title: str) -> tuple[str, ...]:
    return tuple(_words(title))


def _level(title_words: list[str], phrase: str, title: str) -> int:
    """Return how loosely a title fits: 1 the same, 2 its short name, 3 its acronym, 4 a part, 5
    nearly; 0 not at all.
    """
    words = _words(title)
    if words in (title_words, ["the", *title_words]):
        return 1
    head = _words(re.split(r"[:(–—]|\s-\s", title, maxsplit=1)[0])
    if head and _ARTICLE.sub("", " ".join(head)).replace(" ", "") == "".join(title_words):
        return 2  # flash attention is FlashAttention
    if len(title_words) == 1 and _acronym(title_words[0], phrase, title):
        return 3
    if _is_part(title_words, words):
        return 4
    shared = len(set(words) & set(title_words)) / max(len(set(words) | set(title_words)), 1)
    return 5 if shared >= LEAST_SHARED and len(title_words) >= FEWEST_WORDS else 0


def _is_part(phrase: list[str], title: list[str]) -> bool:
    """Tell whether a phrase is a part of a title, or the title and more: "Title, Author, 2021"."""
    if len(phrase) >= FEWEST_WORDS and _contains(title, phrase):
        return True
    return len(title) >= FEWEST_WORDS and phrase[: len(title)] == title


def _acronym(word: str, phrase: str, title: str) -> bool:
    """Tell whether a title gives this acronym in brackets, or its first words begin with its
    letters.
    """
    if re.search(rf"\({re.escape(word)}\)", title, re.IGNORECASE):
        return True
    initials = "".join(part[0] for part in _words(title)[: len(word)])
    return len(word) >= 3 and word.upper() in phrase and initials == word


def _contains(words: list[str], part: list[str]) -> bool:
    return any(words[i : i + len(part)] == part for i in range(len(words) - len(part) + 1))
