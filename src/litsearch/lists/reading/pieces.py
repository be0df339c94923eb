"""Lines as pieces: runs of marked words, and links. Lines of nothing else than the plainest kinds are read here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Mark = Literal["", "strong", "em", "code", "struck"]
# Runs without any sign that can begin a rule of the parser, and links that hold nothing else.
_RUN = r"[^\n!&*:<\[\]\\_`~]*+(?:(?::(?=\s|\Z)|(?<!file):(?!//)|!(?!\[))[^\n!&*:<\[\]\\_`~]*+)*+"
_LINK = rf"\[({_RUN})\]\(([^\s()<>\\&\x00-\x1f\x7f]++)\)"
_PLAIN = re.compile(
    rf"((?=[^\[*`]){_RUN})|{_LINK}|(?:^|(?<= ))\*\*{_LINK}\*\*(?=[\s.,:;]|$)"
    r"|(?<![\w*])\*\*((?=\w)[^\n!&*:<\[\]\\_`~]*(?<=\w))\*\*(?![\w*])|(?<!`)`([^`\n]*[^`\s][^`\n]*)`(?!`)"
)


class Piece(NamedTuple):
    """A run of words, or a link with its words."""

    text: str
    mark: Mark = ""
    href: str | None = None
    line: int = 0  # 1-based, of the link
    picture: str = ""  # address of the image that a link without words shows


@dataclass(slots=True)
class Line:
    """The pieces of one line of a block."""

    number: int
    pieces: list[Piece] = field(default_factory=list)
    heading: int = 0  # level, when the line is an HTML heading
    label: bool = False  # an HTML summary

    @property
    def text(self) -> str:
        """All its words, pictures left out."""
        return "".join([piece.text for piece in self.pieces if not piece.picture])


def plain_pieces(content: str, number: int) -> list[Piece]:
    """The pieces of a line of plain words and plain links, just as the parser finds them; [] for any other line."""
    pieces: list[Piece] = []
    at = 0
    for match in _PLAIN.finditer(content):
        words, label, target, bold_label, bold_target, bold, code = match.groups()
        if match.start() != at:
            return []
        at = match.end()
        if words:
            pieces.append(Piece(words))
        elif label or bold_label:
            text = " ".join((label or bold_label).split())
            pieces.append(Piece(text, "" if label else "strong", target or bold_target, number))
            if not text:
                return []
        elif bold:
            pieces.append(Piece(bold, "strong"))
        elif code and not (code[0] == code[-1] == " "):
            pieces.append(Piece(code, "code"))
        else:
            return []
    return pieces if at == len(content) else []


def words_of(lines: Sequence[Line]) -> str:
    """The words of several lines."""
    return " ".join(line.text for line in lines)
