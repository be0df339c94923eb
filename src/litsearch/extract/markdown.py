"""Markdown sources: READMEs and the posts of static sites, with their front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from litsearch.extract.blocks import below_title, clean, document, unix_lines
from litsearch.extract.dates import iso_date
from litsearch.extract.html.metadata import person_names
from litsearch.extract.html.to_blocks import GENERIC, titled_blocks
from litsearch.extract.html.tree import parse, simplify
from litsearch.extract.plain_text import decode
from litsearch.patterns import expression
from litsearch.types import Document, RawDocument
from litsearch.untrusted import loads

MEDIA_TYPES = ("text/markdown", "text/x-markdown")
Matter = dict[str, list[str]]  # the values of each key of a front matter, in lower case
YAML = expression(r"\s*---[ \t]*\n(.{0,50000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
TOML = expression(r"\s*\+\+\+[ \t]*\n(.{0,50000}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
KEY = expression(r"([A-Za-z_][\w.-]{0,40})\s*:(?:\s+(.*)|\s*)$")
SHORTCODE = expression(r"(?<![\w:]):[a-z+-][a-z0-9_+-]{1,40}:(?![\w:])")
# What d2l's books show on slides is set in [**bold brackets**]; its other marks tell such a text.
SLIDES = expression(r"[\[(](\*\*|~~)([^*~\[\]]{1,2000})\1[\])](?![(\[])")
D2L = expression(r":(?:label|numref|begin_tab):")
FENCE = expression(r"\s{0,12}(?:[>*+-]\s+|\d+\.\s+)*(`{3,}|~{3,})(.*)")
LIQUID_CODE = expression(
    r"\{%-?\s*highlight\s+(\w*)[^%]{0,80}%\}|\{\{<\s*highlight\s+(\w*)[^>]{0,80}>\}\}"
)
LIQUID_CODE_END = expression(r"\{%-?\s*endhighlight\s*-?%\}|\{\{<\s*/\s*highlight\s*>\}\}")
CAPTION = expression(
    r"""\{\{<\s*fig(?:ure)?\b[^>]{0,2000}?\bcaption="((?:[^"\\]|\\.){0,1500})"[^}]{0,2000}\}\}"""
)
# Lines that steer a site's generator and show nothing.
SILENT_LINE = expression(
    r"\s*(?:"
    r":{3,}.*|:(?:begin|end)_tab:.*|:(?:label|width|height|eqlabel|maxdepth|toc):.*"
    r"|\[\[(?:autodoc|open-in-colab|toc).*|!\[[^\]]{0,500}\]\([^()]{0,1000}\)|\[TOC\]"
    r"|\{:\s?[.#:\w][^{}]*\}|\{::[^{}]*\}|\{:\}"
    r"|(?:import|export)\s.{1,300}(?:from\s+['\"].{1,200}['\"];?|=.*|['\"];?)"
    r")\s*"
)
# A component of MDX, and what it shows of its attributes.
COMPONENT = expression(
    r"<[A-Z]\w{0,40}"
    r"(?:\s+\w+=(?:\"([^\"]{0,2000})\"|'[^']{0,2000}'|\{[^{}]{0,2000}\})|\s+\w+){0,20}"
    r"\s*/?>"
)
COMPONENT_END = expression(r"</[A-Z]\w{0,40}>")
SHOWN = expression(r"""\b(?:question|caption)=["']([^"']{1,2000})["']""")
# Marks inside a line. The site's own page shows a number or nothing in their place.
MARKS = (
    (expression(r"\{%.{0,500}?%\}"), ""),
    (expression(r"\{\{[<%].{0,2000}?[>%]\}\}"), ""),
    (expression(r"\{\{\s*(?:site|page|include|layout)\.[^{}]{0,200}\}\}"), ""),
    (expression(r"\{:\s?[.#][^{}]{0,200}\}"), ""),
    (expression(r"\s?:(?:cite[tp]?|numref|eqref|label|eqlabel|width|height):`[^`]{0,500}`"), ""),
    (
        expression(
            r"\{(?:ref|doc|term|cite:?\w*|numref|eq)\}`([^`<]{0,300}?)\s*(?:<[^>`]{0,200}>)?`"
        ),
        r"\1",
    ),
    (expression(r"^([ \t]*>[ \t]*)\[!\w{1,20}\][-+]?", re.M), r"\1"),
)
LIQUID = "liquid"  # code between Liquid's tags, as other code stands between ```


def extract(raw: RawDocument, source_id: str) -> Document:
    """Return the text of a Markdown file. Raises ExtractError when there is none."""
    matter, text = front_matter(decode(raw).lstrip("\ufeff"))
    heading, blocks = titled_blocks(html_tree(markdown_html(text)))
    title = _title(matter) or heading
    date = iso_date(_first(matter, "date") or _first(matter, "published") or "")
    return document(
        raw,
        source_id,
        below_title(blocks, title),
        title=title,
        authors=_authors(matter),
        published=date or _date_in_name(raw.url),
        language=_first(matter, "lang") or _first(matter, "language"),
    )


def _title(matter: Matter) -> str | None:
    """Return the title of the front matter, unless it says no more than "Home"."""
    title = _first(matter, "title") or ""
    if GENERIC.fullmatch(title):
        return None
    return title


def _authors(matter: Matter) -> list[str]:
    """Return the names that the front matter gives."""
    lines = [*matter.get("authors", []), *matter.get("author", [])]
    return list(chain.from_iterable(map(person_names, lines)))


def _first(matter: Matter, key: str) -> str | None:
    return next(iter(matter.get(key, [])), None)


def _date_in_name(url: str) -> str | None:
    """Return the date of a post that is named as Jekyll names posts: 2024-01-31-title.md."""
    match = re.search(r"/((?:19|20)\d\d-[01]\d-[0-3]\d)-[^/]*$", url)
    if match:
        return match[1]
    return None


def html_tree(page: str) -> etree._Element | None:
    """Return the simplified tree of rendered Markdown; None when there is nothing in it."""
    root = parse(page)
    if root is not None:
        simplify(root)
    return root


def markdown_html(text: str) -> str:
    """Return a Markdown text as HTML: formulas stay LaTeX, site generator marks go."""
    return str(_PARSER.render("\n".join(_segments(unix_lines(text)))))


def _segments(text: str) -> Iterator[str]:
    """Yield code as it stands, and the prose between without the site generator's marks."""
    fence: str | None = None
    prose: list[str] = []
    for line in text.split("\n"):
        if fence is not None:
            closes = _closes(fence, line)
            yield "```" if closes and fence == LIQUID else line
            fence = None if closes else fence
            continue

        fence = _opened_fence(line)
        if fence is None:
            prose.append("" if SILENT_LINE.fullmatch(line) else line)
            continue
        yield _without_marks("\n".join(prose))
        prose.clear()
        yield "```" if fence == LIQUID else line
    yield _without_marks("\n".join(prose))


def _opened_fence(line: str) -> str | None:
    """Return the mark that opens code on a line, or LIQUID; None for prose."""
    match = FENCE.match(line)
    if match and "`" not in match[2]:
        return match[1]
    if LIQUID_CODE.search(line):
        return LIQUID
    return None


def _closes(fence: str, line: str) -> bool:
    """Tell whether a line ends the code that a fence opened."""
    if fence == LIQUID:
        return LIQUID_CODE_END.search(line) is not None
    match = FENCE.match(line)
    return match is not None and match[1].startswith(fence) and not match[2].strip()


def _without_marks(prose: str) -> str:
    """Drop the marks of site generators; what they show of an attribute stays."""
    prose = CAPTION.sub(r"\n\n\1\n\n", prose)
    if D2L.search(prose):
        prose = SLIDES.sub(r"\2", prose)
    for mark, instead in MARKS:
        prose = mark.sub(instead, prose)
    return COMPONENT_END.sub("\n\n", COMPONENT.sub(_shown_attributes, prose))


def _shown_attributes(component: re.Match[str]) -> str:
    """Return what a component shows of its attributes, in paragraphs of its own."""
    return "\n\n" + "".join(f"{text}\n\n" for text in SHOWN.findall(component[0]))


def _formula(
    renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """Write a formula as the LaTeX that it was."""
    token = tokens[at]
    sign = "$" if token.type == "math_inline" else "$$"
    latex = escapeHtml(" ".join(token.content.split()))
    if token.type == "math_block":
        return f"<p>{sign}{latex}{sign}</p>"
    return f"{sign}{latex}{sign}"


def _footnote_ref(
    renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return ""


def _text(
    renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """Write prose with its emoji shortcodes as emoji; code, another kind of token, keeps them."""
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


def front_matter(text: str) -> tuple[Matter, str]:
    """Return the values of each top-level key, and the text below.

    Of YAML only what is flat is read: no anchors, no objects.
    """
    match = TOML.match(text)
    if match:
        return _toml(match[1]), text[match.end() :]
    match = YAML.match(text)
    if match and any(map(KEY.match, match[1].split("\n"))):
        return _flat_yaml(match[1]), text[match.end() :]
    return {}, text


def _toml(text: str) -> Matter:
    try:
        table = loads(text)
    except (ValueError, RecursionError):
        return {}
    matter = {}
    for key, value in table.items():
        values = value if isinstance(value, list) else [value]
        matter[key] = list(map(str, values))
    return matter


def _flat_yaml(text: str) -> Matter:
    matter: Matter = {}
    key = ""
    for line in text.split("\n"):
        match = KEY.match(line)
        if match:
            key = match[1].lower()
            matter.setdefault(key, []).extend(_scalars(match[2] or ""))
        elif key:
            matter[key] += _nested_scalars(line)
    return matter


def _nested_scalars(line: str) -> list[str]:
    """Return the plain strings of a line below a key: "- a", "- name: a", "a, b"."""
    line = re.sub(r"^-\s+", "", line.strip())
    match = KEY.match(line)
    if match:
        line = match[2] or "" if match[1] in ("name", "user") else ""
    return _plain_strings(line.strip("[],").split(","))


def _scalars(text: str) -> list[str]:
    """Return the plain strings behind a key: "a", "[a, b]"."""
    text = text.strip()
    if text.startswith("["):
        return _plain_strings(text.strip("[],").split(","))
    return _plain_strings([text])


def _plain_strings(parts: Sequence[str]) -> list[str]:
    """Return strings without quotation marks; none for empty ones and for YAML's own signs."""
    bare = [part.strip().strip("\"'").strip() for part in parts]
    return [clean(part) for part in bare if part and part not in ("|", ">", "[", "]")]
