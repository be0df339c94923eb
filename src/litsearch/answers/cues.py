"""Words by which a sentence tells the kind of thing that a question asks for."""

from __future__ import annotations

import re

from litsearch.answers.question import Question, QuestionKind
from litsearch.patterns import expression

DATED = 0.45  # a date likewise
NAMED = 0.25  # somebody named as people are credited, where a person is asked for
CUED = 0.06  # words that explanations, causes, makers are told with
LISTED = 0.15  # items, where a list is asked for

_DATE = expression(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September"
    r"|October|November"
    r"|December)\b"
)
_ITEMS = expression(
    r":\s*$|(?:^|\n)\s*(?:[-*•]|\(?\d[.)])\s|\(\w\).{3,200}\(\w\)|\b(?:first"
    r"|firstly)\b.{3,300}\bsecond"
    r"|\w+, [^,.]{2,60}, (?:[^,.]{2,60}, )*(?:and|or) |:[^.;]{2,80}[,;] ",
    re.IGNORECASE | re.DOTALL,
)
_CUES: dict[QuestionKind, tuple[re.Pattern[str], float]] = {
    "date": (_DATE, DATED),
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
            r"|\b(?:created|developed|built|founded|released|proposed|invented|designed) by\b"
        ),
        NAMED,
    ),
}


def kind_gain(text: str, question: Question) -> float:
    """Return what a sentence gains by the words that answers to this kind of question have."""
    cue, gain = _CUES.get(question.kind, (None, 0.0))
    return gain if cue is not None and cue.search(text) else 0.0


def tells_maker(text: str) -> bool:
    """Tell whether a text names somebody as makers are named: "created by ...", "X et al."."""
    return _CUES["person"][0].search(text) is not None
