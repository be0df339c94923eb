"""How a text opens: whether it leans on what stands before it, or can stand first in an answer."""

from __future__ import annotations

import re

from litsearch.patterns import expression

_SELF = (
    r"(?!(?:in )?this (?:essay|paper|work|article|post|blog|book|study|report|tutorial"
    r"|chapter|course|guide|survey"
    r"|library|repo\w*|project|talk|note|document|page|video|lesson|notebook|thesis|letter)\b)"
)
_LEANING = expression(
    rf"^\W*(?:\d{{1,2}}[.)]\W*)?{_SELF}(?:alternatively|even more|once you|you (?:may|might"
    rf"|will) (?:recall|remember|have)|it|its|this|that(?!['’]s the)|these|those|they"
    rf"|their|them|such|he|she|his|her|here"
    rf"|there(?! (?:is|are|was|were|has|have)\b(?! also))|then|thus|hence|so"
    r"|but|and|or|nor|however|therefore|instead|also|both|another|similarly|likewise"
    r"|in (?:this|that|these|such|practice"
    r"|other words|contrast|particular|fact|addition|turn)|for (?:this|these|example"
    r"|instance)|as (?:a result|such|well"
    r"|mentioned|shown|described|discussed|noted|we|you|i)|to (?:begin|start) with"
    r"|the (?:former|latter|same|other"
    r"|second|third|above|following)"
    r"|by (?:doing|contrast)|as an? (?:\w+ )?(?:side ?note|aside)"
    r"|to (?:do|this|that|\w+ (?:it|this|that|these|those|them))"
    r"|on the other hand|conversely|finally"
    r"|second(?:ly)?,?|third(?:ly)?,?"
    r"|lastly|next|now|again|yet|still|nevertheless|nonetheless|meanwhile|otherwise"
    r"|accordingly|consequently|moreover"
    r"|furthermore|additionally|specifically|equivalently|overall|indeed|of course"
    r"|after (?:that|this)|afterwards"
    r"|more recently|(?:un)?fortunately|first(?:ly)?, (?:note|recall|let)|after all|in (?:it|them)"
    r"|although (?:this"
    r"|it|they)|same as|take, for|we may now|to settle|in plain|learn more|now that"
    r"|because of this|(?:with|from|at|under|after|given) this|(?:one|most|all|each|some"
    r"|many|none) of (?:them|these|this|those)"
    r"|you may have noticed|recall|note that|remember|let['’]?s|let us|unlike|we (?:now|also"
    r"|then|further|see|can see)"
    r"|combined|together|if (?:this|these|that|it|they)|you['’]re (?:now|still)|we can (?:now|also)"
    r"|we (?:have )?therefore|all (?:out )?of a sudden|that['’]s(?! the)|it['’]s"
    r"|well|ok|okay|sure|yes|no|as you|in a similar|similar to (?:this|these|that)|e\.g\."
    r"|i\.e\.|incidentally|see (?:also|above|below|chapter|section|appendix|the))\b",
    re.I,
)
# The midst of a list, a footnote's number at its first word, a note in passing.
_MARK = expression(r"\W*(?:\d{1,2}[.)]|\(\w{1,3}\)|[-*•–])\s+\w|\d{1,2}[A-Z][a-z]|[Nn]ote:")
# Words that join a sentence to the one before, and may be read without it: "For example, ants ...".
_LINK_WORD = expression(
    r"\W*(?:for (?:example|instance)|in (?:particular|plain \w+|fact|practice|general|addition)"
    r"|specifically|as a result|by contrast|in contrast|overall|first(?:ly)?|unlike [^,]+"
    r"|(?:first, )?note that),?"
    r" (?!(?:it|its|this|that|these|those|they|their|he|she|the (?:same|latter|former|other))\b)",
    re.IGNORECASE,
)
_SENTENCE_END = expression(r"[.!?]\s|\n")
_FIRST_WORD = expression(r"\w+(?:[./]\w+)*")  # i.cluster is a name


def leans_back(text: str) -> bool:
    """Tell whether the first words of a sentence point to the one before it."""
    return _LEANING.match(text) is not None or begins_small(text)


def opens_well(text: str) -> bool:
    """Tell whether a quote can stand first: it neither leans on what is not there, nor begins in
    the midst of a list, nor only leads on.
    """
    whole = text.rstrip()
    leads_on = whole.endswith(":") and _SENTENCE_END.search(whole) is None
    if leads_on or whole.startswith("|") or " | " in whole or _MARK.match(whole):
        return False
    return not leans_back(whole) or _LINK_WORD.match(whole) is not None


def begins_small(text: str) -> bool:
    """Tell whether a text begins in the middle: with a small letter that is none of a name
    (word2vec).
    """
    first = _FIRST_WORD.search(text)
    return first is not None and first.group().isalpha() and first.group().islower()
