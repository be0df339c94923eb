"""A scan is read by ocrmypdf where that is installed; elsewhere its verdict says what to install."""

from __future__ import annotations

import multiprocessing.spawn
import os
import shutil
import sys
import time
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from extract.pages import PROSE, extract, raw
from extract.papers import Text, pdf, picture_pdf

from litsearch.app.extraction import extract as by_kind
from litsearch.errors import ExtractError
from litsearch.extract.pool import ExtractorPool

PYTHON = sys.executable
BESIDE = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
INSTALLED = all(shutil.which(name, path=BESIDE) for name in ("ocrmypdf", "tesseract"))


def scan(folder: Path) -> bytes:
    """A page that is a picture of two sentences."""
    page = pdf(
        [
            [
                Text(line, 30, 700 - 40 * at, 18)
                for at, line in enumerate((PROSE[0][:62], PROSE[1][:60]))
            ]
        ]
    )
    with pdfium.PdfDocument(page) as written, pdfium.PdfDocument.new() as scanned:
        bitmap = written[0].render(scale=3)
        image = pdfium.PdfImage.new(scanned)
        image.set_bitmap(bitmap)
        image.set_matrix(pdfium.PdfMatrix().scale(612, 792))
        into = scanned.new_page(612, 792)
        into.insert_obj(image)
        into.gen_content()
        scanned.save(folder / "scan.pdf")
    return (folder / "scan.pdf").read_bytes()


def program(folder: Path, name: str, script: str) -> None:
    """A stand-in for a program."""
    (folder / name).write_text(f"#!{PYTHON}\n{script}")
    (folder / name).chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are found."""
    multiprocessing.spawn.set_executable(PYTHON)  # it would remember the one below
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_without_it_the_verdict_says_what_to_install(programs: Path) -> None:
    with pytest.raises(ExtractError, match="scans without text") as caught:
        extract(raw(picture_pdf(2), "application/pdf"))
    assert caught.value.status == "unsupported"
    for word in (
        "pip install 'litsearch[ocr]'",
        "tesseract-ocr",
        "litsearch build --full",
        "ocrmypdf",
    ):
        assert word in caught.value.hint


def test_what_it_reads_is_the_document(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "read.pdf").write_bytes(
        pdf([[Text(line, 20, 700 - 14 * n, 9) for n, line in enumerate(PROSE)]])
    )
    program(programs, "tesseract", "")
    program(
        programs,
        "ocrmypdf",
        f"import shutil, sys\nshutil.copy({str(tmp_path / 'read.pdf')!r}, sys.argv[-1])\n",
    )
    assert PROSE[3] in extract(raw(picture_pdf(2), "application/pdf")).text


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys\nsys.exit('InputFileError: no such page')", "no such page"),
        ("import shutil, sys\nshutil.copy(sys.argv[-2], sys.argv[-1])", "finds no text"),
    ],
)
def test_its_failure_is_a_verdict(programs: Path, script: str, said: str) -> None:
    program(programs, "tesseract", "")
    program(programs, "ocrmypdf", script)
    with pytest.raises(ExtractError, match=said) as caught:
        extract(raw(picture_pdf(2), "application/pdf"))
    assert caught.value.status == "unsupported"


@pytest.mark.slow
def test_it_ends_with_the_worker_that_took_too_long(programs: Path) -> None:
    (programs / "tesseract").symlink_to("/bin/true")
    (programs / "ocrmypdf").write_text(
        f"#!/bin/sh\necho $$ > {programs}/pid\nexec /bin/sleep 600\n"
    )
    (programs / "ocrmypdf").chmod(0o755)
    with ExtractorPool(by_kind, workers=1, timeout=5) as pool:
        error = pool.submit(raw(picture_pdf(2), "application/pdf"), "s").exception(timeout=120)
    assert "longer than 5 s" in str(error)
    time.sleep(0.5)
    status = Path("/proc", (programs / "pid").read_text().strip(), "status")
    assert not status.exists() or "(zombie)" in status.read_text()


@pytest.mark.slow
@pytest.mark.skipif(not INSTALLED, reason="needs ocrmypdf and tesseract")
def test_a_real_scan(tmp_path: Path) -> None:
    text = " ".join(extract(raw(scan(tmp_path), "application/pdf")).text.split())
    assert "The lighthouse at the end of the harbour was built" in text
    assert "Its lamp burned whale oil for forty years" in text
