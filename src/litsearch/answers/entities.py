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
from itertools import product

from litsearch.languages import FILLERS, language_of

_TOKEN = re.compile(r"[^\W_]+(?:[-‐‑–'’./+:&_][^\W_]+)*(?:\(\))?")
_POSSESSIVE = re.compile(r"['’](?:s|d|ve|re|ll|t)?$")
_ATOM = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*")  # a version number is one atom
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{2,60})[”\"“»]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|[“\"(])$")
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
_HYPHEN = re.compile("(-|‐|‑|–)")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_VERSION = re.compile(r"[-\s]?v?\d+(?:\.\d+)*(?![\w.]*[A-Za-z])")  # not LLaMA 7B
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
        alternatives = "|".join(_pattern(text) for text in self.forms)
        object.__setattr__(self, "pattern", re.compile(alternatives, re.IGNORECASE))
        cues = tuple(max(_atoms(form), key=len, default="").lower() for form in self.forms)
        object.__setattr__(self, "cues", cues)

    @property
    def forms(self) -> tuple[str, ...]:
        """All ways to say it."""
        return (self.text, *self.others)

    @property
    def versioned(self) -> bool:
        """True when it ends in a number: full-text search cannot tell Llama 3 from Llama 3.1."""
        return any(form[-1:].isdigit() for form in self.forms)

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
        ends = [match.end() for match in self.pattern.finditer(text)]
        return all(_VERSION.match(text, end) for end in ends)

    def phrases(self) -> tuple[str, ...]:
        """Each way to write it, its parts together or apart."""
        return tuple(dict.fromkeys(phrase for form in self.forms for phrase in _phrases(form)))


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    kind: str  # "strong", "weak", "number", "figure" or ""


def entities_in(question: str) -> tuple[Entity, ...]:
    """The named things of a question, in order, none twice."""
    found = list(_runs(question))
    quoted = [match.group(1).strip() for match in _QUOTED.finditer(question)]
    found += [Entity(text) for text in quoted if _atoms(text)]
    kept: dict[str, Entity] = {}
    for name in found:
        kept.setdefault("".join(_atoms(name.text)).lower(), name)
    told = [
        name
        for name in kept.values()
        if not _is_only(name.text, FILLERS) and not _is_only(name.text, _GRAMMAR)
    ]
    return tuple(name for name in told if not _within_another(name, told))


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
    text = question[run[0].start : run[-1].start] + run[-1].text
    rest = question[run[1].start : run[-1].start] + run[-1].text if len(run) > 1 else ""
    return Entity(
        text, (), (run[0].text, rest) if run[0].kind == "strong" and rest[:1].isalpha() else ()
    )


def _tokens(question: str) -> list[_Token]:
    """Every word with its kind. A question in title case, or all in capitals, tells nothing by its
    capitals.
    """
    shouted = not any(char.islower() for char in question)
    raw = [(match.group(), match.start()) for match in _TOKEN.finditer(question)]
    inner = [text for text, start in raw if not _SENTENCE_START.search(question[:start])]
    # German nouns have capitals, and so has every word of a title.
    titled = any(text in _TITLED for text in inner) or language_of(question) == "de"
    tokens = []
    for text, start in raw:
        bare, offset = _core(_POSSESSIVE.sub("", text))
        kind = _kind(bare, shouted=shouted)
        if kind == "weak" and titled:
            kind = ""
        tokens.append(_Token(bare, start + offset, start + offset + len(bare), kind))
    return _without_openers(question, tokens)


def _without_openers(question: str, tokens: list[_Token]) -> list[_Token]:
    """A capital at the start of a sentence names something only when a name goes on after it (Ring
    Attention ...).
    """
    kept = []
    for i, token in enumerate(tokens):
        opens = token.kind == "weak" and _SENTENCE_START.search(question[: token.start])
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        goes_on = (
            following
            and following.kind in ("weak", "number")
            and question[token.end : following.start] == " "
        )
        quoted = question[token.start - 1 : token.start] in ("“", '"', "(")
        dropped = opens and not quoted and (not goes_on or token.text.lower() in FILLERS)
        kept.append(_Token(token.text, token.start, token.end, "") if dropped else token)
    return kept


def _core(token: str) -> tuple[str, int]:
    """Return the naming part of a compound, and where it begins: GPU of GPU-as-a-plant, GPT of
    non-GPT, LoRA of LoRA-based.
    """
    parts = _HYPHEN.split(token)
    if len(parts) == 1 or _is_plain(token) or token[0].isdigit():
        return token, 0
    naming = [place for place in range(0, len(parts), 2) if not _is_plain(parts[place])]
    last = naming[-1] if naming else 0
    leading = (place for place in range(0, last, 2) if _leads(parts[place]))
    first = next(leading, last)
    return "".join(parts[first : last + 1]), len("".join(parts[:first]))


def _leads(part: str) -> bool:
    """Tell whether this may begin the naming part of a compound: x of x-Ray, not non of non-GPT."""
    return len(part) == 1 or not _is_plain(part)


def _is_plain(part: str) -> bool:
    """Tell whether a part of a compound names nothing: small letters, no digits."""
    return part.islower() and not any(char.isdigit() for char in part)


def _kind(token: str, *, shouted: bool) -> str:
    """Return how a token names: strong for LoRA and GPT2, weak for Ring, number for 3.1."""
    if _NUMBER.fullmatch(token):
        return "number"
    if token[:1].isdigit():
        return "figure"
    if any(char.isdigit() for char in token):
        return "strong"
    return "" if shouted else _kind_of_letters(token)


def _kind_of_letters(token: str) -> str:
    if len(token) < 2:
        return ""
    if any(char.isupper() for char in token[1:]):
        return "strong"
    return "weak" if token[0].isupper() else ""


def _atoms(text: str) -> list[str]:
    """The smallest parts: letters and numbers apart, camel case apart, without plural s after
    capitals.
    """
    text = re.sub(r"(?<=[A-Z])s\b", "", text)
    return [piece for atom in _ATOM.findall(text) for piece in _CAMEL.split(atom)][:_ATOMS]


def _pattern(text: str) -> str:
    """Its parts with up to three marks or spaces between, as whole words; a version goes on neither
    in digits nor .1
    """
    atoms = _atoms(text)
    if not atoms:
        return r"(?!)"
    end = r"(?![^\W_])(?!\.\d)" if atoms[-1][-1].isdigit() else r"(?:['’]?s)?(?![^\W_])"
    return r"(?<![^\W_])" + r"[\W_]{0,3}".join(map(re.escape, atoms)) + end


def _phrases(text: str) -> Iterator[str]:
    """Every way to write the parts together or apart."""
    atoms = [part for atom in _atoms(text) for part in atom.split(".")]
    ways = (
        product((" ", ""), repeat=len(atoms) - 1)
        if len(atoms) <= _SPLIT_ATOMS
        else [(" ",) * (len(atoms) - 1)]
    )
    for marks in ways:
        joined = "".join(atom + mark for atom, mark in zip(atoms, (*marks, ""), strict=True))
        yield joined.replace('"', "")


def _is_only(text: str, words: frozenset[str]) -> bool:
    return all(word in words for word in text.lower().split())


def _within_another(name: Entity, names: Iterable[Entity]) -> bool:
    """True when a longer name says this one already (Attention in Ring Attention)."""
    atoms = [atom.lower() for atom in _atoms(name.text)]
    for other in names:
        longer = [atom.lower() for form in other.forms for atom in _atoms(form)]
        windows = (longer[i : i + len(atoms)] for i in range(len(longer) - len(atoms) + 1))
        if (
            other is not name
            and len(longer) > len(atoms)
            and any(window == atoms for window in windows)
        ):
            return True
    return False


def says_all(text: str, names: Iterable[Entity]) -> bool:
    """Tell whether a text says every one of these names."""
    return all(name.found_in(text) for name in names)
