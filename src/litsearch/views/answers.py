"""Write an answer as text: for chat clients, and as Markdown with footnotes, BibTeX or CSL JSON."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from litsearch.answers.deep_links import deep_link
from litsearch.patterns import expression
from litsearch.types import Answer, AnswerSentence, CatalogSource, Citation
from litsearch.views.escapes import (
    for_chat,
    for_json_line,
    for_markdown,
    for_markdown_link,
    for_tex,
    for_tex_link,
    from_chat,
    one_line,
)

DECLINED = "No answer in this library."
_QUOTE = expression(r"^\[\d+\] .*?: “(.+)”$", re.MULTILINE)
NEAREST = 3  # titles under a refusal


def spoken(answer: Answer) -> str:
    """Return the sentences with their markers, then what each marker leads to; or why there are
    none.
    """
    return "".join(pieces(answer)) + tail(answer)


def pieces(answer: Answer) -> Iterator[str]:
    """Yield each sentence with its markers: quotes as quotations, works of the catalog a line each.

    Every piece but the first begins with what parts it from the one before.
    """
    listing = is_listing(answer.sentences, answer.citations)
    for place, sentence in enumerate(answer.sentences):
        if sentence.worded:
            between, text = " ", marked(sentence)
        elif not listing:
            between, text = "\n\n", marked(replace(sentence, text=f"“{sentence.text}”"))
        else:
            between, text = "\n", f"- {marked(sentence)}" if place else marked(sentence)
        yield between + text if place else text


def marked(sentence: AnswerSentence) -> str:
    """Return a sentence with its markers, as a chat client may show it."""
    return replace(sentence, text=for_chat(sentence.text)).marked


def is_listing(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> bool:
    """Tell whether the catalog says these sentences: they are neither quotes nor a model's."""
    quotes = {citation.quote for citation in citations}
    return any(not sentence.worded and sentence.text not in quotes for sentence in sentences)


def tail(answer: Answer) -> str:
    """Return what follows the sentences: doubts, the sources, or the reason of a refusal."""
    if not answer.answered:
        parts = [f"{DECLINED} {for_chat(answer.reason)}".strip(), _nearest(answer)]
        return "\n\n".join(filter(None, parts))
    parts = ["", "\n".join(_lines_of_citations(answer))]
    if answer.reason:
        parts.append(for_chat(answer.reason))
    else:
        doubts = [f"“{part.question}”: {part.reason}" for part in answer.parts if part.reason]
        parts += map(for_chat, doubts)
    return "\n\n".join(parts)


def url_annotations(answer: Answer, text: str) -> list[dict[str, Any]]:
    """Return citations as OpenAI's web search gives them: where in the text a marker stands, and
    its link.
    """
    annotations = []
    for citation in answer.citations:
        marker = f"[{citation.n}]"
        start = text.find(marker)
        link = web_link(citation)
        if link and start >= 0:
            place = {"start_index": start, "end_index": start + len(marker)}
            citation_fields = place | {"title": citation.source.title, "url": link}
            annotations.append({"type": "url_citation", "url_citation": citation_fields})
    return annotations


def web_link(citation: Citation) -> str:
    """Return the link of a citation, or "" for a file, which no client could open."""
    link = deep_link(citation.source, citation.quote, citation.passage, citation.beside)
    return link if link.startswith(("http://", "https://")) else ""


def _lines_of_citations(answer: Answer) -> Iterator[str]:
    """Yield a line a citation: its source, and its quote where the sentences do not say it."""
    texts = {sentence.text for sentence in answer.sentences}
    for citation in answer.citations:
        title = _title(citation.source.title).replace("[", "(").replace("]", ")")
        link = for_markdown_link(web_link(citation))
        entry = citation.source.entries[0]
        source = f"[{title}]({link})" if link else f"{title} ({entry.list}:{entry.line})"
        quote = "" if citation.quote in texts else f": “{for_chat(one_line(citation.quote))}”"
        yield f"[{citation.n}] {source}{quote}"


def quotes_in(text: str) -> tuple[str, ...]:
    """Return the quotes that stand under an answer as it was spoken."""
    return tuple(_QUOTE.findall(from_chat(text)))


def _nearest(answer: Answer) -> str:
    if not answer.nearest:
        return ""
    titles = dict.fromkeys(_title(hit.source.title) for hit in answer.nearest)
    lines = [f"- {title}" for title in list(titles)[:NEAREST]]
    return "\n".join(["Nearest to it:", *lines])


def _title(title: str) -> str:
    return for_chat(one_line(title))


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
    """Write the answer, or its sources alone for bibtex and csl-json, in one of FORMATS."""
    by_id = {citation.source.source_id: citation.source for citation in answer.citations}
    rows = list(by_id.values())
    if form == "bibtex":
        return "\n\n".join(map(_bibtex, rows))
    if form == "csl-json":
        return _json(list(map(_csl, rows)))
    if form == "pandoc":
        return _pandoc(answer, rows)
    return _with_footnotes(answer)


def _json(value: object) -> str:
    return for_json_line(json.dumps(value, ensure_ascii=False, indent=1))


def key_of(row: CatalogSource) -> str:
    """Return a key such as karpathy2015unreasonable-1f3a9c; it depends on the source alone, so it
    outlives rebuilds.
    """
    author = "".join(row.authors[:1])
    family = "".join(author.split(",")[0].split()[-1:])
    digest = hashlib.sha256(row.source_id.encode()).hexdigest()[:6]
    return f"{_letters(family)}{row.year or ''}{_telling_word(row.title)[:20]}-{digest}"


def _telling_word(title: str) -> str:
    """Return the first word of a title that is more than grammar."""
    for word in map(_letters, title.split()):
        if len(word) > 1 and word not in _SMALL:
            return word
    return "untitled"


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)


def _link(citation: Citation) -> str:
    return deep_link(citation.source, citation.quote, citation.passage, citation.beside)


def _with_footnotes(answer: Answer) -> str:
    """Return the answer with footnotes: a title that links to the words, and the quote."""
    if not answer.citations:
        return for_markdown(answer.reason)
    text = " ".join(map(_with_marks, answer.sentences))
    return "\n".join([text, "", *map(_footnote, answer.citations)])


def _with_marks(sentence: AnswerSentence) -> str:
    return for_markdown(sentence.text) + "".join(f"[^{n}]" for n in sentence.citations)


def _footnote(citation: Citation) -> str:
    title, link = for_markdown(citation.source.title), for_markdown_link(_link(citation))
    label = f"[{title}](<{link}>)" if link else title
    return f"[^{citation.n}]: {label}{_page(citation)}: “{for_markdown(citation.quote)}”"


def _page(citation: Citation) -> str:
    return f", p. {citation.passage.page}" if citation.passage.page else ""


def _pandoc(answer: Answer, rows: list[CatalogSource]) -> str:
    """Return the answer with [@key, p. 3], and the sources as a metadata block."""
    marks: dict[int, str] = {}
    for citation in answer.citations:
        marks[citation.n] = f"@{key_of(citation.source)}{_page(citation)}"

    sentences: list[str] = []
    for sentence in answer.sentences:
        keys = "; ".join(map(marks.__getitem__, sentence.citations))
        sentences.append(f"{for_markdown(sentence.text)} [{keys}]")

    block = _json({"references": list(map(_csl, rows))})
    return f"{' '.join(sentences) or for_markdown(answer.reason)}\n\n---\n{block}\n---"


def _csl(row: CatalogSource) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": key_of(row),
        "type": _CSL_TYPES.get(row.kind, "webpage"),
        "title": row.title,
        "author": [{"literal": name} for name in row.authors],
        "issued": {"date-parts": [[row.year]]} if row.year else None,
        "URL": row.url,
    }
    return {name: value for name, value in item.items() if value}


def _bibtex(row: CatalogSource) -> str:
    fields = {
        "title": f"{{{for_tex(row.title)}}}",
        "author": " and ".join(map(_tex_author, row.authors)),
        "year": str(row.year or ""),
        "url": for_tex_link(row.url or ""),
    }
    kind = _BIBTEX_TYPES.get(row.kind, "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key_of(row)},\n" + ",\n".join(lines) + "\n}"


def _tex_author(name: str) -> str:
    """Return one author; a name whose parts no comma sets apart is kept whole."""
    return for_tex(name) if "," in name else f"{{{for_tex(name)}}}"
