"""Read lines of plain words, links, addresses and simple marks without the Markdown parser.

Three of four lines are such: they take a tenth of the time, and give the same pieces.
"""

from __future__ import annotations

import re
from collections.abc import Container

from litsearch.lists.markdown.commonmark import SCHEME, rest_of_address
from litsearch.lists.markdown.spans import Mark, Piece
from litsearch.patterns import expression

# Runs without any sign that can begin a rule of the parser, and links that hold nothing else.
_NO_SIGN = r"[^\n!&*:<\[\]\\_`~]"
_RUN = rf"{_NO_SIGN}*(?:(?:&(?=\s)|:(?=\s|\Z)|(?<!file):(?!//)|!(?!\[)){_NO_SIGN}*)*"
_TARGET = r"[^\s()<>\\&\x00-\x1f\x7f]+"
_LINK = rf"\[({_RUN})\]\(({_TARGET})\)"
_END = r"(?=[\s.,;)]|$)"
_PLAIN = expression(
    rf"(?P<words>(?=[^\[*`_<]){_RUN})"
    rf"|{_LINK}"
    rf"|\[{_LINK}\](?P<bracket>(?![(\[:]))"
    rf"|\[(?P<boxed>\[{_RUN}\])\]\((?P<target>{_TARGET})\)"
    rf"|(?P<box>\[{_NO_SIGN}+\])(?![(\[:])"
    rf"|(?:^|(?<= ))\*\*\[(?P<bold>{_RUN})\]\((?P<bold_target>{_TARGET})\)\*\*(?=[ .,:;]|$)"
    rf"|(?<![\w*])\*\*(?P<strong>(?=\w){_NO_SIGN}*(?<=\w))\*\*(?![\w*])"
    rf"|(?<![\w*])\*(?P<em>(?=\w){_NO_SIGN}*(?<=[\w.?)]))\*{_END}"
    r"|(?<!`)`(?P<code>[^`\n]*[^`\s][^`\n]*)`(?!`)"
    r"|<(?P<address>https?://[a-z\d.-]+/[\w./?=&#~-]*)>",
)
_BOXES = ("box", "target")
_MARKED: tuple[Mark, ...] = ("strong", "em", "code")


def plain_pieces(content: str, number: int, references: Container[str] = ()) -> list[Piece]:
    """Return the pieces of a line of plain words and plain links, just as the parser finds them.

    [] for any other line. references: the names, in capitals, that brackets make links.
    """
    reader = _Reader(content, number)
    at = 0
    while at < len(content):
        match = _PLAIN.match(content, at)
        if match is None or match.end() == at:
            end = reader.take_address(at)
        elif match.lastgroup in _BOXES and _is_reference(match, references):
            return []
        else:
            end = reader.take(match)
        if end <= at:
            return []
        at = end
    reader.say("")
    return reader.pieces


def _is_reference(match: re.Match[str], references: Container[str]) -> bool:
    """Tell whether the words in brackets name a target that stands elsewhere."""
    name = (match["box"] or match["boxed"])[1:-1]
    return " ".join(name.split()).lower().upper() in references


class _Reader:
    """The pieces of a line that were read so far; plain words are gathered up to the next other."""

    def __init__(self, content: str, number: int) -> None:
        self.pieces: list[Piece] = []
        self._content = content
        self._number = number
        self._words = ""

    def say(self, words: str) -> None:
        """End the run of words, and begin another one."""
        if self._words:
            self.pieces.append(Piece(self._words))
        self._words = words

    def take(self, match: re.Match[str]) -> int:
        """Take what a pattern found; returns where it ends, 0 for what may mean something else."""
        kind = match.lastgroup
        if kind in ("words", "box"):
            self._words += match[0]
        elif kind in _MARKED:
            return self._marked(kind, match)
        elif kind == "target":
            self._link(" ".join(match["boxed"].split()), match["target"])
        elif kind == "address":
            self._link(match["address"], match["address"])
        else:
            return self._linked(match)
        return match.end()

    def _marked(self, kind: Mark, match: re.Match[str]) -> int:
        words = match[kind]
        if kind == "code" and words[0] == words[-1] == " ":
            return 0
        self.say("")
        self.pieces.append(Piece(words, kind))
        return match.end()

    def _linked(self, match: re.Match[str]) -> int:
        label, target, inner_label, inner_target, bracket, *_ = match.groups()[1:]
        bold_label, bold_target = match["bold"], match["bold_target"]
        words = " ".join((label or inner_label or bold_label or "").split())
        if not words:
            return 0
        if bracket is not None:
            self._words += "["
        mark: Mark = "" if bold_label is None else "strong"
        self._link(words, target or inner_target or bold_target, mark)
        if bracket is not None:
            self._words = "]"
        return match.end()

    def _link(self, words: str, target: str, mark: Mark = "") -> None:
        self.say("")
        self.pieces.append(Piece(words, mark, target, self._number))

    def take_address(self, at: int) -> int:
        """Take the address whose scheme ends the words; returns where it ends, 0 for none."""
        scheme = SCHEME.search(self._words[-6:])
        if scheme is None or not self._content.startswith("://", at):
            return 0
        rest = rest_of_address(self._content, at, scheme[0])
        if not rest:
            return 0
        self._words = self._words[: -len(scheme[0])]
        url = scheme[0] + rest
        self._link(url, url)
        return at + len(rest)
