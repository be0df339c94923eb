"""Picked sentences into quotes with numbered citations, best first, and the links that lead to
their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

from litsearch.answers.definitions import is_entry
from litsearch.answers.entities import Entity, says_all
from litsearch.answers.openings import leans_back, opens_well
from litsearch.answers.quality import (
    FEWEST_WORDS,
    LEANING_BACK,
    LEAST_COMPANY,
    ends,
    is_item,
    quotability,
)
from litsearch.answers.question import EXPLAINED, Question, QuestionKind
from litsearch.answers.quotes import Quote, Stretch, overlaps, placed, standing_first
from litsearch.answers.rank import Scored
from litsearch.answers.sentences import Candidate, Window, letters
from litsearch.types import AnswerSentence, Citation, Offsets

LONGEST_QUOTE = 600  # characters, with the sentences beside it
LONGEST_EXPLANATION = 800
LEADING = 2  # sentences before the best one, likewise
EXPLAINING = 4  # sentences after the best one that an explanation may take along
FEWEST_EXPLAINING = 60  # words, below which an explanation goes on in the next paragraph
# Sentences that follow a colon; what ends in a comma or a semicolon is only part of one.
MOST_ITEMS = 4
MOST_LISTED_ITEMS = 12  # ... where a list is asked for
LABEL_WORDS = 4  # of a line that names the items under it
LONGEST_LIST = 1_200  # characters
COMPANY = 0.9  # of the score of a picked sentence: one beside it that comes so near goes along
FURTHER_PICKS = 12  # sentences beyond those quoted that may lengthen a quote
REACH = 3  # sentences from one side of a comparison to the other
WIDE = ("how", "why", "list", "comparison")  # kinds whose quotes may be longer than a passage
LEAST_QUALITY = 0.3  # of a sentence that an explanation takes along


def compose(
    picked: Iterable[Scored],
    ranked: Sequence[Scored],
    question: Question,
    count: int,
    widen: Callable[[Candidate], Window],
    shown: Sequence[str] = (),
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """Return up to `count` quotes, best first, one citation each; no two of them overlap.

    A quote brings the sentence that it leans on, neighbours that score nearly as well, and the
    items after a colon. For how and why it is the passage that explains, in its own order, out of
    what `widen` returns. Those that stand near each other are one quote. Nothing that was shown
    before goes along.
    """
    kind, before = question.kind, "\n".join(map(letters, shown))
    quotes: list[Quote] = []
    leads: list[Quote] = []  # what they lead on to, a picture or code, cannot be quoted
    quoted: list[Stretch] = []
    for sentence in islice(picked, count + FURTHER_PICKS):
        candidate = sentence.candidate
        if not _is_wanted(candidate, quotes, quoted, count):
            continue
        window = widen(candidate) if kind in WIDE else candidate.window
        definitions = _told(candidate.source_row, window, before)
        company = _Company(_nearly_as_good(sentence, ranked), [*quoted, *definitions])
        span = _grown(sentence, window, company, question)
        quote = Quote(sentence, span, window)
        if quote.leads_on:
            leads.append(quote)
            continue
        place, whole = placed(quote, quotes, definitions)
        if place < count:
            quoted.append(Stretch(candidate.source_row, *whole.span))
            quotes[place : place + 1] = [whole]
    ordered = standing_first(quotes or leads[:count])
    sentences = tuple(quote.numbered(n) for n, quote in enumerate(ordered, 1))
    return sentences, tuple(quote.cited(n) for n, quote in enumerate(ordered, 1))


def _is_wanted(
    candidate: Candidate, quotes: Sequence[Quote], quoted: Sequence[Stretch], count: int
) -> bool:
    """Tell whether a sentence is not quoted yet, and may make a quote or lengthen one."""
    if overlaps(Stretch(candidate.source_row, candidate.start, candidate.end), quoted):
        return False
    return len(quotes) < count or any(quote.is_near(candidate) for quote in quotes)


@dataclass(frozen=True, slots=True)
class _Company:
    """What may go along with a sentence, and what is quoted already."""

    near: Set[tuple[int, int]]  # (row, start) of sentences that score nearly as well
    quoted: Sequence[Stretch]

    def is_free(self, row: int, unit: Offsets) -> bool:
        return not overlaps(Stretch(row, *unit), self.quoted)


def _nearly_as_good(sentence: Scored, ranked: Sequence[Scored]) -> set[tuple[int, int]]:
    """Return the places of the sentences that may go along with one, by their scores."""
    return {_place(other) for other in ranked if other.score >= COMPANY * sentence.score}


def _told(row: int, window: Window, before: str) -> list[Stretch]:
    """Return the sentences of a window that were shown before."""
    definitions = []
    for unit in window.sentences:
        if before and letters(window.cut(*unit)) in before:
            definitions.append(Stretch(row, *unit))
    return definitions


def _place(sentence: Scored) -> tuple[int, int]:
    return sentence.candidate.source_row, sentence.candidate.start


def _grown(sentence: Scored, window: Window, company: _Company, question: Question) -> Offsets:
    """Return the stretch that is quoted for a sentence."""
    kind, candidate = question.kind, sentence.candidate
    if candidate.head >= 0:
        return _row(candidate, company)
    if both := _both_sides(sentence, window, company, question.sides):
        return both
    start = _headword(sentence, window, company, question)
    if start < 0:
        start = _backwards(sentence, window, company)
    if kind == "list":
        start = _list_start(sentence, start, window, company)
    end = _forwards(sentence, start, window, company, kind)
    if kind in EXPLAINED:
        start = _paragraph_start(
            candidate.source_row, Offsets(start, end), window, company, question
        )
    return Offsets(start, end)


def _paragraph_start(
    row: int, quote: Offsets, window: Window, company: _Company, question: Question
) -> int:
    """Return where an explanation begins: some sentences earlier in its paragraph, if there is room
    and the first of them stands alone, and says a word of the question or the rest leans on it.
    """
    start, starts = quote.start, [quote.start]
    while len(starts) <= LEADING and (before := window.before(starts[-1])):
        same = "\n" not in window.cut(before.end, starts[-1])
        fits = quote.end - before.start <= LONGEST_EXPLANATION and company.is_free(row, before)
        earlier = window.cut(*before)
        if not same or not fits or quotability(earlier) < LEAST_COMPANY:
            break
        starts.append(before.start)
        has_reason = question.says_a_word_of(earlier) or not opens_well(
            window.cut(start, quote.end)
        )
        if has_reason and opens_well(earlier):
            start = before.start
    return start


def _headword(sentence: Scored, window: Window, company: _Company, question: Question) -> int:
    """Return where the line above an entry of a glossary begins; -1 where it is none."""
    candidate = sentence.candidate
    above = window.before(candidate.start)
    if above is None or not company.is_free(candidate.source_row, above):
        return -1
    line = window.cut(*above)
    subjects = map(Entity, question.subjects)
    entry = any(is_entry(line, candidate.text, subject) for subject in subjects)
    return above.start if entry else -1


def _row(candidate: Candidate, company: _Company) -> Offsets:
    """Return a row of a table, from the names of its columns on where these are near."""
    whole = Offsets(candidate.head, candidate.end)
    fits = whole.end - whole.start <= LONGEST_QUOTE
    free = company.is_free(candidate.source_row, whole)
    return whole if fits and free else Offsets(candidate.start, candidate.end)


def _both_sides(
    sentence: Scored, window: Window, company: _Company, sides: Sequence[Entity]
) -> Offsets | None:
    """Return the stretch from a sentence on one side of a comparison to the nearest on the rest."""
    candidate = sentence.candidate
    lacking = [side for side in sides if not side.found_in(candidate.text)]
    if not lacking or len(lacking) == len(sides):
        return None

    nearest = sorted(window.sentences, key=lambda unit: abs(unit.start - candidate.start))
    for unit in nearest[: 2 * REACH + 1]:
        whole = Offsets(min(unit.start, candidate.start), max(unit.end, candidate.end))
        fits = whole.end - whole.start <= LONGEST_QUOTE
        free = company.is_free(candidate.source_row, whole)
        if fits and free and says_all(window.cut(*unit), lacking) and _stands(window, unit, whole):
            return whole
    return None


def _stands(window: Window, unit: Offsets, whole: Offsets) -> bool:
    """Tell whether a sentence can be quoted, and what it makes with another needs no third."""
    return quotability(window.cut(*unit)) >= LEAST_COMPANY and not leans_back(window.cut(*whole))


def _backwards(sentence: Scored, window: Window, company: _Company) -> int:
    """Return where a quote begins: earlier when it leans, or the sentence before comes near."""
    candidate, start = sentence.candidate, sentence.candidate.start
    for _ in range(LEANING_BACK):
        before = window.before(start)
        if before is None or candidate.end - before.start > LONGEST_QUOTE:
            return start
        earlier = window.cut(*before)
        stands = quotability(earlier) >= LEAST_COMPANY and ends(earlier)
        leans = stands and leans_back(window.cut(start, candidate.end))
        near = stands and (candidate.source_row, before.start) in company.near
        if not (leans or near) or not company.is_free(candidate.source_row, before):
            return start
        start = before.start
    return start


def _list_start(sentence: Scored, start: int, window: Window, company: _Company) -> int:
    """Return where the list begins that a sentence is an item of: at its first item, or lead."""
    row, end = sentence.candidate.source_row, sentence.candidate.end
    while is_item(window.cut(start, end)):
        before = window.before(start)
        if before is None or end - before.start > LONGEST_LIST:
            break
        earlier = window.cut(*before)
        joins = is_item(earlier) or earlier.rstrip().endswith(":")
        if not joins or not company.is_free(row, before):
            break
        start = before.start
    return start


def _forwards(
    sentence: Scored, start: int, window: Window, company: _Company, kind: QuestionKind
) -> int:
    """Return where a quote ends: after near neighbours, items, or the rest of an explanation."""
    row, end = sentence.candidate.source_row, sentence.candidate.end
    items = _Items(marked=kind == "list" and is_item(sentence.candidate.text))
    while after := window.after(end):
        quote = Offsets(start, end)
        items = items.before(window, quote, after, kind)
        full = items.taken >= _most(kind, items)
        near = (row, after.start) in company.near
        belongs = items.listing or near or _explains(kind, window, quote, after)
        fits = not full and after.end - start <= _limit(kind, items) and company.is_free(row, after)
        if not belongs or not fits:
            break

        end = after.end
        items = items.behind(window.cut(*after))
        if items.ended:
            break
    return end


@dataclass(frozen=True, slots=True)
class _Items:
    """How far the items of a list have been taken into a quote."""

    marked: bool = False  # they have marks of their own, in a question for a list
    listing: bool = False
    itemized: bool = False  # the next sentence looks like an item, or goes on with one
    in_parts: bool = False  # the items are parts of one sentence
    ended: bool = False  # ... whose last one was taken
    taken: int = 0  # sentences behind the best one

    def before(self, window: Window, quote: Offsets, after: Offsets, kind: QuestionKind) -> _Items:
        """Return the state before the next sentence: whether it belongs to a list."""
        own_line = "\n" in window.cut(quote.end, after.start)
        following = window.cut(*after)
        if kind == "list" and own_line and is_item(following):
            return replace(self, marked=True, listing=True)
        if self.marked:
            return replace(self, listing=not own_line or _is_label(following))
        opened = window.cut(*quote).rstrip().endswith(":")
        listing = self.listing or opened
        itemized = listing and (not own_line or is_item(following))
        return replace(self, listing=listing, itemized=itemized)

    def behind(self, text: str) -> _Items:
        """Return the state after a sentence was taken."""
        part = text.rstrip().endswith((",", ";"))
        return replace(
            self,
            in_parts=self.in_parts or part,
            ended=self.in_parts and not part,
            taken=self.taken + (0 if part else 1),
        )


def _is_label(text: str) -> bool:
    """Tell whether a line only names the items under it."""
    return len(text.split()) <= LABEL_WORDS and not ends(text)


def _explains(kind: QuestionKind, window: Window, quote: Offsets, after: Offsets) -> bool:
    """Tell whether the sentence after a quote goes on explaining, or leans on a short quote: of 388
    development questions the first quote answers 4 more by that, and none fewer.
    """
    text, gap, following = (
        window.cut(*quote),
        window.cut(quote.end, after.start),
        window.cut(*after),
    )
    if kind in EXPLAINED:
        return _goes_on(text, gap, following)
    is_short = len(text.split()) < FEWEST_EXPLAINING and "\n" not in gap
    return is_short and leans_back(following) and quotability(following) >= LEAST_COMPANY


def _limit(kind: QuestionKind, items: _Items) -> int:
    """Return how many characters a quote may have."""
    if kind == "list" or (items.itemized and kind in EXPLAINED):
        return LONGEST_LIST
    return LONGEST_EXPLANATION if kind in EXPLAINED else LONGEST_QUOTE


def _most(kind: QuestionKind, items: _Items) -> int:
    """Return how many sentences may follow the best one."""
    if items.listing:
        whole = kind == "list" or items.itemized
        return MOST_LISTED_ITEMS if whole else MOST_ITEMS
    return EXPLAINING if kind in EXPLAINED else 1


def _goes_on(text: str, gap: str, following: str) -> bool:
    """Tell whether an explanation goes on: in the same paragraph, or in the next when little was
    said.
    """
    same = "\n" not in gap
    if same and len(following.split()) < FEWEST_WORDS:
        return True  # "(2) Estimation Stage.": too short to be judged, in the midst of the rest
    near = same or len(text.split()) < FEWEST_EXPLAINING
    return near and quotability(following) >= LEAST_QUALITY
