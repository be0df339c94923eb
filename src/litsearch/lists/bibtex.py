"""Read BibTeX and BibLaTeX bibliographies, as Better BibTeX, JabRef and publishers write them."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from functools import cache
from itertools import chain

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import Entry as Block
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from litsearch.errors import ListError
from litsearch.lists.authors.names import turned
from litsearch.lists.fields import (
    check,
    clean_remark,
    clean_title,
    doi_url,
    read_mark,
    read_tag,
    repair,
    year_in,
)
from litsearch.lists.url_names import arxiv_year, title_or_name
from litsearch.lists.urls import as_url, is_document, is_register
from litsearch.patterns import expression
from litsearch.reports import Dropped
from litsearch.types import Entry

# what it cannot read is told by dropped()
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

SUFFIXES = (".bib", ".bibtex", ".txt")
DEFAULT_FOR = (".bib", ".bibtex")

_ADDRESS = expression(r"https?://[^\s{}<>\"]+")
_RECORD = expression(
    r"^\s{0,8}@[a-z]{3,20}\s?[{(]\s?[^\s,{}]{0,200},", re.IGNORECASE | re.MULTILINE
)
_LATEX = expression(r"[\\~$%]|--|``|''")
_ESCAPED = expression(r"\\([_%&#~$-])(?:\{\})?|\{?\\textasciitilde\s*(?:\{\})?\}?|\{?\\_\}?")
_BRACES = expression(r"[{}]")
_AND = expression(r"\s+and\s+", re.IGNORECASE)
_ABS = expression(r"^abs/(\S+)$")
MAX_DATE = 40  # characters
MAX_VENUE = 300
_VENUES = ("journal", "journaltitle", "booktitle", "eventtitle")
_LINKS = ("url", "howpublished", "ee", "link", "pdf", "note", "adsurl")
_REMARKS = ("annote", "annotation", "note", "abstract")


def accepts(text: str) -> bool:
    """Return True for a text with a record at the beginning of a line."""
    return _RECORD.search(text[:20_000]) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a record that has a title or an address. Raises ListError."""
    library = _library(repair(check(text)))
    by_key = {block.key.lower(): _raw(block) for block in library.entries}
    entries: list[Entry] = []
    for block in library.entries:
        raw = _raw(block)
        parent = by_key.get(raw.get("crossref", "").lower(), {})
        entry = _entry({**_inherited(parent), **raw}, (block.start_line or 0) + 1, path)
        if entry is not None:
            entries.append(entry)
    return sorted(entries, key=lambda entry: entry.line)


def dropped(text: str, path: str) -> list[Dropped]:
    """Return the records that cannot be read."""
    faults: list[Dropped] = []
    for block in _library(repair(check(text))).failed_blocks:
        words = " ".join((block.raw or "").split())[:200]
        faults.append(
            Dropped(path, (block.start_line or 0) + 1, words, "the record cannot be read")
        )
    return faults


def _library(text: str) -> Library:
    if text.strip() and "@" not in text:
        raise ListError(
            "The list holds no BibTeX record.", 'A record begins with "@article{" or the like.'
        )
    return parse_string(text)


def _raw(block: Block) -> dict[str, str]:
    return {field.key.lower(): " ".join(str(field.value).split()) for field in block.fields}


def _inherited(parent: Mapping[str, str]) -> dict[str, str]:
    """Return what a chapter takes over from the book that its crossref names."""
    return {key: parent[key] for key in ("year", "date", "editor", "publisher") if key in parent}


def _entry(raw: Mapping[str, str], line: int, path: str) -> Entry | None:
    url = _url(raw)
    title = title_or_name(_decoded(raw.get("title", "")), url)
    if not title:
        return None
    section = _groups(raw)
    topic = _topic(raw)
    remark = next(filter(None, map(raw.get, _REMARKS)), "")
    return Entry(
        list=path,
        line=line,
        title=title,
        url=url,
        section=section,
        topic=topic or "".join(section[-1:]),
        remark=clean_remark(_decoded(remark)),
        authors=_authors(raw.get("author") or raw.get("editor", "")),
        year=year_in(raw.get("year") or raw.get("date", ""), anywhere=True) or arxiv_year(url),
        read=read_mark(raw["readstatus"]) if "readstatus" in raw else read_tag(topic),
        extra=(*_file(raw.get("file", "")), *_further(raw)),
    )


def _further(raw: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the journal or conference, and the day on which the page was looked at."""
    venue = next(filter(None, map(raw.get, _VENUES)), "")
    further = [("venue", _decoded(venue)[:MAX_VENUE])] if venue else []
    if raw.get("urldate"):
        further.append(("urldate", raw["urldate"][:MAX_DATE]))
    return further


def _groups(raw: Mapping[str, str]) -> tuple[str, ...]:
    """Return the groups that hold a record, outermost first, as our export writes them."""
    groups = clean_title(_decoded(raw.get("groups", "")))
    return tuple(filter(None, groups.split(" > ")))


def _topic(raw: Mapping[str, str]) -> str:
    tags = re.split("[;,]", _decoded(raw.get("keywords", "")))
    return ", ".join(filter(None, map(str.strip, tags)))


def _url(raw: Mapping[str, str]) -> str | None:
    """Return the address of a record: as written, else from its arXiv number or DOI."""
    written = list(filter(None, (_written(raw.get(key, "")) for key in _LINKS)))
    identifiers = filter(None, (_arxiv(raw), doi_url(_plain_address(raw.get("doi", "")))))
    own = [url for url in written if not is_register(url)]
    return next(chain(own, identifiers, written), None)


def _written(value: str) -> str | None:
    match = _ADDRESS.search(_plain_address(value))
    return as_url(match[0].rstrip(".,;")) if match else None


def _plain_address(value: str) -> str:
    r"""Return an address without LaTeX's escapes: "\_" is "_" and "~" is itself."""
    return _ESCAPED.sub(lambda match: match[1] or ("_" if "_" in match[0] else "~"), value)


def _arxiv(raw: Mapping[str, str]) -> str | None:
    number = raw.get("eprint", "")
    archive = raw.get("archiveprefix", raw.get("eprinttype", "arxiv")).lower()
    if number:
        identifier = number.removeprefix("arXiv:") if archive == "arxiv" else ""
    else:
        volume = _ABS.match(raw.get("volume", ""))  # of DBLP
        identifier = volume[1] if volume else ""
    return as_url(f"https://arxiv.org/abs/{identifier}") if identifier else None


def _authors(names: str) -> tuple[str, ...]:
    """Return "Turing, Alan and {Pond Club} and others" as ("Alan Turing", "Pond Club")."""
    authors: list[str] = []
    for name in _AND.split(names):
        if not name.strip() or name.strip().lower() == "others":
            continue
        whole = name.startswith("{") and name.endswith("}") and "," not in name.replace("},", "")
        authors.append(_decoded(name) if whole else turned(_decoded(name)))
    return tuple(name for name in authors if name)


def _file(value: str) -> tuple[tuple[str, str], ...]:
    """Return the document of Zotero or JabRef: "Full Text:files/1/m.pdf:application/pdf"."""
    for part in re.split(r"(?<!\\);", value):
        for step in re.split(r"(?<!\\):", part):
            if is_document(step):
                return (("file", step.replace("\\", "")),)
    return ()


def _decoded(value: str) -> str:
    """Return LaTeX as letters, without braces.

    pylatexenc takes half a millisecond, so it is asked only where there is any.
    """
    if _LATEX.search(value):
        value = " ".join(_reader().latex_to_text(value).split())
    return _BRACES.sub("", value).strip()


@cache
def _reader() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim")
