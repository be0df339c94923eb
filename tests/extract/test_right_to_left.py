"""Lines of Hebrew and Arabic letters with Latin words and numbers inside, in reading order.

In the cases, capitals stand for letters that are read from right to left, as in Unicode's own
description of its algorithm: what is read, and what stands on the page from left to right.
"""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from extract.pages import blocks, extract, raw
from extract.test_pdf_fonts import composite_pdf

from litsearch.extract.pdf.right_to_left import in_reading_order

HEBREW = dict(zip(map(chr, range(65, 91)), map(chr, range(0x5D0, 0x5EA)), strict=True))
ARABIC = {
    letter: chr(code)
    for letter, code in zip(
        map(chr, range(65, 91)), (*range(0x628, 0x63B), *range(0x641, 0x648)), strict=True
    )
}
BOTH = {
    "THE FERRY LEAVES": "SEVAEL YRREF EHT",
    "AT 7:30 EACH DAY.": ".YAD HCAE 7:30 TA",
    "THE self attention OF MODELS": "SLEDOM FO self attention EHT",
    "IN 2017 THE MODEL Transformer CAME": "EMAC Transformer LEDOM EHT 2017 NI",
    "NETS (RNN).": ".(RNN) STEN",
    "A LINE (OF ITS OWN) ENDS": "SDNE (NWO STI FO) ENIL A",
    "«A BOOK» BY Anna B. Lund IN 1998.": ".1998 NI Anna B. Lund YB «KOOB A»",
    "THE FUNCTION f(x) GROWS": "SWORG f(x) NOITCNUF EHT",
    "VERSION 3.11 OF Python 3.12": "Python 3.12 FO 3.11 NOISREV",
    "we say ALEPH BET and go on": "we say TEB HPELA and go on",
}
OF_HEBREW = {
    "UP BY-12.5% IN MAY": "YAM NI 12.5%-YB PU",
    "FROM 2019-2023, IT SAYS": "SYAS TI ,2019-2023 MORF",
}
OF_ARABIC = {"UP BY 12.5% IN MAY": "YAM NI %12.5 YB PU"}
CASES = [
    *((HEBREW, *case) for case in (BOTH | OF_HEBREW).items()),
    *((ARABIC, *case) for case in (BOTH | OF_ARABIC).items()),
]


def written(alphabet: dict[str, str], text: str) -> str:
    """The text with its capitals as letters of an alphabet, but for those of Latin words."""
    words = text.split(" ")
    keep = {"RNN", "(RNN).", ".(RNN)", "Anna", "B.", "Lund", "Transformer", "Python"}
    return " ".join(
        word if word in keep else "".join(alphabet.get(letter, letter) for letter in word)
        for word in words
    )


def orders(seen: str) -> list[list[int]]:
    """Orders in which a PDF, or its reader, may give the places of a line."""
    places = range(len(seen))
    mixed = list(places)
    random.Random(len(seen)).shuffle(mixed)
    ends = [-1, *(place for place in places if seen[place] == " "), len(seen)]
    by_word = [place for start, end in pairwise(ends) for place in reversed(range(start + 1, end))]
    return [list(places), list(reversed(places)), mixed, by_word]


@pytest.mark.parametrize(("alphabet", "read", "seen"), CASES)
def test_a_line_is_read_from_its_places_in_whatever_order_they_come(
    alphabet: dict[str, str], read: str, seen: str
) -> None:
    page, mostly = written(alphabet, seen), not read.startswith("we")
    for order in orders(page):
        text = "".join(page[place] for place in order)
        ordered = in_reading_order(
            text,
            lambda offset, order=order: (order[offset] * 6.0, order[offset] * 6.0 + 6),
            12,
            mostly=mostly,
        )
        assert ordered == written(alphabet, read)


@pytest.mark.parametrize("turned", [True, False])
def test_brackets_open_and_close_whatever_the_font_calls_them(turned: bool) -> None:
    page = written(HEBREW, "SDNE (NWO STI) ENIL A")
    if turned:
        page = page.translate(str.maketrans("()", ")("))
    ordered = in_reading_order(
        page, lambda offset: (offset * 6.0, offset * 6.0 + 6), 12, mostly=True
    )
    assert ordered == written(HEBREW, "A LINE (ITS OWN) ENDS")


@pytest.mark.parametrize("text", ["\u0644\u0625", "\u0625\u0644"])
def test_a_ligature_of_lam_and_alef_begins_with_lam(text: str) -> None:
    places = [(18.0, 24.0), (6.0, 18.0), (6.0, 18.0), (0.0, 6.0)]
    ordered = in_reading_order(
        f"\u0627{text}\u0635", lambda offset: places[offset], 12, mostly=True
    )
    assert ordered == "\u0627\u0644\u0625\u0635"


def test_a_vowel_sign_stays_with_its_letter() -> None:
    """Three letters, the middle one with a sign below, as PDFium may give them."""
    places = {
        "\u05d0": (12.0, 18.0),
        "\u05d1": (6.0, 12.0),
        "\u05d2": (0.0, 6.0),
        "\u05b8": (9.0, 9.0),
    }
    for text in (
        "\u05d0\u05d1\u05b8\u05d2",
        "\u05d2\u05d1\u05b8\u05d0",
        "\u05d0\u05d1\u05d2\u05b8",
    ):
        ordered = in_reading_order(
            text, lambda offset, text=text: places[text[offset]], 12, mostly=True
        )
        assert ordered == "\u05d0\u05d1\u05b8\u05d2"


def test_a_page_of_hebrew_with_numbers_and_latin_words() -> None:
    lines = (
        *(".YAD HCAE 7:30 TA SEVAEL DNALSI EHT OT YRREF EHT", "IN EMAC Transformer LEDOM EHT OS"),
        ".2017 NI SREHTO DNA NETTIRW SAW TI SA NOOS SA",
    )
    page = tuple(written(HEBREW, line) for line in lines)
    document = extract(raw(composite_pdf(page, mapped=True), "application/pdf"))
    assert blocks(document) == [
        written(
            HEBREW,
            "THE FERRY TO THE ISLAND LEAVES AT 7:30 EACH DAY. SO THE MODEL Transformer CAME NI"
            " AS SOON AS IT WAS WRITTEN AND OTHERS IN 2017.",
        )
    ]
