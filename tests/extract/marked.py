"""Pages as common generators write them, with the main text marked by hand.

unseen/*.html hold the markup; {{n}} is line n of unseen/prose.txt. What stands between ⟦ and ⟧ is
main text, what stands between ⟨ and ⟩ (bylines, dates, references) may come or not, everything else
must stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html

FOLDER = Path(__file__).parent / "unseen"
MARKS = re.compile("[⟦⟧⟨⟩]")
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
INLINE = frozenset(
    "a abbr b bdi cite code d-cite d-footnote d-math del em font i ins kbd label mark mark math mi mo mn mrow mtext "
    "annotation semantics q s samp small span strong sub sup time tt u var".split()
)
SHORT = 20  # letters: shorter pieces of the frame stand in any text


@dataclass(frozen=True)
class Page:
    """A page without its marks, and what the marks say."""

    html: str
    main: tuple[str, ...]  # blocks of the main text
    lines: tuple[str, ...]  # of its code, with their indentation
    frame: tuple[str, ...]  # blocks that must stay out


def page(name: str) -> Page:
    """The page of this name."""
    prose = (FOLDER / "prose.txt").read_text("utf-8").splitlines()
    text = (FOLDER / f"{name}.html").read_text("utf-8")
    text = re.sub(r"\{\{(\d+)\}\}", lambda match: prose[int(match[1]) - 1], text)
    body = html.document_fromstring(text).find("body")
    blocks = list(_blocks(body))
    main = tuple(" ".join(part.split()) for kind, _, part in blocks if kind == "⟦" and part.strip())
    code = [part for kind, is_code, part in blocks if kind == "⟦" and is_code]
    known = letters(" ".join(main))
    frame = [" ".join(part.split()) for kind, _, part in blocks if kind == "⟧"]
    return Page(
        MARKS.sub("", text),
        main,
        tuple(line.rstrip() for part in code for line in part.splitlines() if line.strip()),
        tuple(part for part in frame if len(letters(part)) >= SHORT and letters(part) not in known),
    )


def sentences(name: str) -> list[str]:
    """The sentences of the main text of a page that are long enough to be quoted."""
    found = [part for block in page(name).main for part in re.split(r"(?<=[.!?])\s+", block)]
    return [part for part in found if len(letters(part)) >= SHORT]


def letters(text: str) -> str:
    """Letters and digits only."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _blocks(body: html.HtmlElement) -> Iterator[tuple[str, bool, str]]:
    """(mark, whether it is code, text) of each run of text that no block element and no mark
    breaks.
    """
    mark, code, run = "⟧", False, ""
    for event, value in _events(body, code=False):
        if event == "text":
            for part in re.split("([⟦⟧⟨⟩])", value):
                if MARKS.fullmatch(part):
                    yield mark, code, run
                    mark, run = part.replace("⟩", "⟧"), ""
                else:
                    run += part
        else:
            yield mark, code, run
            code, run = event == "code", ""
    yield mark, code, run


def _events(element: html.HtmlElement, *, code: bool) -> Iterator[tuple[str, str]]:
    """("text", text), or where a block begins or ends, ("code", "") or ("prose", "")."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "svg", "noscript"):
        return
    block, inside = element.tag not in INLINE and not code, code or element.tag == "pre"
    if element.tag == "br" or (code and element.tag == "div"):
        yield "text", "\n"
    elif block:
        yield "code" if inside else "prose", ""
    yield "text", element.text or ""
    for child in element:
        yield from _events(child, code=inside)
        yield "text", child.tail or ""
    if block and element.tag != "br":
        yield "prose", ""
