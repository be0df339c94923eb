r"""Read LaTeX: bibliographies (\bibitem), lists and prose that link pages (\href, \url)."""

from __future__ import annotations

import re
from collections.abc import Callable

from litsearch.lists import markdown
from litsearch.lists.fields import check
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".tex", ".bbl", ".ltx", ".txt")
DEFAULT_FOR = (".tex", ".bbl", ".ltx")

_OF_LATEX = expression(
    r"^\s*\\(?:documentclass|begin\{|bibitem|section\*?\{|usepackage)", re.MULTILINE
)
_COMMENT = expression(r"(?<!\\)%.*")
_BEGINS = expression(r"\\(?:item|bibitem)\b(?:\s*\[[^\[\]]{0,200}\])?(?:\s*\{[^{}]{0,200}\})?")
_BIBITEM = expression(r"\\bibitem\b(?:\s*\[[^\[\]]{0,200}\])?\s*(?:\{[^{}]{0,200}\})?")
_ITEM = expression(r"\\item\b(?:\s*\[([^\[\]]{0,200})\])?")
_HEADING = expression(
    r"\\(chapter|section|subsection|subsubsection|paragraph)\*?\{([^{}]{1,300})\}"
)
_LEVELS = {"chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4}
_HREF = expression(r"\\href\s*\{([^{}\s]{1,2000})\}\s*\{((?:[^{}]|\{[^{}]{0,300}\}){0,500})\}")
_URL = expression(r"\\(?:url|path|nolinkurl)\s*\{([^{}\s]{1,2000})\}")
_DOI = expression(r"\\doi\s*\{([^{}\s]{1,300})\}")
_LINK = expression(r"(\]\([^()\s]{1,2000}\)|https?://[^\s\]]{1,2000})")
_EM = expression(
    r"\\(?:emph|textit|textsl)\s*\{([^{}]{1,500})\}|\{\\(?:em|it|itshape)\s+([^{}]{1,500})\}"
)
_BOLD = expression(r"\\textbf\s*\{([^{}]{1,500})\}|\{\\bf(?:series)?\s+([^{}]{1,500})\}")
_WRAPPED = expression(r"\\(?!item|bibitem)[a-zA-Z]+\*?(?:\[[^\[\]]{0,100}\])?\{([^{}]{0,500})\}")
_FRAME = expression(
    r"\\(?:begin|end|documentclass|usepackage|bibliographystyle|bibliography|label|input)\*?"
    r"(?:\[[^\[\]]{0,200}\])?(?:\{[^{}]{0,200}\})+"
)
_COMMAND = expression(r"\\[a-zA-Z]+\*?\s?")
_ESCAPED = expression(r"\\([_%&#$])")


def accepts(text: str) -> bool:
    """Return True for a text with LaTeX's commands at the beginning of lines."""
    return _OF_LATEX.search(text[:20_000]) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return every work that the file names, read as the Markdown that says the same.

    Raises ListError.
    """
    return markdown.parse(to_markdown(check(text)), path)


def to_markdown(text: str) -> str:
    """Return the text as Markdown with the same lines; an item stands on its first line."""
    lines = text.split("\n")
    first = -1  # of the open item
    for row, line in enumerate(lines):
        line = _FRAME.sub("", _COMMENT.sub("", line)).strip()
        begins = _BEGINS.match(line) is not None
        if first >= 0 and line and not begins and not _HEADING.match(line):
            lines[first] += f" {line}"
            line = ""
        else:
            first = row if begins else -1
        lines[row] = line
    return "\n".join(map(_line, lines))


def _line(line: str) -> str:
    """Return a line as Markdown; addresses in it stay as they are."""
    if "\\" not in line and "~" not in line and "``" not in line:
        return line
    if heading := _HEADING.match(line):
        return f"{'#' * _LEVELS[heading[1]]} {_words(heading[2])}"
    line = _ITEM.sub(r"- \1 ", _BIBITEM.sub("- ", line))
    line = _HREF.sub(r"[\2](\1)", line)
    line = _DOI.sub(r"doi:\1", _URL.sub(r" \1", line))
    parts = _LINK.split(line)
    parts[::2] = map(_words, parts[::2])
    parts[1::2] = [_ESCAPED.sub(r"\1", address) for address in parts[1::2]]
    return "".join(parts)


def _words(text: str) -> str:
    """Return words with LaTeX's marks as Markdown's."""
    text = _BOLD.sub(_marked("**"), _EM.sub(_marked("*"), text))
    text = text.replace("``", "“").replace("''", "”").replace("~", " ").replace("---", "—")
    text = _WRAPPED.sub(r"\1", _ESCAPED.sub(r"\1", text.replace("--", "–")))
    return re.sub(r"[{}]", "", _COMMAND.sub("", text))


def _marked(sign: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{sign}{match[1] or match[2]}{sign}"
