"""Collections written for these tests: sixty abstracts with queries of four kinds, and pages in
twelve languages.

Every third query is kept apart: `held` ones are looked at when everything is done, never while
something is tuned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in (HERE / "languages").glob("*.txt")))
KINDS = {"p": "pasted", "r": "request", "c": "claim"}
REQUESTS = (
    "give me a reading list about {}",
    "what should I read on {}?",
    "can you recommend papers on {}",
    "I am looking for articles about {}",
    "please show me some recent work on {}",
    "suggest resources for {}",
)


@dataclass(frozen=True)
class Text:
    """A title and what stands under it."""

    name: str
    title: str
    body: str
    language: str = "en"


@dataclass(frozen=True)
class Asked:
    """A query, its kind, and the names of the texts that it should find."""

    kind: str
    text: str
    relevant: frozenset[str]
    held: bool


@dataclass
class Collection:
    """Texts, and what is asked of them."""

    texts: list[Text] = field(default_factory=list)
    queries: list[Asked] = field(default_factory=list)

    def of(self, kind: str, *, held: bool = False) -> list[Asked]:
        return [query for query in self.queries if query.kind == kind and query.held == held]


def abstracts() -> Collection:
    """Sixty abstracts in twelve topics; each has a pasted text, a request and a claim, each topic a
    query.
    """
    found = Collection()
    for block in (HERE / "abstracts.txt").read_text("utf-8").split("# ")[1:]:
        topic, *entries = block.split("\n= ")
        numbers = [len(found.texts) + place for place in range(len(entries))]
        for number, entry in zip(numbers, entries, strict=True):
            title, body, *lines = entry.strip().splitlines()
            found.texts.append(Text(f"a{number}", title, body))
            found.queries += _asked(number, lines)
        topics = len(found.texts) // len(entries)
        found.queries.append(
            Asked("topic", topic.strip(), frozenset(f"a{n}" for n in numbers), topics % 3 == 0)
        )
    return found


def _asked(number: int, lines: list[str]) -> Iterator[Asked]:
    for line in lines:
        mark, text = line[:1], line[2:]
        form = REQUESTS[number % len(REQUESTS)] if mark == "r" else "{}"
        yield Asked(KINDS[mark], form.format(text), frozenset({f"a{number}"}), number % 3 == 2)


def language(code: str) -> Collection:
    """Ten pages in one language; each has a query."""
    found = Collection()
    lines = (HERE / "languages" / f"{code}.txt").read_text("utf-8").splitlines()
    for number in range(len(lines) // 3):
        title, body, query = lines[3 * number : 3 * number + 3]
        name = f"{code}{number}"
        found.texts.append(Text(name, title, body, code))
        found.queries.append(
            Asked(code, query.removeprefix("? "), frozenset({name}), number % 3 == 2)
        )
    return found


def languages() -> Collection:
    """All pages of all twelve languages as one library."""
    found = Collection()
    for code in LANGUAGES:
        one = language(code)
        found.texts += one.texts
        found.queries += one.queries
    return found
