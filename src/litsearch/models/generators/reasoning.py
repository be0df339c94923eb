"""Takes out of a model's text what is no part of its answer: reasoning, calls of tools, the marks
that end a turn and all behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from litsearch.patterns import expression

RESTART = "\f"  # a piece that says: what came before was no part of the answer

_NAMES = (
    r"(?:seed:)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratchpad"
    r"|(?:START|END)_THINKING|(?:begin|end)_of_thought)"
)
_TOOLS = r"(?:tool_calls?|function_calls?|tool_code|tool▁calls▁(?:begin|end))"
_BAR = "[|｜]"
# <think>, <|START_THINKING|>, [THINK], ◁think▷, the channels of gpt-oss, what Granite and Apriel
# say; <tool_call>.
_OPENING = expression(
    rf"<{_BAR}?(?:{_NAMES}|{_TOOLS}){_BAR}?>|\[THINK\]|◁think▷"
    r"|<\|channel\|>\s*(?:analysis|commentary)[^<]*<\|message\|>"
    r"|\bHere(?:'s| is) my thought process:|\bHere are my reasoning steps:",
    re.IGNORECASE,
)
# "assistantfinal" is what is left of gpt-oss's channels where a server leaves out their marks.
_CLOSING = expression(
    rf"</{_NAMES}>|(?P<tool></{_TOOLS}>|<{_BAR}tool▁calls▁end{_BAR}>)|assistantfinal(?=\W|[A-Z])"
    r"|<\|(?:END_THINKING|end_of_thought)\|>|\[/THINK\]|◁/think▷"
    r"|(?:<\|end\|>)?(?:<\|start\|>assistant)?<\|channel\|>\s*final\s*<\|message\|>"
    r"|\bHere(?:'s| is) my response:|\[BEGIN FINAL RESPONSE\]",
    re.IGNORECASE,
)
# What may become a mark with the next piece.
_UNFINISHED = expression(
    r"(?:<[^<>]{0,40}|<\|[^<>]{0,40}\|>[^<>]{0,20}|\[/?[A-Z ]{0,20}|◁[^▷]{0,8}"
    r"|assistant(?:final|\w{0,4})|\bHere(?:'s?| i?s?| are)?(?: m?y?)?(?: [a-z]{0,9}){0,2})$"
)
# A turn's end, behind which a model goes on by itself, and other marks of templates.
_END = expression(
    r"<\|(?:endoftext|im_end|eot_id|return|eom_id|end_of_text)\|>|</s>|<end_of_turn>|<eos>"
    r"|<｜end▁of▁sentence｜>|\[INST\]|\[END FINAL RESPONSE\]"
)
_MARK = expression(rf"<{_BAR}[^<>|｜\s]{{1,40}}{_BAR}>|<start_of_turn>|<s>|\[/INST\]")


def without_reasoning(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the text outside of reasoning, up to the end of the turn; RESTART when all before it
    turns out to be reasoning.

    Some servers leave out the mark that opens reasoning, since it stands in their prompt.
    """
    thinking = False
    for text in _settled(pieces):
        rest = text
        while mark := _first_mark(rest):
            opens = mark.re.pattern == _OPENING.pattern
            before, rest = rest[: mark.start()], rest[mark.end() :]
            if not thinking and (opens or mark["tool"]):
                yield from _clean(before)
            elif not thinking:
                yield RESTART
            thinking = opens
        if not thinking:
            yield from _clean(rest)


def _settled(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the text in pieces that divide no mark, up to the end of the turn."""
    text = ""
    for piece in pieces:
        text += piece
        if ended := _END.search(text):
            yield text[: ended.start()]
            return
        unfinished = _UNFINISHED.search(text, _end_of_marks(text))
        settled = unfinished.start() if unfinished else len(text)
        yield text[:settled]
        text = text[settled:]
    yield text


def _end_of_marks(text: str) -> int:
    marks = chain(_OPENING.finditer(text), _CLOSING.finditer(text))
    return max((mark.end() for mark in marks), default=0)


def _first_mark(text: str) -> re.Match[str] | None:
    """The first mark that opens or closes reasoning; some closing marks look like opening ones."""
    marks = [mark for mark in (_CLOSING.search(text), _OPENING.search(text)) if mark]
    return min(marks, key=lambda mark: mark.start(), default=None)


def _clean(text: str) -> Iterator[str]:
    bare = _MARK.sub("", text)
    if bare:
        yield bare
