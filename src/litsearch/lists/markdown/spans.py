"""Define what a line is made of: spans of words, some marked, and links with their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Mark = Literal["", "strong", "em", "code", "struck"]


class Piece(NamedTuple):
    """A run of words, or a link with its words."""

    text: str
    mark: Mark = ""
    href: str | None = None
    line: int = 0  # 1-based, of the link
    picture: str = ""  # address of the image that a link without words shows

    @property
    def is_marked_title(self) -> bool:
        """True for bold or slanted words."""
        return self.mark in ("strong", "em") and bool(self.text.strip())


def marks_of(pieces: Sequence[Piece]) -> list[str]:
    """Return the words in bold or italics, each run as one line."""
    return [" ".join(piece.text.split()) for piece in pieces if piece.is_marked_title]
