"""The subject of a question on one thing: "what is SUBJECT?", "how does SUBJECT work?"."""

from __future__ import annotations

import re

from litsearch.patterns import expression
from litsearch.text import keywords

AMOUNTS = (
    r"many|much|long|often|large|big|small|fast|high|low|deep|wide|old|tall|heavy|expensive"
    r"|accurate(?:ly)?|far"
)
_DEFINITION = expression(
    r"^\W*(?:so |and )?(?:what(?:['’]s| is| are| was| were)(?: meant by)?"
    r"|who(?:['’]s| is| are| was)|define|explain|describe"
    r"|tell me (?:what|about)|what do (?:you|we|they|people) mean (?:by|with)"
    r"|what does(?=.*\b(?:stand for|mean|do)\b))\s+(?:(?P<article>an?|the|some)\s+)?"
    r"(?P<subject>[^?,;:]{2,80}?)"
    r"(?:\s+(?:stand for|mean|is|are|do))?\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_REST = expression(
    r"\s+(?:in|for|from|used|and|of|as|with|when|by|to|on|at|according|that|which|within"
    r"|during|good|about)\b.*$",
    re.IGNORECASE,
)
# The lost in the middle effect, the curse of dimensionality problem: the head noun stands last.
_NAMED_AFTER = expression(
    r"\s(?:effect|problem|paradox|hypothesis|trick|phenomenon|principle|theorem|conjecture|test"
    r"|dilemma|method|algorithm|approach|attack|bias|tool|filter|command|function|module|dialog"
    r"|option|technique|library|package|plug-?in|format)\s*$",
    re.IGNORECASE,
)
# Chain of thought, mixture of experts: a name with "of" inside.
_OF_NAME = expression(r"[\w-]+(?:\s[\w-]+)?\sof\s(?:the\s)?[\w-]+", re.IGNORECASE)
# How does X work? How long is X? What is the idea behind X?
_WORKING = expression(
    r"^\W*(?:so |and )?(?:how (?:(?:do|does|did)\s+(?P<a>[^?,;:]{2,60}?)\s+(?:actually |really )?"
    r"(?:work|function)|(?:is|are)\s+(?P<b>[^?,;:]{2,60}?)\s+(?:computed|calculated|defined)"
    rf"|(?:{AMOUNTS})\s+(?:is|are|was|were)\s+(?P<c>[^?,;:]{{2,60}}?))"
    r"|what(?:['’]?s| is) the (?:(?:main|basic|key|core|central|whole) )?(?:idea|intuition|insight"
    r"|concept|principle|mechanism) (?:of|behind)\s+(?P<d>[^?,;:]{2,60}?))"
    r"(?:\s(?:in|for|with|on)\b[^?]*)?\W*$",
    re.IGNORECASE,
)
# What is X used for? What is the purpose of X?
_PURPOSE = expression(
    r"^\W*(?:so |and )?(?:what(?:['’]?s| is| are)\s+(?P<a>[^?,;:]{2,60}?)\s+(?:(?:\w+ly )?"
    r"(?:used|good|useful|needed|meant|intended|there) )?for"
    r"(?: (?:in|during|within|when|inside)\b[^?]{0,60})?"
    r"|what (?:do|does|did) (?!(?:i|you|we|they|he|she|it|one|people|somebody|someone)\b)"
    r"(?P<i>[^?,;:]{2,60}?)\s+(?:\w+ly )?do(?: (?:in|for|during|within|inside|to)\b[^?]{0,60})?"
    r"|what (?:do|does|would|should|can) (?:i|you|we|one|people|someone) (?:need|use|want)\s+"
    r"(?P<b>[^?,;:]{2,60}?)\s+for"
    r"|what(?:['’]?s| is| are) the (?:purpose|use|role|job|point|benefits?|advantages?|goal|aim"
    r"|motivation|problem) (?:of|in|for|behind|with)\s+(?P<c>[^?,;:]{2,60}?)"
    r"|(?:what|which) (?:kind of |sort of )?(?:problems?|issues?|needs?|tasks?|shortcomings?"
    r"|limitations?|bottlenecks?)(?: [\w-]+){0,2} (?:do|does|did|is|are|was|were|can|will)"
    r" (?:the )?(?P<g>[^?,;:]{2,60}?)\s+(?:\w+ly )?(?:solv\w+|address\w*|fix\w*|tackl\w+|target\w*"
    r"|overc\w+me|mitigat\w+|alleviat\w+|remov\w+|avoid\w*|serv\w+|(?:try|tries|trying|meant"
    r"|designed|built) to [\w ]+)"
    r"|what (?:role|part|purpose) (?:do|does|did) (?:the )?(?P<h>[^?,;:]{2,60}?)\s+(?:play|serve)"
    r"(?:s|ed)?(?: (?:in|for|within)\b[^?]{0,60})?"
    r"|(?:wozu|wofür) (?:dient|dienen|braucht man|ist|sind|verwendet man)\s+(?P<d>.{2,60}?)"
    r"(?: (?:gut|da|verwendet))?|à quoi (?:sert|servent|sert-il)\s+(?P<e>.{2,60}?)"
    r"|para qué sirven?\s+(?P<f>.{2,60}?))\W*$",
    re.IGNORECASE,
)
# What does RLHF stand for? What is the T in GPT short for?
_STANDS_FOR = expression(
    r"^\W*(?:so |and )?what (?:does|do|is|are|did) (?:the [\w-]{1,3} in )?(?:the )?"
    r"(?P<short>[\w.&/+-]{2,12}?)(?:['’]s)? (?:stand(?:s|ing)? for|short for"
    r"|an? (?:abbreviation|acronym|initialism) (?:of|for))\W*$",
    re.IGNORECASE,
)
_AUXILIARY = expression(r"\s+(?:do|does|mean|stand)$", re.IGNORECASE)
_CLAUSES = expression(
    r"\s*(?:[,;]\s*|\s+)(?:and|or|but)\s+(?:how|what|why|when|where|which|who|does|do|is|are"
    r"|can)\b.*",
    re.IGNORECASE,
)
_SUBJECT_WORDS = 5
_FRAME = expression(
    r"^(?:the|an?|what (?:is|are)(?: the)?|ein(?:e|en)?|d(?:er|ie|as)|l[ea]s?|une?|el|los|las)\s+",
    re.IGNORECASE,
)


def asks_how_it_works(text: str) -> bool:
    """Tell whether a question asks how one thing works, or how much of it there is."""
    return _WORKING.match(text) is not None


def asks_purpose(text: str) -> bool:
    """Tell whether a question asks what one thing is used for."""
    return _PURPOSE.match(text) is not None and not short_form_in(text)


def short_form_in(text: str) -> str:
    """Return X of "what does X stand for?", or ""."""
    match = _STANDS_FOR.match(text)
    return match["short"] if match else ""


def subjects_of(text: str) -> tuple[str, ...]:
    """Return the ways to read what a question wants defined: whole, without what only says its kind
    or which of them, and cut at the first preposition.
    """
    if short := short_form_in(text):
        return (short,)
    if working := _WORKING.match(text) or _PURPOSE.match(text):
        subject = next(filter(None, working.groups()))
        readings = [subject, _NAMED_AFTER.sub("", subject)]
        return tuple(filter(_may_be_subject, dict.fromkeys(map(bare, readings))))
    match = _DEFINITION.match(_CLAUSES.sub("", text))
    if not match:
        return ()
    whole = _AUXILIARY.sub("", match["subject"])
    cut = _AUXILIARY.sub("", _REST.sub("", match["subject"]))
    has_name = _OF_NAME.fullmatch(whole) is not None or _NAMED_AFTER.search(whole) is not None
    readings = [cut]
    if has_name:
        readings = [whole, _NAMED_AFTER.sub("", whole), cut]
    return tuple(filter(_may_be_subject, dict.fromkeys(map(bare, readings))))


def bare(reading: str) -> str:
    """Return a reading without article and quotation marks."""
    return _FRAME.sub("", reading).strip(" “”\"'’")


def _may_be_subject(reading: str) -> bool:
    return 0 < len(reading.split()) <= _SUBJECT_WORDS and bool(keywords(reading))
