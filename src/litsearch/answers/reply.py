"""What a model wrote, read as statements: sentences with the numbers of the passages that they
cite.

Servers and models write markers in many ways ([1, 2], [Source 1], 【1†source】, [^1], none) and put
Markdown, list marks and introductions around their sentences. None of that is part of a statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.sentences import sentences

FEWEST_WORDS = 3  # "Sure!" and "Answer" state nothing
LONGEST = 1_000  # characters of a statement; no quote has as many, so none can support more

_LABEL = r"(?:sources?|quotes?|passages?|documents?|docs?|refs?|references?|citations?|#|\^)?"
_NUMBERS = rf"{_LABEL}\s*:?\s*#?\d{{1,3}}(?:\s*(?:,|;|&|and|-|–)\s*{_LABEL}\s*#?\d{{1,3}})*"
_MARKER = re.compile(
    rf"\s*(?:\\?\[\s*{_NUMBERS}\s*\\?\](?:\([^)\s]*\))?"  # [1], [1, 2], [Source 1], [^1], \[1\], [1](#1)
    r"|【\s*\d{1,3}[^】]{0,40}】"  # 【1†source】
    r"|\((?:sources?|quotes?|passages?|documents?|refs?)\s*:?\s*\d{1,3}(?:\s*(?:,|&|and)\s*\d{1,3})*\)"  # (Source 1)
    r"|<sup>\s*\[?\d{1,3}\]?\s*</sup>|[⁰¹²³⁴-⁹]{1,3})",
    re.IGNORECASE,
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RANGE = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_LONGEST_RANGE = 10
_LIST_MARK = re.compile(r"^\s*(?:[-*•‣–]|\d{1,2}[.)]|[a-z]\)|#{1,6}|>)\s+")
_LINK = re.compile(r"!?\[([^\]\n]{1,200})\]\([^)\s]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1")
_SECOND_STOP = re.compile(r"([.!?])\s*\.$")  # "... size. [2]." without its marker
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
_INTRODUCTION = re.compile(
    r"^(?:(?:sure|certainly|of course|okay|ok|yes)[,!.]\s+)?"
    r"(?:(?:based on|according to|as (?:stated|said|mentioned|described|noted) in|from|in|per) "
    r"(?:the |these |this )?(?:provided |given |above |numbered )?(?:quotes?|passages?|sources?|documents?|texts?|context)"
    r"(?: (?:number )?#?\d{1,3}(?:(?:,| and) \d{1,3})*)?(?: provided| given| above)?,?\s+"
    r"|(?:the )?(?:quotes?|passages?|sources?|documents?|texts?|context)(?: \d{1,3})? "
    r"(?:says?|states?|mentions?|explains?|notes?|indicates?) that\s+"
    r"|(?:the )?(?:short |final )?answer(?: is)?:\s+|answer\s*:\s*)",
    re.IGNORECASE,
)
_MATERIAL = r"(?:passages?|quotes?|sources?|texts?|documents?|context|excerpts?|information)"
_NO_ANSWER = re.compile(
    r"\bnot answered\b|\[0\]|^\W*(?:sorry|unfortunately)\b|\bI (?:do not|don['’]t) know\b"
    rf"|\b{_MATERIAL}\b.{{0,30}}\b(?:do|does|did|is|are)(?: not|n['’]t) "
    r"(?:\w+ly )?(?:answer|mention|say|contain|provide|address|specify|discuss|give|state)"
    rf"|\bnot (?:mentioned|stated|specified|provided|given|answered|found) (?:in|by) the .{{0,20}}{_MATERIAL}"
    rf"|\b(?:no|not enough|insufficient) information\b|\bcannot be answered\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a model without its markers, and the numbers that these had."""

    text: str
    markers: tuple[int, ...]


def statements(reply: str, *, whole: bool = True) -> list[Statement]:
    """Return the statements of a reply, in order. whole: nothing will follow; else the last one may
    be unfinished.
    """
    lines = reply.replace("\r", "").split("\n")
    result: list[Statement] = []
    for number, line in enumerate(lines):
        finished = whole or number + 1 < len(lines)
        result += _statements_of_line(line, finished=finished)
    return result


def declines(reply: str) -> bool:
    """Return True when a reply says, first of all, that the passages do not answer the question."""
    return _NO_ANSWER.search(reply[:300]) is not None


def _statements_of_line(line: str, *, finished: bool) -> list[Statement]:
    """A statement without a marker takes that of the next one on its line that has any."""
    bare, marks = _without_markers(_LIST_MARK.sub("", _LIST_MARK.sub("", line)))
    bounds = [(unit.start, unit.end) for unit in sentences(bare, 0, len(bare))]
    if not finished:
        bounds = _settled(bounds, marks, bare)
    numbers = _assigned(bounds, marks)
    made = (
        _statement(bare[start:end], cited)
        for (start, end), cited in zip(bounds, numbers, strict=True)
    )
    return [statement for statement in made if statement is not None]


def _without_markers(line: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """Return the line without markers and markup, and where in it each marker stood."""
    parts, marks, last, length = [], [], 0, 0
    for match in _MARKER.finditer(line):
        part = _plain(line[last : match.start()])
        parts.append(part)
        length += len(part)
        marks.append((length, _numbers(match.group())))
        last = match.end()
    return "".join([*parts, _plain(line[last:])]), marks


def _numbers(marker: str) -> tuple[int, ...]:
    """The numbers of a marker; "1-3" is 1, 2, 3. Of 【1†2】 only the first is one."""
    text = marker.translate(_SUPERSCRIPTS).partition("†")[0].partition("](")[0]
    wide = _RANGE.search(text)
    if wide:
        first, last = int(wide[1]), int(wide[2])
        return tuple(range(first, min(last, first + _LONGEST_RANGE) + 1))
    if "【" in text:
        return tuple(int(number) for number in re.findall(r"\d{1,3}", text)[:1])
    return tuple(int(number) for number in re.findall(r"\d{1,3}", text))


def _plain(text: str) -> str:
    """The text without Markdown and tags."""
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))


def _settled(
    bounds: list[tuple[int, int]], marks: Sequence[tuple[int, object]], bare: str
) -> list[tuple[int, int]]:
    """The sentences that no further text can change: those before the last, up to the last that has
    a marker.
    """
    marked = [
        place
        for place, (start, end) in enumerate(bounds[:-1])
        if any(start < at for at, _ in marks)
    ]
    ready = [
        place
        for place in marked
        if any(bounds[place][0] < at <= bounds[place + 1][0] for at, _ in marks)
    ]
    return bounds[: ready[-1] + 1] if ready else []


def _assigned(
    bounds: Sequence[tuple[int, int]], marks: Sequence[tuple[int, tuple[int, ...]]]
) -> list[tuple[int, ...]]:
    """The markers of each sentence: those within it or behind it; before the first, they are the
    first's.
    """
    numbers: list[list[int]] = [[] for _ in bounds]
    for at, cited in marks:
        place = max((place for place, (start, _) in enumerate(bounds) if start < at), default=0)
        if bounds:
            numbers[place] += cited
    following: list[int] = []
    for own in reversed(numbers):
        if own:
            following = own
        else:
            own += following
    return [tuple(dict.fromkeys(own)) for own in numbers]


def _statement(text: str, cited: tuple[int, ...]) -> Statement | None:
    """The statement of a sentence; None for an introduction, an empty one, or one that is too long
    for any quote.
    """
    bare = _SECOND_STOP.sub(r"\1", " ".join(text.split()).strip("*_ "))
    shortened = _INTRODUCTION.sub("", bare, count=1)
    if shortened != bare:
        shortened = shortened[:1].upper() + shortened[1:]
    words = sum(any(map(str.isalnum, word)) for word in shortened.split())
    if words < FEWEST_WORDS or shortened.endswith(":") or len(shortened) > LONGEST:
        return None
    return Statement(shortened, cited)
