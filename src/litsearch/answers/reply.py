"""What a model wrote, read as statements: sentences with the numbers of the passages that they
cite.

Servers and models write markers in many ways ([1, 2], [Source 1], 【1†source】, [^1], none) and put
Markdown, list marks and introductions around their sentences. None of that is part of a statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from litsearch.answers.json_reply import is_json, told_in_json
from litsearch.patterns import expression
from litsearch.sentences import sentences
from litsearch.types import Offsets

FEWEST_WORDS = 3  # "Sure!" and "Answer" state nothing
LONG = 8  # words of what may be expected to end in a full stop
SUBJECT = 4  # words at a statement's beginning, among which its subject stands
LONGEST = 1_000  # characters of a statement; no quote has as many, so none can support more

_SOURCE = r"(?:sources?|quotes?|passages?|documents?|docs?|refs?|references?)"
_MARKS_OF_END = (".", "!", "?", "。", "”", '"', ")", "’")
_LABEL = r"(?:[^\W\d_]{1,10}[ _.]?)?[:：#^]?\s?#?"  # Source, ^, ref:, P, 来源
_NUMBER = rf"{_LABEL}\d{{1,3}}(?::\d{{1,3}})?\^?(?:†[^\]】]{{0,40}})?"
_NUMBERS = rf"{_NUMBER}(?:(?:\s*(?:[,;&|/–-]|\band\b)\s*|\s+){_NUMBER})*"
_END = r"(?=\s*[.!。]?\s*$)"  # behind all else of a line
# [1], \[1\], [1](#1), 【1†source】, (Source 1), {1}, <sup>1</sup>, ¹, Passage 1:
_FORMS = (
    rf"\^?\(?(?:see\s+)?\\?\[{{1,2}}\s*{_NUMBERS}\s*\\?\]{{1,2}}(?:\([^)\s]*\))?\)?\^?",
    rf"[【⟦［〔〖「『⟨‹]\s*{_NUMBERS}\s*[】⟧］〕〗」』⟩›]",
    rf"\((?:(?:see|from|in|cf\.?|sources?:)\s*)?{_SOURCE}\s*{_NUMBERS}\)",
    rf"\[{_SOURCE}\s*\d{{1,3}}:[^\]\n]{{1,80}}\]",  # with its title
    rf"\(\d{{1,2}}\)(?:(?=[.!]\s+[A-Z])|{_END})",
    rf"（(?:{_LABEL})\d{{1,2}}）{_END}",
    rf"[#†^]\d{{1,2}}{_END}",
    rf"\|\d{{1,2}}\|{_END}",
    rf"[—–-]\s*{_SOURCE}\s*#?\d{{1,3}}{_END}",
    r"\^\d{1,2}\^",
    r"\{{1,2}\d{1,3}\}{1,2}|<\d{1,2}>",
    r"<(?P<tag>sup|cite|ref|source|citation)\b[^<>]{0,40}>\s*\[?\d{1,3}\]?\s*</(?P=tag)>",
    r"<(?:ref|source|citation|cite)\b[^<>]{0,30}?\d{1,3}[^<>\d]{0,3}/>",
    r"</co:[^<>]{0,20}>",  # of Cohere
    "⁽?[⁰¹²³⁴-⁹]{1,3}⁾?|[①-⑳]",
    rf"^{_SOURCE}\s*#?\d{{1,3}}\s*:",
)
_ANY_FORM = "|".join(_FORMS)
_MARKER = expression(rf"\s*(?:[—–-]\s*)?`?(?:{_ANY_FORM})`?", re.IGNORECASE)
_BETWEEN = expression(r"\s*(?:and|,|&)\s*$", re.IGNORECASE)  # [1] and [2]
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789") | {ord("①") + n: str(n + 1) for n in range(20)}
# The lines of 1†L3, the turn of 4:0, the title of [1: title].
_ASIDE = expression(r"†[^\]】,;]*|(?<=\d):(?:\d+|\s[^\]]*)")
_RANGE = expression(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_LONGEST_RANGE = 10
_LIST_MARK = expression(r"^\s*(?:[-*•‣–|]|\d{1,2}[.)]|[a-z]\)|#{1,6}|>)\s+")
_LINK = expression(r"!?\[([^\]\n]{1,200})\]\([^)\s]*\)")
_EMPHASIS = expression(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1")
_QUOTED = expression(r"^[“\"]([^“”\"]+)[”\"]$")
_PICTURES = expression(r"[\s\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]+$")
# {"answer": "…"} of models that were taught to write JSON.
_JSON = expression(
    r"^\{?\s*\"(?:answer|response|text|content)\"\s*:\s*\"|(?<=[.!?])\"\s*[,}].*$|^\{$"
)
_BEGUN = expression(r"(?<=[\w)]{2}[.!?])\s+\w[^.!?]{0,60}$")  # a next sentence that breaks off
_LEANING = expression(
    r"It(?P<owner>s)?(?= [a-z])(?! (?:takes?|took)\b| (?:is|was)\b.{0,60} that\b)"
)
_NAME = expression(r"\b(?=\w*[A-Z0-9])(?!(?:What|Who|Why|How|When|Where|Which)\b)\w[\w.-]*\w\b")
_BEGINNING = expression(
    r"(?P<subject>(?:The |An? )?(?P<noun>[\w -]{2,40}?)) (?:is|was|has|can|does|[a-z]+(?:s|ed))\b"
)
_ABOUT_ONE = r"(?:\b(?:does|did|is|was|has|had|can|will)|what['’]?s)\s+(?:the |an? )?"
_SECOND_STOP = expression(r"([.!?])\s*\.$")  # "... size. [2]." without its marker
_TAG = expression(r"</?[a-zA-Z][^<>]{0,40}>|\\boxed\{|\}$")
_ENTITY = expression(r"&(?:[a-zA-Z]{2,8}|#\d{2,5});")
# Zero-width spaces and soft hyphens within words; carriage returns.
_INVISIBLE = dict.fromkeys(map(ord, "\r\u00ad\u200b\u2060\ufeff"))
_CALL = expression(r"\s*\[TOOL_CALLS\]")  # of a tool, by Mistral's models
# "[^1]: Ponds of the parish", "Source: [1]"; but "[1] The pond is deep." is a statement.
_FOOTNOTE = expression(
    r"\s*(?:\[\^?\d{1,3}\]:|\(?(?:sources?|references?):|[-*]?\s*\[\d{1,3}\][^.!?]*$)",
    re.IGNORECASE,
)
# "**Weights:** ..." names an item of a list; what follows is a sentence of its own.
_HEAD = expression(r"^(?:\*\*|__)[^*\n]{1,60}?(?::(?:\*\*|__)|(?:\*\*|__)\s?:)\s+")
_LIST_OF_SOURCES = expression(r"^\W*(?:sources|references|citations|passages)\W*$", re.IGNORECASE)
_COURTESY = expression(
    r"^(?:I hope (?:this|that|it)|let me know|feel free|if you (?:have|need|want|would like)"
    r"|is there anything|please (?:let|note|feel)|happy to help"
    r"|note: this |this (?:answer )?is based on|here (?:is|are) (?:the|a|an|your)\b"
    r"[^.]{0,40}(?:answer|summary|sentences?))",
    re.IGNORECASE,
)
_MATERIAL = r"(?:passages?|quotes?|sources?|texts?|documents?|context|excerpts?|information)"
_INTRODUCTION = expression(
    r"^(?:(?:sure|certainly|of course|okay|ok|yes|no)[,!.]\s+)?"
    r"(?:(?:based on|according to|as (?:stated|said|mentioned|described|noted) in|from|in|per) "
    rf"(?:the |these |this )?(?:provided |given |above |numbered )?{_MATERIAL}"
    r"(?: (?:number )?#?\d{1,3}(?:(?:,| and) \d{1,3})*)?(?: provided| given| above)?[,:]?\s+"
    rf"|as {_MATERIAL}(?: \d{{1,3}})? (?:says?|states?|mentions?|explains?|notes?),\s+"
    rf"|(?:the )?{_MATERIAL}(?: \d{{1,3}})? "
    r"(?:says?|states?|mentions?|explains?|notes?|indicates?) that\s+"
    r"|(?:in summary|in short|in conclusion|to summarize|overall),\s+"
    r"|(?:according to|per|as (?:stated|said|mentioned|described) in),\s+"  # [1], without it
    r"|(?:it )?(?:says?|states?|mentions?|explains?|notes?) that\s+|i (?:found|see|read) that\s+"
    rf"|from {_MATERIAL}:\s+|here['’]s what (?:the |these )?{_MATERIAL} says?:\s+"
    r"|step \d{1,2}:\s+|(?:the )?(?:short |final )?answer is that\s+"
    r"|(?:the )?(?:short |final )?answer(?: is)?:\s+|(?:answer|a)\s*:\s*)",
    re.IGNORECASE,
)
_AGREEMENT = expression(r"^(?:yes|no),\s+", re.IGNORECASE)  # the sentence says it
_NO_ANSWER = expression(
    r"\bnot answered\b|\[0\]|^\W*(?:sorry|unfortunately)\b|\bI (?:do not|don['’]t) know\b"
    rf"|\b{_MATERIAL}\b.{{0,30}}\b(?:do|does|did|is|are)(?: not|n['’]t) (?:\w+ly )?"
    r"(?:answer|mention|say|contain|provide|address|specify|discuss|give|state)"
    r"|\bnot (?:mentioned|stated|specified|provided|given|answered|found) (?:in|by) the "
    rf".{{0,20}}{_MATERIAL}"
    r"|\b(?:no|not enough|insufficient) information\b|\bcannot be answered\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a model without its markers, and the numbers that these had."""

    text: str
    markers: tuple[int, ...]

    @property
    def finished(self) -> bool:
        """False for a sentence that breaks off: a long one that ends neither in a mark nor in a
        marker.
        """
        ended = self.text.endswith(_MARKS_OF_END) or bool(self.markers)
        return ended or len(self.text.split()) < LONG


class _Mark(NamedTuple):
    """Where in a line without its markers one stood, and its numbers."""

    at: int
    numbers: tuple[int, ...]


def statements(reply: str, *, whole: bool = True) -> list[Statement]:
    """Return the statements of a reply, in order. whole: nothing will follow; else the last one may
    be unfinished.
    """
    if is_json(reply):
        reply = (told_in_json(reply) or reply) if whole else ""
    result: list[Statement] = []
    *finished, last = reply.translate(_INVISIBLE).split("\n")
    for line in finished:
        if _LIST_OF_SOURCES.match(line):
            return result
        result += _statements_of_line(line, bool(result), finished=True)
    return result + _statements_of_line(last, bool(result), finished=whole)


def spelled_out(statement: Statement, before: str, question: str) -> Statement:
    """Return a statement with a name for the "It" that it begins with: a name or the subject of the
    question that the statement before begins with. It can then be checked, and shown, alone.
    """
    match = _LEANING.match(statement.text)
    start = " ".join(before.split()[:SUBJECT])
    names = [_subject(before, question), *_NAME.findall(question)]
    name = next((name for name in names if name and name in start), "")
    if match is None or not name:
        return statement
    owner = "'s" if match["owner"] else ""
    return replace(statement, text=f"{name}{owner}{statement.text[match.end() :]}")


def _subject(before: str, question: str) -> str:
    """The words with which a statement begins before its verb, where the question asks about them
    as of one thing ("How does straw mulch ...?"); else "".
    """
    match = _BEGINNING.match(before)
    if match is None:
        return ""
    pattern = rf"{_ABOUT_ONE}{re.escape(match['noun'])}\b"
    return match["subject"] if re.search(pattern, question, re.IGNORECASE) else ""


def declines(reply: str) -> bool:
    """Return True when a reply says, first of all, that the passages do not answer the question."""
    return _NO_ANSWER.search(reply[:300]) is not None


def _statements_of_line(line: str, follows: bool, *, finished: bool) -> list[Statement]:
    """A statement without a marker takes that of the next one on its line that has any.

    follows: there were statements before; a line that names a source says nothing of its own.
    """
    if _CALL.match(line) or (follows and _FOOTNOTE.match(line)):
        return []
    unlisted = _LIST_MARK.sub("", _LIST_MARK.sub("", line))
    bare, marks = _without_markers(_HEAD.sub("", unlisted))
    bounds = list(sentences(bare, 0, len(bare)))
    if not finished:
        bounds = _settled(bounds, marks)

    result = []
    for unit, cited in zip(bounds, _assigned(bounds, marks), strict=True):
        statement = _statement(bare[unit.start : unit.end], cited)
        if statement is not None:
            result.append(statement)
    return result


def _without_markers(line: str) -> tuple[str, list[_Mark]]:
    """Return the line without markers and markup, and where in it each marker stood."""
    parts: list[str] = []
    marks: list[_Mark] = []
    last = length = 0
    for match in _MARKER.finditer(line):
        part = _plain(line[last : match.start()])
        if marks and _BETWEEN.match(part):
            part = ""
        parts.append(part)
        length += len(part)
        marks.append(_Mark(length, _numbers(match.group())))
        last = match.end()
    rest = _plain(line[last:])
    return "".join([*parts, rest if any(parts) else rest.lstrip(":：. ")]), marks


def _numbers(marker: str) -> tuple[int, ...]:
    """The numbers of a marker; "1-3" is 1, 2, 3. Of 【1†2】 and 4:0 only the first is one."""
    text = marker.translate(_FIGURES).partition("](")[0]
    text = _ASIDE.sub("", text)
    wide = _RANGE.search(text)
    if wide:
        first, last = int(wide[1]), int(wide[2])
        return tuple(range(first, min(last, first + _LONGEST_RANGE) + 1))
    return tuple(int(number) for number in re.findall(r"\d{1,3}", text))


def _plain(text: str) -> str:
    """The text without Markdown and tags."""
    text = _ENTITY.sub(_character, _TAG.sub("", _LINK.sub(r"\1", text)))
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))


def _character(entity: re.Match[str]) -> str:
    return unescape(entity.group())


def _settled(bounds: Sequence[Offsets], marks: Sequence[_Mark]) -> list[Offsets]:
    """The sentences that no further text can change: those before the last, up to the last that has
    a marker behind it.
    """
    ready = 0
    for place, (unit, following) in enumerate(pairwise(bounds), 1):
        if any(unit.start < mark.at <= following.start for mark in marks):
            ready = place
    return list(bounds[:ready])


def _assigned(bounds: Sequence[Offsets], marks: Sequence[_Mark]) -> list[tuple[int, ...]]:
    """The markers of each sentence: those within it or behind it; before the first, they are the
    first's.
    """
    if not bounds:
        return []
    numbers: list[list[int]] = [[] for _ in bounds]
    for mark in marks:
        before = [place for place, unit in enumerate(bounds) if unit.start < mark.at]
        numbers[max(before, default=0)] += mark.numbers

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
    bare = _JSON.sub("", " ".join(text.split()).strip("*_| "))
    bare = _QUOTED.sub(r"\1", _PICTURES.sub("", _SECOND_STOP.sub(r"\1", bare)))
    shortened = _AGREEMENT.sub("", _INTRODUCTION.sub("", bare, count=1))
    shortened = _QUOTED.sub(r"\1", shortened)
    if shortened != bare:
        shortened = shortened[:1].upper() + shortened[1:]
    if not _states(shortened):
        return None

    if not cited:
        shortened = _BEGUN.sub("", shortened)
    statement = Statement(shortened, cited)
    items, semicolon, _ = shortened.rpartition(";")
    if semicolon and not statement.finished:
        return Statement(f"{items}.", cited)  # a list, up to its last whole item
    return statement


def _states(text: str) -> bool:
    """Tell whether a sentence states something, in no more words than a quote may have."""
    words = sum(any(map(str.isalnum, word)) for word in text.split())
    counts = words > 1 and any(map(str.isdigit, text))  # "40,000 euros."
    if words < FEWEST_WORDS and not counts:
        return False
    if text.endswith((":", "?")) or len(text) > LONGEST:
        return False
    return _COURTESY.match(text) is None
