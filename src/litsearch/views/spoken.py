"""Turn an answer into a message in Markdown, for chat clients and assistants, which
show only text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from litsearch.answers.deep_links import deep_link
from litsearch.patterns import expression
from litsearch.types import Answer, AnswerSentence, Citation
from litsearch.views.escapes import for_chat, for_markdown_link, from_chat, one_line

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
    parts = ["", "\n".join(_references(answer))]
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


def _references(answer: Answer) -> Iterator[str]:
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
