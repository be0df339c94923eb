"""How many letters each element of a page holds, and how many of them trafilatura kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from litsearch.extract.blocks import letters

RUN = 20  # letters: shorter stretches stand on any page


@dataclass(frozen=True, slots=True)
class Measure:
    """Letters of elements, those of what they hold included."""

    kept: str  # the letters that trafilatura kept
    size: dict[etree._Element, int] = field(default_factory=dict)
    weight: dict[etree._Element, int] = field(
        default_factory=dict
    )  # of them in kept; elements without any are not in it

    def of(self, element: etree._Element) -> int:
        """The letters of an element, at least 1."""
        return max(1, self.size.get(element, 0))

    def share(self, element: etree._Element) -> float:
        """How much of an element was kept, 0 to 1; a short text counts as a whole."""
        if element in self.weight:
            return self.weight[element] / self.of(element)
        inside = letters("".join(element.itertext())) if self.of(element) < 10 * RUN else ""
        return 1.0 if inside and inside in self.kept else 0.0


def measure(root: etree._Element, kept: str) -> Measure:
    """Measure every element of a tree. kept: letters only."""
    found = Measure(kept)
    for element in root.iter(etree.Element):
        _count(found, element.text, element)
        if element is not root:
            _count(found, element.tail, element.getparent())
    for element in reversed(list(root.iter(etree.Element))):
        up = element.getparent()
        for numbers in (found.size, found.weight):
            if element is not root and element in numbers:
                numbers[up] = numbers.get(up, 0) + numbers[element]
    return found


def _count(found: Measure, text: str | None, owner: etree._Element) -> None:
    run = letters(text) if text else ""
    if run:
        found.size[owner] = found.size.get(owner, 0) + len(run)
        if len(run) >= RUN and run in found.kept:
            found.weight[owner] = found.weight.get(owner, 0) + len(run)
