"""Picked sentences into quotes with numbered citations, best first, and the links that lead to their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from litsearch.answers.quality import FEWEST_WORDS, leans_back, quotability
from litsearch.answers.question import QuestionKind
from litsearch.answers.rank import Scored
from litsearch.answers.sentences import Candidate, Window
from litsearch.types import AnswerSentence, CatalogSource, Citation, Offsets, Passage

LONGEST_QUOTE = 600  # characters, with the sentences beside it
LONGEST_EXPLANATION = 800
EXPLAINING = 4  # sentences after the best one that an explanation may take along
FEWEST_EXPLAINING = 60  # words, below which an explanation goes on in the next paragraph
MOST_ITEMS = (
    4  # sentences that follow a colon; what ends in a comma or a semicolon is only part of one
)
MOST_LISTED_ITEMS = 8  # ... where a list is asked for
LEANING_BACK = 2  # sentences before, for one that leans on them
COMPANY = 0.9  # of the score of a picked sentence: one beside it that comes so near goes along
BEST = 2.0  # the score of a sentence that could not be better
LEAST_COMPANY = 0.5  # quality of a sentence before that comes along
LEAST_QUALITY = 0.3  # of a sentence that an explanation takes along

_STOP = re.compile(r"""[.!?:。！？]["'”’)\]*_]*(?:\s*\[[\d,\s]+\])*$""")


def compose(
    picked: Iterable[Scored],
    ranked: Sequence[Scored],
    kind: QuestionKind,
    count: int,
    widen: Callable[[Candidate], Window],
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """Return up to `count` quotes, best first, one citation each; no two of them overlap.

    A quote brings the sentence that it leans on, neighbours that score nearly as well, and the items after a colon.
    For how and why it is the passage that explains, in its own order, out of what `widen` returns.
    """
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    quoted: list[_Stretch] = []
    for one in picked:
        if len(citations) == count:
            break
        candidate = one.candidate
        if _overlaps(_Stretch(candidate.source_row, candidate.start, candidate.end), quoted):
            continue
        near = {_place(other) for other in ranked if other.score >= COMPANY * one.score}
        window = widen(candidate) if kind in ("how", "why", "list") else candidate.window
        start, end = _grown(one, window, _Company(near, quoted), kind)
        quoted.append(_Stretch(candidate.source_row, start, end))
        n = len(citations) + 1
        text = window.cut(start, end)
        citations.append(Citation(n, text, start, end, candidate.passage, candidate.source))
        sentences.append(AnswerSentence(text, (n,), max(0.0, min(1.0, one.score / BEST))))
    return tuple(sentences), tuple(citations)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the text of the source in one row."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Company:
    """What may go along with a sentence, and what is quoted already."""

    near: Set[tuple[int, int]]  # (row, start) of sentences that score nearly as well
    quoted: Sequence[_Stretch]

    def is_free(self, row: int, unit: Offsets) -> bool:
        return not _overlaps(_Stretch(row, *unit), self.quoted)


def _overlaps(stretch: _Stretch, quoted: Sequence[_Stretch]) -> bool:
    others = (other for other in quoted if other.row == stretch.row)
    return any(stretch.start < other.end and other.start < stretch.end for other in others)


def _place(one: Scored) -> tuple[int, int]:
    return one.candidate.source_row, one.candidate.start


def _grown(one: Scored, window: Window, company: _Company, kind: QuestionKind) -> Offsets:
    """Return the stretch that is quoted for a sentence."""
    start = _backwards(one, window, company)
    limit = LONGEST_EXPLANATION if kind in ("how", "why", "list") else LONGEST_QUOTE
    end = _forwards(one, start, window, company, kind, limit)
    return Offsets(start, end)


def _backwards(one: Scored, window: Window, company: _Company) -> int:
    """Return where a quote begins: earlier when the sentence leans, or the one before comes near."""
    candidate, start = one.candidate, one.candidate.start
    for _ in range(LEANING_BACK):
        before = window.before(start)
        if before is None or candidate.end - before.start > LONGEST_QUOTE:
            return start
        earlier = window.cut(*before)
        stands = quotability(earlier) >= LEAST_COMPANY and bool(_STOP.search(earlier))
        leans = stands and leans_back(window.cut(start, candidate.end))
        near = stands and (candidate.source_row, before.start) in company.near
        if not (leans or near) or not company.is_free(candidate.source_row, before):
            return start
        start = before.start
    return start


def _forwards(
    one: Scored, start: int, window: Window, company: _Company, kind: QuestionKind, limit: int
) -> int:
    """Return where a quote ends: after neighbours that come near, the items of a list, the rest of an explanation."""
    row, end, taken, parts = one.candidate.source_row, one.candidate.end, 0, False
    while after := window.after(end):
        text, quote_so_far = window.cut(*after), window.cut(start, end)
        listing = quote_so_far.rstrip().endswith(":") or parts
        near = (row, after.start) in company.near
        explains = kind in ("how", "why") and _goes_on(
            quote_so_far, window.cut(end, after.start), text
        )
        most = _most(kind, listing=listing)
        if taken >= most or after.end - start > limit or not company.is_free(row, after):
            break
        if not (listing or near or explains):
            break
        end = after.end
        part = text.rstrip().endswith((",", ";"))
        parts = part or (listing and kind == "list")
        taken += 0 if part else 1
    return end


def _most(kind: QuestionKind, *, listing: bool) -> int:
    """Return how many sentences may follow the best one."""
    if listing:
        return MOST_LISTED_ITEMS if kind == "list" else MOST_ITEMS
    return EXPLAINING if kind in ("how", "why") else 1


def _goes_on(text: str, gap: str, following: str) -> bool:
    """Tell whether an explanation goes on: in the same paragraph, or in the next when little was said."""
    same = "\n" not in gap
    if same and len(following.split()) < FEWEST_WORDS:
        return True  # "(2) Estimation Stage.": too short to be judged, in the midst of the rest
    near = same or len(text.split()) < FEWEST_EXPLAINING
    return near and quotability(following) >= LEAST_QUALITY


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
