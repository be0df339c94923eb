"""The title that the words around a link give it, when its own words are none, and in running text."""

from __future__ import annotations

import re

from litsearch.lists import urls
from litsearch.lists.fields import clean_title, squeeze, word_set
from litsearch.lists.reading.claims import ONLY_LEAD, QUOTED, claim, is_label
from litsearch.lists.reading.pieces import Piece
from litsearch.lists.reading.trailer import Claim

_IN_BRACKETS = re.compile(r"^\s*\(([^()]{3,80})\)")
_SENTENCE_END = re.compile(r"(?<=[\w)’'\"”][.!?]) |(?<=\w); ")
_WORDS_BEHIND = re.compile(r"[\s?!.,;:]*[a-z]")
_FRAGMENT = re.compile(  # "I also liked a talk", "If you only have an hour, read"
    r"(?:(?:i|we|you|he|she|they|it|if|when|while|since|because|has|have|is|are|do|does|did|can|could|should|would|also"
    r"|then|there|here|yes|no|so|but|anyone|please)\b (?=[a-z])|.* (?:read|see|watch|at|via|is|was|try)$)",
    re.IGNORECASE,
)
_STARTS = re.compile(r"[\s,;.:()–—-]*[A-Z\d\"“‘']")
_JUDGEMENT = word_set(
    "must great good excellent optional recommended highly very really long short read watch see paywall paywalled "
    "free video german french spanish english in worth required mandatory fun classic new old my favourite favorite "
    "best amazing the a an is it still also too mirror again via and or to for reading listening"
)
MAX_SENTENCE = 20  # words of a sentence that may serve as title


def in_sentence(part: Piece, said: str, after: list[Piece]) -> bool:
    """True for a lower-case word in the middle of a sentence."""
    if not said or not (part.text.isalpha() and part.text.islower()):
        return False
    behind = "".join(p.text for p in after)
    return said[-2:-1].isalnum() and said.endswith(" ") and bool(re.match(r" [a-z]+\b", behind))


def in_brackets(part: Piece, said: str, after: list[Piece], further: bool) -> bool:
    """True for a short link in brackets behind words: "A Title ([Nature](...))"."""
    if further or not said:
        return False
    closed = "".join(p.text for p in after)[:1] in (")", "]") and said.rstrip()[-1:] in ("(", "[")
    inside = part.text.startswith("[") and part.text.endswith("]")
    return (closed or inside) and len(part.text.split()) <= 3 and len(clean_title(said).split()) > 1


def sentence_with(part: Piece, said: str, after: list[Piece], parts: list[Piece]) -> str:
    """The words around a label that make a title with it: "Ada [says](...) that ...", "[Slides](...) of the talk"."""
    if in_sentence(part, said, after):
        return clean_title(" ".join(squeeze("".join(p.text for p in parts)).split()[:MAX_SENTENCE]))
    behind = re.match(r" (?:on|about|of|from|with)\b [^,;:()|–—]{3,80}", "".join(p.text for p in after))
    return clean_title(part.text + behind[0]) if behind and not re.search(r"\w", said) else ""


def title_in_prose(part: Piece, before: list[Piece], after: list[Piece], further: bool) -> Claim:
    """The title of a link in running text: never the mere end of the sentence before it."""
    said, behind = ("".join(p.text for p in pieces) for pieces in (before, after))
    told = any(p.mark and p.text.strip() for p in before) or QUOTED.search(said)
    bare = urls.is_address(part.text, part.href or "")
    running = further or len(said.split()) > MAX_SENTENCE or ONLY_LEAD.fullmatch(squeeze(said).lower())
    inside = _IN_BRACKETS.match(behind) if bare and running and not told else None
    if inside and _names_work(inside[1]):
        return Claim(clean_title(inside[1]))
    if further and bare and not told:
        last = _SENTENCE_END.split(said)[-1]
        found = claim([Piece(last)]) if _STARTS.match(last) else Claim()
    else:
        found = title_around(part, before, after, further)
    if not (bare and not told and (further or _WORDS_BEHIND.match(behind)) and _FRAGMENT.match(found.title)):
        return found
    name, telling = urls.name_of(part.href or "")
    return Claim(name) if telling else Claim()


def title_around(part: Piece, before: list[Piece], after: list[Piece], further: bool) -> Claim:
    """The title that the words around a link give it, when the link itself has none."""
    found = claim(before)
    text = squeeze("".join(p.text for p in before))
    if further and found.title:
        told = any(p.mark and p.text.strip() for p in before) or QUOTED.search(text)
        bare = urls.is_address(part.text, part.href or "") and len(found.title.split()) > 1 and not text.endswith("(")
        return found if told or bare else Claim()
    if found.title or further:
        return found
    if not urls.is_address(part.text, part.href or ""):
        told = any(p.mark and p.text.strip() for p in after) or QUOTED.search("".join(p.text for p in after))
        return _marked(after) if told else found
    behind = squeeze("".join(p.text for p in after))
    if behind.startswith(("(", "[")) or len(behind.split()) > MAX_SENTENCE:
        return found
    return claim(after)


def _marked(after: list[Piece]) -> Claim:
    """The marked or quoted title behind a label: "[Video](...) of *A Title* by Ada Lovelace"."""
    start = next((i for i, p in enumerate(after) if p.mark and p.text.strip()), 0)
    return claim(after[start:])


def _names_work(text: str) -> bool:
    """False for what is said in brackets of a page rather than what it is called: "must watch", "2019", "PDF"."""
    return not is_label(text) and not all(word.lower() in _JUDGEMENT for word in re.findall(r"[\w'-]+", text))


def stands_apart(part: Piece, said: str, prose: bool) -> bool:
    """True for a label that belongs to no work before it: "A Title and then [this post](...)"."""
    words = re.search(r"\w", said) is not None and said.rstrip()[-1:] not in ("(", "[")
    return (
        words
        and (prose or part.text.lower().startswith(("this ", "that ", "these ", "another ")))
        and (ONLY_LEAD.fullmatch(squeeze(said).lower().lstrip(" ,;.:()[]–—-")) is None)
    )
