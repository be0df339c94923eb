"""Words by which a sentence tells the kind of thing that a question asks for."""

from __future__ import annotations

import re

from litsearch.answers.question import Question, QuestionKind
from litsearch.answers.short_forms import spells_out
from litsearch.answers.subjects import short_form_in
from litsearch.patterns import expression
from litsearch.text import stem

SPELLED_OUT = 1.00  # what a short form stands for, where that is asked
DATED = 0.70  # a date likewise
NAMED = 0.25  # somebody named as people are credited, where a person is asked for
PURPOSED = 0.20  # what a thing is used for, where that is asked
CUED = 0.06  # words that explanations, causes, makers are told with
NAME_CHARACTERS = 80  # before a citation, in which the name is looked for that it is of
LISTED = 0.15  # items, where a list is asked for

_DATE = expression(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September"
    r"|October|November"
    r"|December)\b|\b(?:yesterday|today|last|this) (?:week|month|year)\b"
)
# (Wu, 2018), (Gao et al., 2019; Lee, 2020), [Ng 2011]
_CITATION = expression(
    r"[(\[][^()\[\]]{0,160}?[A-ZÀ-Þ][\w’'-]+(?: et al\.?| (?:and|&) [A-ZÀ-Þ][\w’'-]+)?"
    r",? (?:1[5-9]|20)\d\d[a-z]?[^()\[\]]{0,160}?[)\]]"
)
_ITEMS = expression(
    r":\s*$|(?:^|\n)\s*(?:[-*•]|\(?\d[.)])\s|\(\w\).{3,200}\(\w\)|\b(?:first"
    r"|firstly)\b.{3,300}\bsecond"
    r"|\w+, [^,.]{2,60}, (?:[^,.]{2,60}, )*(?:and|or) |:[^.;]{2,80}[,;] ",
    re.IGNORECASE | re.DOTALL,
)
_CUES: dict[QuestionKind, tuple[re.Pattern[str], float]] = {
    "list": (_ITEMS, LISTED),
    "why": (
        expression(
            r"\b(?:because|since|due to|as a result|reasons?|so that|therefore|thus|hence"
            r"|in order to|leads? to|caus\w+"
            r"|prevents?|allows?|avoids?|otherwise|motivat\w+|helps?|hypothes\w+|enabl\w+"
            r"|means that"
            r"|the (?:problem|issue|trouble|advantage|benefit))\b",
            re.IGNORECASE,
        ),
        CUED,
    ),
    "purpose": (
        expression(
            r"\b(?:us(?:e|es|ed|eful) (?:to|for|when|if|as|in|by)|purpose|serv(?:es?|ing) (?:to|as)"
            r"|allow(?:s|ing)?|lets?|enabl(?:es?|ing)|helps?|so that|in order to|(?:intended"
            r"|designed|meant) (?:to|for)|makes? it (?:possible|easy|easier)|(?:when|if) you want"
            r"|dien(?:t|en)|ermöglich(?:t|en)|erlaub(?:t|en)|hilft|permet(?:tent)?|ser(?:t|vent)"
            r"|afin de|aide à|sirven?|permiten?)\b",
            re.IGNORECASE,
        ),
        PURPOSED,
    ),
    "drawback": (
        expression(
            r"\b(?:however|but|although|though|unfortunately|drawbacks?|downsides?|disadvantages?"
            r"|limit(?:ed|s|ations?)|weakness\w*|shortcomings?|cannot|fails?|failures?|suffers?"
            r"|struggles?|lacks?|wors(?:e|ens?)|degrad\w+|degenerat\w+|slower"
            r"|at the (?:cost|expense)|comes? at|expensive|costly|unstable|instabilit\w+"
            r"|overhead|risks?|prone|problem\w*|issues?|challeng\w+|difficult\w*|trade-?offs?)\b",
            re.IGNORECASE,
        ),
        PURPOSED,
    ),
    "how": (
        expression(
            r"\b(?:by (?:\w+ly )?\w+ing|using|uses?|consists? of|works? (?:by|as)|steps?"
            r"|first(?:ly)?|then|through|via"
            r"|(?:is|are) (?:done|computed|calculated|trained|obtained|multiplied|split|added)"
            r"|procedure|instead of"
            r"|we (?:compute|train|use|take|apply|multiply|add|sample|propose|split|start)"
            r"|to do (?:this|so))\b",
            re.IGNORECASE,
        ),
        CUED,
    ),
    "comparison": (
        expression(
            r"\b(?:differ\w*|unlike|whereas|while|instead|in contrast|compared|than|both"
            r"|on the other hand)\b",
            re.IGNORECASE,
        ),
        CUED,
    ),
    "person": (
        expression(
            r"\b[A-Z][\w’-]+ et al|\bby (?:[A-Z][\w.’-]+ ){1,3}[A-Z]"
            r"|\b[A-Z][\w’-]+ (?:and|&) [A-Z][\w’-]+,? \(?(?:19|20)\d\d"
            r"|\b(?:[Rr]esearchers|[Tt]eam|[Aa]uthors|group) (?:at|from) [A-Z]"
            r"|\b(?:founder|creator|inventor|author|designer)s? of\b"
            r"|\b(?:created|developed|built|founded|started|initiated|written|released|proposed"
            r"|invented|designed) by\b"
        ),
        NAMED,
    ),
}


def kind_gain(text: str, question: Question) -> float:
    """Return what a sentence gains by the words that answers to this kind of question have."""
    if question.kind == "date":
        return DATED if says_date(text, question) else 0.0
    if short := short_form_in(question.text):
        return SPELLED_OUT if spells_out(text, short) else 0.0
    cue, gain = _CUES.get(question.kind, (None, 0.0))
    return gain if cue is not None and cue.search(text) else 0.0


def says_date(text: str, question: Question) -> bool:
    """Tell whether a text says a date that is more than that of a work which it cites.

    "Transformers (Vaswani et al., 2017)" dates what was asked for, "layers (Wu, 2018)" another.
    """

    def kept(match: re.Match[str]) -> str:
        return match.group() if _ends_on_subject(text[: match.start()], question) else " "

    return _DATE.search(_CITATION.sub(kept, text)) is not None


def _ends_on_subject(before: str, question: Question) -> bool:
    """Tell whether a text ends with a word or name of the question."""
    last = before.split()[-1:]
    near = before[-NAME_CHARACTERS:]
    has_name = any(entity.found_in(near) for entity in question.entities)
    return has_name or any(stem(word) in question.stems for word in last)


def tells_maker(text: str) -> bool:
    """Tell whether a text names somebody as makers are named: "created by ...", "X et al."."""
    return _CUES["person"][0].search(text) is not None
