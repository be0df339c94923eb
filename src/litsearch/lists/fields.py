"""Words as lists write them: repairing, cleaning, and reading authors, years and read marks out of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from litsearch.errors import ListError


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for looking others up among them."""
    return frozenset(words.split())


MAX_CHARACTERS = 20_000_000  # a list of 100,000 lines has about 10 million
MAX_ZEROS = 100  # one character in so many may be a zero byte, which is left out
MAX_TITLE = 300
MAX_REMARK = 500

_CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# Two-byte sequences only behind Â and Ã: "É…" and the like are words, "Ã©" and "Â " never are.
_MOJIBAKE = re.compile(
    f"[ÂÃ][\x80-\xbf{_CP1252}]|[à-ï][\x80-\xbf{_CP1252}]{{2}}|[ð-ô][\x80-\xbf{_CP1252}]{{3}}"
)
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\ufeff\u00ad]+")
_TEMPLATE = re.compile(
    r"\{%[^%\n]{0,300}%\}|\{\{(?![A-Z][^{}|\n]{0,300}\}\})[^}\n]{0,300}\}\}|\{:[^}\n]{0,300}\}"
)
_BRACED = re.compile(r"\{\{([A-Z][^{}|\n]{0,300})\}\}")  # of BibTeX: text
TASK_DATE = re.compile(
    r"(?:[📅⏳🛫➕❌✅]|🗓️?)\ufe0f?\s*\d{4}-\d\d-\d\d|🔁\s*every [\w ]{1,30}(?=$|\s[📅⏳🛫➕✅❌])|[⏫🔼🔽🔺⏬]\ufe0f?"
)  # of Obsidian's Tasks
_EMOJI_CODE = re.compile(r"(?<![\w:])(?::[a-z][a-z0-9_+-]{1,40}:)+(?!:)")
_SYMBOLS = "\U0001f000-\U0001faff\u2190-\u2bff\ufe0f\u200d\u3030\u303d"
_EMPTY_BRACKETS = re.compile(r"[(\[{][\s|,;/·•&+-]*[)\]}]")
_BROKEN_IMAGE = re.compile(r"!\[[^\]]{0,500}\]?")
_LOOSE = re.compile(r" (?=[,.;:!?)\]])(?![.:]\w)|(?<=[(\[]) ")
_BRACKET = re.compile(r"[()\[\]{}]")
_DANGLERS = ("and", "or", "&", "of", "from", "with", "by", "in", "on", "see", "see also")
_DANGLING = re.compile(rf"(?:^|[\s,;]+)(?:{'|'.join(_DANGLERS)})\s*$")
_FIRST_SYMBOL = "\u2190"
_EDGE = " \t:;,：；，、|–—→·•*_~=>/\\"
_FRONT = re.compile(rf"^(?:[\s{re.escape(_EDGE)}{_SYMBOLS}.)\]-]|\((?=\s))+")
_BACK = re.compile(rf"(?:[\s{re.escape(_EDGE)}{_SYMBOLS}(\[{{]|(?<=\s)-|-$)+$")
_LAST = re.compile(rf"[\s{re.escape(_EDGE)}{_SYMBOLS}(\[{{-]")  # with which _BACK can end
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d|\.\d)")
_YEAR_BRACKETS = re.compile(
    r"[(\[](?:[^()\[\]\d]{0,40}[ ,'])?((?:19|20)\d\d)(?:[-/.]\d{1,2}){0,2}[)\]]"
)
_YEAR_SHORT = re.compile(
    r"[(\[][A-Z][\w.&/+-]{1,20}(?: [A-Z][\w.&/+-]{1,20})? ?['’](\d\d)[)\]]"
)  # "(FAST '16)"
FIRST_SHORT = 50  # '50 is 1950, '49 is 2049
_NAME_BREAK = re.compile(r"\s*(?:,\s*(?:and|&)\s+|;|,|&|\band\b|\bund\b|\bet\b(?!\s+al))\s*")
_ET_AL = re.compile(r",?\s*\b(?:et\.?\s+al\.?|and others|and colleagues)", re.IGNORECASE)
_PARTICLES = word_set("van von der den de la le di da dos del bin ibn al el ter of the for at")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s]{1,300})$", re.IGNORECASE
)
_READ = word_set(
    "read yes done finished completed complete x ✓ ✔ ✅ ☑ true 1 [x] :white_check_mark: archive archived "
    "ja oui sí gelesen lu leído sim да 已读 是 نعم прочитано succeeded"
)
_UNREAD = frozenset(
    {
        "not read",
        "unread",
        "no",
        "todo",
        "to do",
        "to read",
        "to-read",
        "toread",
        "not yet",
        "not started",
        "pending",
    }
    | {
        "queued",
        "reading",
        "in progress",
        "started",
        "false",
        "0",
        "[ ]",
        "[]",
        "❌",
        "✗",
        "☐",
        "⬜",
        "later",
        "new",
        "shortlist",
        "active",
        "ready to start",
        "want to read",
        "未读",
        "в очереди",
    }
    | {"currently-reading", "nein", "non", "ungelesen", "non lu"}
)


def check(text: str) -> str:
    """The text without byte order mark and carriage returns. Raises ListError for what is no text at all."""
    if len(text) > MAX_CHARACTERS:
        raise ListError(
            f"The list has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read.",
            "Split it into several files.",
        )
    if (zeros := text.count("\0")) * MAX_ZEROS > len(text):
        raise ListError("The list holds zero bytes: it is no text file.", "Save it as UTF-8 text.")
    text = text.replace("\0", "") if zeros else text
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def repair(text: str) -> str:
    """UTF-8 that was read as cp1252 and written again, turned back: "itâ€™s" to "it’s". Other text is left alone."""
    return text if text.isascii() else _MOJIBAKE.sub(lambda match: _decoded(match[0]), text)


def _decoded(run: str) -> str:
    try:
        return b"".join(c.encode("cp1252" if c in _CP1252 else "latin-1") for c in run).decode(
            "utf-8"
        )
    except UnicodeError:
        return run


def squeeze(text: str) -> str:
    """Return one line: spaces of every kind as one space, template tags and emoji codes dropped."""
    if "{" in text:
        text = _BRACED.sub(r"\1", _TEMPLATE.sub(" ", text))
    if ":" in text:
        text = _EMOJI_CODE.sub(" ", text)
    if not text.isascii():
        text = TASK_DATE.sub(" ", _INVISIBLE.sub(" ", text))
    return " ".join(text.split())


def clean_title(text: str) -> str:
    """A title without the separators, symbols and empty brackets around it; its words stay as they are."""
    text = squeeze(text[: 4 * MAX_TITLE])
    bracketed = _BRACKET.search(text) is not None
    text = _trimmed(_EMPTY_BRACKETS.sub(" ", text) if bracketed else text)
    return shorten(" ".join(_unwrapped(text).split()) if bracketed else text, MAX_TITLE)


def clean_remark(text: str) -> str:
    """A remark of at most MAX_REMARK characters without the separators and empty brackets around it."""
    if not text or text.isspace():
        return ""
    text = text[: 4 * MAX_REMARK]
    bracketed = _BRACKET.search(text) is not None
    text = squeeze(_BROKEN_IMAGE.sub(" ", text) if "![" in text else text)
    text = " ".join(_EMPTY_BRACKETS.sub(" ", text).split()) if bracketed else text
    text = _trimmed(_LOOSE.sub("", text)).replace("**", "")
    text = _FRONT.sub("", text)
    text = " ".join(
        (_DANGLING.sub("", text) if text.rstrip().endswith(_DANGLERS) else text).split()
    )
    text = _unwrapped(text) if bracketed else text
    return shorten(text, MAX_REMARK) if len(text) > 2 else ""


def dangling(text: str) -> str:
    """The word at the end of a text that clean_remark takes for one that led to a link; "" when there is none."""
    match = _DANGLING.search(text) if text.rstrip().endswith(_DANGLERS) else None
    return f" {match[0].strip()}" if match and len(text) < MAX_REMARK else ""


def _trimmed(text: str) -> str:
    """Without the separators and symbols at both ends; letters and digits there are seen at once to be none."""
    if text and not (text[0].isalnum() and text[0] < _FIRST_SYMBOL):
        text = _FRONT.sub("", text)
    return _BACK.sub("", text) if text and _LAST.match(text[-1]) else text


def _unwrapped(text: str) -> str:
    """Without a bracket that opens or closes nothing at the edges."""
    for opening, closing in ("()", "[]"):
        if text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
            text = text[1:-1].strip()
        elif text.startswith(opening) and closing not in text:
            text = text[1:].lstrip()
        elif text.endswith(closing) and opening not in text:
            text = text[:-1].rstrip()
    return text


def joined(parts: Sequence[str]) -> str:
    """Several remarks as one, each a sentence."""
    parts = [part for part in parts if part]
    return " ".join(p if p[-1] in ".!?:;" or p is parts[-1] else f"{p}." for p in parts)


def shorten(text: str, limit: int) -> str:
    """The text, cut at a word's end where it is longer than limit characters."""
    if len(text) <= limit:
        return text
    head = text[: limit - 2]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,;:-") + " …"


def year_in(text: str, *, anywhere: bool = False) -> int | None:
    """The first year in brackets, "(2017)" or "(NeurIPS 2017)"; with anywhere, the first that stands alone."""
    if "19" not in text and "20" not in text:
        short = _YEAR_SHORT.search(text[:400]) if "'" in text or "’" in text else None
        return int(short[1]) + (2000 if int(short[1]) < FIRST_SHORT else 1900) if short else None
    match = _YEAR_BRACKETS.search(text[:400])
    if match:
        return int(match[1])
    alone = _YEAR.search(text[:400]) if anywhere else None
    return int(alone[0]) if alone else None


def authors_in(text: str) -> tuple[str, ...]:
    """The names of a list of authors, "A. Turing, B. Liskov and C. Shannon"; () when a part is no name."""
    text = _ET_AL.sub("", squeeze(text[:600])).strip(" .,;:()[]")
    if "," in text and ";" in text:  # "Turing, Alan; Shannon, Claude"
        names = [" ".join(reversed([p.strip() for p in n.split(",", 1)])) for n in text.split(";")]
    else:
        names = _NAME_BREAK.split(text)
    names = [
        name.strip(" .") if name.count(".") == 1 and len(name) > 4 else name.strip()
        for name in names
    ]
    names = [name for name in names if name]
    return tuple(names) if names and all(is_name(name) for name in names) else ()


def is_name(text: str) -> bool:
    """True for what can be a person's or an organisation's name: few words, each with a capital or a digit."""
    words = text.lstrip("@").split()
    if not 1 <= len(words) <= 5 or len(text) > 60 or not any(c.isalpha() for c in text):
        return False
    return all(w.lower() in _PARTICLES or _capital(w) for w in words) and _capital(words[-1])


def _capital(word: str) -> bool:
    first = word.lstrip("\"'“‘(")[:1]
    return (
        first.isupper()
        or first.isdigit()
        or (first.isalpha() and first == first.upper() == first.lower())
    )


def sure_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, when they are no words of a title: "by Design" and "by Back-Propagating Errors" name nobody."""
    told = all(" " in name or re.search(r"[a-z\d][A-Z.\d]", name) for name in names)
    gerund = any(len(word) > 6 and word.endswith("ing") for name in names for word in name.split())
    return names if told and not gerund else ()


def read_tag(tags: str) -> bool | None:
    """What a work's tags say of its state: "to-read, moss" is not read; None when none of them tells."""
    told = (
        read_mark(tag.strip(" /#_"))
        for tag in tags.split(",")
        if not tag.strip().isdigit() and tag.strip() != "new"
    )
    return next((state for state in told if state is not None), None)


def doi_url(text: str) -> str | None:
    """The address of a DOI, however it is written; None for what is none."""
    match = _DOI.match(text.strip())
    return f"https://doi.org/{match[1]}" if match else None


def read_mark(text: str) -> bool | None:
    """What a status column says: True for read, False for not read, None when it says neither."""
    text = squeeze(text).strip(" .*_") if ":" not in text else text.strip()
    text = text.casefold()
    if text in _UNREAD or text.startswith("not "):
        return False
    return True if text in _READ or text.startswith(("read ", "✅", "✔")) else None


def turned(name: str) -> str:
    """Return a name with the given name first: "Lee, Ann" to "Ann Lee"."""
    family, comma, given = name.partition(",")
    return squeeze(f"{given} {family}" if comma else name)


def plain_text(text: str) -> str:
    """Return a text without HTML tags, its entities as characters."""
    if "<" not in text and "&" not in text:
        return text
    return squeeze(unescape(_TAG.sub(" ", unescape(text) if "&lt;" in text else text)))
