"""Builds a library of documents that are made to cost time, memory or disk, of many kinds and any size.

    scripts/run hostile [SIZE…]

A size of 1,000 makes pages of some megabytes, and archives that unpack to hundreds.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from conftest import litsearch
from endurance import build
from extract.papers import column, pdf, pdf_of
from fakeweb import Web, serve
from fakeweb import page as served

PROSE = "The ferry to the island leaves at seven and comes back with the evening tide. "
HTML = "text/html; charset=utf-8"
EPUB = "application/epub+zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Hostile:
    """A kind of document: what its server calls it, and its bytes for a size; 1,000 is a bad one."""

    media_type: str
    make: Callable[[int], bytes]
    encoding: str = ""  # of the content, as the server names it


def page(body: str, head: str = "<title>A page</title>") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def nested(tag: str, depth: int, within: str = PROSE) -> str:
    return f"<{tag}>" * depth + within + f"</{tag}>" * depth


def packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def epub(chapter: bytes, more: Mapping[str, bytes] | None = None, opf: str = "") -> bytes:
    container = (
        '<?xml version="1.0"?><container version="1.0"'
        ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile'
        ' full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    package = (
        f'<?xml version="1.0"?>{opf}<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        ' unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:title>A book</dc:title><dc:identifier id="i">b</dc:identifier></metadata><manifest>'
        '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    parts = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": container.encode(),
        "book.opf": package.encode(),
        "c.xhtml": chapter,
    }
    return packed(parts | dict(more or {}))


def docx(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org"
    document = (
        f'<?xml version="1.0"?><w:document xmlns:w="{space}/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    types = (
        f'<?xml version="1.0"?><Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
    )
    relations = (
        f'<?xml version="1.0"?><Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r" Type="{space}/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    )
    return packed(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations.encode(),
            "word/document.xml": document.encode(),
        }
    )


def laughs(levels: int, root: str = "html") -> str:
    rows = ['<!ENTITY e0 "ha">']
    rows += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels)]
    return f"<!DOCTYPE {root} [{''.join(rows)}]>"


def stream(data: bytes, more: bytes = b"") -> bytes:
    body = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (
        len(body),
        more,
        body,
    )


def one_page(content: bytes, resources: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % resources,
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )


def forms_within_forms(size: int) -> bytes:
    """Each form draws the next one ten times: ten to the power of their number."""
    count = 5 + size // 100
    draw = b"/X Do " * 10
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] "
    forms = [
        stream(draw, head + b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 1))
        for number in range(6, 6 + count)
    ]
    last = stream(b"BT /F1 9 Tf 9 9 Td (ha) Tj ET", head)
    return one_page(stream(draw), b"/XObject << /X 6 0 R >>", (*forms, last))


def without_a_map(size: int) -> bytes:
    """A font whose signs have no letters."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts"
        b" [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd /CIDSystemInfo << /Registry (A)"
        b" /Ordering (B) /Supplement 0 >> >>] >>"
    )
    rows = b"".join(
        b"BT /F2 9 Tf 20 %d Td <%s> Tj ET " % (n % 800, b"0102" * 40) for n in range(size)
    )
    return one_page(stream(rows), b"", ()).replace(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", font
    )


def pages_in_a_circle(size: int) -> bytes:
    kids = b"2 0 R " * size
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d /Parent 2 0 R >>" % (kids, size * 1000),
        ]
    )


def archive_that_lies(size: int) -> bytes:
    """A book whose directory says that its chapter is small."""
    data = epub(b"<html><body><p>" + b"ha " * size * 30_000 + b"</p></body></html>")
    true = (size * 90_000 + 33).to_bytes(4, "little")
    return data.replace(true, (2_000).to_bytes(4, "little"))


def notebook(size: int) -> bytes:
    outputs = [{"output_type": "stream", "text": "ha " * 1000}]
    code = {"cell_type": "code", "source": "x = 1\n" * 40, "outputs": outputs, "metadata": {}}
    text = {"cell_type": "markdown", "source": "[" * 200 + PROSE, "metadata": {}}
    return json.dumps({"cells": [code, text] * size, "nbformat": 4, "metadata": {}}).encode()


def subtitles(size: int) -> bytes:
    cues = [
        f"00:{n // 60 % 60:02}:{n % 60:02}.000 --> 00:59:59.000\n{PROSE}\n" for n in range(size)
    ]
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def definitions(size: int) -> bytes:
    doubled = "".join(
        f"\\def\\{'a' * (n + 2)}{{\\{'a' * (n + 1)}\\{'a' * (n + 1)}}}" for n in range(40)
    )
    body = f"\\def\\a{{ha }}{doubled}\\{'a' * 40} {PROSE * size}"
    return f"\\documentclass{{article}}\\begin{{document}}{body}\\end{{document}}".encode()


DOCUMENTS: Mapping[str, Hostile] = {
    "deep boxes": Hostile(HTML, lambda n: page(nested("div", n * 100))),
    "deep marks": Hostile(HTML, lambda n: page("<p>" + nested("b", n * 50))),
    "deep lists": Hostile(HTML, lambda n: page(nested("ul><li", n * 20))),
    "deep tables": Hostile(HTML, lambda n: page(nested("table><tr><td", n * 5))),
    "a table without end": Hostile(
        HTML, lambda n: page("<table>" + "<tr><td>7<td>8<td>9" * n * 70)
    ),
    "a cell over all": Hostile(
        HTML,
        lambda n: page(f"<table>{f'<tr><td colspan={n}000 rowspan={n}000>{PROSE}' * 40}</table>"),
    ),
    "one word": Hostile(HTML, lambda n: page("<p>" + "x" * n * 10_000)),
    "one line": Hostile("text/plain", lambda n: (PROSE.replace(".", ",") * n * 120).encode()),
    "one sentence": Hostile(HTML, lambda n: page("<p>" + "seven ferries, and " * n * 400)),
    "a title of megabytes": Hostile(
        HTML,
        lambda n: page(
            f"<h1>{PROSE * n * 30}</h1><p>{PROSE * 30}", f"<title>{PROSE * n * 30}</title>"
        ),
    ),
    "headings only": Hostile(HTML, lambda n: page(f"<h2>{PROSE}</h2><p>{PROSE}" * n * 30)),
    "attributes": Hostile(
        HTML, lambda n: page(f"<p {' '.join(f'a{k}={k}' for k in range(n * 200))}>{PROSE * 20}")
    ),
    "character references": Hostile(HTML, lambda n: page("<p>" + "&#x1F9E0;&amp;&lt;" * n * 200)),
    "line breaks": Hostile(HTML, lambda n: page("<p>" + "word<br>" * n * 300)),
    "links": Hostile(HTML, lambda n: page(f"<p>{PROSE}<a href=/a>{PROSE}</a>" * n * 20)),
    "an open script": Hostile(HTML, lambda n: page(f"<p>{PROSE * 20}<script>" + "x<" * n * 4000)),
    "deep data": Hostile(
        HTML,
        lambda n: page(
            f"<p>{PROSE * 20}",
            f'<script type="application/ld+json">{"[" * n * 400}{"]" * n * 400}</script>',
        ),
    ),
    "deep formulas": Hostile(
        HTML, lambda n: page(f"<p>{PROSE * 20}<math>{nested('mfrac', n * 20, '<mi>x</mi>')}</math>")
    ),
    "ruby": Hostile(HTML, lambda n: page("<p>" + "<ruby>漢<rt>kan</rt></ruby>" * n * 100)),
    "figures": Hostile(
        HTML,
        lambda n: page(
            f"<p>{PROSE * 20}"
            + "".join(
                f"<figure><img src=/{k}.png alt=a><figcaption>{PROSE}</figcaption></figure>"
                for k in range(n * 10)
            )
        ),
    ),
    "notes": Hostile(HTML, lambda n: page("<p>" + f"{PROSE}<sup><a href=#f>1</a></sup>" * n * 50)),
    "marks above marks": Hostile(HTML, lambda n: page("<p>" + "e\u0301\u0302\u0303" * n * 400)),
    "directions": Hostile(HTML, lambda n: page("<p>" + "\u202eferry\u2067 \u202c" * n * 300)),
    "dashes": Hostile(HTML, lambda n: page("<p>" + "-" * n * 900 + "_" * n * 900 + "." * n * 900)),
    "laughs": Hostile(
        "application/xhtml+xml",
        lambda n: ('<?xml version="1.0"?>' + laughs(9)).encode() + page(f"<p>&e8;{PROSE * 9}"),
    ),
    "a drawing": Hostile(
        "image/svg+xml",
        lambda n: f"{laughs(9, 'svg')}<svg>{nested('g', n * 100)}&e8;</svg>".encode(),
    ),
    "a bomb": Hostile(HTML, lambda n: gzip.compress(page("<p>" + "ha " * n * 100_000)), "gzip"),
    "a picture that says page": Hostile(HTML, lambda n: b"\x89PNG\r\n\x1a\n" + b"\0\xff" * n * 500),
    "a page that says PDF": Hostile("application/pdf", lambda n: page(f"<p>{PROSE}" * n * 20)),
    "a program that says text": Hostile("text/plain", lambda n: b"\x7fELF" + b"\x01\0ab" * n * 500),
    "brackets": Hostile("text/markdown", lambda n: b"[" * n * 200 + b"](" * n * 100),
    "stars": Hostile("text/markdown", lambda n: (b"*a_ " * n * 100 + b"`" * n * 50) * 2),
    "deep quotations": Hostile("text/markdown", lambda n: b">" * n * 50 + PROSE.encode()),
    "a wide table": Hostile(
        "text/markdown",
        lambda n: (
            ("|a" * 100 + "|\n" + "|-" * 100 + "|\n") + ("|7" * 100 + "|\n") * n * 5
        ).encode(),
    ),
    "a notebook": Hostile("application/x-ipynb+json", notebook),
    "deep cells": Hostile(
        "application/x-ipynb+json",
        lambda n: b'{"nbformat": 4, "cells": ' + b"[" * n * 400 + b"]" * n * 400 + b"}",
    ),
    "subtitles": Hostile("text/vtt", lambda n: subtitles(n * 40)),
    "short lines": Hostile("text/plain", lambda n: b"ferry\n" * n * 800),
    "many pages": Hostile("application/pdf", lambda n: pdf([column([PROSE], 40, 700)] * n * 4)),
    "letters on letters": Hostile(
        "application/pdf", lambda n: pdf([column([PROSE] * n * 4, 40, 700, step=0)])
    ),
    "a flood": Hostile(
        "application/pdf",
        lambda n: one_page(stream(b"BT /F1 9 Tf 9 9 Td (ferry) Tj ET\n" * n * 5_000)),
    ),
    "forms in forms": Hostile("application/pdf", forms_within_forms),
    "a font without a map": Hostile("application/pdf", without_a_map),
    "pages in a circle": Hostile("application/pdf", pages_in_a_circle),
    "deep arrays": Hostile(
        "application/pdf", lambda n: one_page(stream(b"[" * n * 400 + b"] TJ " * n * 400))
    ),
    "half a paper": Hostile(
        "application/pdf", lambda n: pdf([column([PROSE] * 50, 40, 700)] * n)[: n * 300]
    ),
    "a large book": Hostile(
        EPUB,
        lambda n: epub(b"<html><body>" + f"<p>{PROSE}</p>".encode() * n * 50 + b"</body></html>"),
    ),
    "a book that unpacks": Hostile(
        EPUB, lambda n: epub(b"<html><body><p>" + b"ha " * n * 90_000 + b"</p></body></html>")
    ),
    "a book that lies": Hostile(EPUB, archive_that_lies),
    "a book in a book": Hostile(
        EPUB,
        lambda n: epub(
            f"<html><body><p>{PROSE * 20}</p></body></html>".encode(),
            {
                "../../../../tmp/out.txt": b"x",
                "b.epub": epub(b"ha" * n * 900),
                **{f"{k}.css": b"" for k in range(n * 10)},
            },
        ),
    ),
    "a book of entities": Hostile(
        EPUB,
        lambda n: epub(
            b'<?xml version="1.0"?>' + laughs(9).encode() + page("<p>&e8;</p>"),
            opf=laughs(9, "package"),
        ),
    ),
    "a deep document": Hostile(
        DOCX,
        lambda n: docx(
            "<w:tbl><w:tr><w:tc>" * n
            + f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"
            + "</w:tc></w:tr></w:tbl>" * n
        ),
    ),
    "a long document": Hostile(
        DOCX, lambda n: docx(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>" * n * 40)
    ),
    "deep groups": Hostile(
        "application/rtf",
        lambda n: b"{\\rtf1 " + b"{\\b " * n * 100 + PROSE.encode() + b"}" * n * 100 + b"}",
    ),
    "definitions": Hostile("application/x-tex", definitions),
    "deep bullets": Hostile(
        "text/x-org", lambda n: "\n".join(f"{'*' * k} {PROSE}" for k in range(1, n)).encode()
    ),
    "stanzas": Hostile(
        "text/x-rst", lambda n: "\n".join(f"{' ' * k}{PROSE}" for k in range(n)).encode()
    ),
    "a saved page": Hostile(
        "multipart/related",
        lambda n: (
            b"".join(
                b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b%d\n\n--b%d\n"
                % (k, k)
                for k in range(n * 5)
            )
            + base64.b64encode(page(PROSE * 50))
        ),
    ),
}


def make_library(folder: Path, web: Web, sizes: Sequence[int]) -> None:
    """A list of every kind in every size, and of a plain page behind them all."""
    rows = []
    for size in sizes:
        for number, (name, kind) in enumerate(DOCUMENTS.items()):
            host = f"h{number}-{size}.example"
            body = kind.make(size)
            web.pages[f"{host}/"] = served(body, kind.media_type, content_encoding=kind.encoding)
            rows.append(f"- [Of {name}, {size}](http://{host}/)\n")
    web.pages["plain.example/"] = served(page(f"<h1>Ferries</h1><p>{PROSE * 9}"), HTML)
    rows.append("- [A plain page](http://plain.example/)\n")
    (folder / "config" / "lists").mkdir(parents=True)
    (folder / "config" / "lists" / "hostile.md").write_text("# All\n\n" + "".join(rows), "utf-8")
    settings = "[fetch]\nspacing = 0.0\nretries = 0\n"
    (folder / "config" / "litsearch.toml").write_text(settings, "utf-8")


def disk(folder: Path) -> tuple[int, int]:
    """The bytes of what was downloaded, and of all that was made of it."""
    files = [path for path in (folder / "index").rglob("*") if path.is_file()]
    downloads = [path for path in files if "cache" in path.parts]
    made = [path for path in files if "cache" not in path.parts and "models" not in path.parts]
    return sum(path.stat().st_size for path in downloads), sum(path.stat().st_size for path in made)


def main(sizes: Sequence[int]) -> None:
    """Build such a library, and say what it cost."""
    with tempfile.TemporaryDirectory() as name, serve() as web:
        make_library(Path(name), web, sizes)
        print(f"{len(web.pages)} documents, load {os.getloadavg()[0]:.1f}", flush=True)
        built = build(Path(name), web)
        downloads, made = disk(Path(name))
        works = json.loads(litsearch(Path(name), "sources", "--json").stdout)
    print(f"{built.seconds:.0f} s, memory at most {built.memory / 2**20:,.0f} MiB")
    print(f"downloads {downloads / 2**20:,.0f} MiB, index {made / 2**20:,.0f} MiB")
    print(json.dumps(built.report["sources"]))
    for work in works:
        print(f"{work['title']}: {work['status']}. {work['reason'][:120]}")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1000, 300])
