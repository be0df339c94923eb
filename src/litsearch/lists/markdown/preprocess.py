"""A Markdown text cut where a block at the margin must begin, so that markdown-it need not see the
plain items.

markdown-it takes 60 microseconds and more for an item of a list, and in long lists most items are
one line of words and links. These are taken as what they are; what lies between goes to
markdown-it. The outline is the same (a law in the tests): an item or a heading at the margin ends
all that stands above it, but for a fence, whose end is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from litsearch.lists.fields import check, repair

_SIGNS = re.compile(
    r"[\n!&*:<\[\]\\_`~]"
)  # where a rule may begin; markdown-it's own set is twice as large and as slow
MAX_FILE = 300  # characters of a path in plain text
_SCHEME = re.compile(r"(?i:https?)$|(?<!\w)file$")
_ADDRESS = re.compile(r":[^\s<>\"`|\\^{}\[\]，。；、）】》”’]+")


def _address(state: StateInline, silent: bool) -> bool:
    """Inline rule: an address in plain text, or the name of a file behind "file:", is a link
    without the punctuation after it.
    """
    if state.linkLevel or silent or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    limit = state.pos + MAX_FILE if scheme and scheme[0] == "file" else state.posMax
    match = _ADDRESS.match(state.src, state.pos, min(limit, state.posMax)) if scheme else None
    if scheme is None or match is None:
        return False
    rest = trimmed(match[0])
    if not (
        rest[1:3] == "//" and len(rest) > 5 if scheme[0] != "file" else "." in rest or "/" in rest
    ):
        return False
    url = scheme[0] + rest
    state.pending = state.pending[: -len(scheme[0])]
    state.push("link_open", "a", 1).attrs = {"href": url}
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def trimmed(address: str) -> str:
    """An address from running text without the punctuation behind it; brackets stay when they are
    in pairs.
    """
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in "?!.,:;*_~'\"" or (address[end - 1] == ")" and surplus > 0)):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


class _Parser(MarkdownIt):
    """CommonMark with tables; keeps every target as it is written."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


def _made() -> _Parser:
    parser = _Parser("commonmark", {"maxNesting": 60})
    parser.enable(["table", "strikethrough"]).disable(
        ["html_block", "code", "inline", "text_join"], True
    )
    parser.inline.ruler.before("link", "address", _address)
    parser.inline.terminator_re = _SIGNS
    return parser


PARSER = _made()


# a heading or an item, no rule of dashes
_MARGIN = re.compile(r"#{1,6} |[-*+] (?= *[^\s])(?![-*_ \t]*$)")
_RULE = re.compile(r"[ \t]*[|:-][|:\- \t]*$")  # may make a table's head of the line above it
# an item without words, which may end its list
_EMPTY = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]*$")
_PLAIN = re.compile(r"[-*+] {1,4}(?![\s#>|=~`]|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|\[.*\]:)")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are blocks of their own: a plain item, or what markdown-it makes of them."""

    before: int  # lines of the text before it
    item: str = ""  # the words of a plain item
    tokens: Sequence[Token] = ()
    begins: str = ""  # the mark of the bullet list that it begins with
    # the mark of the bullet list that it ends with, which an item below would continue
    ends: str = ""


def parts_of(text: str, env: dict[str, Any]) -> Iterator[Part]:
    """The parts of a text in order. When all were given out, env has the targets of reference
    links.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if _is_plain(lines, at, end):
            yield Part(at, lines[at][2:].strip(), begins=lines[at][0], ends=lines[at][0])
        else:
            while end < len(lines) and not _is_plain(lines, end, beyond := _end(lines, end)):
                end = beyond
            tokens = PARSER.parse("\n".join(lines[at:end]), env)
            yield Part(at, "", tokens, *_open_lists(tokens, lines[at:end]))
            end = _fence_end(tokens, lines, at, end)
        at = end


def _end(lines: list[str], at: int) -> int:
    """The next line at which a block at the margin begins."""
    above = lines[at]
    for i in range(at + 1, len(lines)):
        line = lines[i]
        if (
            _MARGIN.match(line)
            and not _EMPTY.match(above)
            and not _RULE.match("".join(lines[i + 1 : i + 2]))
        ):
            return i
        above = line if line.strip(" \t") else above
    return len(lines)


def _is_plain(lines: list[str], at: int, end: int) -> bool:
    """True for an item of one line that holds no further block."""
    line = lines[at]
    plain = line[:2] in ("- ", "* ", "+ ") and _MARGIN.match(line) and _PLAIN.match(line)
    return bool(plain) and not any(line.strip(" \t") for line in lines[at + 1 : end])


def _open_lists(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[str, str]:
    """The marks of the bullet lists with which tokens begin and end; "" where they do so with
    something else.
    """
    top = [token for token in tokens if token.type == "bullet_list_open" and token.level == 0]
    if not top:
        return "", ""
    written = max(i for i, line in enumerate(lines, 1) if line.strip(" \t"))
    last = (
        tokens[-1].type == "bullet_list_close"
        and top[-1].map is not None
        and top[-1].map[1] >= written
    )
    return top[0].markup if tokens[0] is top[0] else "", top[-1].markup if last else ""


def _fence_end(tokens: Sequence[Token], lines: list[str], at: int, end: int) -> int:
    """The line after a fence that lines[at:end] leave open; end when they leave none."""
    fence = tokens[-1] if tokens else None
    if fence is None or fence.type != "fence" or fence.level or fence.map is None:
        return end
    first, behind = fence.map
    if behind - first > 1 and _closes(lines[at + behind - 1], fence.markup):
        return end
    while end < len(lines) and not _closes(lines[end], fence.markup):
        end += 1
    return end + 1


def _closes(line: str, fence: str) -> bool:
    mark = line.strip(" \t")
    return len(mark) >= len(fence) and not mark.strip(fence[0])


_WIKI_LINK = re.compile(
    r"\[\[(?!\d+\]\])([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\](?![(\[:])"
)
_ROAM_TASK = re.compile(r"\{\{\s*\[?\[?(TODO|DONE)\]?\]?\s*\}\}")
_COMMENT = re.compile(r"%%[^%\n]{1,1000}%%")
_ORG = re.compile(
    r"^\*{1,8} .{0,200}\[\[\w{2,8}:|^#\+TITLE:|^[ \t]*:PROPERTIES:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_ORG_LINK = re.compile(r"\[\[([^\[\]\n]{1,2000})\]\[([^\[\]\n]{1,500})\]\]")
_ORG_LINE = re.compile(
    r"^(?:(\*{1,8}) +(.*?)(?:[ \t]+:[\w@:]{1,100}:)?|[ \t]*(?:#\+\w+:|:\w+:|(?:CLOSED|SCHEDULED|DEADLINE):).*)[ \t]*$",
    re.MULTILINE,
)


def plainer(text: str) -> str:
    """The text with links of notes as their words, tasks as TODO or DONE, and Org's headlines as
    headings or items.
    """
    if "%%" in text:
        text = _COMMENT.sub(" ", text)
    if "[[" not in text and "{{" not in text:
        return text
    text = _ROAM_TASK.sub(r"\1 ", text)
    if _ORG.search(text):
        text = _ORG_LINE.sub(_headline, _ORG_LINK.sub(r"[\2](\1)", text))
    return _WIKI_LINK.sub(_words, text)


def _headline(match: re.Match[str]) -> str:
    stars, words = match[1], match[2]
    if not stars:
        return ""
    return f"- {words}" if "](" in words or "[[" in words else f"{'#' * min(len(stars), 6)} {words}"


def _words(match: re.Match[str]) -> str:
    """The words of a link to a note; an address as it is."""
    target = match[1].strip()
    return match[2] or (target if "://" in target else target.rpartition("/")[2] or target)


_BULLET = re.compile(r"^([ \t]*)[•◦▪‣●·∙]([ \t]+)", re.MULTILINE)
_TIGHT_HEADING = re.compile(r"^(#{2,6}|#(?=[A-Z\d][^#\n]*$))(?=[\w*\[“\"])", re.MULTILINE)
_FOOTNOTE = re.compile(r"^([ \t]{0,3})\[(\^[^\]\s]{1,40})\]:", re.MULTILINE)
_NO_SCHEME = re.compile(r"(?<![\w@/.:\[<-])www\.(?=[\w-]+\.[a-z]{2})")
_HIDDEN = re.compile(r"(?<!`)<(?:!--|(script|style|pre|textarea)\b)", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n")
_FRONT_LINE = re.compile(r"^(?:\s*|\s*#.*|[\w-]+:.*|\s+.*|-\s.*)$")


def tidied(text: str) -> str:
    """The text with the same number of lines, and without what Markdown or a person would misread."""
    text = plainer(_blank_front_matter(_blank_hidden(repair(check(text)))))
    text = _NO_SCHEME.sub("https://www.", text) if "www." in text else text
    text = _BULLET.sub(r"\1-\2", text)
    text = _TIGHT_HEADING.sub(r"\1 ", text)
    return _FOOTNOTE.sub(r"\1[\2] ", text)


def _blank_hidden(text: str) -> str:
    """Without HTML comments, scripts, styles and preformatted text; line breaks stay."""
    out: list[str] = []
    at = 0
    missing: set[str] = set()
    for match in _HIDDEN.finditer(text):
        closer = f"</{match[1].lower()}" if match[1] else "-->"
        if match.start() < at or closer in missing:
            continue
        end = re.compile(re.escape(closer), re.IGNORECASE).search(text, match.end())
        if end is None:
            missing.add(closer)
            continue
        out += [text[at : match.start()], "\n" * text.count("\n", match.start(), end.end())]
        at = end.end()
    return "".join([*out, text[at:]])


def _blank_front_matter(text: str) -> str:
    """Without the metadata at the top (also when a second block of it follows); line breaks stay."""
    opening = _FRONT_MATTER.match(text)
    if opening is None:
        return text
    lines = text.split("\n")
    fence = opening[1]
    start = text.count("\n", 0, opening.end())
    end = 0
    for i in range(start, min(len(lines), 300)):
        if lines[i].strip() == fence:
            end = i + 1
        elif not _FRONT_LINE.match(lines[i]) or (end and not lines[i].strip()):
            break
    return "\n" * end + "\n".join(lines[end:])
