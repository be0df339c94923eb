"""Books, office documents, markup, subtitles and saved pages come as text with headings."""

from __future__ import annotations

import io
import plistlib
import subprocess
import zipfile
from email.message import EmailMessage

import pypandoc
import pytest
from extract.pages import PROSE, article, blocks, extract, raw

from litsearch.errors import ExtractError
from litsearch.extract import office
from litsearch.extract.office import image_of
from litsearch.types import Document

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>'
    "<dc:title>The Old Lighthouse</dc:title><dc:creator>Ann Smith</dc:creator><dc:language>en</dc:language>"
    "<dc:date>2019-04-02</dc:date></metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
)


def packed(files: dict[str, str], mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def epub(*chapters: str) -> bytes:
    names = [f"c{number}.xhtml" for number in range(len(chapters))]
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names
    )
    refs = "".join(f'<itemref idref="{name}"/>' for name in names)
    pages = [
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{text}</body></html>'
        for text in chapters
    ]
    files = {
        "META-INF/container.xml": CONTAINER,
        "book.opf": PACKAGE.format(items=items, refs=refs),
    }
    return packed(files | dict(zip(names, pages, strict=True)), "application/epub+zip")


def docx(*paragraphs: tuple[str, str]) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    office_space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                f'Id="r" Type="{office_space}/officeDocument" Target="word/document.xml"/></Relationships>'
            ),
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        }
    )


def odt(*paragraphs: str) -> bytes:
    """What pandoc writes: an OpenDocument text needs styles of a hundred lines."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=odt"]
    text = "\n\n".join(("# Storms", *paragraphs))
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


def paths(document: Document) -> dict[str, tuple[str, ...]]:
    return {document.text[span.start : span.end]: span.heading for span in document.spans}


def test_chapters_of_a_book_are_headings() -> None:
    book = extract(
        raw(
            epub(f"<h1>One</h1><p>{PROSE[0]}</p>", f"<h1>Two</h1><p>{PROSE[1]}</p>"),
            "application/epub+zip",
        )
    )
    assert (book.title, book.authors) == ("The Old Lighthouse", ("Ann Smith",))
    assert book.published == "2019-04-02"
    assert paths(book)[PROSE[0]] == ("One",)
    assert paths(book)[PROSE[1]] == ("Two",)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (docx(("Heading1", "Storms"), ("Normal", PROSE[0])), "note.docx"),
        (odt(PROSE[0]), "note.odt"),
        (f"{{\\rtf1\\ansi {PROSE[0]}\\par}}".encode(), "note.rtf"),
        (
            f"Storms\n======\n\n{PROSE[0]}\n\n.. code-block:: python\n\n   x = 1\n".encode(),
            "note.rst",
        ),
        (f"#+TITLE: T\n* Storms\n{PROSE[0]}\n".encode(), "note.org"),
        (
            f"\\documentclass{{article}}\\begin{{document}}\\section{{Storms}}{PROSE[0]}\\end{{document}}".encode(),
            "note.tex",
        ),
    ],
)
def test_other_kinds(body: bytes, name: str) -> None:
    document = extract(raw(body, "", f"file:{name}"))
    assert PROSE[0] in blocks(document)
    assert name.endswith(".rtf") or "Storms" in blocks(document)


def test_formulas_of_latex_stay_latex() -> None:
    source = (
        f"\\documentclass{{article}}\\begin{{document}}{PROSE[0]} So $x^2$ it is.\\end{{document}}"
    )
    assert "x^2" in extract(raw(source, "application/x-tex", "file:a.tex")).text


def test_markup_that_pandoc_refuses_is_read_as_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(body: bytes, kind: str) -> str:
        raise ExtractError("no")

    monkeypatch.setattr(office, "_html", refuse)
    assert PROSE[0] in extract(raw(PROSE[0], "text/x-rst", "file:a.rst")).text


def test_an_archive_that_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MAX_UNPACKED", 1000)
    with pytest.raises(ExtractError, match="unpacks to"):
        extract(raw(epub("<p>" + "x" * 5000 + "</p>"), "application/epub+zip"))


@pytest.mark.parametrize(
    "body", [b"PK\x03\x04mimetypeapplication/epub+zip", epub("<p>x</p>")[:-40]]
)
def test_a_broken_book_is_refused(body: bytes) -> None:
    with pytest.raises(ExtractError):
        extract(raw(body, "application/epub+zip"))


def test_a_document_of_markup_reads_no_file() -> None:
    text = extract(
        raw(f"{PROSE[0]}\n\n.. include:: /etc/passwd\n\n{PROSE[1]}\n", "text/x-rst", "file:a.rst")
    ).text
    assert "root:" not in text


VTT = """WEBVTT

00:01.000 --> 00:04.000
<v Ann>The lamp burned

00:05.000 --> 00:09.000 align:start
The lamp burned
whale oil &amp; tallow.

01:10.000 --> 01:12.000
Later came the wire.
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
The lamp <i>burned</i>

2
00:00:05,000 --> 00:00:09,000
whale oil & tallow.

3
00:01:10,000 --> 00:01:12,000
Later came the wire.
""".replace("\n", "\r\n")


@pytest.mark.parametrize(("body", "name"), [(VTT, "a.vtt"), (SRT, "a.srt")])
def test_subtitles_are_paragraphs_under_their_time(body: str, name: str) -> None:
    document = extract(raw(body, "", f"file:{name}"))
    assert paths(document) == {
        "The lamp burned whale oil & tallow.": ("0:01",),
        "Later came the wire.": ("1:10",),
    }


def test_saved_pages() -> None:
    page = article()
    message = EmailMessage()
    message.set_content(page, subtype="html", charset="utf-8", cte="quoted-printable")
    message.make_related()
    web = plistlib.dumps(
        {
            "WebMainResource": {
                "WebResourceData": page.encode(),
                "WebResourceTextEncodingName": "UTF-8",
            }
        },
        fmt=plistlib.FMT_BINARY,
    )
    for body in (bytes(message), web):
        found = extract(raw(body, "", "file:page.saved"))
        assert found.title == "The Old Lighthouse"
        assert PROSE[5] in blocks(found)
        assert found.url == "file:page.saved"


def test_emoji_shortcodes_are_emoji_and_code_keeps_them() -> None:
    text = extract(
        raw(
            "A launch :rocket: at 10:30:45, and `:rocket:` in code, :no_such_thing: too.",
            "text/markdown",
        )
    ).text
    assert text == "A launch 🚀 at 10:30:45, and :rocket: in code, :no_such_thing: too."


PNG = b"\x89PNG\r\n\x1a\n" + bytes(3000)
IN_A_FOLDER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
SHOWING = """<h1>One</h1><p>{}</p><figure><img src="{}" alt="The lamp"/><figcaption>Its lamp.</figcaption></figure>
<p>{}</p>"""


def illustrated(address: str, **images: bytes) -> bytes:
    """A book in a folder of its archive, with a chapter that shows an image."""
    page = SHOWING.format(PROSE[0], address, PROSE[1])
    items = '<item id="c" href="text/c.xhtml" media-type="application/xhtml+xml"/>'
    files = {
        "META-INF/container.xml": IN_A_FOLDER,
        "OEBPS/book.opf": PACKAGE.format(items=items, refs='<itemref idref="c"/>'),
        "OEBPS/text/c.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{page}</body></html>',
    }
    book = io.BytesIO(packed(files, "application/epub+zip"))
    with zipfile.ZipFile(book, "a") as archive:
        for name, body in images.items():
            archive.writestr(name, body)
    return book.getvalue()


def test_images_of_a_book_are_those_of_its_archive() -> None:
    body = illustrated("../images/a%20lamp.png", **{"OEBPS/images/a lamp.png": PNG})
    document = extract(raw(body, "application/epub+zip"))
    ((at, address, alt),) = document.figures
    assert (address, alt) == ("inside:OEBPS/images/a%20lamp.png", "The lamp")
    assert document.text[at:].startswith("Its lamp.")
    assert image_of(body, address, 10_000) == PNG
    assert image_of(body, address, 1_000) is None


@pytest.mark.parametrize(
    "address",
    ["../images/gone.png", "https://a.example/a.png", "../../../etc/passwd", "file:///a.png"],
)
def test_a_book_shows_no_image_from_elsewhere(address: str) -> None:
    document = extract(raw(illustrated(address), "application/epub+zip"))
    assert document.figures == ()


def test_what_is_no_archive_has_no_image() -> None:
    body = illustrated("../a.png", **{"OEBPS/a.png": PNG})
    for broken in (
        b"",
        b"PK\x03\x04",
        body[:-30],
        body.replace(PNG[:9], b"y" * 9),
    ):
        assert image_of(broken, "inside:OEBPS/a.png", 10_000) != PNG


@pytest.mark.slow
def test_a_saved_page_of_parts_within_parts_holds_no_page() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b%d\n\n--b%d\n"
    body = b"".join(head % (number, number) for number in range(3_000))
    with pytest.raises(ExtractError, match="holds no page"):
        extract(raw(body, "multipart/related"))
