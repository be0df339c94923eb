"""Kinds of PDF file that papers come in: each is read in order, whole, and without what belongs to
its pages.
"""

from __future__ import annotations

import io
import time

import pypdf
import pytest
from extract.pages import PROSE, blocks, extract, raw
from extract.papers import Text, column, pdf

from litsearch.errors import ExtractError
from litsearch.types import Document


def read(body: bytes) -> Document:
    return extract(raw(body, "application/pdf", "https://example.org/paper.pdf"))


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many characters."""
    lines = [""]
    for word in text.split():
        lines.append(word) if len(lines[-1]) + len(word) >= width else lines.append(
            f"{lines.pop()} {word}".strip()
        )
    return lines


def test_title_and_abstract_run_over_both_columns() -> None:
    left, right = (wrapped(" ".join(part), 48) for part in (PROSE[:3], PROSE[3:]))
    page = [
        Text("On the Keeping of Lights", 150, 740, 18),
        *column(wrapped("We tell how the lamp was kept, " + PROSE[5], 100), 72, 690),
        *column(left, 54, 600),
        *column(right, 320, 600),
    ]
    text = " ".join(read(pdf([page])).text.split())
    places = [
        text.index(words) for words in ("On the Keeping", "We tell", "The lighthouse", "In the end")
    ]
    assert places == sorted(places)
    assert all(sentence in text for sentence in PROSE)


def test_a_word_broken_at_the_end_of_a_page() -> None:
    first = [
        *wrapped(PROSE[0], 80),
        "The keepers of that time, who could write well, wrote of the light-",
    ]
    second = ["house in their ledger. " + PROSE[1][:50], *wrapped(PROSE[1][50:], 80)]
    document = read(
        pdf([column(first, 72, 700), column([*second, "A lighthouse it was."], 72, 700)])
    )
    assert "wrote of the lighthouse in their ledger" in document.text


def test_line_numbers_of_a_review_copy_go() -> None:
    pages = []
    for page in range(4):
        lines = wrapped(" ".join(PROSE[page:] + PROSE[:page]), 70)[:9]
        numbers = [Text(f"{page * 9 + at:03d}", 30, 700 - 20 * at, 6) for at in range(9)]
        pages.append([*column(lines, 72, 700, step=20), *numbers])
    document = read(pdf(pages))
    assert PROSE[0] in " ".join(document.text.split())
    assert not any(text.strip().isdigit() for text in document.text.replace("\n", " ").split())


def test_a_file_that_is_locked_with_an_empty_password() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([column(list(PROSE), 20, 700, size=8)])))
    writer.encrypt(user_password="", owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert PROSE[2] in read(out.getvalue()).text


def test_a_file_without_text_or_picture() -> None:
    with pytest.raises(ExtractError):
        read(pdf([[], []]))


@pytest.mark.slow
def test_three_hundred_pages_keep_their_numbers() -> None:
    pages = [
        [
            *column(wrapped(f"Entry {number} of the ledger. " + " ".join(PROSE), 85), 72, 700),
            Text(str(number), 300, 30),
        ]
        for number in range(1, 301)
    ]
    body = pdf(pages)
    begun = time.process_time()
    document = read(body)
    assert time.process_time() - begun < 15
    found = {
        int(text.split()[1]): span.page
        for text, span in zip(blocks(document), document.spans, strict=True)
        if text.startswith("Entry ")
    }
    assert found == {number: number for number in range(1, 301)}


def test_raised_marks_stay_in_their_line() -> None:
    page = [
        Text("The lens was polished by hand", 72, 700),
        Text("2", 207, 704, 6),
        Text("before it came to the island.", 214, 700),
        *column(wrapped(PROSE[0], 80), 72, 688),
    ]
    assert "polished by hand2 before it came" in " ".join(read(pdf([page])).text.split()).replace(
        "hand 2", "hand2"
    )


def test_references_have_their_role() -> None:
    page = [
        *column(wrapped(" ".join(PROSE), 85), 72, 740),
        Text("References", 72, 620, 12, bold=True),
        *column(
            ["[1] A. Byron. Lamps and their oil. 1840.", "[2] M. Shelley. Storms. 1818."], 72, 600
        ),
    ]
    document = read(pdf([page]))
    roles = {document.text[span.start : span.end]: span.role for span in document.spans}
    assert [role for text, role in roles.items() if text.startswith("[")] == ["references"] * 2
    assert all(role == "text" for text, role in roles.items() if "lighthouse" in text)


def test_a_broken_first_page_costs_itself_alone() -> None:
    pages = [column(wrapped(text, 80), 60, 700) for text in (PROSE[0], PROSE[1] * 4)]
    body = pdf(pages)
    broken = body.replace(b"<< /Type /Page /Parent", b"<< /Type /Odd_ /Parent", 1)
    first = broken.index(b"/Type /Odd_")
    broken = broken[:first] + b"/Type [[[[[" + broken[first + 11 :]
    document = read(broken)
    assert " ".join(PROSE[1].split())[:60] in " ".join(document.text.split())
