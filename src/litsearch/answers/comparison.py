"""The sides of a comparison, as a question names them."""

from __future__ import annotations

import re

from litsearch.answers.entities import Entity
from litsearch.answers.subjects import bare
from litsearch.patterns import expression

_SIDES = expression(
    r"\b(?:vs\.?|versus|compare[ds]?|comparison|differ(?:s|ence|ences|ent)?|better|worse"
    r"|each|both|unlike"
    r"|contrast|respectively|rather than|as opposed to|which (?:one )?(?:is|of))\b",
    re.IGNORECASE,
)
_SIDE = r"[^,;:?]{2,60}?"
_END = r"(?=\s*(?:[?,;:.]|$|\s(?:in|for|on|when|with|of|as|at)\b|\sand\s(?:how|what|why|which)\b))"
_COMPARED = tuple(
    expression(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bdifferences? between (?P<a>{_SIDE}) and (?P<b>{_SIDE}){_END}",
        rf"(?:^|[:,]|\bcompare)\s*(?P<a>{_SIDE})\s+(?:vs\.?|versus|compared (?:to"
        rf"|with))\s+(?P<b>{_SIDE}){_END}",
        rf"\bcompare (?P<a>{_SIDE}) (?:and|with|to) (?P<b>{_SIDE}){_END}",
        rf"\bhow (?:do|does|did|is|are) (?P<a>{_SIDE}) (?:differ(?:ent)?|compare) (?:from"
        rf"|with|to|than) (?P<b>{_SIDE}){_END}",
        rf"\bhow (?:do|does|did|are) (?P<a>{_SIDE}) and (?P<b>{_SIDE}) (?:differ|compare|relate)\b",
        rf"^(?:is|are) (?P<a>{_SIDE}) (?:better|worse|faster|slower|larger|smaller|cheaper"
        rf"|newer|older) than (?P<b>{_SIDE}){_END}",
        rf"^which is \w+(?: \w+)?[,:] (?P<a>{_SIDE}) or (?P<b>{_SIDE}){_END}",
        rf"^(?:is|are) (?P<a>{_SIDE}) or (?P<b>{_SIDE}) (?:better|worse|faster|slower|larger"
        rf"|smaller|cheaper)\b",
    )
)


def compares(text: str) -> bool:
    """Tell whether a question asks of several things together."""
    return _SIDES.search(text) is not None


def sides_of(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return the things that a question compares: two phrases, else the names of a question of
    both.
    """
    for pattern in _COMPARED:
        if match := pattern.search(text):
            return _with_noun(match["a"], match["b"])
    return entities if len(entities) > 1 and compares(text) else ()


def _with_noun(first: str, second: str) -> tuple[Entity, Entity]:
    """Return both sides; "soft" of "soft versus hard attention" may share its noun."""
    first, second = (bare(side.strip(" ?.,")) for side in (first, second))
    words = second.split()
    adjective = (
        len(first.split()) == 1 and len(words) == 2 and first.islower() and words[0].islower()
    )
    if adjective:
        return Entity(first, (f"{first} {words[1]}",)), Entity(second)
    return Entity(first), Entity(second)
