"""Give the names of a question that was typed in small letters the capitals that texts give them.

"what license is llama 2 under" asks for Llama 2, and nothing that is said of LLaMA answers it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from litsearch.answers.entities import CAMEL
from litsearch.languages import FILLERS, language_of
from litsearch.patterns import expression

LONGEST = 3  # words of a name
FEWEST = 2  # times that the texts must write it
NAMED = 0.8  # of these times with capitals, so that it is a name there

_GAPS = (" ", "-", "_", "")  # between the words of a name
_WORD = expression(r"[^\W\d_]{2,}(?:\d+)?")
_STARTS = expression(r"(?:^|[.!?:;|•*]\s*|[\n“\"(\[]\s*)$")
_MIXED = expression(r"[a-zß-ÿ].*[A-ZÀ-Þ]|[A-ZÀ-Þ]{2}.*[a-zß-ÿ]")
_CAPITAL_BEFORE = expression(r"\b[A-ZÀ-Þ][\w-]*[ -]$")
_CAPITAL_BEHIND = expression(r"[ -][A-ZÀ-Þ]")
_BEFORE = 20  # characters that tell where a word stands


def with_capitals(question: str, texts: Sequence[str]) -> str:
    """Return the question with the names in it as texts near it write them.

    LoRA is a name in any question; Adam and BERT, which may be a word or an abbreviation in small
    letters, only in one that has no capitals.
    """
    if language_of(question) == "de":
        return question

    small = not any(map(str.isupper, question))
    text = "\n".join(texts)
    lowered = text.lower()
    position = 0
    parts: list[str] = []
    for start, end in _runs(question):
        words = question[start:end]
        if start < position or not any(words.replace(" ", gap) in lowered for gap in _GAPS):
            continue
        name = _name(words, text)
        if name and (small or _is_unmistakable(name)):
            parts += [question[position:start], name]
            position = end
    return "".join([*parts, question[position:]])


def _runs(question: str) -> Iterator[tuple[int, int]]:
    """Yield where neighbouring words in small letters begin and end, from the left, longest first.

    Words that only ask, and those of grammar, neither begin nor end a name.
    """
    words = list(_WORD.finditer(question))
    for first in range(len(words)):
        for last in range(min(first + LONGEST, len(words)) - 1, first - 1, -1):
            run = words[first : last + 1]
            start, end = run[0].start(), run[-1].end()
            whole = " ".join(word.group() for word in run)
            ends = {run[0].group().casefold(), run[-1].group().casefold()}
            if question[start:end] == whole and whole.islower() and not ends & FILLERS:
                yield start, end


def _name(words: str, text: str) -> str:
    """Return how a text writes these words where it takes them for a name; "" where it does not."""
    pattern = re.compile(
        rf"(?<![^\W_]){r'[ _-]?'.join(map(re.escape, words.split()))}(?![^\W_])", re.IGNORECASE
    )
    forms: Counter[str] = Counter()
    for match in pattern.finditer(text):
        if _tells(match):
            forms[match.group()] += 1

    names = {form: count for form, count in forms.items() if _is_name(form, words)}
    if sum(names.values()) < max(FEWEST, NAMED * forms.total()):
        return ""
    return max(names, key=lambda form: names[form])


def _tells(match: re.Match[str]) -> bool:
    """Tell whether capitals would name this: not at the beginning of a sentence, nor as a part of
    a longer name or a title, but for letters that no other word has.
    """
    if _is_unmistakable(match.group()):
        return True
    text = match.string
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    inside = _CAPITAL_BEFORE.search(before) or _CAPITAL_BEHIND.match(text, match.end())
    return not _STARTS.search(before) and not inside


def _is_name(form: str, words: str) -> bool:
    """Tell whether each word of a form begins with a capital, or has one inside."""
    parts = _WORD.findall(form)
    if len(parts) != len(words.split()):
        parts = CAMEL.split(form)
    together = " ".join(parts).lower() == words
    return together and all(any(map(str.isupper, part)) for part in parts)


def _is_unmistakable(name: str) -> bool:
    """Tell whether a word has small letters and capitals inside, as no other word: LoRA."""
    return any(_MIXED.search(word) for word in _WORD.findall(name))
