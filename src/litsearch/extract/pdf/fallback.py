"""PDF files whose text PDFium does not give: pypdf, pictures of pages, fonts without a map.

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
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from litsearch.errors import ExtractError
from litsearch.extract.blocks import Block, clean, document
from litsearch.patterns import expression
from litsearch.types import Document, RawDocument

if TYPE_CHECKING:
    import pypdf

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
