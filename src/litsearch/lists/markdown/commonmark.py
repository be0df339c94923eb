"""Set up markdown-it for lists: CommonMark with tables, plain addresses, and targets as written."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from litsearch.patterns import expression

MAX_FILE = 300  # characters of a path in plain text
MAX_TEXT = 1_000_000_000

# where a rule may begin; markdown-it's own set is twice as large and as slow
_SIGNS = expression(r"[\n!&*:<\[\]\\_`~]")
SCHEME = expression(r"(?i:https?)$|(?<!\w)file$")
_CLOSING = (  # punctuation that no address holds
    "，。；、！？：（）【】《》〈〉「」『』〔〕”“’‘،؛؟۔।…›‹»«\u3000\u200b-\u200f\u2060\ufeff"
)
_ADDRESS = expression(rf":[^\s<>\"`|\\^{{}}\[\]{_CLOSING}]+")


_ASIDE = expression(r"(?<=[A-Za-z\d/])\((?=[^\x00-\x7f])")  # words of another script in brackets


class _Parser(MarkdownIt):
    """CommonMark with tables; keeps every target as it is written."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


def _address(state: StateInline, silent: bool) -> bool:
    """Read an address in plain text, or a file's name behind "file:", as a link (inline rule)."""
    if state.linkLevel or silent or state.src[state.pos] != ":":
        return False
    scheme = SCHEME.search(state.pending[-6:])
    if scheme is None:
        return False
    rest = rest_of_address(state.src, state.pos, scheme[0], state.posMax)
    if not rest:
        return False

    url = scheme[0] + rest
    state.pending = state.pending[: -len(scheme[0])]
    state.push("link_open", "a", 1).attrs = {"href": url}
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def rest_of_address(text: str, at: int, scheme: str, end: int = MAX_TEXT) -> str:
    """Return what follows the scheme of an address, from its colon on; "" for what is none."""
    if scheme == "file":
        end = min(at + MAX_FILE, end)
    match = _ADDRESS.match(text, at, end)
    if match is None:
        return ""
    rest = trimmed(match[0])
    if scheme == "file":
        return rest if "." in rest or "/" in rest else ""
    return rest if rest[1:3] == "//" and len(rest) > 5 else ""


def trimmed(address: str) -> str:
    """Return an address from running text without the punctuation behind it.

    Brackets stay when they are in pairs.
    """
    aside = _ASIDE.search(address)
    address = address[: aside.start()] if aside else address
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in "?!.,:;*_~'\"" or (address[end - 1] == ")" and surplus > 0)):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _made() -> _Parser:
    parser = _Parser("commonmark", {"maxNesting": 60})
    parser.enable(["table", "strikethrough"])
    parser.disable(["html_block", "code", "inline", "text_join"], True)
    parser.inline.ruler.before("link", "address", _address)
    parser.inline.terminator_re = _SIGNS
    return parser


PARSER = _made()
