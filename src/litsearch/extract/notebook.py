"""Jupyter notebooks: Markdown cells, code cells, and the first lines of what the code printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from litsearch.errors import ExtractError
from litsearch.extract.blocks import below_title, document, language_code
from litsearch.extract.html.to_blocks import titled_blocks
from litsearch.extract.markdown import html_tree, markdown_html
from litsearch.extract.plain_text import decode
from litsearch.patterns import expression
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("application/x-ipynb+json",)
MAX_OUTPUT = 600  # characters of one output: enough to see what it is, too little to drown the text
ANSI = expression(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")
FIGURE = expression(r"\s*<[^>]*>\s*")  # "<Figure size 640x480 with 1 Axes>"
RESULTS = ("execute_result", "display_data", "pyout")


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the text of a notebook. Raises ExtractError when it is broken or empty."""
    try:
        notebook = json.loads(decode(raw))
        page = "\n".join(_page(notebook))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ExtractError(
            "The notebook is broken: its JSON cannot be read.",
            "Download it again, or open it in Jupyter.",
        ) from None

    title, blocks = titled_blocks(html_tree(page))
    metadata = _object(notebook.get("metadata"))
    return document(
        raw,
        source_id,
        below_title(blocks, title),
        title=title or _text(metadata.get("title")) or None,
        authors=_authors(metadata),
        language=language_code(_text(metadata.get("language"))),
    )


def _page(notebook: dict[str, Any]) -> Iterator[str]:
    """Yield the cells as HTML; notebooks before version 4 keep them in worksheets."""
    sheets = [notebook] if "cells" in notebook else notebook["worksheets"]
    for sheet in sheets:
        for cell in sheet["cells"]:
            yield from _cell(cell)


def _authors(metadata: dict[str, Any]) -> list[str]:
    """Return the names that the metadata gives."""
    authors = map(_object, metadata.get("authors") or [])
    names = [author.get("name") for author in authors]
    return [name for name in names if isinstance(name, str)]


def _cell(cell: dict[str, Any]) -> Iterator[str]:
    """Yield one cell as HTML."""
    source = _text(cell.get("source", cell.get("input")))
    kind = cell.get("cell_type")
    if kind == "markdown":
        yield markdown_html(source)
    elif kind == "heading":
        level = min(6, int(cell.get("level", 1)))
        yield f"<h{level}>{escape(source)}</h{level}>"
    elif kind == "code":
        yield f"<pre>{escape(source)}</pre>"
        outputs = map(_printed, cell.get("outputs") or [])
        yield from (f"<pre>{escape(text)}</pre>" for text in outputs if text)


def _printed(output: dict[str, Any]) -> str:
    """Return what an output prints, cut short; no pictures, no tracebacks."""
    text = ANSI.sub("", _plain_output(output)).strip("\n")
    if len(text) <= MAX_OUTPUT:
        return text
    return text[:MAX_OUTPUT].rsplit("\n", 1)[0]


def _plain_output(output: dict[str, Any]) -> str:
    """Return the plain text of an output; "" where it has none."""
    kind = output.get("output_type")
    if kind == "stream":
        stream = output.get("name", output.get("stream"))
        return "" if stream == "stderr" else _text(output.get("text"))
    if kind not in RESULTS:
        return ""
    data = output.get("data") or output
    text = _text(data.get("text/plain", output.get("text")))
    if FIGURE.fullmatch(text):
        return ""
    return text


def _text(value: object) -> str:
    """Return a string, or a list of lines, as nbformat allows, as one string."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    if isinstance(value, str):
        return value
    return ""


def _object(value: object) -> dict[str, Any]:
    """Return a JSON object; {} for any other value."""
    if isinstance(value, dict):
        return value
    return {}
