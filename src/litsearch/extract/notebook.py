"""Jupyter notebooks: Markdown cells, code cells, and the first lines of what the code printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from litsearch.errors import ExtractError
from litsearch.extract.blocks import below_title, document, language_code
from litsearch.extract.charset import decode
from litsearch.extract.html.to_blocks import first_heading, walk
from litsearch.extract.markdown import html_tree, markdown_html
from litsearch.types import Document, RawDocument

MEDIA_TYPES = ("application/x-ipynb+json",)
MAX_OUTPUT = 600  # characters of one output: enough to see what it is, too little to drown the text
ANSI = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")


def extract(raw: RawDocument, source_id: str) -> Document:
    """The text of a notebook. Raises ExtractError when it is broken or empty."""
    try:
        book = json.loads(decode(raw))
        cells = (
            book["cells"]
            if "cells" in book
            else [cell for sheet in book["worksheets"] for cell in sheet["cells"]]
        )
        page = "\n".join(part for cell in cells for part in _cell(cell))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ExtractError(
            "The notebook is broken: its JSON cannot be read.",
            "Download it again, or open it in Jupyter.",
        ) from None
    root = html_tree(page)
    title = first_heading(root) if root is not None else None
    blocks = walk(root) if root is not None else []
    meta = book.get("metadata") if isinstance(book.get("metadata"), dict) else {}
    return document(
        raw,
        source_id,
        below_title(blocks, title),
        title=title or _text(meta.get("title")) or None,
        authors=[
            a["name"]
            for a in meta.get("authors") or []
            if isinstance(a, dict) and isinstance(a.get("name"), str)
        ],
        language=language_code(_text(meta.get("language"))),
    )


def _cell(cell: dict[str, Any]) -> Iterator[str]:
    """One cell as HTML."""
    source = _text(cell.get("source", cell.get("input")))
    kind = cell.get("cell_type")
    if kind == "markdown":
        yield markdown_html(source)
    elif kind == "heading":
        yield f"<h{min(6, int(cell.get('level', 1)))}>{escape(source)}</h{min(6, int(cell.get('level', 1)))}>"
    elif kind == "code":
        yield f"<pre>{escape(source)}</pre>"
        for output in cell.get("outputs") or []:
            shown = _shown(output)
            if shown:
                yield f"<pre>{escape(shown)}</pre>"


def _shown(output: dict[str, Any]) -> str:
    """What an output prints, cut short; no pictures, no tracebacks."""
    kind = output.get("output_type")
    if kind == "stream":
        text = (
            _text(output.get("text"))
            if output.get("name", output.get("stream")) != "stderr"
            else ""
        )
    elif kind in ("execute_result", "display_data", "pyout"):
        text = _text((output.get("data") or output).get("text/plain", output.get("text")))
        # "<Figure size 640x480 with 1 Axes>"
        text = "" if re.fullmatch(r"\s*<[^>]*>\s*", text) else text
    else:
        text = ""
    text = ANSI.sub("", text).strip("\n")
    return text if len(text) <= MAX_OUTPUT else text[:MAX_OUTPUT].rsplit("\n", 1)[0]


def _text(value: object) -> str:
    """A string, or a list of lines, as nbformat allows."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""
