"""PDF files, read with PDFium; pypdf is the second try."""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from litsearch.errors import ExtractError
from litsearch.extract.blocks import MAX_CHARACTERS, Block, below_title, clean, document, letters
from litsearch.extract.pdf.furniture import without_furniture
from litsearch.extract.pdf.layout import blocks_of
from litsearch.extract.pdf.lines import BREAK, Line, page_lines
from litsearch.extract.pdf.paragraphs import Words, body_size
from litsearch.types import Document, RawDocument

# never reached before the limit of [extract] timeout, which ends this process and its children
SECONDS = 3600
OPTIONS = ("--quiet", "--force-ocr", "--jobs", "1", "--output-type", "pdf", "--optimize", "0")
INSTALL = "`pip install 'litsearch[ocr]'` and the program tesseract (`apt install tesseract-ocr`)"


def recognised(body: bytes) -> bytes:
    """The same pages with a text layer. Raises ExtractError, which names what is missing or what
    failed.
    """
    program = _program("ocrmypdf")
    if program is None or _program("tesseract") is None:
        raise _unread(
            "its pages are scans without text",
            f"Install {INSTALL} and run `litsearch build --full`; or run ocrmypdf on the file elsewhere, and name the "
            "new file in the list.",
        )
    with TemporaryDirectory(prefix="litsearch-ocr-") as folder:
        scan, read = Path(folder, "scan.pdf"), Path(folder, "read.pdf")
        scan.write_bytes(body)
        environ = {**os.environ, "TMPDIR": folder, "OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(  # noqa: S603 - a program found on the path, with files of our own
            [program, *OPTIONS, str(scan), str(read)],
            capture_output=True,
            env=environ,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode or not read.exists():
            said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
            raise _unread(
                f"ocrmypdf fails on it: {said or done.returncode}", "Name another copy of the work."
            )
        return read.read_bytes()


def _program(name: str) -> str | None:
    """Where a program is: beside this Python, else on the path."""
    return shutil.which(
        name, path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    )


def _unread(why: str, remedy: str) -> ExtractError:
    return ExtractError(f"The PDF is all pictures: {why}.", remedy, status="unsupported")


# what it finds wrong with a file becomes a verdict
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
MEDIA_TYPES = ("application/pdf",)
MAX_PAGES = 1500
SCANNED = 25  # letters a page: fewer, with a picture on it, and the page is a picture
OUTLINE_ENTRIES = 2000


def extract(
    raw: RawDocument,
    source_id: str,
    *,
    max_pages: int = MAX_PAGES,
    max_characters: int = MAX_CHARACTERS,
) -> Document:
    """The text of a PDF. Raises ExtractError for encrypted, broken and picture-only files."""
    try:
        pdf = pdfium.PdfDocument(raw.body)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise _encrypted() from None
        return _second_try(raw, source_id, max_pages, max_characters)
    try:
        found = _read(pdf, raw, source_id, max_pages, max_characters)
    finally:
        pdf.close()
    if found is None:
        with pdfium.PdfDocument(recognised(raw.body)) as pdf:
            found = _read(pdf, raw, source_id, max_pages, max_characters)
    if found is None:
        raise ExtractError(
            "The PDF is all pictures, and ocrmypdf finds no text in them.",
            "Name another copy.",
            status="unsupported",
        )
    return found


def _read(
    pdf: pdfium.PdfDocument, raw: RawDocument, source_id: str, max_pages: int, max_characters: int
) -> Document | None:
    """The text of an open file; None when its pages are pictures."""
    pages = [_lines(pdf, index) for index in range(min(len(pdf), max_pages))]
    found = sum(sum(map(str.isalpha, line.text)) for page in pages for line in page)
    if found < SCANNED * max(1, len(pages)) and _has_pictures(pdf):
        return None
    width = pdf.get_page_size(0)[0] if len(pdf) else 0.0
    lines = without_furniture(pages, width)
    words = Words(
        "".join(line.text if line.text.endswith(BREAK) else f"{line.text}\n" for line in lines)
    )
    about = pdf.get_metadata_dict()
    title = _title(about.get("Title", ""), lines, words)
    return document(
        raw,
        source_id,
        below_title(blocks_of(lines, words, _outline(pdf)), title),
        title=title,
        authors=_authors(about.get("Author", "")),
        published=None,
        max_characters=max_characters,
    )


def _lines(pdf: pdfium.PdfDocument, index: int) -> list[Line]:
    """The lines of a page; none when the page is broken."""
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


def _has_pictures(pdf: pdfium.PdfDocument) -> bool:
    for index in range(min(len(pdf), 3)):
        page = pdf[index]
        if any(
            True for _ in page.get_objects(filter=(raw_pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
        ):
            return True
    return False


def _outline(pdf: pdfium.PdfDocument) -> dict[str, int]:
    """Letters of each bookmark's title -> its level from 1."""
    levels: dict[str, int] = {}
    try:
        for number, mark in enumerate(pdf.get_toc(max_depth=6)):
            if number >= OUTLINE_ENTRIES:
                break
            levels.setdefault(letters(mark.get_title() or "").casefold(), mark.level + 1)
    except (pdfium.PdfiumError, UnicodeError):
        return levels
    return levels


def _title(said: str, lines: list[Line], words: Words) -> str | None:
    """The title in the metadata when it stands on the first page too, else the largest text there."""
    first = [line for line in lines if line.page == lines[0].page] if lines else []
    said = clean(said).replace("\n", " ")
    shown = _largest(first, words)
    if shown and _key(said) in _key(shown):
        return shown
    if len(said) > 5 and _key(said) in _key(" ".join(words.mend(line.text) for line in first)):
        return said
    sane = (
        said
        and " " in said
        and not re.search(r"\.(?:docx?|tex|dvi|pdf|indd|qxd)\b|microsoft word|untitled", said, re.I)
    )
    return shown or (said if sane else None)


def _largest(first: list[Line], words: Words) -> str | None:
    """The lines in the largest print of a page's upper part, when they are larger than its text."""
    upright = [line for line in first if line.upright and sum(map(str.isalpha, line.text)) > 3]
    largest = max((line.size for line in upright), default=0.0)
    if largest <= 1.05 * body_size(first):
        return None
    at = next(index for index, line in enumerate(upright) if line.size == largest)
    if not re.search(r"[^\W\d_]{3}", upright[at].text):  # "M I N D": a masthead
        return None
    run: list[str] = []
    for line in upright[at:]:
        if abs(line.size - largest) > 0.15 * largest or len(run) == 5:
            break
        run.append(line.text)
    title = clean(words.mend(" ".join(run))).replace("\n", " ")
    return title if 3 < len(title) <= 300 else None


def _authors(said: str) -> tuple[str, ...]:
    """The names in the metadata; () when it names a program or an account."""
    names = [clean(name) for name in re.split(r"\s*(?:;|,|\band\b)\s*", said)]
    names = [name for name in names if name]
    return (
        tuple(names)
        if names and all(" " in name and len(name) <= 60 and "@" not in name for name in names)
        else ()
    )


def _second_try(raw: RawDocument, source_id: str, max_pages: int, max_characters: int) -> Document:
    """pypdf reads some files that PDFium does not."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw.body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted()
        blocks = list(_plain_pages(reader, max_pages))
    except ExtractError:
        raise
    except Exception as error:  # noqa: BLE001 - pypdf raises whatever a broken file makes it stumble over
        raise ExtractError(
            f"The PDF is broken: {type(error).__name__} while reading it.",
            "Download it again, or mend it with `qpdf` and name the new file in the list.",
        ) from None
    return document(raw, source_id, blocks, title=None, max_characters=max_characters)


def _plain_pages(reader: pypdf.PdfReader, max_pages: int) -> Iterator[Block]:
    for number, page in enumerate(reader.pages[:max_pages], 1):
        for part in re.split(r"\n\s*\n", page.extract_text()):
            yield Block(clean(part), page=number)


def _encrypted() -> ExtractError:
    return ExtractError(
        "The PDF is encrypted and needs a password.",
        "Decrypt it with `qpdf --decrypt`, and name the new file in the list.",
        status="unsupported",
    )


def _key(text: str) -> str:
    return letters(text).casefold()
