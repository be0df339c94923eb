"""Turn the bytes of a list into text, in whatever encoding a program saved it."""

from __future__ import annotations

from contextlib import suppress

from litsearch.errors import ListError
from litsearch.patterns import expression

SAMPLE = 65_536  # bytes that are looked at for the encoding
MIN_FOREIGN = 4  # bytes beyond ASCII in a row: letters of another script, no accents
_ADDRESS = expression(rb"https?://[!-~]+")
_FOREIGN_RUN = expression(rb"[\x80-\xff]{%d,}|(?:[\x81-\xfe][\x30-\xfe]){3,}" % MIN_FOREIGN)
_CANDIDATES = "cp1251 koi8_r gb18030 cp932 euc_jp cp949 big5 cp1253 cp1255 cp1256 cp874".split()
# what no word of Cyrillic letters holds: capitals behind small letters, strange signs
_NOT_RUSSIAN = expression("[а-яёіїґє][А-ЯЁІЇ]|[^\x00-\x7fА-яёЁіїґєІЇҐЄ«»„“”’–—№…·•°§©\xa0]")
_HANGUL = expression("[\uac00-\ud7a3]")
_HAN = expression("[\u4e00-\u9fff]")
_STRANGE = expression(r"[A-Za-z][¢£¥¦ª¯³¹º¼½¾¿ÐÑÞðý][a-z]|\b[¯£][a-z]")
_POLISH = expression("[łąężśćńŁŻŚ]")
_TURKISH = expression("[ğışİŞĞ]")


# how files begin that hold no text: what they are, and what to do
_NO_TEXT = (
    (
        b"PK\x03\x04",
        "a ZIP archive, as spreadsheets and documents are",
        "Save a spreadsheet as CSV; take a document in with `litsearch add`; unpack an archive.",
    ),
    (b"%PDF-", "a PDF", "Take it in as a work with `litsearch add`."),
    (b"SQLite format 3\0", "a database", "Export its works as CSV, JSON or BibTeX."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as CSV, DOCX or text."),
    (b"\x1f\x8b", "compressed", "Unpack it."),
)


def decoded(data: bytes) -> str:
    """Return the text of a list: UTF-8, UTF-16 with or without mark, else what it looks like.

    Raises ListError for a file that is no text.
    """
    for magic, kind, hint in _NO_TEXT:
        if data.startswith(magic):
            raise ListError(f"The file is no text: it is {kind}.", hint)
    for encoding in (_wide_encoding(data), "utf-8-sig"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    encoding = _foreign_encoding(data[:SAMPLE]) or _latin_encoding(data)
    with suppress(UnicodeDecodeError):
        return data.decode(encoding)
    return data.decode("cp1252", "replace") if encoding == "cp1252" else data.decode("latin-1")


def _wide_encoding(data: bytes) -> str:
    """Return the kind of UTF-16 that a text is, told by its mark or its zeros; else UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    opening = data[:2000]
    zeros_first = opening[::2].count(0) > 0
    zeros_second = opening[1::2].count(0) > len(opening) // 3
    if zeros_second and not zeros_first:
        return "utf-16-le"
    if zeros_first and not zeros_second:
        return "utf-16-be"
    return "utf-8-sig"


def _foreign_encoding(sample: bytes) -> str:
    """Return the encoding of a text in another script than Latin; "" for Latin."""
    words = _ADDRESS.sub(b" ", sample)
    if _FOREIGN_RUN.search(words) is None:
        return ""
    for encoding in ("cp1251", "koi8_r"):
        if _NOT_RUSSIAN.search(words.decode(encoding, "replace")) is None:
            return encoding
    from charset_normalizer import from_bytes  # 30 ms that lists in UTF-8 need not pay

    best = from_bytes(words, cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best else ""
    if encoding == "cp949" and _is_chinese(words):
        return "gb18030"
    return encoding


def _is_chinese(words: bytes) -> bool:
    """Tell whether what could be Korean holds too many Chinese signs for it."""
    korean = words.decode("cp949", "replace")
    return len(_HAN.findall(korean)) * 10 > len(_HANGUL.findall(korean))


def _latin_encoding(data: bytes) -> str:
    """Return which Latin alphabet a text is in: western, Polish or Turkish."""
    western = data[:SAMPLE].decode("cp1252", "replace")
    if _STRANGE.search(western) is None:
        return "cp1252"
    for encoding, letters in (("cp1250", _POLISH), ("cp1254", _TURKISH)):
        with suppress(UnicodeDecodeError):
            if letters.search(data[:SAMPLE].decode(encoding)):
                return encoding
    return "cp1252"
