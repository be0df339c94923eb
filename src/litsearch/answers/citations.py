"""Picked sentences into an answer: whole quotes, numbered citations, an order that reads well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from litsearch.answers.rank import Scored, leans_back, well_formed
from litsearch.answers.sentences import Window
from litsearch.types import AnswerSentence, CatalogSource, Citation, Offsets, Passage

LONGEST_QUOTE = 600  # characters, with the sentences beside it
# sentences that follow a colon; what ends in a comma or a semicolon is only part of one
MOST_ITEMS = 3
COMPANY = 0.9  # of the score of a picked sentence: one beside it that comes so near goes along
BEST = 2.0  # the score of a sentence that could not be better


def compose(
    picked: Sequence[Scored], ranked: Sequence[Scored] = ()
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """One sentence and one citation for each picked sentence; best source first, each source in its
    own order.

    ranked: all candidates; those that stand beside a picked one and come near it go along.
    """
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    ordered = _in_reading_order(picked)
    quoted = {_place(one) for one in ordered}
    for one in ordered:
        candidate = one.candidate
        near = {_place(other) for other in ranked if other.score >= COMPANY * one.score}
        start, end = _widened(one, near - quoted, quoted)
        row = candidate.source_row
        quoted |= {
            (row, *unit)
            for unit in candidate.window.sentences
            if start <= unit.start and unit.end <= end
        }
        n = len(citations) + 1
        quote = candidate.window.cut(start, end)
        citations.append(Citation(n, quote, start, end, candidate.passage, candidate.source))
        sentences.append(AnswerSentence(quote, (n,), max(0.0, min(1.0, one.score / BEST))))
    return tuple(sentences), tuple(citations)


def _in_reading_order(picked: Sequence[Scored]) -> list[Scored]:
    first: dict[int, int] = {}
    for place, one in enumerate(picked):
        first.setdefault(one.candidate.source_row, place)
    return sorted(picked, key=lambda one: (first[one.candidate.source_row], one.candidate.start))


_Place = tuple[int, int, int]  # row of the source, start, end


def _place(one: Scored) -> _Place:
    return one.candidate.source_row, one.candidate.start, one.candidate.end


def _widened(one: Scored, near: Set[_Place], quoted: Set[_Place]) -> Offsets:
    """The sentence with the one before when it leans on it or that is near, and with what follows
    when it is near.

    What follows a colon goes along in any case.
    """
    candidate, window = one.candidate, one.candidate.window
    start, end, row = candidate.start, candidate.end, candidate.source_row
    before = window.before(start)
    if before and (row, *before) not in quoted and end - before.start <= LONGEST_QUOTE:
        leans = leans_back(candidate.text) and well_formed(window.cut(*before)) > 0
        start = before.start if leans or (row, *before) in near else start
    listing = candidate.text.rstrip().endswith(":")
    for after in _following(window, end, MOST_ITEMS if listing else 1):
        if (
            (row, *after) in quoted
            or after.end - start > LONGEST_QUOTE
            or not (listing or (row, *after) in near)
        ):
            break
        end = after.end
    return Offsets(start, end)


def _following(window: Window, end: int, most: int) -> Iterator[Offsets]:
    """The sentences from here on; a list of parts is one, up to the part that ends it."""
    parts = False
    while most > 0 and (after := window.after(end)):
        yield after
        end = after.end
        part = window.cut(*after).rstrip().endswith((",", ";"))
        most -= 0 if part else most if parts else 1
        parts |= part


# words at each end of a long quote; whole quotes make links that break at the first odd space
EDGE_WORDS = 6
BESIDE = 3  # words before and after, where the quote's own stand elsewhere too
# what Markdown and LaTeX write and a page does not show
_MARKUP = re.compile(r"[*`_$\\|<>\[\]#^~]")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)")


def deep_link(
    source: CatalogSource,
    text: str,
    passage: Passage | None = None,
    beside: tuple[str, str] = ("", ""),
) -> str:
    """The address of a source, pointing at a text of it where the medium allows; "" for a source
    without one.

    beside: the words before and after, when the text alone would point somewhere else (see
    `surroundings`). Text fragments as in the WICG draft "URL Fragment Text Directives".
    """
    address = source.document_url or source.source.url or ""
    if source.media_type == "application/pdf":
        return (
            f"{urldefrag(address).url}#page={passage.page}" if passage and passage.page else address
        )
    address = urldefrag(source.source.url or address).url
    if not source.document_url or not address.startswith(("http://", "https://")):
        return address
    if source.source.kind == "video":
        return _at_time(address, passage)
    directive = _directive(text, beside)
    return f"{address}#:~:text={directive}" if directive else address


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a stretch of a text, each in its block; empty when its first words
    stand only there.

    A browser looks for letters, whatever their case: so does this.
    """
    opening = " ".join(text[start:end].split()[:EDGE_WORDS])
    if len(re.findall(r"\s+".join(map(re.escape, opening.split())), text, re.IGNORECASE)) < 2:
        return "", ""
    before, after = text[:start].rsplit("\n", 1)[-1].split(), text[end:].split("\n", 1)[0].split()
    return " ".join(before[-BESIDE:]), " ".join(after[:BESIDE])


def _at_time(address: str, passage: Passage | None) -> str:
    """A video from the second that its transcript gives as the heading."""
    clock = _CLOCK.fullmatch(passage.heading[-1]) if passage and passage.heading else None
    if clock is None:
        return address
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    parts = urlsplit(address)
    kept = [pair for pair in parts.query.split("&") if pair and not pair.startswith("t=")]
    return urlunsplit(
        parts._replace(query="&".join([*kept, f"t={hours * 3600 + minutes * 60 + seconds}s"]))
    )


def _directive(text: str, beside: tuple[str, str]) -> str:
    """[prefix-,]textStart[,textEnd][,-suffix]; each part lies within one block of the page, and has
    no markup.
    """
    runs = [run for line in text.splitlines() for run in _plain_runs(line.split())]
    telling = [run for run in runs if len(run) >= EDGE_WORDS // 2] or runs
    if not telling:
        return ""
    first, last = telling[0], telling[-1]
    short = len(telling) == 1 and len(first) <= 2 * EDGE_WORDS
    middle = (
        _escaped(first)
        if short
        else f"{_escaped(first[:EDGE_WORDS])},{_escaped(last[-EDGE_WORDS:])}"
    )
    before, after = (words if not _MARKUP.search(words) else "" for words in beside)
    whole = len(runs) == 1  # else the words beside stand beside other words
    prefix = f"{_escaped(before.split())}-," if before and whole else ""
    suffix = f",-{_escaped(after.split())}" if after and whole else ""
    return prefix + middle + suffix


def _plain_runs(words: list[str]) -> list[list[str]]:
    """Neighbouring words without markup."""
    runs: list[list[str]] = [[]]
    for word in words:
        if _MARKUP.search(word):
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run]


def _escaped(words: list[str]) -> str:
    """Percent-encoded; a dash, a comma or an ampersand would be read as syntax."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
