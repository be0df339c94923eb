"""The first page of a paper names its title, authors, year and venue."""

from __future__ import annotations

import pytest
from extract.pages import extract, raw
from extract.papers import Text, column, pdf

from litsearch.types import Document

BODY = [
    "The tower was built from grey stone that masons carried over the sound in the winter of that year,",
    "and its lamp burned whale oil for forty years, until the council put a wire across the water and",
    "argued for a whole summer about whether the old lens should stay in its place or go to a museum.",
]


def paper(*authors: Text, stamp: str = "", head: str = "", **about: str) -> Document:
    page = [
        Text("Towers of the Northern Coast", 72, 700, 17, bold=True),
        *authors,
        Text("Abstract", 280, 560, 12, bold=True),
        *column(BODY * 4, 72, 540, size=10),
    ]
    if head:
        page.insert(0, Text(head, 72, 750, 9))
    if stamp:
        page.append(Text(stamp, 20, 300, 18, turned=True))
    return extract(raw(pdf([page], **about), "application/pdf"))


@pytest.mark.parametrize(
    "lines",
    [
        ("Ann Smith, Bo de Vries and Carla M. Rossi",),
        ("Ann Smith*, Bo de Vries1", ", Carla M. Rossi2,3"),
        ("ANN SMITH", "BO de VRIES", "CARLA M. ROSSI"),
        (
            "Ann Smith ann@example.org",
            "Bo de Vries bo@example.org",
            "Carla M. Rossi {c}@example.org",
        ),
        ("Ann Smith \u2020 1 Bo de Vries * 2 Carla M. Rossi 1",),
    ],
)
def test_authors_however_they_are_set(lines: tuple[str, ...]) -> None:
    authors = [Text(line, 100, 660 - 14 * at, 11, bold=True) for at, line in enumerate(lines)]
    found = paper(*authors, Text("University of the North, Department of Light", 100, 600, 10))
    names = [name.casefold() for name in found.authors]
    assert names == ["ann smith", "bo de vries", "carla m. rossi"]


def test_a_name_in_print_nearly_as_large_is_no_line_of_the_title() -> None:
    found = paper(Text("ANN SMITH, University of the North", 100, 670, 15.5))
    assert (found.title, found.authors) == ("Towers of the Northern Coast", ("Ann Smith",))


def test_what_authors_are_is_no_author() -> None:
    lines = ("Ann Smith", "Independent Researcher", "Bo Vries", "UC San Diego")
    authors = [Text(line, 100, 670 - 14 * at, 11, bold=True) for at, line in enumerate(lines)]
    assert paper(*authors).authors == ("Ann Smith", "Bo Vries")


def test_the_title_of_an_old_journal_stands_above_by() -> None:
    page = [
        Text("L I G H T", 200, 720, 28),
        Text("A QUARTERLY REVIEW", 200, 690, 15),
        Text("TOWERS OF THE NORTHERN", 150, 650, 14, bold=True),
        Text("COAST", 150, 632, 14, bold=True),
        Text("BY A. M. SMITH", 150, 605, 12),
        *column(BODY * 4, 72, 540, size=10),
    ]
    found = extract(raw(pdf([page]), "application/pdf"))
    assert (found.title, found.authors) == ("TOWERS OF THE NORTHERN COAST", ("A. M. Smith",))


def test_names_that_only_wide_spaces_part() -> None:
    names = [
        Text(name, 80 + 150 * at, 660, 11, bold=True)
        for at, name in enumerate(("Ann Smith", "Bo Vries", "Carla Rossi"))
    ]
    assert paper(*names).authors == ("Ann Smith", "Bo Vries", "Carla Rossi")


@pytest.mark.parametrize(
    ("stamp", "head", "published", "venue"),
    [
        ("arXiv:2108.12409v2 [cs.CL] 22 Apr 2022", "", "2021-08", "arXiv"),
        ("", "Published as a conference paper at ICLR 2022", "2022", "ICLR 2022"),
        ("", "Journal of Coastal Light 21 (2020) 1-67", "2020", "Journal of Coastal Light"),
        ("", "March 13, 2019", "2019-03-13", None),
    ],
)
def test_year_and_venue(stamp: str, head: str, published: str, venue: str | None) -> None:
    found = paper(Text("Ann Smith", 100, 660, 11, bold=True), stamp=stamp, head=head)
    assert (found.published, found.venue) == (published, venue)


def test_the_metadata_is_believed_when_the_page_shows_its_names() -> None:
    assert paper(Text("Ann Smith", 100, 660, 11), author="Ann Smith").authors == ("Ann Smith",)
    assert paper(Text("Ann Smith", 100, 660, 11, bold=True), author="Scan Machine").authors == (
        "Ann Smith",
    )


def test_title_and_authors_have_roles_of_their_own() -> None:
    found = paper(Text("Ann Smith", 100, 660, 11, bold=True))
    roles = {found.text[span.start : span.end]: span.role for span in found.spans}
    assert roles["Towers of the Northern Coast"] == "title"
    assert roles["Ann Smith"] == "byline"
