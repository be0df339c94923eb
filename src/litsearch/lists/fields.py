"""Words as lists write them: repairing and cleaning, and reading years and states out of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from litsearch.errors import ListError
from litsearch.lists.phrases import READ, UNREAD
from litsearch.patterns import expression

MAX_CHARACTERS = 20_000_000  # a list of 100,000 lines has about 10 million
MAX_ZEROS = 100  # one character in so many may be a zero byte, which is left out
MAX_TITLE = 300
MAX_REMARK = 500


# Texts.

_CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# Two-byte sequences only behind Â and Ã: "É…" and the like are words, "Ã©" and "Â " never are.
_MOJIBAKE = expression(
    f"[ÂÃ][\x80-\xbf{_CP1252}]|[à-ï][\x80-\xbf{_CP1252}]{{2}}|[ð-ô][\x80-\xbf{_CP1252}]{{3}}"
)


def check(text: str) -> str:
    """Return a text without byte order mark and carriage returns.

    Raises ListError for what is no text at all.
    """
    if len(text) > MAX_CHARACTERS:
        raise ListError(
            f"The list has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read.",
            "Split it into several files.",
        )
    zeros = text.count("\0")
    if zeros * MAX_ZEROS > len(text):
        raise ListError("The list holds zero bytes: it is no text file.", "Save it as UTF-8 text.")
    text = text.replace("\0", "") if zeros else text
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def repair(text: str) -> str:
    """Return UTF-8 that was read as cp1252 and written again turned back: "itâ€™s" to "it’s"."""
    return text if text.isascii() else _MOJIBAKE.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    run = match[0]
    try:
        return b"".join(map(_encoded, run)).decode("utf-8")
    except UnicodeError:
        return run


def _encoded(character: str) -> bytes:
    return character.encode("cp1252" if character in _CP1252 else "latin-1")


# Titles and remarks.

_SYMBOLS = "\U0001f000-\U0001faff\u2190-\u2bff\ufe0f\u200d\u3030\u303d"
_FIRST_SYMBOL = "\u2190"
_EDGE = re.escape(" \t:;,：；，、|–—→·•*_~=>/\\")
_FRONT = expression(rf"^(?:[\s{_EDGE}{_SYMBOLS}.)\]-]|\((?=\s))+")
_BACK = expression(rf"(?:[\s{_EDGE}{_SYMBOLS}(\[{{]|(?<=\s)-|-$)+$")
_LAST = expression(rf"[\s{_EDGE}{_SYMBOLS}(\[{{-]")  # with which _BACK can end

_INVISIBLE = expression(r"[\u200b\u200e\u200f\ufeff\u00ad]+")
_TEMPLATE = expression(
    r"\{%[^%\n]{0,300}%\}"
    r"|\{\{(?![A-Z][^{}|\n]{0,300}\}\})[^}\n]{0,300}\}\}"
    r"|\{:[^}\n]{0,300}\}"
)
_BRACED = expression(r"\{\{([A-Z][^{}|\n]{0,300})\}\}")  # of BibTeX: text
TASK_DATE = expression(  # of Obsidian's Tasks
    r"(?:[📅⏳🛫➕❌✅]|🗓️?)\ufe0f?\s*\d{4}-\d\d-\d\d"
    r"|🔁\s*every [\w ]{1,30}(?=$|\s[📅⏳🛫➕✅❌])"
    r"|[⏫🔼🔽🔺⏬]\ufe0f?"
)
_EMOJI_CODE = expression(r"(?<![\w:])(?::[a-z][a-z0-9_+-]{1,40}:)+(?!:)")
_ARXIV_LEAD = expression(r"^\[\d{4}\.\d{4,5}(?:v\d+)?\]\s+(?=\S)")  # as browsers save it
_EMPTY_BRACKETS = expression(r"[(\[{][\s|,;/·•&+-]*[)\]}]")
BROKEN_IMAGE = expression(r"!\[[^\]]{0,500}\]?")
_LOOSE = expression(r" (?=[,.;:!?)\]])(?![.:]\w)|(?<=[(\[]) ")
_LOOSE_SIGNS = (" ,", " .", " ;", " :", " !", " ?", " )", " ]", "( ", "[ ")
_BRACKET = expression(r"[()\[\]{}]")
_DANGLERS = ("and", "or", "&", "of", "from", "with", "by", "in", "on", "see", "see also")
_DANGLING = expression(rf"(?:^|[\s,;]+)(?:{'|'.join(_DANGLERS)})\s*$")
_MARK = expression(
    r"</?(?:i|b|u|em|strong|su[bp]|span|scp?|tt|inf|italic|bold|(?:mml|jats):[a-z-]+)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = expression(r"</?[a-zA-Z][^<>]{0,2000}>")


def squeeze(text: str) -> str:
    """Return one line: every space as one, template tags and emoji codes dropped."""
    if "{" in text:
        text = _BRACED.sub(r"\1", _TEMPLATE.sub(" ", text))
    if ":" in text:
        text = _EMOJI_CODE.sub(" ", text)
    if not text.isascii():
        text = TASK_DATE.sub(" ", _INVISIBLE.sub(" ", text))
    return " ".join(text.split())


def clean_title(text: str) -> str:
    """Return a title without the separators, symbols and empty brackets around it."""
    text = squeeze(text[: 4 * MAX_TITLE])
    text = _ARXIV_LEAD.sub("", text) if text[:1] == "[" else text
    if _BRACKET.search(text) is None:
        return shorten(_trimmed(text), MAX_TITLE)
    text = _trimmed(_EMPTY_BRACKETS.sub(" ", text))
    return shorten(" ".join(_unwrapped(text).split()), MAX_TITLE)


def clean_remark(text: str) -> str:
    """Return a remark of at most MAX_REMARK characters, the separators around it left out."""
    if not text or text.isspace():
        return ""
    text = text[: 4 * MAX_REMARK]
    bracketed = _BRACKET.search(text) is not None
    text = squeeze(BROKEN_IMAGE.sub(" ", text) if "![" in text else text)
    if bracketed:
        text = " ".join(_EMPTY_BRACKETS.sub(" ", text).split())

    text = _LOOSE.sub("", text) if any(map(text.__contains__, _LOOSE_SIGNS)) else text
    text = _trimmed(text).replace("**", "")
    text = _FRONT.sub("", text)
    if text.rstrip().endswith(_DANGLERS):
        text = _DANGLING.sub("", text)
    text = " ".join(text.split())
    text = _unwrapped(text) if bracketed else text
    return shorten(text, MAX_REMARK) if len(text) > 2 or not text.isascii() else ""


def dangling(text: str) -> str:
    """Return the word at a text's end that clean_remark takes for one that led to a link, or ""."""
    if not text.rstrip().endswith(_DANGLERS) or len(text) >= MAX_REMARK:
        return ""
    match = _DANGLING.search(text)
    return f" {match[0].strip()}" if match else ""


def _trimmed(text: str) -> str:
    """Return a text without separators and symbols at both ends.

    Letters and digits there are seen at once to be none.
    """
    if text and not (text[0].isalnum() and text[0] < _FIRST_SYMBOL):
        text = _FRONT.sub("", text)
    return _BACK.sub("", text) if text and _LAST.match(text[-1]) else text


def _unwrapped(text: str) -> str:
    """Return a text without a bracket that opens or closes nothing at the edges."""
    for opening, closing in ("()", "[]"):
        if text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
            text = text[1:-1].strip()
        elif text.startswith(opening) and closing not in text:
            text = text[1:].lstrip()
        elif text.endswith(closing) and opening not in text:
            text = text[:-1].rstrip()
    return text


def joined(parts: Sequence[str]) -> str:
    """Return several remarks as one, each a sentence."""
    *sentences, last = [part for part in parts if part] or [""]
    ended = [part if part[-1] in ".!?:;" else f"{part}." for part in sentences]
    return " ".join([*ended, last])


def shorten(text: str, limit: int) -> str:
    """Return a text, cut at a word's end where it is longer than limit characters."""
    if len(text) <= limit:
        return text
    head = text[: limit - 2]
    if " " in head[limit // 2 :]:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,;:-") + " …"


def plain_text(text: str) -> str:
    """Return a text without HTML tags, its entities as characters."""
    if "<" not in text and "&" not in text:
        return text
    text = unescape(text) if "&lt;" in text else text
    return squeeze(unescape(_TAG.sub(" ", text)))


def unmarked(title: str) -> str:
    """Return a title without the tags of HTML and JATS that mark single words of it."""
    if "<" not in title and "&" not in title:
        return title
    return squeeze(unescape(_MARK.sub("", title)))


# Years, numbers and states.

FIRST_SHORT = 50  # '50 is 1950, '49 is 2049
_YEAR = expression(r"(?<![\d.])(?<!\d[-–—])(?:19|20)\d\d(?!\d|\.\d)")  # no page
_OLD_YEAR = expression(r"\((1[5-8]\d\d)\)")
_YEAR_OF_DATE = expression(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_BRACKETS = expression(
    r"[(\[（](?:[^()（）\[\]\d]{0,40}[ ,'])?((?:19|20)\d\d)(?:[-/.]\d{1,2}){0,2}年?"
    r"(?: [A-Z][a-z]+|[,;，] [^()（）\[\]]{1,30})?[)\]）]"
)
_YEAR_SHORT = expression(  # "(FAST '16)"
    r"[(\[][A-Z][\w.&/+-]{1,20}(?: [A-Z][\w.&/+-]{1,20})? ?['’](\d\d)[)\]]"
)
_VENUE_SHORT = expression(r"\b(?:a(?=rXiv)|[A-Z])[A-Za-z]*[A-Za-z]\w* ?['’](\d\d)\b")  # "FOCS'13"
_ARXIV_SHORT = expression(r"^\W*arXiv ['’]?(\d\d)\W*$", re.IGNORECASE)  # "arXiv 22"
_DOI = expression(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s]{1,300})$", re.IGNORECASE
)


def may_hold_year(text: str) -> bool:
    """Return False when no year of four digits can be in a text; a cheap check."""
    return "19" in text or "20" in text or "(1" in text


def year_in(text: str, *, anywhere: bool = False) -> int | None:
    """Return the first year in brackets, "(2017)" or "(NeurIPS 2017)".

    anywhere: else the first that stands alone.
    """
    if may_hold_year(text):
        match = _YEAR_BRACKETS.search(text[:400])
        if match:
            return int(match[1])
        old = _OLD_YEAR.search(text[:400])
        if old:
            return int(old[1])
        alone = _YEAR.search(text[:400]) if anywhere else None
        if alone:
            return int(alone[0])
    return _short_year(text, _VENUE_SHORT if anywhere else _YEAR_SHORT)


def date_year(text: str) -> int | None:
    """Return the year of a date in any form: "2024.03", "2019-05-01", "May 2019", "21.3.2020"."""
    match = _YEAR_OF_DATE.search(text[:400])
    return int(match[0]) if match else year_in(text, anywhere=True)


def _short_year(text: str, pattern: re.Pattern[str]) -> int | None:
    """Return the year of a venue: "(FAST '16)", "FOCS'13"."""
    match = pattern.search(text[:400]) if "'" in text or "’" in text else None
    if match is None and "iv" in text[:20]:
        match = _ARXIV_SHORT.match(text[:20])
    return year_of_short(match[1]) if match else None


def year_of_short(digits: str) -> int:
    """Return the year of its last two digits."""
    short = int(digits)
    return short + (2000 if short < FIRST_SHORT else 1900)


def doi_url(text: str) -> str | None:
    """Return the address of a DOI, however it is written; None for what is none."""
    match = _DOI.match(text.strip())
    return f"https://doi.org/{match[1]}" if match else None


def read_mark(text: str) -> bool | None:
    """Return what a status column says: True for read, False for not read, None for neither."""
    text = squeeze(text).strip(" .*_") if ":" not in text else text.strip()
    text = text.casefold()
    if text in UNREAD or text.startswith("not "):
        return False
    return True if text in READ or text.startswith(("read ", "✅", "✔")) else None


def read_tag(tags: str) -> bool | None:
    """Return what a work's tags say of its state: "to-read, moss" is not read; None for others."""
    for tag in tags.split(","):
        tag = tag.strip()
        if (
            tag != "new"
            and not tag.isdigit()
            and (state := read_mark(tag.strip("/#_"))) is not None
        ):
            return state
    return None
