"""An answer for other programs: Markdown with footnotes, BibTeX, CSL JSON, or text with citations
for Pandoc.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any

from litsearch.answers.deep_links import deep_link
from litsearch.types import Answer, AnswerSentence, CatalogSource, Citation
from litsearch.views.escapes import (
    for_json_line,
    for_markdown,
    for_markdown_link,
    for_tex,
    for_tex_link,
)

FORMATS = ("markdown", "bibtex", "csl-json", "pandoc")
_CSL_TYPES = {
    "paper": "article",
    "video": "motion_picture",
    "code": "software",
    "book": "book",
    "post": "post-weblog",
}
_BIBTEX_TYPES = {"paper": "article", "book": "book"}
_SMALL = frozenset("a an and for from how in of on the to what why with".split())


def references(answer: Answer, form: str) -> str:
    """The answer, or its sources alone for bibtex and csl-json, in one of FORMATS."""
    rows = {citation.source.source_id: citation.source for citation in answer.citations}
    if form == "bibtex":
        return "\n\n".join(_bibtex(row) for row in rows.values())
    if form == "csl-json":
        csl = [_csl(row) for row in rows.values()]
        return for_json_line(json.dumps(csl, ensure_ascii=False, indent=1))
    return _pandoc(answer, list(rows.values())) if form == "pandoc" else _markdown(answer)


def key_of(row: CatalogSource) -> str:
    """Such as karpathy2015unreasonable-1f3a9c. It depends on the source alone, so it outlives
    rebuilds.
    """
    name = (
        _letters(row.authors[0].split(",")[0].split()[-1])
        if row.authors and row.authors[0].split()
        else ""
    )
    words = [_letters(word) for word in row.title.split()]
    word = next((word for word in words if len(word) > 1 and word not in _SMALL), "untitled")
    return f"{name}{row.year or ''}{word[:20]}-{hashlib.sha256(row.source_id.encode()).hexdigest()[:6]}"


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)


def _link(citation: Citation) -> str:
    return deep_link(citation.source, citation.quote, citation.passage, citation.beside)


def _markdown(answer: Answer) -> str:
    """Return the answer with footnotes: a title that links to the words, and the quote."""
    text = " ".join(_with_marks(sentence) for sentence in answer.sentences)
    notes = [_footnote(citation) for citation in answer.citations]
    return "\n".join([text, "", *notes]) if notes else answer.reason


def _with_marks(sentence: AnswerSentence) -> str:
    return for_markdown(sentence.text) + "".join(f"[^{n}]" for n in sentence.citations)


def _footnote(citation: Citation) -> str:
    title, link = for_markdown(citation.source.title), for_markdown_link(_link(citation))
    named = f"[{title}](<{link}>)" if link else title
    page = f", p. {citation.passage.page}" if citation.passage.page else ""
    return f"[^{citation.n}]: {named}{page}: “{for_markdown(citation.quote)}”"


def _pandoc(answer: Answer, rows: list[CatalogSource]) -> str:
    """Text with [@key, p. 3], and the sources as a metadata block."""
    by_number = {one.n: one for one in answer.citations}
    sentences = []
    for one in answer.sentences:
        cited = (by_number[n] for n in one.citations)
        marks = "; ".join(
            f"@{key_of(c.source)}" + (f", p. {c.passage.page}" if c.passage.page else "")
            for c in cited
        )
        sentences.append(f"{for_markdown(one.text)} [{marks}]")
    csl = {"references": [_csl(row) for row in rows]}
    block = for_json_line(json.dumps(csl, ensure_ascii=False, indent=1))
    return f"{' '.join(sentences) or answer.reason}\n\n---\n{block}\n---"


def _csl(row: CatalogSource) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": key_of(row),
        "type": _CSL_TYPES.get(row.kind, "webpage"),
        "title": row.title,
        "author": [{"literal": name} for name in row.authors],
        "issued": {"date-parts": [[row.year]]} if row.year else None,
        "URL": row.url,
    }
    return {name: value for name, value in found.items() if value}


def _bibtex(row: CatalogSource) -> str:
    fields = {
        "title": f"{{{for_tex(row.title)}}}",
        "author": " and ".join(
            f"{{{for_tex(name)}}}" if "," not in name else for_tex(name) for name in row.authors
        ),
        "year": str(row.year or ""),
        "url": for_tex_link(row.url or ""),
    }
    kind = _BIBTEX_TYPES.get(row.kind, "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key_of(row)},\n" + ",\n".join(lines) + "\n}"
