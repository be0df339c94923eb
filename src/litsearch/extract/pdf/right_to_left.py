"""Set a line with Hebrew or Arabic letters in reading order, from where its characters stand.

A page says where a glyph is drawn, not what is read first. PDFium turns words round one by one;
here the line is read as it is seen, from left to right, and the bidirectional algorithm of Unicode
is taken back: the whole is turned round, then Latin words and numbers are turned back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from litsearch.patterns import expression

Sides = Callable[[int], tuple[float, float]]  # the left and right side of a character, by index
RIGHT_TO_LEFT = expression("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Gaps that part words, in the font's size: of characters that PDFium parts, and that it does not.
# Spaces measured .28 to .51, gaps within words up to .19, in six PDFs of four programs.
SPACE, UNSEEN_SPACE = 0.2, 0.24
LAM = "\u0644"

# One letter for each class: right to left, left to right, digit, sign between or beside digits.
_CLASSES = {"R": "R", "AL": "R", "L": "L", "EN": "E", "AN": "E", "ES": "S", "CS": "S", "ET": "T"}
_RIGHT = expression(r"R(?:[^L]*R)?")
_NUMBER = r"T*E(?:E|S(?=E))*T*"
_LEFT = expression(rf"{_NUMBER}[STN]*L(?:[^R]*[LE])?|L(?:[^R]*[LE])?|{_NUMBER}")
# Behind an Arabic letter, signs of percent and money stand beside a number as other signs do.
_LEFT_OF_ARABIC = expression(r"E(?:E|C(?=E))*[CSTN]*L(?:[^R]*[LE])?|L(?:[^R]*[LE])?|E(?:E|C(?=E))*")
_ARABIC = expression("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_OTHER_SIDE = dict(zip(_OPENING + _CLOSING, _CLOSING + _OPENING, strict=True))


@dataclass(slots=True)
class _Cluster:
    """Characters that stand at one place: a letter with its marks, a ligature, or a space."""

    text: str
    left: float
    right: float
    offset: int = -1  # in the line as PDFium gives it

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def is_mostly(text: str) -> bool:
    """Tell whether most letters of a page are read from right to left."""
    count = len(RIGHT_TO_LEFT.findall(text))
    return count > 0 and 2 * count >= sum(map(str.isalpha, text))


def in_reading_order(text: str, sides: Sides, size: float, *, mostly: bool) -> str:
    """Return a line as it is read; sides: of the character at an offset of the text.

    size: of the font, in points. mostly: most letters of the page are read from right to left.
    """
    clusters = sorted(_clusters(text, sides), key=lambda cluster: cluster.middle)
    signs = list(_with_spaces(clusters, size))
    letters = "".join(_class(cluster.text) for cluster in signs)
    if mostly or letters.count("R") >= letters.count("L"):
        return _text(_turned(signs))
    return _text(_with_turned_stretches(signs, letters))


def _clusters(text: str, sides: Sides) -> list[_Cluster]:
    """Return what stands at each place of a line, without its spaces."""
    clusters: list[_Cluster] = []
    marks: list[_Cluster] = []
    for offset, character in enumerate(text):
        if character.isspace():
            continue
        if unicodedata.category(character) in ("Mn", "Cf") and clusters:
            marks.append(_Cluster(character, *sides(offset), offset))
            continue
        left, right = sides(offset)
        last = clusters[-1] if clusters else None
        if last is not None and (last.left, last.right) == (left, right):
            last.text += character
        else:
            clusters.append(_Cluster(character, left, right, offset))
    _turn_ligatures(clusters)
    for mark in marks:
        nearest = min(clusters, key=lambda cluster: abs(cluster.middle - mark.middle))
        nearest.text += mark.text
    return clusters


def _turn_ligatures(clusters: Sequence[_Cluster]) -> None:
    """Turn the letters of a ligature back where PDFium has turned them with their word."""
    for number, cluster in enumerate(clusters):
        if len(cluster.text) < 2 or not RIGHT_TO_LEFT.match(cluster.text):
            continue
        if LAM in cluster.text:  # which comes first in the ligatures that every font has
            is_turned = cluster.text[-1] == LAM
        else:
            before = clusters[number - 1] if number else None
            is_turned = before is not None and before.middle > cluster.middle
        if is_turned:
            cluster.text = cluster.text[::-1]


def _with_spaces(clusters: Iterable[_Cluster], size: float) -> Iterator[_Cluster]:
    last: _Cluster | None = None
    for cluster in clusters:
        if last is not None and _are_parted(last, cluster, size):
            yield _Cluster(" ", last.right, cluster.left)
        yield cluster
        last = cluster


def _are_parted(left: _Cluster, right: _Cluster, size: float) -> bool:
    is_unseen = abs(left.offset - right.offset) == 1
    return right.left - left.right > size * (UNSEEN_SPACE if is_unseen else SPACE)


def _class(text: str) -> str:
    return _CLASSES.get(unicodedata.bidirectional(text[0]), "N")


def _turned(signs: Sequence[_Cluster]) -> list[_Cluster]:
    """Return clusters from right to left, and what is read from left to right within them so."""
    is_arabic = any(_ARABIC.match(cluster.text) for cluster in signs)
    letters = "".join(_class(cluster.text) for cluster in signs)
    pattern = _LEFT
    if is_arabic:
        pattern = _LEFT_OF_ARABIC
        letters = "".join(
            "C" if letter == "S" and cluster.text in ",.:/" else letter
            for letter, cluster in zip(letters, signs, strict=True)
        )
    parts: list[list[_Cluster]] = []
    end = 0
    for match in pattern.finditer(letters):
        stop = _with_its_bracket(signs, match.start(), match.end())
        parts += [[cluster] for cluster in signs[end : match.start()]]
        parts.append(list(signs[match.start() : stop]))
        end = stop
    parts += [[cluster] for cluster in signs[end:]]
    return _facing_right(parts[::-1])


def _with_its_bracket(signs: Sequence[_Cluster], start: int, stop: int) -> int:
    """Return where a stretch ends when the bracket that it opens is closed behind it."""
    inside = [cluster.text for cluster in signs[start:stop]]
    while stop < len(signs) and signs[stop].text in _CLOSING:
        opening = _OTHER_SIDE[signs[stop].text]
        if inside.count(opening) <= inside.count(signs[stop].text):
            break
        inside.append(signs[stop].text)
        stop += 1
    return stop


def _facing_right(parts: Sequence[Sequence[_Cluster]]) -> list[_Cluster]:
    """Return the clusters of parts in reading order, brackets between them opening and closing.

    Some fonts call a mirrored bracket by its shape, others by its meaning; where it stands tells.
    """
    clusters: list[_Cluster] = []
    for number, part in enumerate(parts):
        text = part[0].text
        if len(part) == 1 and text in _OTHER_SIDE:
            before = clusters[-1].text if clusters else " "
            after = parts[number + 1][0].text if number + 1 < len(parts) else " "
            opens = before in f" -{_OPENING}" and after != " "
            if opens != (text in _OPENING):
                part[0].text = _OTHER_SIDE[text]
        clusters += part
    return clusters


def _with_turned_stretches(signs: Sequence[_Cluster], letters: str) -> list[_Cluster]:
    """Return a line that is read from left to right, with the words of the other kind turned."""
    clusters: list[_Cluster] = []
    end = 0
    for match in _RIGHT.finditer(letters):
        clusters += [*signs[end : match.start()], *_turned(signs[match.start() : match.end()])]
        end = match.end()
    return [*clusters, *signs[end:]]


def _text(clusters: Iterable[_Cluster]) -> str:
    return "".join(cluster.text for cluster in clusters)
