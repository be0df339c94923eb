"""Sources that turn out to be one work."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from litsearch.index.dedupe import duplicate_groups
from litsearch.types import CatalogSource, Document, Entry, Source, Verdict

TEXT = " ".join(f"the lamp of harbour {n} burned oil" for n in range(60))
OTHER = " ".join(f"bread number {n} rose in a warm kitchen" for n in range(60))


@dataclass(frozen=True)
class FetchedSource:
    row: CatalogSource
    document: Document
    works: tuple[str, ...] = ()


def made(name: str, *works: str, text: str = TEXT) -> FetchedSource:
    source = Source(
        name,
        f"https://{name}.example/",
        "article",
        (Entry("l", 1, name),),
        (f"https://{name}.example/",),
    )
    return FetchedSource(
        CatalogSource.of(source, Verdict("indexed"), name),
        Document(name, name, text, (), str(hash(text))),
        works,
    )


def groups(*items: FetchedSource) -> list[str]:
    return [
        "".join(item.row.source_id for item in group) for group in duplicate_groups(items).values()
    ]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([made("a", "A", ""), made("b", "B", "")], ["a", "b"]),
        # one address has one text: seen at two times
        ([made("a", "A", ""), made("b", "A", "", text=OTHER)], ["ab"]),
        ([made("a", "A", ""), made("b", "B", "A")], ["ab"]),
        ([made("a", "A", "B"), made("b", "B", "")], ["ab"]),
        ([made("a", "A", "C"), made("b", "B", "C"), made("c", "X", "")], ["ab", "c"]),
        # a page that claims another's address
        ([made("a", "A", ""), made("b", "B", "A", text=OTHER)], ["a", "b"]),
        (
            [made("a", "A", ""), made("b", "B", "A", text=f"Menu Home About {TEXT} Share this")],
            ["ab"],
        ),
        ([made("a", "A", ""), made("b", "B", "A", text=TEXT + OTHER + OTHER)], ["a", "b"]),
        ([made("a", "", ""), made("b", "", "")], ["a", "b"]),
        ([made("a"), made("b")], ["a", "b"]),
        ([made("a", "A", ""), made("b", "B", "A"), made("c", "B", "")], ["abc"]),
    ],
)
def test_only_sure_twins_are_united(items: list[FetchedSource], expected: list[str]) -> None:
    assert groups(*items) == expected


def test_the_first_keeps_its_name_and_gets_all_entries() -> None:
    one, two = made("a").row, made("b").row
    both = one.merge([two])
    assert (both.source_id, both.url, both.aliases) == ("a", one.url, (*one.aliases, *two.aliases))
    assert both.entries == (*one.entries, *two.entries)
    assert one.merge([]) is one
