"""A paper comes as it is read: whole words, whole paragraphs, column after column, without its
running lines.
"""

from __future__ import annotations

import io

import pypdf
import pytest
from extract.pages import PROSE, blocks, extract, raw
from extract.papers import Text, column, pdf
from pypdf.annotations import FreeText

from litsearch.errors import ExtractError
from litsearch.extract import pdf as extractor
from litsearch.extract.pdf.lines import BREAK, NO_LETTER
from litsearch.extract.pdf.paragraphs import Words
from litsearch.types import Document

LEFT = [
    "The harbour has had a light since the",
    "year of the great storm, and its keep-",
    "ers wrote down what they saw. A state-",
    "of-the-art lens came later. It is said",
    "that the first re-",
]
RIGHT = [
    "flection was seen by a fisherman who",
    "took it for the moon. He told his wife",
    "and she told the town.",
]


def paper(*pages: list[Text], **more: str) -> Document:
    return extract(raw(pdf(pages, **more), "application/pdf", "https://example.org/paper.pdf"))


def test_words_broken_at_line_ends_are_whole() -> None:
    text = paper(
        column([*LEFT[:4], "that keepers knew it, and state-of-the-art it was."], 72, 700)
    ).text
    assert "and its keepers wrote down" in text
    assert "A state-of-the-art lens" in text


def test_a_hyphen_that_belongs_stays() -> None:
    lines = ["We use pre-", "training, as pre-training is cheap and", "pre-training works."]
    assert "We use pre-training, as" in paper(column(lines, 72, 700)).text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Gonz´alez wrote it", "González wrote it"),
        ("une op ´ eration", "une opération"),
        (
            "we can ´ be sure and can be glad to be here",
            "we can be sure and can be glad to be here",
        ),
        ("as yˆi is", "as yˆi is"),
        ("storage- and compute-efficient", "storage- and compute-efficient"),
        (
            "It out" + BREAK + "performs us. Out it performs. Out it performs.",
            "It outperforms us. Out it performs. Out it performs.",
        ),
        ("32- and 16- bit", "32- and 16-bit"),
        ("not out" + BREAK + "performing", "not outperforming"),
        ("e" + NO_LETTER + "cient, for efficient is right", "efficient, for efficient is right"),
        ("ﬁne ﬂight", "fine flight"),
    ],
)
def test_words_are_mended(written: str, read: str) -> None:
    assert Words(written).mend(written) == read


def test_a_paragraph_goes_on_in_the_next_column_over_a_footnote() -> None:
    page = [
        *column(LEFT, 54, 700),
        Text("1 See the ledger of the town.", 54, 80, 7),
        *column(RIGHT, 320, 700),
    ]
    found = blocks(paper(page))
    assert (
        "It is said that the first reflection was seen by a fisherman who took it for the moon."
        in found[0]
    )
    assert "1 See the ledger of the town." in found


def test_columns_written_row_by_row() -> None:
    left = [f"Left line {n} tells of the harbour and sea" for n in range(30)]
    right = [f"Right line {n} tells of islands and haze" for n in range(30)]
    rows = [
        line
        for pair in zip(column(left, 54, 700), column(right, 320, 700), strict=True)
        for line in pair
    ]
    text = paper(rows).text.replace("\n", " ")
    assert text.index("Left line 29") < text.index("Right line 0")
    assert "harbour and sea Left line 2 tells" in text


def test_running_lines_and_page_numbers_and_stamps_go() -> None:
    pages = [
        [
            Text("Keepers of the Light", 72, 760, 8),
            *column([*PROSE[number:], *PROSE[:number]], 20, 700, size=9),
            Text(f"Preprint under review, {number} of 5", 72, 40, 8),
            Text(str(number), 300, 20, 9),
            Text("arXiv:2101.01234v2 [cs.CL] 3 Feb 2021", 15, 200, 20, turned=True),
            Text("Downloaded from example.org by guest on 3 May 2022", 605, 200, 6, turned=True),
        ]
        for number in range(1, 6)
    ]
    document = paper(*pages)
    for poison in ("Keepers of the Light", "Preprint", "arXiv:", "Downloaded"):
        assert poison not in document.text
    assert not any(text.isdigit() for text in blocks(document))
    assert document.text.count("whale oil") == 5
    assert [
        span.page for span in document.spans if "whale oil" in document.text[span.start : span.end]
    ] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_headings_title_and_references() -> None:
    page = [
        Text("On the Keeping of Lights", 150, 740, 18, bold=True),
        Text("Ada Byron", 250, 715, 12, bold=True),
        Text("Abstract", 280, 690, 12, bold=True),
        *column(PROSE[:2], 20, 670, size=9),
        Text("1 Introduction", 20, 630, 12, bold=True),
        *column(PROSE[2:4], 20, 610, size=9),
        Text("1.1 The Tower", 20, 570, 11, bold=True),
        *column(PROSE[4:6], 20, 550, size=9),
        Text("Figure 1: The tower from the south.", 20, 510, 8),
        Text("References", 20, 480, 12, bold=True),
        Text("[1] A. Byron. Lamps of the North. 1840.", 20, 460, 9),
        Text("[2] M. Shelley. Ice. 1818.", 20, 448, 9),
    ]
    document = paper(page)
    spans = {document.text[span.start : span.end]: span for span in document.spans}
    assert document.title == "On the Keeping of Lights"
    assert spans["1.1 The Tower"].heading == ("1 Introduction", "1.1 The Tower")
    assert spans["Ada Byron"].heading == ()
    assert spans["Figure 1: The tower from the south."].role == "caption"
    assert spans["[1] A. Byron. Lamps of the North. 1840."].role == "references"
    assert spans["[2] M. Shelley. Ice. 1818."].heading == ("References",)


def test_numbers_of_a_table_are_no_prose() -> None:
    cells = [
        Text(f"{row}.{cell}", 72 + 60 * cell, 500 - 14 * row)
        for row in range(6)
        for cell in range(5)
    ]
    document = paper([*column(PROSE, 20, 700, size=9), *cells])
    assert document.spans[-1].role == "table"
    assert "0.0 0.1 0.2 0.3 0.4\n1.0" in document.text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Microsoft Word - draft3.docx", None),
        ("untitled", None),
        ("A Study of Lamps at Sea", "A Study of Lamps at Sea"),
    ],
)
def test_titles_of_the_file(title: str, expected: str | None) -> None:
    assert paper(column(PROSE, 20, 700, size=9), title=title).title == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ada Byron; Mary Shelley", ("Ada Byron", "Mary Shelley")),
        ("root", ()),
        ("", ()),
        ("x@y.org", ()),
    ],
)
def test_authors_of_the_file(author: str, expected: tuple[str, ...]) -> None:
    assert paper(column(PROSE, 20, 700, size=9), author=author).authors == expected


def test_a_reader_s_notes_are_no_text() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([column(PROSE, 20, 700, size=9)])))
    writer.add_annotation(0, FreeText(text="POISON note", rect=(50, 50, 200, 100)))
    out = io.BytesIO()
    writer.write(out)
    assert "POISON" not in extract(raw(out.getvalue(), "application/pdf")).text


def test_limits() -> None:
    many = raw(
        pdf([[Text(f"Page {number} has words", 72, 700)] for number in range(9)]), "application/pdf"
    )
    assert "Page 3" not in extractor.extract(many, "s", max_pages=3).text


def test_the_second_reader_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: bytes) -> None:
        raise extractor.pdfium.PdfiumError("Failed to load document (PDFium: Data format error).")

    monkeypatch.setattr(extractor.pdfium, "PdfDocument", refuse)
    document = paper(column(PROSE, 20, 700, size=9))
    assert "whale oil" in document.text
    assert document.spans[0].page == 1


def test_the_verdict_of_a_scan_names_the_tool() -> None:
    from extract.papers import picture_pdf

    with pytest.raises(ExtractError, match="all pictures") as caught:
        extract(raw(picture_pdf(1), "application/pdf"))
    assert "ocrmypdf" in caught.value.hint
