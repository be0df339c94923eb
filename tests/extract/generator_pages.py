"""Pages as ninety-nine generators write them, their text marked by hand; see generators/README.md."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import html

FOLDER = Path(__file__).parent / "generators"
PROSE: dict[str, list[str]] = json.loads((FOLDER / "prose.json").read_text("utf-8"))
KEPT = frozenset((FOLDER / "kept.txt").read_text("utf-8").split())
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
SENTENCE = re.compile(r"\{\{([a-z]{2})(\d)\}\}")
GOLD = re.compile(r"⟦(.*?)⟧", re.S)
SIDE = re.compile(r"⟨([tbcfr])\|(.*?)⟩", re.S)
MARKS = re.compile(r"⟨[tbcfr]\||[⟩⟦⟧]")
ROLES = {"t": "title", "b": "byline", "c": "caption", "f": "footnote", "r": "references"}
RUBY = re.compile(r"<ruby>(.*?)<rp>.*?<rt>(.*?)</rt>.*?</ruby>", re.S)


@dataclass(frozen=True)
class Page:
    """A page without its marks, and what the marks say."""

    name: str
    html: str
    body: str
    side: tuple[tuple[str, str], ...]  # (role, text)


@cache
def page(name: str) -> Page:
    """The page of this name."""
    return page_in(FOLDER, name)


def page_in(folder: Path, name: str) -> Page:
    """A page of a folder."""
    marked = (folder / f"{name}.html").read_text("utf-8")
    marked = SENTENCE.sub(lambda match: PROSE[match[1]][int(match[2]) - 1], marked)
    body = "\n".join(_text(part) for part in GOLD.findall(marked))
    side = tuple((ROLES[role], _text(text)) for role, text in SIDE.findall(marked))
    shown = re.sub(r"<!--GOLD.*?-->", "", marked, flags=re.S)
    return Page(name, MARKS.sub("", shown), body, side)


def _text(fragment: str) -> str:
    """The characters of a piece of HTML; a reading stands in brackets behind its word."""
    fragment = RUBY.sub(r"\1(\2)", fragment)
    tree = html.fromstring(f"<div>{fragment}</div>")
    for mark in tree.xpath("//sup[a]"):
        mark.drop_tree()
    return str(tree.text_content()).strip()
