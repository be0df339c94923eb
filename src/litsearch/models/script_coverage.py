"""Tell whether an embedder knows the script of a text, by what its tokenizer makes of the words,
whether it was made for its language, as its card declares, and whether it reads all of it.

Of a script that a model was hardly trained on, its vocabulary holds single letters at most:
all-MiniLM-L6-v2 cuts "внимание" into seven pieces and "精确" into two unknown ones, but
"funktioniert" into four.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from litsearch.languages import NAMES, language_of
from litsearch.models.model_folder import read_export
from litsearch.models.tokenizer import read_tokenizer
from litsearch.patterns import expression

BY_WORDS = "The embedder does not know this script, so passages were matched by their words alone."
PIECES_A_LETTER = 0.75  # from so many on a word is spelt, not read
_WORD = expression(r"(?:[^\W\d_]|[^\w\s!-~])+")  # with its vowel signs, which are no letters


def knows_script(folder: Path, text: str) -> bool:
    """Tell whether the model in a folder reads half of the letters of a text or more.

    The tokenizer is loaded only for text in another script than Latin. Raises ConfigError.
    """
    words = _WORD.findall(text)
    foreign = [word for word in words if not _is_latin(word)]
    if 2 * _letters(foreign) <= _letters(words):
        return True

    tokenizer = _tokenizer(folder)
    spelt = [word for word in foreign if _is_spelt(tokenizer, word)]
    return 2 * _letters(spelt) <= _letters(words)


def note_on(folder: Path, text: str) -> str:
    """Return what to say of a text that the exported model in a folder was not made for: BY_WORDS
    for another script, else which language it is in; "" where neither tells. Raises ConfigError.
    """
    if not text.isascii() and folder.is_dir() and not knows_script(folder, text):
        return BY_WORDS
    language, facts = language_of(text), read_export(folder)
    if language is None or facts is None or not facts.languages or language in facts.languages:
        return ""
    made_for = ", ".join(NAMES.get(code, code) for code in facts.languages)
    return (
        f"The embedder was made for {made_for}, and the query is in"
        f" {NAMES.get(language, language)}: passages were matched by their words as well."
    )


def length_note(folder: Path, text: str) -> str:
    """Return what to say of a query of which the exported model in a folder reads only the
    beginning; "" for a shorter one.
    """
    facts = read_export(folder)
    if facts is None or len(text) <= facts.window:  # a token has a letter at least
        return ""
    count = len(_tokenizer(folder).encode(text).tokens)
    if count <= facts.window:
        return ""
    return f"The embedder read the first {facts.window} of the query's {count} tokens."


def _letters(words: list[str]) -> int:
    return sum(map(len, words))


def _is_latin(word: str) -> bool:
    return all(letter < "\u0250" or "LATIN" in unicodedata.name(letter, "") for letter in word)


def _is_spelt(tokenizer: Tokenizer, word: str) -> bool:
    """Tell whether a word becomes unknown, or nearly as many pieces as it has letters."""
    pieces = tokenizer.encode(word, add_special_tokens=False).tokens
    if any(piece.strip("[]<>").casefold() == "unk" for piece in pieces):
        return True
    letters = sum(map(str.isalpha, word))
    return letters > 1 and len(pieces) >= PIECES_A_LETTER * letters


@lru_cache(maxsize=2)
def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = read_tokenizer(folder)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
