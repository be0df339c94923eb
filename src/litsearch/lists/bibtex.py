"""BibTeX and BibLaTeX bibliographies."""

from __future__ import annotations

import re

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry as Record

from litsearch.errors import ListError
from litsearch.lists.fields import (
    check,
    clean_remark,
    clean_title,
    doi_url,
    read_mark,
    read_tag,
    repair,
    squeeze,
    year_in,
)
from litsearch.lists.urls import as_url, title_or_name
from litsearch.types import Entry

SUFFIXES = (".bib", ".bibtex")

_ADDRESS = re.compile(r"https?://[^\s{}\\]+")
_RECORD = re.compile(
    r"^\s{0,8}@[a-z]{3,20}\s?[{(]\s?[^\s,{}]{0,200},", re.IGNORECASE | re.MULTILINE
)
_LATEX = re.compile(r"[\\~$%]|--|``|''")
_BRACES = re.compile(r"[{}]")


class _Decoding(LatexDecodingMiddleware):
    """LaTeX to letters, where there is any: pylatexenc takes half a millisecond for a field
    without.
    """

    def _transform_python_value_string(self, python_string: str) -> tuple[str, str]:
        if not _LATEX.search(python_string):
            return python_string, ""
        decoded, error = super()._transform_python_value_string(python_string)
        return str(decoded), str(error)


def looks_like(text: str) -> bool:
    """True for a text with a record at the beginning of a line."""
    return _RECORD.search(text[:20_000]) is not None


def parse(text: str, path: str) -> list[Entry]:
    """One entry a record that has a title or an address. Records that cannot be read are left out.
    Raises ListError.
    """
    text = repair(check(text))
    if text.strip() and "@" not in text:
        raise ListError(
            "The list holds no BibTeX record.", 'A record begins with "@article{" or the like.'
        )
    library = parse_string(text, append_middleware=[_Decoding()])
    entries = [_entry(record, path) for record in library.entries]
    return sorted((e for e in entries if e is not None), key=lambda e: e.line)


def _entry(record: Record, path: str) -> Entry | None:
    value = {field.key.lower(): squeeze(str(field.value)) for field in record.fields}
    url = _url(value)
    title = title_or_name(_BRACES.sub("", value.get("title", "")), url)
    if not title:
        return None
    groups = clean_title(_BRACES.sub("", value.get("groups", "")))
    topic = squeeze(value.get("keywords", "").replace(";", ","))
    remark = next(
        (value[k] for k in ("annote", "annotation", "note", "abstract") if value.get(k)), ""
    )
    return Entry(
        list=path,
        line=(record.start_line or 0) + 1,
        title=title,
        url=url,
        section=(groups,) if groups else (),
        topic=topic or groups,
        remark=clean_remark(_BRACES.sub("", remark)),
        authors=_authors(value.get("author") or value.get("editor", "")),
        year=year_in(value.get("year") or value.get("date", ""), anywhere=True),
        read=read_mark(value["readstatus"]) if "readstatus" in value else read_tag(topic),
    )


def _url(value: dict[str, str]) -> str | None:
    """The address of a record: as written, else from its arXiv number or DOI."""
    for key in ("url", "howpublished", "note"):
        match = _ADDRESS.search(value.get(key, ""))
        if match and (url := as_url(match[0].rstrip(".,;"))):
            return url
    number = value.get("eprint", "")
    if number and value.get("archiveprefix", value.get("eprinttype", "arxiv")).lower() == "arxiv":
        return as_url(f"https://arxiv.org/abs/{number.removeprefix('arXiv:')}")
    return doi_url(value.get("doi", ""))


def _authors(names: str) -> tuple[str, ...]:
    """ "Turing, Alan and Hopper, Grace and others" to ("Alan Turing", "Grace Hopper")."""
    found: list[str] = []
    for name in re.split(r"\s+and\s+", names):
        if name.lower() == "others" or not name.strip():
            continue
        family, comma, given = name.partition(",")
        found.append(
            squeeze(
                _BRACES.sub("", f"{given} {family}" if comma and not name.startswith("{") else name)
            )
        )
    return tuple(name for name in found if name)
