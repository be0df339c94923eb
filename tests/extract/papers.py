"""A tiny PDF writer: lines of Helvetica at given places, enough to draw a paper."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 612, 792


@dataclass(frozen=True)
class Text:
    """A line of text with its lower left corner."""

    text: str
    x: float
    y: float
    size: float = 10
    bold: bool = False
    turned: bool = False


def column(
    lines: Sequence[str], x: float, top: float, *, size: float = 10, step: float = 12
) -> list[Text]:
    """Lines one below the other."""
    return [Text(line, x, top - step * at, size) for at, line in enumerate(lines)]


def pdf(pages: Sequence[Sequence[Text]], *, title: str = "", author: str = "") -> bytes:
    """A PDF with these pages."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    add(b"")  # 1: catalog
    add(b"")  # 2: pages
    add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")  # 3
    # 4
    add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
    kids = []
    for page in pages:
        stream = zlib.compress(b"\n".join(map(_draw, page)))
        content = add(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
        )
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
                b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (WIDTH, HEIGHT, content)
            )
        )
    return _file(objects, kids, title, author)


def picture_pdf(pages: int) -> bytes:
    """A scan: each page is one grey picture and nothing else."""
    objects = [b"", b"", b"", b""]
    pixels = zlib.compress(bytes(100 * 100))
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(pixels), pixels)
    )
    kids = []
    for _ in range(pages):
        draw = b"q 600 0 0 780 0 0 cm /I1 Do Q"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /XObject << /I1 5 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    objects[2] = objects[3] = b"null"
    return _file(objects, kids, "", "")


def _draw(text: Text) -> bytes:
    escaped = (
        text.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    )
    matrix = b"0 1 -1 0" if text.turned else b"1 0 0 1"
    return b"BT /F%d %g Tf %s %g %g Tm (%s) Tj ET" % (
        2 if text.bold else 1,
        text.size,
        matrix,
        text.x,
        text.y,
        escaped,
    )


def _file(objects: list[bytes], kids: Sequence[int], title: str, author: str) -> bytes:
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
        b" ".join(b"%d 0 R" % kid for kid in kids),
        len(kids),
    )
    objects.append(b"<< /Title (%s) /Author (%s) >>" % (title.encode(), author.encode()))
    return pdf_of(objects, b"/Root 1 0 R /Info %d 0 R" % len(objects))


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF file of numbered objects, with its table of where they begin."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)
