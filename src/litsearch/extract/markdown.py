"""Markdown sources: READMEs and the posts of static sites, with their front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from litsearch.extract.blocks import below_title, clean, document
from litsearch.extract.charset import decode
from litsearch.extract.dates import iso_date
from litsearch.extract.html.metadata import person_names
from litsearch.extract.html.to_blocks import GENERIC, first_heading, walk
from litsearch.extract.html.tree import parse, simplify
from litsearch.types import Document, RawDocument

SHORTCODE = re.compile(r"(?<![\w:]):[a-z+-][a-z0-9_+-]{1,40}:(?![\w:])")
# What d2l's books show on slides is set in [**bold brackets**]; its other marks tell such a text.
SLIDES = re.compile(r"[\[(](\*\*|~~)([^*~\[\]]{1,2000})\1[\])](?![(\[])")
D2L = re.compile(r":(?:label|numref|begin_tab):")
FENCE = re.compile(r"\s{0,12}(?:[>*+-]\s+|\d+\.\s+)*(`{3,}|~{3,})(.*)")
LIQUID_CODE = re.compile(
    r"\{%-?\s*highlight\s+(\w*)[^%]{0,80}%\}|\{\{<\s*highlight\s+(\w*)[^>]{0,80}>\}\}"
)
LIQUID_CODE_END = re.compile(r"\{%-?\s*endhighlight\s*-?%\}|\{\{<\s*/\s*highlight\s*>\}\}")
CAPTION = re.compile(
    r"""\{\{<\s*fig(?:ure)?\b[^>]{0,2000}?\bcaption="((?:[^"\\]|\\.){0,1500})"[^}]{0,2000}\}\}"""
)
# Lines that steer a site's generator and show nothing.
SILENT_LINE = re.compile(
    r"\s*(?::{3,}.*|:(?:begin|end)_tab:.*|:(?:label|width|height|eqlabel|maxdepth|toc):.*|\[\[(?:autodoc|open-in-colab|toc).*|"
    r"!\[[^\]]{0,500}\]\([^()]{0,1000}\)|\[TOC\]|\{:\s?[.#:\w][^{}]*\}|\{::[^{}]*\}|\{:\}|(?:import|export)\s.{1,300}(?:from\s+['\"].{1,200}['\"];?|=.*|['\"];?))\s*"
)


def _shown_attributes(tag: re.Match[str]) -> str:
    """What a component of MDX shows of its attributes."""
    return "\n\n" + "".join(f"{text}\n\n" for text in SHOWN.findall(tag[0]))


SHOWN = re.compile(r"""\b(?:question|caption)=["']([^"']{1,2000})["']""")
# Marks inside a line. The site's own page shows a number or nothing in their place.
MARKS = (
    (re.compile(r"\{%.{0,500}?%\}"), ""),
    (re.compile(r"\{\{[<%].{0,2000}?[>%]\}\}"), ""),
    (re.compile(r"\{\{\s*(?:site|page|include|layout)\.[^{}]{0,200}\}\}"), ""),
    (re.compile(r"\{:\s?[.#][^{}]{0,200}\}"), ""),
    (
        re.compile(
            r"\s?:(?:cite|citet|citep|numref|eqref|label|eqlabel|width|height):`[^`]{0,500}`"
        ),
        "",
    ),
    (
        re.compile(
            r"\{(?:ref|doc|term|cite:?\w*|numref|eq)\}`([^`<]{0,300}?)\s*(?:<[^>`]{0,200}>)?`"
        ),
        r"\1",
    ),
    (re.compile(r"^([ \t]*>[ \t]*)\[!\w{1,20}\][-+]?", re.M), r"\1"),
    (
        re.compile(
            r"<[A-Z]\w{0,40}(?:\s+\w+=(?:\"([^\"]{0,2000})\"|'[^']{0,2000}'|\{[^{}]{0,2000}\})|\s+\w+){0,20}\s*/?>"
        ),
        _shown_attributes,
    ),
    (re.compile(r"</[A-Z]\w{0,40}>"), "\n\n"),
)


def markdown_tree(text: str) -> etree._Element | None:
    """The tree of a Markdown text, ready to be walked; None when there is nothing in it."""
    return html_tree(markdown_html(text))


def html_tree(page: str) -> etree._Element | None:
    """The simplified tree of rendered Markdown."""
    root = parse(page)
    if root is not None:
        simplify(root)
    return root


def markdown_html(text: str) -> str:
    """HTML of a Markdown text: formulas stay LaTeX, site generator marks go."""
    return str(_PARSER.render("\n".join(_segments(text.replace("\r\n", "\n").replace("\r", "\n")))))


def _segments(text: str) -> Iterator[str]:
    """Code as it stands, and the prose between without the site generator's marks."""
    fence = ""
    prose: list[str] = []
    for line in text.split("\n"):
        match = FENCE.match(line)
        if fence:
            yield "```" if fence == "liquid" and LIQUID_CODE_END.search(line) else line
            if _closes(fence, match, line):
                fence = ""
        elif (match and "`" not in match[2]) or LIQUID_CODE.search(line):
            yield _without_marks("\n".join(prose))
            prose.clear()
            fence = match[1] if match else "liquid"
            yield line if match else "```"
        else:
            prose.append("" if SILENT_LINE.fullmatch(line) else line)
    yield _without_marks("\n".join(prose))


def _closes(fence: str, match: re.Match[str] | None, line: str) -> bool:
    if fence == "liquid":
        return LIQUID_CODE_END.search(line) is not None
    return match is not None and match[1].startswith(fence) and not match[2].strip()


def _without_marks(prose: str) -> str:
    prose = CAPTION.sub(r"\n\n\1\n\n", prose)
    prose = SLIDES.sub(r"\2", prose) if D2L.search(prose) else prose
    for mark, instead in MARKS:
        prose = mark.sub(instead, prose)
    return prose


def _formula(
    renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """A formula as the LaTeX that was written."""
    token = tokens[at]
    sign = "$" if token.type == "math_inline" else "$$"
    latex = escapeHtml(" ".join(token.content.split()))
    return f"<p>{sign}{latex}{sign}</p>" if token.type == "math_block" else f"{sign}{latex}{sign}"


def _footnote_ref(
    renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return ""


def _text(
    renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """Prose with its emoji shortcodes as emoji; code is another kind of token and keeps them."""
    text = tokens[at].content
    if SHORTCODE.search(text):
        import emoji  # its tables take time, and few texts have shortcodes

        text = emoji.emojize(text, language="alias")
    return escapeHtml(text)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        double_inline=True,
    )
    for kind in ("math_inline", "math_inline_double", "math_block"):
        parser.add_render_rule(kind, _formula)
    for kind in ("footnote_ref", "footnote_anchor"):
        parser.add_render_rule(kind, _footnote_ref)
    parser.add_render_rule("text", _text)
    return parser


_PARSER = _parser()


MEDIA_TYPES = ("text/markdown", "text/x-markdown")
YAML = re.compile(r"\s*---[ \t]*\n(.{0,50000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.{0,50000}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
KEY = re.compile(r"([A-Za-z_][\w.-]{0,40})\s*:(?:\s+(.*)|\s*)$")


def extract(raw: RawDocument, source_id: str) -> Document:
    """The text of a Markdown file. Raises ExtractError when there is none."""
    matter, text = front_matter(decode(raw).lstrip("\ufeff"))
    root = markdown_tree(text)
    named = _one(matter, "title") or ""
    title = (
        named
        if named and not GENERIC.fullmatch(named)
        else first_heading(root)
        if root is not None
        else None
    )
    return document(
        raw,
        source_id,
        below_title(walk(root) if root is not None else [], title),
        title=title,
        authors=[
            name
            for key in ("authors", "author")
            for value in matter.get(key, [])
            for name in person_names(value)
        ],
        published=iso_date(_one(matter, "date") or _one(matter, "published") or "")
        or _date_in_name(raw.url),
        language=_one(matter, "lang") or _one(matter, "language"),
    )


def front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """(the values of each top-level key, the text below). Only flat YAML is read: no anchors, no
    objects.
    """
    match = TOML.match(text)
    if match:
        try:
            table = tomllib.loads(match[1])
        except tomllib.TOMLDecodeError:
            table = {}
        values = {
            key: [str(part) for part in (value if isinstance(value, list) else [value])]
            for key, value in table.items()
        }
        return values, text[match.end() :]
    match = YAML.match(text)
    if not match or not any(KEY.match(line) for line in match[1].split("\n")):
        return {}, text
    return _flat_yaml(match[1]), text[match.end() :]


def _flat_yaml(text: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n"):
        match = KEY.match(line)
        if match:
            key = match[1].lower()
            values.setdefault(key, [])
        said = match[2] or "" if match else line
        if key:
            values[key] += _scalars(said, nested=not match)
    return values


def _scalars(text: str, *, nested: bool) -> list[str]:
    """The plain strings of a line: "a", [a, b], - a, - name: a."""
    text = text.strip()
    if nested:
        text = re.sub(r"^-\s+", "", text)
        named = KEY.match(text)
        if named:
            text = named[2] or "" if named[1] in ("name", "user") else ""
    parts = text.strip("[],").split(",") if nested or text.startswith("[") else [text]
    found = [part.strip().strip("\"'").strip() for part in parts]
    return [clean(part) for part in found if part and part not in ("|", ">", "[", "]")]


def _one(matter: dict[str, list[str]], key: str) -> str | None:
    return next(iter(matter.get(key, [])), None)


def _date_in_name(url: str) -> str | None:
    """Jekyll names posts 2024-01-31-title.md."""
    match = re.search(r"/((?:19|20)\d\d-[01]\d-[0-3]\d)-[^/]*$", url)
    return match[1] if match else None
