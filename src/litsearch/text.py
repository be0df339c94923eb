"""Turn text into words and terms: the one tokenizer, stop list and stemmer of the library.

    words      as typed: GPT-4, k-NN, C++, l'eau
    tokens     one a position, for phrases: gpt 4 · k nn · c++ · eau
    terms      what BM25 counts: the tokens, and of a compound the whole too: gpt 4 gpt4

Chinese, Japanese, Korean, Thai and their neighbours are cut into pairs of characters, apart where
scripts change.
"""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import Stemmer

from litsearch.languages import (
    ELISIONS,
    ENGLISH,
    FILLERS,
    HAN,
    HANGUL,
    HIRAGANA,
    KATAKANA,
    STEMMERS,
    STOPWORDS,
    THAI,
)
from litsearch.patterns import expression

# raise it when the same text gives other terms or sentences: indexes made before are then rebuilt
RULES = "3"
# What an index was made with: stems are the stemmer's own.
VERSION = f"{RULES} {Stemmer.version()}"
MAX_LETTERS = 64  # of one part; longer runs of letters are no words
MAX_PARTS = 12  # of one compound

# Vowel signs and accents that Python's \w leaves out, and invisible characters within words (soft
# hyphen, joiners).
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903"
    "\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03"
    "\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d\u0b82\u0bbe-\u0bcd"
    "\u0c00-\u0c03\u0c3e-\u0c4d\u0c82\u0c83\u0cbc-\u0ccd\u0d02\u0d03\u0d3e-\u0d4d\u0e31"
    "\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3"
    "\u3099\u309a\u00ad\u200b-\u200d\u2060\ufeff"
)
_ACCENTS = expression(
    "(?<!и)[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+"
)  # й is a letter
_INVISIBLE = expression("[\u00ad\u200b-\u200f\u2060\ufeff]")
_RUN = rf"[\w{_MARKS}]+"
# Inner marks join: GPT-4, LLM.int8, load_in_8bit. Two pluses, and a sharp after a lone letter, end
# a name: C++, F#.
WORD = expression(rf"{_RUN}(?:[-‐‑–'’./+:·]{_RUN})*(?:\+\+(?!\+)|(?<=(?<!\w)[A-Za-z])#(?!\w))?")
PART = expression(rf"(?:[^\W_]|[{_MARKS}])+(?:\+\+|#)?")
_POSSESSIVE = expression(r"['’]s?$")
_LETTERS = expression(r"[^\W\d_]{2,}")
_CAMEL = expression(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_CAMEL_PART = 3  # letters; LangChain comes apart, DoRA and PyTorch do not

_UNSPACED = HAN + HIRAGANA + KATAKANA + HANGUL + THAI  # scripts whose words are not set apart
_SCRIPT = expression(
    f"([{HAN}]+)|[{HIRAGANA}]+|[{KATAKANA}]+|[{HANGUL}]+|[{THAI}]+|[^{_UNSPACED}]+"
)
# A word of one script may end where one of these begins: GPT in GPT模型.
WORD_START = rf"(?:(?<![^\W_])|(?<=[{_UNSPACED}]))"
WORD_END = rf"(?:(?![^\W_])|(?=[{_UNSPACED}]))"
_FLAT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_BRITISH = expression("(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")
_UMLAUT = expression("(?<![aeq])([aou])e")  # Groesse, Groeße; not neue, Quelle
# And, in, the, as, to, from, that: in Hebrew and Arabic one word with the next.
_CLITICS = expression("[ובהכלמש]{1,2}(?=[א-ת]{3})|(?:[وفبك]?ال|لل|[وف])(?=[\u0621-\u064a]{3})")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‘’‚‛´`＇", "'"))

_stemmers = threading.local()  # a stemmer is no one's but its thread's


def normalize(text: str) -> str:
    """Return a query in plain form: composed, narrow, with straight quotes, without invisible
    characters.
    """
    if text.isascii():
        return text
    return _composed(text).translate(_QUOTES)


def words(text: str) -> list[str]:
    """Return the words of a text as typed, in order, with repetitions."""
    runs: list[str] = WORD.findall(text)
    if "_" not in text:
        return runs
    return list(filter(None, (run.strip("_") for run in runs)))


def terms(text: str, language: str = ENGLISH) -> list[str]:
    """Return what BM25 counts of a text, in order, with repetitions."""
    return [term for word in words(_composed(text)) for term in terms_of(word, language)]


def term_counts(text: str, language: str = ENGLISH) -> Counter[str]:
    """Return how often each of the terms of a text stands in it."""
    counts: Counter[str] = Counter()
    for word, count in Counter(words(_composed(text))).items():
        for term in terms_of(word, language):
            counts[term] += count
    return counts


def tokens(text: str, language: str = ENGLISH) -> list[str]:
    """Return one token a position: what a phrase is looked up by."""
    return [token for word in words(_composed(text)) for token in _tokens_of(word, language)]


def variants(word: str, languages: Iterable[str]) -> frozenset[str]:
    """Return every term that may stand for a query word in documents of these languages.

    A run of Chinese is looked up by its pairs of characters; its single ones, which documents have
    too, are too common.
    """
    forms = frozenset(form for language in languages for form in terms_of(word, language))
    telling = frozenset(form for form in forms if len(form) > 1 or not _is_han(form))
    return telling or forms


def _composed(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=200_000)
def terms_of(word: str, language: str = ENGLISH) -> tuple[str, ...]:
    """Return the terms of one word: the stems of its parts, and of a compound the whole without its
    marks.
    """
    parts = _parts(word, language)
    terms = [term for part in parts for term in _terms_of_part(part, language)]
    if len(parts) > 1 and not any(part.endswith(("+", "#")) for part in parts):
        whole = "".join(parts)
        terms += [] if is_unspaced(whole) else [stem(whole, language)[:MAX_LETTERS]]
    return tuple(dict.fromkeys(terms))


@lru_cache(maxsize=200_000)
def _tokens_of(word: str, language: str) -> tuple[str, ...]:
    return tuple(
        token for part in _parts(word, language) for token in _tokens_of_part(part, language)
    )


def _parts(word: str, language: str) -> list[str]:
    """Return the runs of letters and digits of a word, without a possessive ending or an elided
    article.
    """
    bare = _POSSESSIVE.sub("", word)
    elision = ELISIONS.get(language)
    if elision is not None:
        bare = elision.sub("", bare, count=1) if elision.match(bare) else bare
    return [part[:MAX_LETTERS] for part in PART.findall(bare)][:MAX_PARTS]


def _terms_of_part(part: str, language: str) -> Iterator[str]:
    """Yield the tokens of a part, the words within it (GPT of GPT2, lang and chain of LangChain),
    and its variants.
    """
    yield from _tokens_of_part(part, language)
    if part.isascii():
        yield from (stem(piece, language) for piece in _pieces(part))
    elif is_unspaced(part):
        yield from (sign for sign in part if _is_han(sign))
    else:
        yield from (stem(piece, language) for piece in _pieces(part))
        yield fold(_stemmed(part.casefold(), language), language)
        clitic = _CLITICS.match(part)
        if clitic:
            yield stem(part[clitic.end() :], language)


def _tokens_of_part(part: str, language: str) -> Iterator[str]:
    if part.endswith(("+", "#")):
        yield fold(part)
    elif not is_unspaced(part):
        yield stem(part, language)
    else:
        for segment in _SCRIPT.finditer(part):
            yield from _tokens_of_segment(segment.group(), language)


def _tokens_of_segment(segment: str, language: str) -> Iterator[str]:
    """Yield pairs of neighbouring characters where words are not set apart, else the stem."""
    if not is_unspaced(segment):
        yield stem(segment, language)
    elif len(segment) == 1:
        yield segment
    else:
        yield from (segment[place : place + 2] for place in range(len(segment) - 1))


def _pieces(part: str) -> Iterator[str]:
    """Yield the words within a run of letters and digits."""
    if not part.isalpha():
        yield from _LETTERS.findall(part)
    elif not part.islower():
        humps = _CAMEL.split(part)
        if len(humps) > 1 and min(map(len, humps)) >= _CAMEL_PART:
            yield from humps


def is_unspaced(text: str) -> bool:
    """Return True for text with signs of a script that does not set words apart."""
    return not text.isascii() and _UNSPACED_SIGN.search(text) is not None


def _is_han(sign: str) -> bool:
    match = _SCRIPT.fullmatch(sign)
    return match is not None and match[1] is not None


_UNSPACED_SIGN = expression(f"[{_UNSPACED}]")


def fold(word: str, language: str = ENGLISH) -> str:
    """Return a word in lower case, without accents; of German also ae, oe and ue as the umlauts
    they stand for.
    """
    if not word.isascii():
        apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", word.casefold()))
        word = unicodedata.normalize("NFC", _ACCENTS.sub("", apart)).translate(_FLAT) or word
    low = word.lower()
    return _UMLAUT.sub(r"\1", low) if language == "de" else low


def stem(word: str, language: str = ENGLISH) -> str:
    """Return what a word shares with its inflections (Porter's Snowball), folded.

    British spelling is American to it: optimise is optimize.
    """
    low = fold(word, language)
    return _stemmed(_BRITISH.sub("iz", low) if language == ENGLISH else low, language)


def _stemmed(low: str, language: str) -> str:
    name = STEMMERS.get(language)
    if name is None:
        return low
    stemmer = getattr(_stemmers, name, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(name)
        setattr(_stemmers, name, stemmer)
    stemmed: str = stemmer.stemWord(low)
    return stemmed


def is_stopword(word: str, language: str = ENGLISH) -> bool:
    """Return True for words of grammar, which tell nothing about what a text is about."""
    low = word.casefold()
    return low in STOPWORDS.get(language, STOPWORDS[ENGLISH])


def keywords(text: str) -> list[str]:
    """Return the words of a question that name something, once each, in order.

    They are neither grammar nor asking; numbers count, single letters do not.
    """
    parts = dict.fromkeys(PART.findall(text))
    return [part for part in parts if not is_filler(part) and (len(part) > 1 or part.isdigit())]


def stems(text: str) -> frozenset[str]:
    """Return the stems of all words of a text."""
    return frozenset(stem(part) for part in PART.findall(text))


def is_filler(word: str) -> bool:
    """Return True for words of English grammar, and for those that ask for something rather than
    name it.
    """
    return word.lower() in FILLERS


def content_words(text: str, language: str = ENGLISH) -> tuple[str, ...]:
    """Return the words of a text that are more than grammar, once each, in order."""
    plain = _ASKING_HAN.sub(" ", text) if language in ("zh", "ja") else text
    return tuple(word for word in dict.fromkeys(words(plain)) if not is_stopword(word, language))


_ASKING_HAN = expression("|".join(sorted(STOPWORDS["zh"] | STOPWORDS["ja"], key=len, reverse=True)))


def edit_distance(word: str, other: str, most: int) -> int:
    """Return the slips between two words (optimal string alignment); anything above `most` when
    there are more.

    A slip is a letter more, less or other, or two neighbours in the wrong order.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        before, last, row = row, before, [i]
        for j, goal in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != goal))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == goal:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
