"""Put references together that were wrapped, as they are pasted from PDF files and letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from litsearch.lists.markdown.references import reference
from litsearch.patterns import expression

MAX_LINES = 12  # of one reference
MAX_HEADING = 3  # words
MIN_WIDTH = 45  # characters of a line that was wrapped at its end

_NUMBERED = expression(r"[ \t]{0,6}(?:\[\d{1,4}\]|\d{1,4}[.)])[ \t]+(?=\S)")
_INDENTED = expression(r"(?:[ ]{2,16}|\t)(?![-*+•>|#][ \t]|\d{1,3}[.)][ \t]|\[\d{1,4}\])(?=\S)")
_AT_MARGIN = expression(r"[^\s#>|`~=:<-]")
_ITEM = expression(r"[-*+•][ \t]")
_CUT_ADDRESS = expression(  # "https://zenodo.org/record/", "doi:10.1000/j.fog.2004."
    r"(?:https?://\S+|\b10\.\d{4,9}/\S*|\bdoi\.org/\S*)[/._=?&-]$", re.IGNORECASE
)
_GOES_ON = expression(r"(?=\S*[\d/._-])[a-z0-9(][^\s,]*", re.IGNORECASE)
_CUT_WORD = expression(r"[a-zà-ÿ]{2}-$")


def with_whole_references(text: str) -> str:
    """Return a text of as many lines in which a wrapped reference stands on its first line."""
    lines = text.split("\n")
    return "\n".join(chain.from_iterable(map(_whole, _paragraphs(lines))))


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield runs of lines with words, and of lines without."""
    run: list[str] = []
    for line in lines:
        if run and bool(run[0].strip()) != bool(line.strip()):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _whole(lines: list[str]) -> list[str]:
    """Return a paragraph with each reference of it on one line, and empty lines for the rest."""
    if len(lines) < 2 or not lines[0].strip():
        return lines
    for references in (_by_numbers(lines), _by_indents(lines), _as_one(lines)):
        if references:
            return list(chain.from_iterable(map(_one_line, references)))
    return lines


def _one_line(lines: Sequence[str]) -> list[str]:
    return [_joined(lines), *[""] * (len(lines) - 1)]


def _by_numbers(lines: Sequence[str]) -> list[list[str]]:
    """Return the references of lines of which several begin with "[1]", others with none."""
    starts = [i for i, line in enumerate(lines) if _NUMBERED.match(line)]
    if starts[:1] == [1] and len(lines[0].split()) <= MAX_HEADING:
        references = _by_numbers(lines[1:])
        return [[lines[0]], *references] if references else []
    is_wrapped = starts[:1] == [0] and len(starts) < len(lines)
    if not is_wrapped or any(map(_ITEM.match, map(str.strip, lines))):
        return []
    return _cut(lines, starts) if _are_references(_cut(lines, starts)) else []


def _by_indents(lines: Sequence[str]) -> list[list[str]]:
    """Return the references of lines of which all but the first of each are indented."""
    starts = [i for i, line in enumerate(lines) if not _INDENTED.match(line)]
    if starts[:1] != [0] or len(starts) == len(lines):
        return []
    if not all(_AT_MARGIN.match(lines[i]) for i in starts):
        return []
    return _cut(lines, starts) if _are_references(_cut(lines, starts)) else []


def _as_one(lines: Sequence[str]) -> list[list[str]]:
    """Return a paragraph at the margin as one reference; nothing for other lines."""
    if not all(map(_AT_MARGIN.match, lines)) or any(map(_ITEM.match, lines)):
        return []
    if any(map(_NUMBERED.match, lines[1:])):
        return []
    is_full = all(len(line.strip()) >= MIN_WIDTH for line in lines[:-1])
    is_cut = _CUT_ADDRESS.search(lines[0]) or len(lines) == 2
    if not is_full and not is_cut:
        return []
    return [list(lines)] if _is_reference(lines) else []


def _cut(lines: Sequence[str], starts: Sequence[int]) -> list[list[str]]:
    ends = [*starts[1:], len(lines)]
    return [list(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _are_references(parts: Sequence[Sequence[str]]) -> bool:
    """Tell whether most of the wrapped ones of some parts are references, and none is long."""
    wrapped = [part for part in parts if len(part) > 1]
    right = sum(map(_is_reference, wrapped))
    return 2 * right >= len(wrapped) and max(map(len, parts)) <= MAX_LINES


def _is_reference(lines: Sequence[str]) -> bool:
    if len(lines) > MAX_LINES or any("](" in line for line in lines):
        return False
    cited = reference(_joined(lines))
    return bool(cited.title and cited.authors) and not reference(lines[1].strip()).title


def _joined(lines: Sequence[str]) -> str:
    """Return lines as one; words and addresses cut at their ends are whole again."""
    text = lines[0].rstrip()
    for line in map(str.strip, lines[1:]):
        if _CUT_ADDRESS.search(text[-200:]) and _GOES_ON.match(line):
            text += line
        elif _CUT_WORD.search(text[-3:]) and re.match("[a-zà-ÿ]", line):
            text = text[:-1] + line
        else:
            text = f"{text} {line}"
    return text
