"""Find compounds by their parts, and parts by their compounds, in languages that write them as one word.

The vocabulary is that of the library's own texts in these languages: Fahrplan finds a text that says
Straßenbahnfahrpläne, and Winterfahrplan one that says Fahrplan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

LEAST_PART = 4  # letters at either end of a compound ...
LEAST_INNER = 6  # ... and within it; shorter ones stand in words that have nothing to do with them
MOST = 32  # compounds that one word stands for, the shortest first
_LINKS = ("", "s", "es", "n", "en", "er", "e")  # between two parts: Arbeit-s-zimmer


class Vocabulary:
    """The stems of a library in compounding languages, as one text of lines: 500,000 have 6 MB."""

    def __init__(self, stems: Iterable[str]) -> None:
        """Keep the stems, which may come in any order."""
        self._lines = "\n".join(["", *sorted(stems), ""])

    def __contains__(self, stem: str) -> bool:
        return f"\n{stem}\n" in self._lines

    def related(self, stem: str) -> list[str]:
        """Return the compounds that have this stem as a part, and the parts that it is made of."""
        if len(stem) < LEAST_PART or not stem.isalpha():
            return []
        compounds = sorted(set(self._compounds(stem)) - {stem}, key=lambda word: (len(word), word))
        return [*compounds[:MOST], *self._parts(stem)]

    def _compounds(self, stem: str) -> Iterator[str]:
        lines = self._lines
        at = lines.find(stem)
        while at >= 0:
            start, end = lines.rfind("\n", 0, at) + 1, lines.find("\n", at)
            at_an_end = start == at or end == at + len(stem)
            if (at_an_end or len(stem) >= LEAST_INNER) and end - start >= len(stem) + LEAST_PART:
                yield lines[start:end]
            at = lines.find(stem, end)

    def _parts(self, stem: str) -> list[str]:
        """Return the two parts of a compound, the longest last one first; [] when it has none."""
        for cut in range(LEAST_PART, len(stem) - LEAST_PART + 1):
            first, last = stem[:cut], stem[cut:]
            if last not in self:
                continue
            heads = (first.removesuffix(link) for link in _LINKS if first.endswith(link))
            head = next((head for head in heads if len(head) >= LEAST_PART and head in self), "")
            if head:
                return [head, last]
        return []
