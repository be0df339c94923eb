"""The Markdown parser that lists are read with: CommonMark with tables, and addresses in plain text as links."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_SIGNS = re.compile(
    r"[\n!&*:<\[\]\\_`~]"
)  # where a rule may begin; markdown-it's own set is twice as large and as slow
MAX_FILE = 300  # characters of a path in plain text
_SCHEME = re.compile(r"(?i:https?)$|(?<!\w)file$")
_ADDRESS = re.compile(r":[^\s<>\"`|\\^{}\[\]，。；、）】》”’]+")


def _address(state: StateInline, silent: bool) -> bool:
    """Inline rule: an address in plain text, or the name of a file behind "file:", is a link without the punctuation
    after it."""
    if state.linkLevel or silent or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    limit = state.pos + MAX_FILE if scheme and scheme[0] == "file" else state.posMax
    match = _ADDRESS.match(state.src, state.pos, min(limit, state.posMax)) if scheme else None
    if scheme is None or match is None:
        return False
    rest = trimmed(match[0])
    if not (rest[1:3] == "//" and len(rest) > 5 if scheme[0] != "file" else "." in rest or "/" in rest):
        return False
    url = scheme[0] + rest
    state.pending = state.pending[: -len(scheme[0])]
    state.push("link_open", "a", 1).attrs = {"href": url}
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def trimmed(address: str) -> str:
    """An address from running text without the punctuation behind it; brackets stay when they are in pairs."""
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
    parser.enable(["table", "strikethrough"]).disable(["html_block", "code", "inline", "text_join"], True)
    parser.inline.ruler.before("link", "address", _address)
    parser.inline.terminator_re = _SIGNS
    return parser


PARSER = _made()
