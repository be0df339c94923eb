"""Named things in a question, and how to find them in text whatever their hyphens, spaces and
capitals.

A name is what carries capitals beyond the first letter, letters with digits, or a capital inside a
sentence: LoRA, GPT-4, word2vec, Ring Attention, Claude 3 Opus. Figures (65B, 16-bit) are no names:
they only qualify.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, product
from operator import add

from litsearch.languages import FILLERS, language_of
from litsearch.patterns import expression

_TOKEN = expression(r"[^\W_]+(?:[-‐‑–'’./+:&_][^\W_]+)*(?:\(\)|\+{1,2}(?!\w))?")
_POSSESSIVE = expression(r"['’](?:s|d|ve|re|ll|t)?$")
_ATOM = expression(r"[^\W\d_]+|\d+(?:\.\d+)*|\++")  # a version number is one atom
CAMEL = expression(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_QUOTED = expression(r"[“\"„«]([^“”\"„«»]{2,60})[”\"“»]")
_SENTENCE_START = expression(r"(?:^|[.!?:;]\s+|[“\"(])$")
_TITLED = (
    "Is",
    "Are",
    "Was",
    "Were",
    "Do",
    "Does",
    "Did",
    "Can",
    "How",
    "What",
    "Which",
    "Why",
    "When",
    "Where",
)
# Capitals of grammar, not of naming.
_TONGUES = """
african american arabic asian australian british canadian chinese dutch english european french
german greek hindi indian irish italian japanese korean latin polish portuguese russian scottish
spanish swedish turkish western monday tuesday wednesday thursday friday saturday sunday january
february march april june july august september
october november december internet web
"""
_GRAMMAR = frozenset(_TONGUES.split())
_HYPHEN = expression("(-|‐|‑|–)")
_NUMBER = expression(r"\d+(?:\.\d+)*")
_VERSION = expression(r"[-\s]?v?\d+(?:\.\d+)*(?![\w.]*[A-Za-z])|\+")  # not LLaMA 7B
_BETWEEN = r"(?:['’]s)?[\W_]{0,3}"  # of the parts of a name: Shannon's index is the Shannon index
_ATOMS = 8  # longer names are cut: eight parts are enough to know a thing
_SPLIT_ATOMS = 5  # up to here every way to join the parts is looked up: 2**4 phrases


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing as the question writes it, with other ways to say it ("Low-Rank Adaptation",
    "LoRA").
    """

    text: str
    others: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()  # what it may be made of: "PyTorch Adam" may be two things
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    # of each form what a text must hold
    cues: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        alternatives = "|".join(map(_pattern, self.forms))
        object.__setattr__(self, "pattern", re.compile(alternatives, re.IGNORECASE))
        object.__setattr__(self, "cues", tuple(map(_cue, self.forms)))

    @property
    def forms(self) -> tuple[str, ...]:
        """All ways to say it."""
        return (self.text, *self.others)

    @property
    def versioned(self) -> bool:
        """True when it ends in a number or a plus: full-text search cannot tell Llama 3 from
        Llama 3.1, nor LoRA+ from LoRA.
        """
        return any(form[-1:].isdigit() or form.endswith("+") for form in self.forms)

    def __str__(self) -> str:
        return self.text + "".join(f" ({other})" for other in self.others)

    def found_in(self, text: str) -> bool:
        """True when the text says it, as whole words."""
        # most texts hold no cue, and finding that out takes a twentieth of the time
        low = text.lower()
        return any(cue in low for cue in self.cues) and self.pattern.search(text) is not None

    def is_versioned_in(self, text: str) -> bool:
        """Tell whether the text says it only with a version's number: LLaMA 2, asked for LLaMA."""
        if self.versioned or not self.found_in(text):
            return False
        return all(_VERSION.match(text, match.end()) for match in self.pattern.finditer(text))

    def phrases(self) -> tuple[str, ...]:
        """Each way to write it, its parts together or apart."""
        phrases = chain.from_iterable(map(_phrases, self.forms))
        return tuple(dict.fromkeys(phrases))


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    kind: str  # "strong", "weak", "number", "figure" or ""


def entities_in(question: str) -> tuple[Entity, ...]:
    """The named things of a question, in order, none twice."""
    distinct: dict[str, Entity] = {}
    for name in chain(_runs(question), _in_quotes(question)):
        distinct.setdefault("".join(_atoms(name.text)).lower(), name)
    names = list(filter(_names_something, distinct.values()))
    return tuple(name for name in names if not _within_another(name, names))


def _in_quotes(question: str) -> Iterator[Entity]:
    for match in _QUOTED.finditer(question):
        text = match.group(1).strip()
        if _atoms(text):
            yield Entity(text)


def _names_something(name: Entity) -> bool:
    """Tell whether a name is more than words of grammar."""
    words = set(name.text.lower().split())
    return not words <= FILLERS and not words <= _GRAMMAR


def _runs(question: str) -> Iterator[Entity]:
    """Yield neighbouring tokens as one name; "Some Long Name (SLN)" is one with two forms."""
    run: list[_Token] = []
    for token in _tokens(question):
        gap = question[run[-1].end : token.start] if run else ""
        if gap == " (" and _is_short_form(question, token):
            yield replace(_joined(question, run), others=(token.text,))
            run = []
        elif gap in (" ", "-") and token.kind in ("weak", "number"):
            run.append(token)
        else:
            if run:
                yield _joined(question, run)
            run = [token] if token.kind in ("strong", "weak") else []
    if run:
        yield _joined(question, run)


def _is_short_form(question: str, token: _Token) -> bool:
    """Tell whether a name is closed by a bracket: (SLN)."""
    return token.kind == "strong" and question[token.end : token.end + 1] == ")"


def _joined(question: str, run: list[_Token]) -> Entity:
    """One name of a run of tokens; it may be two things when an unmistakable name is followed by a
    plain word.
    """
    first, last = run[0], run[-1]
    text = question[first.start : last.start] + last.text
    if len(run) == 1 or first.kind != "strong":
        return Entity(text)

    rest = question[run[1].start : last.start] + last.text
    if not rest[:1].isalpha():
        return Entity(text)
    return Entity(text, pieces=(first.text, rest))


def _tokens(question: str) -> list[_Token]:
    """Every word with its kind. A question in title case, or all in capitals, tells nothing by its
    capitals.
    """
    shouted = not any(map(str.islower, question))
    titled = _is_titled(question)
    tokens = []
    for match in _TOKEN.finditer(question):
        text, offset = _core(_POSSESSIVE.sub("", match.group()))
        kind = _kind(text, shouted=shouted)
        if kind == "weak" and titled:
            kind = ""
        start = match.start() + offset
        tokens.append(_Token(text, start, start + len(text), kind))
    return _without_openers(question, tokens)


def _is_titled(question: str) -> bool:
    """Tell whether plain words have capitals: every word of a title, and the nouns of German."""
    for match in _TOKEN.finditer(question):
        inner = not _SENTENCE_START.search(question[: match.start()])
        if inner and match.group() in _TITLED:
            return True
    return language_of(question) == "de"


def _without_openers(question: str, tokens: list[_Token]) -> list[_Token]:
    """A capital at the start of a sentence names something only when a name goes on after it (Ring
    Attention ...).
    """
    result = []
    followers: list[_Token | None] = [*tokens, None]
    for token, following in zip(tokens, followers[1:], strict=True):
        opens = token.kind == "weak" and _SENTENCE_START.search(question[: token.start])
        quoted = question[token.start - 1 : token.start] in ("“", '"', "(")
        if opens and not quoted:
            is_name = token.text.lower() not in FILLERS and _goes_on(question, token, following)
            result.append(token if is_name else replace(token, kind=""))
        else:
            result.append(token)
    return result


def _goes_on(question: str, token: _Token, following: _Token | None) -> bool:
    """Tell whether the next token goes on with the name that this one begins."""
    if following is None or following.kind not in ("weak", "number"):
        return False
    return question[token.end : following.start] == " "


def _core(token: str) -> tuple[str, int]:
    """Return the naming part of a compound, and where it begins: GPU of GPU-as-a-plant, GPT of
    non-GPT, LoRA of LoRA-based.
    """
    parts = _HYPHEN.split(token)
    if len(parts) == 1 or _is_plain(token) or token[0].isdigit():
        return token, 0
    last = len(parts) - 1
    while last > 0 and _is_plain(parts[last]):
        last -= 2  # the hyphens stand between
    first = 0
    while first < last and not _leads(parts[first]):
        first += 2
    return "".join(parts[first : last + 1]), len("".join(parts[:first]))


def _leads(part: str) -> bool:
    """Tell whether this may begin the naming part of a compound: x of x-Ray, not non of non-GPT."""
    return len(part) == 1 or not _is_plain(part)


def _is_plain(part: str) -> bool:
    """Tell whether a part of a compound names nothing: small letters, no digits."""
    return part.islower() and not any(map(str.isdigit, part))


def _kind(token: str, *, shouted: bool) -> str:
    """Return how a token names: strong for LoRA and GPT2, weak for Ring, number for 3.1."""
    if _NUMBER.fullmatch(token):
        return "number"
    if token[:1].isdigit():
        return "figure"
    if any(map(str.isdigit, token)):
        return "strong"
    return "" if shouted else _kind_of_letters(token)


def _kind_of_letters(token: str) -> str:
    if len(token) < 2:
        return ""
    if any(map(str.isupper, token[1:])):
        return "strong"
    return "weak" if token[0].isupper() else ""


def _atoms(text: str) -> list[str]:
    """The smallest parts: letters and numbers apart, camel case apart, without plural s after
    capitals.
    """
    text = re.sub(r"(?<=[A-Z])s\b", "", text)
    atoms: list[str] = []
    for atom in _ATOM.findall(text):
        atoms += CAMEL.split(atom)
    return atoms[:_ATOMS]


def _cue(form: str) -> str:
    """Return the longest part: what a text that says this form must hold, in small letters."""
    return max(_atoms(form), key=len, default="").lower()


def _pattern(text: str) -> str:
    """Its parts with up to three marks or spaces between, as whole words; a version goes on neither
    in digits nor .1
    """
    atoms = _atoms(text)
    if not atoms:
        return r"(?!)"
    end = r"(?![^\W_])(?!\.\d)" if atoms[-1][-1].isdigit() else r"(?:['’]?s)?(?![^\W_])"
    return r"(?<![^\W_])" + _BETWEEN.join(map(re.escape, atoms)) + end


def _phrases(text: str) -> Iterator[str]:
    """Every way to write the parts together or apart."""
    atoms: list[str] = []
    for atom in _atoms(text):
        atoms += atom.split(".")
    marks = (" ", "") if len(atoms) <= _SPLIT_ATOMS else (" ",)
    for way in product(marks, repeat=len(atoms) - 1):
        joined = "".join(map(add, atoms, (*way, "")))
        yield joined.replace('"', "")


def _within_another(name: Entity, names: Iterable[Entity]) -> bool:
    """True when a longer name says this one already (Attention in Ring Attention)."""
    atoms = _folded(name.text)
    for other in names:
        longer: list[str] = []
        for form in other.forms:
            longer += _folded(form)
        if other is not name and len(longer) > len(atoms) and _contains(longer, atoms):
            return True
    return False


def _folded(text: str) -> list[str]:
    return list(map(str.lower, _atoms(text)))


def _contains(atoms: list[str], part: list[str]) -> bool:
    """Tell whether atoms stand in a row among others."""
    starts = range(len(atoms) - len(part) + 1)
    return any(atoms[start : start + len(part)] == part for start in starts)


def says_all(text: str, names: Iterable[Entity]) -> bool:
    """Tell whether a text says every one of these names."""
    return all(name.found_in(text) for name in names)
