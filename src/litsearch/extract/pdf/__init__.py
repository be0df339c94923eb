"""PDF files, read with PDFium; pypdf, and pictures of pages, are the second try.

A font without a Unicode map leaves signs in place of letters; is_legible() tells them from text.
Pictures of pages are read by ocrmypdf, where it is installed, in a process of its own.
"""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, below_title, clean, document, letters
from litsearch.extract.pdf.front_matter import FrontMatter, read_front_matter
from litsearch.extract.pdf.furniture import without_furniture
from litsearch.extract.pdf.layout import blocks_of
from litsearch.extract.pdf.lines import BREAK, Line, page_lines
from litsearch.extract.pdf.paragraphs import Words
from litsearch.patterns import expression
from litsearch.types import Document, RawDocument, Role

if TYPE_CHECKING:
    import pypdf

MEDIA_TYPES = ("application/pdf",)
MAX_PAGES = 5000
SECONDS = 40.0  # of reading; [extract] timeout is 60, and a part of a book is better than none
SCANNED = 25  # letters a page: fewer, with a picture on it, and the page is a picture
OUTLINE_ENTRIES = 2000
MAX_BYLINE = 1500  # letters: large collaborations fill half a page
SHORT = 300  # letters of a line with an address


def extract(raw: RawDocument, source_id: str, *, max_pages: int = MAX_PAGES) -> Document:
    """Return the text of a PDF. Raises ExtractError for encrypted, broken, picture-only files."""
    try:
        pdf = pdfium.PdfDocument(raw.body)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise needs_password() from None
        return extract_with_pypdf(raw, source_id, max_pages)
    with pdf:
        pages = _read(pdf, max_pages)
        if not _is_picture(pdf, pages):
            return _document(pdf, pages, raw, source_id)

    with pdfium.PdfDocument(recognised(raw.body)) as pdf:
        pages = _read(pdf, max_pages)
        if not _is_picture(pdf, pages):
            return _document(pdf, pages, raw, source_id)
    raise ExtractError(
        "The PDF is all pictures, and ocrmypdf finds no text in them.",
        "Name another copy.",
        status="unsupported",
    )


@dataclass(frozen=True, slots=True)
class _Pages:
    """The lines of the pages that were read, and of how many they are."""

    lines: list[list[Line]]
    total: int
    illegible: int  # pages whose fonts have no Unicode map; their lines are left out

    @property
    def cut(self) -> str:
        """How far the file was read, when not to its end."""
        read = len(self.lines)
        return f"page {read} of {self.total}" if read < self.total else ""


def _read(pdf: pdfium.PdfDocument, max_pages: int) -> _Pages:
    """Read the lines of a file's pages, as many as time allows."""
    end = time.monotonic() + SECONDS
    pages: list[list[Line]] = []
    illegible = 0
    for index in range(min(len(pdf), max_pages)):
        if time.monotonic() > end:
            break
        lines = _lines(pdf, index)
        if not is_legible(" ".join(line.text for line in lines)):
            lines = []
            illegible += 1
        pages.append(lines)
    return _Pages(pages, len(pdf), illegible)


def _lines(pdf: pdfium.PdfDocument, index: int) -> list[Line]:
    """Return the lines of a page; none when the page is broken."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return []
    try:
        return page_lines(page, index + 1)
    except pdfium.PdfiumError:
        return []
    finally:
        page.close()


def _is_picture(pdf: pdfium.PdfDocument, pages: _Pages) -> bool:
    """Tell a file whose text is in pictures, or in fonts that only a reader of pictures reads."""
    letters = sum(sum(map(str.isalpha, line.text)) for page in pages.lines for line in page)
    if letters >= SCANNED * max(1, len(pages.lines)):
        return False
    return pages.illegible > 0 or _has_pictures(pdf)


def _has_pictures(pdf: pdfium.PdfDocument) -> bool:
    """Tell whether a picture stands on one of the first pages."""
    for index in range(min(len(pdf), 3)):
        with suppress(pdfium.PdfiumError):  # a broken page
            images = (raw_pdfium.FPDF_PAGEOBJ_IMAGE,)
            if next(pdf[index].get_objects(filter=images, max_depth=3), None):
                return True
    return False


def _width(pdf: pdfium.PdfDocument) -> float:
    """Return the width of the first page, 0 where there is none that can be read."""
    try:
        return float(pdf.get_page_size(0)[0])
    except pdfium.PdfiumError:
        return 0.0


def _document(pdf: pdfium.PdfDocument, pages: _Pages, raw: RawDocument, source_id: str) -> Document:
    """Return the text of pages, with what their first one says of title, authors and year."""
    width = _width(pdf)
    lines = without_furniture(pages.lines, width)
    words = Words(_running_text(lines))
    blocks = blocks_of(lines, words, _outline(pdf))
    about = read_front_matter(pages.lines, lines, words, pdf.get_metadata_dict())
    return document(
        raw,
        source_id,
        _with_roles(below_title(blocks, about.title), about),
        title=about.title,
        authors=about.authors,
        published=about.published,
        venue=about.venue,
        cut=pages.cut,
    )


def _running_text(lines: Sequence[Line]) -> str:
    """Return lines as one text; those that end with BREAK have no line break behind it."""
    return "".join(line.text if line.text.endswith(BREAK) else f"{line.text}\n" for line in lines)


def _with_roles(blocks: Sequence[Block], about: FrontMatter) -> list[Block]:
    """Give the title and the lines of authors above the first heading their roles."""
    title = letters(about.title or "").casefold()
    names = [letters(name).casefold() for name in about.authors]
    roled = []
    for block in blocks:
        if block.page == 1 and not block.heading:
            block = replace(block, role=_opening_role(block, title, names))
        roled.append(block)
    return roled


def _opening_role(block: Block, title: str, names: Sequence[str]) -> Role:
    """Return the role of a block above the first heading. title, names: letters, without case."""
    shown = letters(block.text).casefold()
    if title and shown == title:
        return "title"
    if len(shown) < MAX_BYLINE and _names_authors(block.text, shown, names):
        return "byline"
    return block.role


def _names_authors(text: str, shown: str, names: Sequence[str]) -> bool:
    """Tell a line of which a quarter is names, or a short one with an address."""
    size = sum(len(name) for name in names if name in shown)
    return size * 4 > len(shown) or ("@" in text and len(shown) < SHORT)


def _outline(pdf: pdfium.PdfDocument) -> dict[str, int]:
    """Return the letters of each bookmark's title -> its level from 1."""
    levels: dict[str, int] = {}
    try:
        for number, mark in enumerate(pdf.get_toc(max_depth=6)):
            if number >= OUTLINE_ENTRIES:
                break
            levels.setdefault(letters(mark.get_title() or "").casefold(), mark.level + 1)
    except (pdfium.PdfiumError, UnicodeError):
        return levels
    return levels


# what pypdf finds wrong with a file becomes a verdict
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

ENOUGH = 60  # characters: fewer tell nothing
ODD = 0.25  # share of characters that no text has
LATIN_WORD = expression(r"[A-Za-z]{2,}")
VOWEL = expression(r"[aeiouyAEIOUY]")
VOWELS = 0.22  # share of vowels below which Latin letters spell no language; English has .38
# Private use, control characters and what stands for a missing one; TeX has ligatures in 1b-1f.
NO_TEXT = expression("[\ue000-\uf8ff\ufffd\uffff\x00-\x08\x0e-\x1a\x7f-\x9f\U000f0000-\U0010ffff]")
# never reached before the limit of [extract] timeout, which ends this process and its children
OCR_SECONDS = 3600
OCR_OPTIONS = ("--quiet", "--force-ocr", "--jobs", "1", "--output-type", "pdf", "--optimize", "0")
OCR_INSTALL = (
    "`pip install 'litsearch[ocr]'` and the program tesseract (`apt install tesseract-ocr`)"
)


def is_legible(text: str) -> bool:
    """Return False for the signs that stand for the letters of a font whose map is missing."""
    size = len(text) - text.count(" ")
    if size < ENOUGH:
        return True
    if len(NO_TEXT.findall(text)) > ODD * size:
        return False
    return not _is_shifted(text, size)


def _is_shifted(text: str, size: int) -> bool:
    """Tell Latin letters that spell nothing, as when codes are off by a constant: "7KH SUREOHP"."""
    words = LATIN_WORD.findall(text)
    latin = sum(map(len, words))
    if latin < ENOUGH or latin * 3 < size:
        return False
    return len(VOWEL.findall("".join(words))) < VOWELS * latin


def extract_with_pypdf(raw: RawDocument, source_id: str, max_pages: int) -> Document:
    """Return the text of a file. Raises ExtractError when pypdf cannot read it either."""
    import pypdf  # 50 ms for each worker, and hardly any file needs it

    try:
        reader = pypdf.PdfReader(io.BytesIO(raw.body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise needs_password()
        count = len(reader.pages)
        blocks = list(_pages(reader, max_pages))
    except ExtractError:
        raise
    except Exception as error:  # noqa: BLE001 - pypdf raises whatever a broken file makes it do
        raise ExtractError(
            f"The PDF is broken: {type(error).__name__} while reading it.",
            "Download it again, or mend it with `qpdf` and name the new file in the list.",
        ) from None
    cut = f"page {max_pages} of {count}" if count > max_pages else ""
    return document(raw, source_id, blocks, title=None, cut=cut)


def needs_password() -> ExtractError:
    """Return the verdict on a file that nobody can read without its password."""
    return ExtractError(
        "The PDF is encrypted and needs a password.",
        "Decrypt it with `qpdf --decrypt`, and name the new file in the list.",
        status="unsupported",
    )


def _pages(reader: pypdf.PdfReader, max_pages: int) -> Iterator[Block]:
    for number, page in enumerate(reader.pages[:max_pages], 1):
        for part in re.split(r"\n\s*\n", page.extract_text()):
            yield Block(clean(part), page=number)


def recognised(body: bytes) -> bytes:
    """Return the same pages with a text layer.

    Raises ExtractError, which names the program that is missing or what failed.
    """
    program = _program("ocrmypdf")
    if program is None or _program("tesseract") is None:
        raise _unread(
            "its pages are scans without text",
            f"Install {OCR_INSTALL} and run `litsearch build --full`; or run ocrmypdf on the file "
            "elsewhere, and name the new file in the list.",
        )
    with TemporaryDirectory(prefix="litsearch-ocr-") as folder:
        scan, output = Path(folder, "scan.pdf"), Path(folder, "read.pdf")
        scan.write_bytes(body)
        finished = subprocess.run(  # noqa: S603 - a program on the path, with files of our own
            [program, *OCR_OPTIONS, str(scan), str(output)],
            capture_output=True,
            env={**os.environ, "TMPDIR": folder, "OMP_THREAD_LIMIT": "1"},
            timeout=OCR_SECONDS,
            check=False,
        )
        if finished.returncode or not output.exists():
            message = finished.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
            raise _unread(
                f"ocrmypdf fails on it: {message or finished.returncode}",
                "Name another copy of the work.",
            )
        return output.read_bytes()


def _program(name: str) -> str | None:
    """Return where a program is: beside this Python, else on the path."""
    folders = (str(Path(sys.executable).parent), os.environ.get("PATH", ""))
    return shutil.which(name, path=os.pathsep.join(folders))


def _unread(why: str, remedy: str) -> ExtractError:
    return ExtractError(f"The PDF is all pictures: {why}.", remedy, status="unsupported")
