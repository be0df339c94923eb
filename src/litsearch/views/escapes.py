"""Make text of strangers harmless for what reads it next: terminals, Markdown, tables, LaTeX."""

from __future__ import annotations

import re

from litsearch.patterns import expression

# Marks without a width of their own: they hide words, or turn the direction of those that follow.
# Joiners are kept: Persian, Hindi and emoji are written with them.
_HIDDEN = expression("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_JOINERS = "\u200c\u200d"
_KEPT = frozenset("\n\t" + _JOINERS)
# Programs that fill in templates take "{{" and "{%" for theirs; Obsidian hides what is in "%%".
_MARKDOWN = expression(r"[\\`*\[\]|~$]|(?<!\S)#|(?<![^\W_])_|_(?![^\W_])|(?<=[{%])[{%]")
_MARKDOWN_START = expression(r"^(\d*)([-+=:>.)])")
# What begins a link, an image, an element or a block of code.
_ACTIVE = expression(r"(?<=\])(?=[(\[:])|(?<=<)(?=[A-Za-z/!?])|^ {0,3}(?=```|~~~)", re.MULTILINE)
_JOINER = "\u2060"  # has no width, and Markdown does not read across it
_IN_ADDRESS = expression(r"[^!#-'*-;=?-Z_a-z~\[\]\u00a1-\U0010ffff]")
_FORMULA = tuple("=+-@＝＋－＠\t")
# Where commas part no cells, as in much of Europe, a cell ends at ";", and a row at its line.
_FORMULA_WITHIN = expression("(?<=[;\t\n])(?=[-=+@＝＋－＠])")
_TEX = expression(r"[\\{}&%$#_~^]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_UNSEEN_IN_JSON = expression("[\x7f-\x9f\u2028\u2029]|" + _HIDDEN.pattern)


def printable(text: str) -> str:
    """Return text without what could drive a terminal; line ends and tabs are kept."""
    if text.isprintable():
        return text
    return "".join(map(_printable, _HIDDEN.sub("", text)))


def _printable(character: str) -> str:
    return character if character.isprintable() or character in _KEPT else " "


def one_line(text: str) -> str:
    """Return text on one line, without what could drive a terminal."""
    return " ".join(printable(text).split())


def for_markdown(text: str) -> str:
    """Return text on one line that Markdown shows as it is."""
    # Templates are filled in behind a backslash, too: "<" is written in another way.
    escaped = _MARKDOWN.sub(r"\\\g<0>", one_line(text)).replace("<", "&lt;")
    return _MARKDOWN_START.sub(r"\1\\\2", escaped)


def for_chat(text: str) -> str:
    """Return text that reads word for word, and in which Markdown makes no link, image or element.

    Some clients show Markdown, others show the text as it is.
    """
    return _ACTIVE.sub(lambda match: match.group() + _JOINER, printable(text))


def from_chat(text: str) -> str:
    """Return text as it was before for_chat."""
    return text.replace(_JOINER, "")


def for_markdown_link(url: str) -> str:
    """Return an address that ends where it should within (...) or <...> of Markdown."""
    return _IN_ADDRESS.sub(_percent_encoded, printable(url).strip())


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def for_table_cell(text: str) -> str:
    """Return text that a spreadsheet takes for text; a formula begins with a sign, also a wide one.

    What it could begin with behind spaces and line ends counts as well.
    """
    shown = printable(text).replace("\r", " ")
    opening = "'" if shown.startswith("\t") or shown.lstrip().startswith(_FORMULA) else ""
    return opening + _FORMULA_WITHIN.sub("'", shown)


def for_tex(text: str) -> str:
    """Return text on one line that LaTeX prints as it is."""
    return _TEX.sub(_tex_word, one_line(text))


def _tex_word(match: re.Match[str]) -> str:
    return _TEX_WORDS.get(match.group(), "\\" + match.group())


def for_tex_link(url: str) -> str:
    """Return an address that ends no field of BibTeX."""
    return re.sub(r"[\\{}\s]", _percent_encoded, one_line(url))


def for_json_line(line: str) -> str:
    """Return JSON whose strings show what could drive a terminal as escapes."""
    return _UNSEEN_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", line)
