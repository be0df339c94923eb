"""Make a Markdown text ready for reading: plain Markdown, without what a reader would not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from litsearch.lists.authors.lists import authors_at
from litsearch.lists.columns import role_of
from litsearch.lists.fields import check, repair
from litsearch.lists.markdown.lead_words import DATE_OF_DAY
from litsearch.lists.markdown.wrapped import with_whole_references
from litsearch.lists.records import Record, entry_of
from litsearch.patterns import expression
from litsearch.types import Entry


def prepare(text: str) -> str:
    """Return a text with as many lines, in which nothing is left that would be misread."""
    text = _LONG_RUN.sub(_cut, repair(check(text)))
    text = _blank_front_matter(_blank_hidden(text))
    text = _without_speakers(_SIGNATURE.sub(_blank, text))
    text = _without_shortcodes(_without_wiki(text))
    text = _with_plain_items(text)
    if any(map(text.__contains__, _DASHES)) and _AGAIN.search(text):
        text = _with_same_authors(text)
    text = with_whole_references(_with_schemes(text))
    text = _TIGHT_HEADING.sub(r"\1 ", text)
    return _FOOTNOTE.sub(r"\1[\2] ", text)


_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? "
_SPEAKER = expression(  # of a chat: "[09:14] ann: ", "12/03/2024, 09:14 - Ann Lee: ", "9:14 <ann> "
    rf"^(?:(?:\[(?:{_DATE})?{_TIME}\]|{_DATE}{_TIME}(?: -)?) [^\s:<>][^:<>\n]{{0,30}}:"
    rf"|{_TIME} <[^:<>\n]{{1,30}}>) (?:(?!\S*://)\S+(?: \S+)?$)?|^{_DATE}{_TIME} - [^:\n]*$",
    re.MULTILINE,
)
FEWEST_SPOKEN = 2  # lines
_DAY = expression(rf"^{DATE_OF_DAY}(?:\t|  )\s*(?=\S)", re.MULTILINE | re.IGNORECASE)
FEWEST_DAYS = 3


def _without_speakers(text: str) -> str:
    """Return a chat without who said each line, and a timetable as a list without its days."""
    if len(_SPEAKER.findall(text)) >= FEWEST_SPOKEN:
        text = _SPEAKER.sub("", text)
    return _DAY.sub("- ", text) if len(_DAY.findall(text)) >= FEWEST_DAYS else text


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _cut(run: re.Match[str]) -> str:
    return run[0][:LONGEST_RUN]


# What Markdown would read otherwise than people do.

MAX_INDENT = 40  # spaces before an item: deeper ones would be passed over
MAX_QUOTES = 8
# More marks in a row are no emphasis, and each costs the parser seven microseconds.
LONGEST_RUN = 24
_LONG_RUN = expression(rf"([*_~])\1{{{LONGEST_RUN},}}")

_SIGNATURE = expression(  # of a letter
    r"(?:^-- |(?<=\n\n)--)\n(?:.{0,200}(?:\n|\Z)){1,8}\Z", re.MULTILINE
)
_BULLET = expression(r"^([ \t]*)[•◦▪‣●·∙▸►▶➤➢→■◆○✦]([ \t]+)", re.MULTILINE)
_DEEP = expression(
    rf"^(?:(?:[ \t]{{{MAX_INDENT + 1},}}|\t{{10,}})(?=[-*+] |\d{{1,9}}[.)] )"
    rf"|(?:> ?){{{MAX_QUOTES + 1},}})",
    re.MULTILINE,
)
_SHALLOW = expression(  # "1. …" and "  - …" below it: a list of its own, to Markdown
    r"^(\d{1,3}[.)][ \t].*\n)( {1,2}[-*+][ \t].*(?:\n[ \t]+\S.*)*)", re.MULTILINE
)
_TIGHT_HEADING = expression(r"^(#{2,6}|#(?=[A-Z\d][^#\n]*$))(?=[\w*\[“\"])", re.MULTILINE)
_FOOTNOTE = expression(r"^([ \t]{0,3})\[(\^[^\]\s]{1,40})\]:", re.MULTILINE)

_DOMAINS = (
    "com|org|net|edu|gov|io|ai|dev|app|co|uk|de|fr|ch|at|nl|be|it|es|pt|pl|cz|se|no|fi|dk|eu|ru|cn"
    "|jp|kr|tw|in|br|au|ca|us|me|info|xyz|site|page|pub|blog|tech|wiki|to|gg|is"
)
_NO_SCHEME = expression(
    r"(?<![\w@/.:\[(<=\"'-])(?:www\.(?=[\w-]+\.[a-z]{2})"
    rf"|(?=(?:[a-z0-9][a-z0-9-]{{0,60}}\.){{1,4}}(?:{_DOMAINS})/[^\s|)\]]))",
    re.IGNORECASE,
)
_UNSEEN = expression("[\u200b-\u200d\u2060\ufeff\u00ad]+(?=[a-z0-9/._?&=#%-])")
_PARTED = expression(
    "https?://[!-~]{1,500}[\u200b-\u200d\u2060\ufeff\u00ad][!-~\u200b-\u200d]{1,500}"
)
_LONE_ISBN = expression(
    r"^([ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)ISBN(?:-1[03])?:?[ \t]*"
    r"((?:97[89][- ]?)?(?:\d[- ]?){9}[\dX])\b",
    re.MULTILINE,
)
_LONE_ARXIV = expression(
    r"^([ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)"
    r"((?:0[7-9]|[1-9]\d)(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?"
    r"|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}(?:v\d)?)"
    r"(?=[ \t]*(?:$|[#:,;–—-]))[ \t]*#?",
    re.MULTILINE,
)


def _whole(match: re.Match[str]) -> str:
    """Return an address without signs that nobody sees in the middle of it."""
    return _UNSEEN.sub("", match[0])


def _page_of_book(match: re.Match[str]) -> str:
    return f"{match[1]}https://openlibrary.org/isbn/{re.sub('[^0-9X]', '', match[2])} "


def _with_plain_items(text: str) -> str:
    """Return a text with items as Markdown knows them, nested no deeper than it follows."""
    text = _BULLET.sub(r"\1-\2", _DEEP.sub(_shallower, text))
    return _SHALLOW.sub(_deeper, text)


def _deeper(match: re.Match[str]) -> str:
    """Return what stands below a numbered item where Markdown takes it for the item's."""
    return match[1] + "".join([f"   {line}" for line in match[2].splitlines(keepends=True)])


def _shallower(match: re.Match[str]) -> str:
    return ">" * MAX_QUOTES + " " if ">" in match[0] else " " * MAX_INDENT


def _with_schemes(text: str) -> str:
    """Return a text with whole addresses for those without scheme, and for lone arXiv numbers."""
    if not text.isascii():
        text = _PARTED.sub(_whole, text)
    text = _LONE_ARXIV.sub(r"\1https://arxiv.org/abs/\2 ", text)
    if "ISBN" in text:
        text = _LONE_ISBN.sub(_page_of_book, text)
    return _NO_SCHEME.sub(r"https://\g<0>", text)


# What a reader would not see.

FRONT_MATTER = expression(r"\A\s*(---|\+\+\+)[ \t]*\n")
MAX_FRONT = 300  # lines of metadata at the top

_HIDDEN = expression(r"(?<!`)<(?:!--|(script|style|pre|textarea)\b)", re.IGNORECASE)
_FRONT_LINE = expression(r"^(?:\s*|\s*#.*|[\w-]+\s*[:=].*|\s+.*|-\s.*)$")


def _blank_hidden(text: str) -> str:
    """Return a text without comments, scripts, styles and preformatted text; line breaks stay."""
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
    end = front_matter_end(text)
    return "\n" * end + "\n".join(text.split("\n")[end:]) if end else text


def front_matter_end(text: str) -> int:
    """Return how many lines of metadata stand at the top, in one block or in two."""
    opening = FRONT_MATTER.match(text)
    if opening is None:
        return 0
    lines = text.split("\n", MAX_FRONT)[:MAX_FRONT]
    start = text.count("\n", 0, opening.end())
    end = 0
    for number, line in enumerate(lines[start:], start + 1):
        if line.strip() == opening[1]:
            end = number
        elif not _FRONT_LINE.match(line) or (end and not line.strip()):
            break
    return end


# Notes of web clippers.

_PAIR = expression(r"^([A-Za-z][\w -]{0,40}?)\s*[:=]\s*(.*)$")
_SOURCE = expression(r"(?:source|original|canonical|page)?[_ -]?(?:url|source)$", re.IGNORECASE)


def clipped_page(text: str, path: str) -> Entry | None:
    """Return the work of a web clipper's note: its metadata name a page and its title.

    What such a note links is the page's text, and no list.
    """
    end = front_matter_end(text)
    fields: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    for number, name, value in _front_values(text.split("\n", end)[:end]):
        values = fields.setdefault(name, [])
        lines.setdefault(name, number)
        if value:
            values.append(value)

    names = [name for name, values in fields.items() if values]
    source = next(filter(_SOURCE.match, names), None)
    if source is None or "title" not in map(role_of, names):
        return None
    entry = entry_of(Record(lines[source], fields), path)
    return entry if entry is not None and entry.url else None


def _front_values(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the values of metadata with their lines and names; a name may have one a line."""
    name = ""
    for number, line in enumerate(lines, 1):
        pair = _PAIR.match(line)
        name = pair[1] if pair else name
        value = pair[2] if pair else line.strip("- \t+")
        if name:
            yield number, name, value.strip(" \"'[]")


# A dash for the authors of the reference above.

_AGAIN = expression(
    r"^([ \t]*(?:[-*+][ \t]+|\d+\.[ \t]+)?)(?:[—–_]{3,}|-{3,}(?=[.,] ))[.,]?(?=[ \t])", re.MULTILINE
)


_DASHES = ("---", "———", "–––", "___")


def _with_same_authors(text: str) -> str:
    """Return references that begin with a dash, "———. Title.", with the authors of those above."""
    lines, authors = text.split("\n"), ""
    for i, line in enumerate(lines):
        again = _AGAIN.match(line)
        if again is not None and authors:
            lines[i] = f"{again[1]}{authors}{line[again.end() :]}"
        elif author_list := authors_at(line.lstrip(" \t-*+.0123456789")):
            authors = line.lstrip(" \t-*+.0123456789")[: author_list.end]
    return "\n".join(lines)


# What Obsidian, Logseq and Roam write beside Markdown.

_EMBEDDED_FILE = expression(
    r"!?\[\[([^\[\]|#\n]{1,300}\.(?:pdf|epub|docx|odt|html?|ipynb))"
    r"(?:#[^\[\]|\n]*)?(?:\|([^\[\]\n]{1,300}))?\]\]",
    re.IGNORECASE,
)
_WIKI_LINK = expression(
    r"\[\[(?!\d+\]\])([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\](?![(\[:])"
)
_CITEKEY = expression(r"@[\w:-]*\d{2}[\w:-]*")  # of Zotero's: the line itself says who and when
_ROAM_TASK = expression(r"\{\{\s*\[?\[?(TODO|DONE)\]?\]?\s*\}\}")
_BLOCK_ID = expression(r"[ \t]\^[\w-]{3,20}$", re.MULTILINE)
_TASK_TAG = expression(  # of TaskPaper
    r"[ \t]@(?:done|due|today|start|flagged|tags?|priority)(?:\([^()\n]{0,60}\))?(?=\s|$)"
)
_COMMENT = expression(r"%%[^%\n]{1,1000}%%")
_INLINE_ADDRESS = expression(
    r"[(\[](?:url|link|source)::[ \t]*(https?://[^\s()\[\]]+)[)\]]", re.IGNORECASE
)


def _without_wiki(text: str) -> str:
    """Return a text with links to notes as words, to documents as links, and tasks as TODO."""
    if "%%" in text:
        text = _COMMENT.sub(" ", text)
    if " @" in text:
        text = _TASK_TAG.sub("", text)
    if " ^" in text:
        text = _BLOCK_ID.sub("", text)
    if "::" in text:
        text = _INLINE_ADDRESS.sub(r" \1 ", text)
    if "[[" not in text and "{{" not in text:
        return text
    text = _ROAM_TASK.sub(r"\1 ", text)
    text = _EMBEDDED_FILE.sub(_document, text)
    return _WIKI_LINK.sub(_words, text)


def _document(match: re.Match[str]) -> str:
    path = match[1].strip()
    words = match[2] or path.rpartition("/")[2].rpartition(".")[0]
    return f"[{words}]({quote(path)})"


def _words(match: re.Match[str]) -> str:
    """Return the words of a link to a note; an address as it is."""
    target = match[1].strip()
    if match[2] is None and _CITEKEY.fullmatch(target):
        return ""
    if "://" in (match[2] or ""):
        return f"[{target}]({match[2].strip()})"  # as TiddlyWiki writes it
    return match[2] or (target if "://" in target else target.rpartition("/")[2] or target)


# What site generators write: {{< youtube id >}}, {% embed address %}, {{ tweet(url="address") }}.

_SHORTCODE = expression(r"(\(?)\{[{%]([<%]?)[ \t]*([^{}\n]{1,400}?)[ \t]*[>%]?[}%]\}")
_ADDRESS = expression(r"https?://[^\s\"'|,)}>]+")
_EMBEDS = {
    "youtube": "https://www.youtube.com/watch?v={0}",
    "vimeo": "https://vimeo.com/{0}",
    "gist": "https://gist.github.com/{0}/{1}",
    "tweet": "https://twitter.com/{0}/status/{1}",
    "x": "https://twitter.com/{0}/status/{1}",
    "twitter": "https://twitter.com/{0}/status/{1}",
}
_ARGUMENT = expression(r"(?:\w+=)?[\"']?([\w-]{5,40}|\w{1,15})[\"']?")


def _without_shortcodes(text: str) -> str:
    return _SHORTCODE.sub(_embedded, text) if "{{" in text or "{%" in text else text


def _embedded(match: re.Match[str]) -> str:
    """Return the address that a shortcode embeds; a shortcode that embeds none as it is."""
    opening, _, words = match.groups()
    address = _ADDRESS.search(words)
    if address:
        return f"({address[0]}" if opening else f" {address[0]} "

    name, _, rest = words.replace("(", " ").replace(")", " ").partition(" ")
    form = _EMBEDS.get(name.lower(), "")
    arguments = _ARGUMENT.findall(rest)
    if not form or len(arguments) < form.count("{"):
        return match[0]
    return f"{opening} {form.format(*arguments)} "
