"""Words around a link, read as a title: which of them are it, and what else they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from litsearch.lists import urls as links
from litsearch.lists.columns import place_of
from litsearch.lists.fields import (
    MAX_TITLE,
    authors_in,
    clean_remark,
    clean_title,
    squeeze,
    sure_names,
    word_set,
    year_in,
)
from litsearch.lists.markdown.citations import (
    NOTHING,
    NUMBER,
    Claim,
    by_end,
    line_of_fields,
    names_and_year,
    persons_before,
    persons_in,
    reference,
    trailer,
)
from litsearch.lists.markdown.inline import Piece, text_of

MAX_PLAIN = 12  # words; in a longer run the title is only its beginning
LABELS = word_set(
    "presentation presentations reading readings "
    "link links url paper papers pdf ps code github gitlab git repo repository slides slide deck video videos "
    "youtube talk talks recording here this that post blog blogpost article website web webpage site homepage home "
    "page project arxiv demo abs abstract html source doi notes poster dataset data docs documentation doc readme "
    "official implementation pytorch tensorflow jax keras thread tweet tweetstorm twitter x hn discussion comments "
    "more read watch listen click view open download details info supplementary supp appendix bibtex citation "
    "original mirror archive archived version text full fulltext transcript podcast audio ebook epub colab notebook "
    "kaggle huggingface hf local copy model models weights checkpoint checkpoints openreview acl"
    " ieee acm pmlr says said "
    "writes wrote argues explains shows announced tweeted medium substack wikipedia goodreads amazon free online "
    "preprint reddit hackernews spotify vimeo bilibili zhihu press mit springer nature science neurips nips icml "
    "iclr acl emnlp naacl cvpr iccv eccv aaai"
)
_ASIDE = re.compile(r"(?<=\w) \([^()]{1,20}\)$")  # "Video (45 min)"
_SENTENCE = re.compile(r"[a-z]{2}\. ")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{3,80})[)\]]")  # "(Lee & Ray, 2019)"
_WORD = re.compile(r"[\w'.&+:]+")
_LETTER = re.compile(r"[^\W\d_]")
_SMALL = word_set("and & + the of on a an in for to my our with by at")
_VENUE = re.compile(
    r"^[\w.&@/ -]{0,30}[ ',-]?(?:(?:19|20)\d\d|'\d\d)$|^(?:arxiv[: ]*)?\d{4}\.\d{4,5}(?:v\d+)?$|\bet al\b",
    re.I,
)
DATE = re.compile(
    r"^\W{0,3}(?:[(\[](?:[^()\[\]\d]{0,20}[ ,'])?((?:19|20)\d\d)(?:[-/.]\d{1,2}){0,2}"
    r"(?:,? [A-Z][^()\[\]\d]{0,20})?[)\]]"
    r"|((?:19|20)\d\d)(?:[-/.]\d{1,2}){0,2}\s+[-–—|])\W{0,3}(?:\s|(?<=\])(?=[A-Z]))"
)
_SHORT_YEAR = re.compile(r"^\W{0,3}[(\[][A-Z][A-Za-z]{1,9} ?['’](\d\d)[)\]]\s*")  # "[ICLR'20]"
_TAG = re.compile(r"^\[[A-Za-z][A-Za-z -]{1,14}\]\s+(?=[\w\"“])")  # "[Book]"
ONLY_LEAD = re.compile(
    r"(?:(?:and|then|now|also|next|first|finally|or|plus|see|read|pre|watch|explore|check|out|poke|around|look|listen|"
    r"visit|try|start|go|through|via|from|at|on|in|to|source|ref|cf|more|found|available|here|here's|is|are|this|it|"
    r"with|for|by|e\.g|i\.e|eg|ie|well|as|another|part|vs|new|my|the|a|an)\b[\s:.,;()'|/•·–—-]*)+"
)
_LEAD = re.compile(
    r"(?:(?:and|then|now|also|next|first|finally)\s+)*(?:see also|see|read|pre-?read|watch|explore|check out|"
    r"poke around|look at|listen to|visit|start with|go through|reminder that my|reminder that|here's|here is)\b"
    r"(?::\s*|\s+)",
    re.IGNORECASE,
)
_NESTED = re.compile(
    r"[\"“]([\"“][^\"”]{3,100}[\"”].{3,300}|.{3,200}[\"“][^\"”]{3,100}[\"”])[\"”]\.?$"
)  # quotes in quotes
_BACK_WORD = re.compile(r"\s(?:from|at|via|on|in|see|here|by|and)$")
_COMMAS = re.compile(r"^(.{3,200}), ([^,\d\"“”]{4,60}), ((?:19|20)\d\d)\b[.,]?(.*)$")
_TRAILING = re.compile(
    r"\s*(?:\[[^\[\]]{0,60}\]"
    r"|\((?:[^()]{0,40}[ ,'])?(?:(?:19|20)\d\d|\d{4}\.\d{4,5})(?:[-/.]\d\d?){0,2}[^()\d]{0,20}\))[.,]?$"
)
QUOTED = re.compile(r"[\"“«„][*_\s]{0,4}([^\"”»“]{3,300}?)[.,]?[*_\s]{0,4}[.,]?[\"”»“](?!\w)")
_BROKEN_IMAGE = re.compile(r"!\[[^\]]{0,500}\]?")
_OPINION = re.compile(
    r"^(?:if|when|since|because|you|i|we|this|here|there|it|for those)\b.*\b(?:this|here|these|it|them)\b",
    re.I,
)
_SENTENCE_START = word_set(
    "It This We The In New Our Here They These Presents Shows Introduces Great Good Nice"
)


@lru_cache(maxsize=1024)
def is_label(text: str) -> bool:
    """True for the words of a link that say what kind of page it is ("pdf", "project page") and name no work."""
    text = _ASIDE.sub("", text)
    words = _WORD.findall(text[:MAX_TITLE].lower())
    if not words or not _LETTER.search(text):
        return True
    if not text.isascii() and place_of(text.strip(" []()【】（）:："))[0] in ("url", "doi"):
        return True
    if len(words) <= 5 and _VENUE.search(text.strip(" []()")):
        return True
    return (
        len(words) <= 3
        and words[-1] not in _SMALL
        and all(w.strip(".:") in LABELS or w in _SMALL for w in words)
    )


def claim(pieces: Sequence[Piece]) -> Claim:
    """Return the title that words before (or after) a link give it; an empty Claim when they give none."""
    text = squeeze(_BROKEN_IMAGE.sub(" ", "".join([piece.text for piece in pieces])))
    if not text:
        return NOTHING
    nested = next(
        (match for piece in pieces if piece.mark and (match := _NESTED.match(piece.text.strip()))),
        None,
    )
    if nested:
        return Claim(clean_title(nested[1]), "", (), leading_year(text))
    quoted = QUOTED.search(text)
    if quoted and (len(quoted[1].split()) > 1 or quoted.start() < 3):
        return _quoted(text, quoted)
    return _marked_title(pieces, text)


def _quoted(text: str, quoted: re.Match[str]) -> Claim:
    """Return the quoted title of a text, with what the words before or behind it say."""
    title, before, behind = clean_title(quoted[1]), text[: quoted.start()], text[quoted.end() :]
    cited = reference(text)
    if cited.authors and cited.title == title:
        return cited
    found = trailer(behind)
    if authors := persons_before(NUMBER.sub("", before)):
        return Claim(title, found.rest, authors, found.year)
    if not found.authors:
        rest = behind if quoted.start() < 12 else f"{before}{behind}"
        found = trailer(NUMBER.sub("", rest))
    return Claim(title, found.rest, found.authors, found.year)


def _marked_title(pieces: Sequence[Piece], text: str) -> Claim:
    """Return the bold or slanted words with which a text begins; names in slanted words are its authors."""
    names: tuple[str, ...] = ()
    for i, piece in enumerate(pieces):
        if piece.mark in ("strong", "em") and not is_label(piece.text):
            named = authors_in(piece.text) if piece.mark == "em" else ()
            if len(named) > 1 or (named and "et al" in piece.text):
                names = names or named
                continue
            found = trailer("".join(other.text for other in pieces[i + 1 :]))
            year = found.year or leading_year(text)
            return Claim(clean_title(piece.text), found.rest, found.authors or names, year)
        words = _SHORT_YEAR.sub("", DATE.sub("", piece.text + " "))
        if re.search(r"\w", NUMBER.sub("", words)):
            names = names or _names_before(words, pieces[i + 1 :])
            if not names or i:
                break
    return Claim(rest=text, authors=names) if names else _plain(text)


def _names_before(words: str, behind: Sequence[Piece]) -> tuple[str, ...]:
    """Return the persons that stand before a marked title: "Ann Lee, Bob Ray. **A Title**"."""
    marked = any(piece.mark in ("strong", "em") and piece.text.strip() for piece in behind)
    if not marked or not words.rstrip().endswith((".", ",")):
        return ()
    names = persons_in(words.strip(" ,."))
    return () if any(_SENTENCE.search(name) for name in names) else names


def _plain(text: str) -> Claim:
    """Return what unmarked words say: a reference, or a title with what follows it."""
    for style in (reference, line_of_fields):
        cited = style(text)
        if cited.title:
            return replace(cited, year=cited.year or leading_year(text))
    dated, text = _without_lead(text)
    told = _without_brackets(_BACK_WORD.sub("", clean_title(text)))
    title = told if told.endswith(("..", "etc.", "al.", "co.")) else told.rstrip(".")
    if not title or ONLY_LEAD.fullmatch(title.lower()) or is_label(title):
        return NOTHING
    if len(title.split()) > 6 and _OPINION.match(title):
        return Claim(rest=title)
    return _listed(title) or _by_names(title, text, dated)


def _without_lead(text: str) -> tuple[int | None, str]:
    """Return the year of a date in front of a text, and the text without number, date, labels and "see also"."""
    text = NUMBER.sub("", text)
    dated = DATE.match(text)
    year = leading_year(text)
    text = _SHORT_YEAR.sub("", text[dated.end() :] if dated else text)
    text = _without_labels(_TAG.sub("", text))
    lead = _LEAD.match(text)
    if lead and (lead[0][0].islower() or ":" in lead[0] or lead[0].lower().startswith("reminder")):
        text = _without_labels(text[lead.end() :])
    return year, text


def _by_names(title: str, text: str, dated: int | None) -> Claim:
    title, rest = _divided(title)
    named = by_end(title)
    authors = sure_names(authors_in(named[2])) if named else ()
    bracketed = _BRACKETED.search(text)
    cited = names_and_year(bracketed[1]) if bracketed else NOTHING
    year = year_in(text) or cited.year or dated
    if named and authors and all(len(author.split()) > 1 for author in authors):
        return Claim(clean_title(named[1]), rest, authors, year)
    return Claim(title, rest, cited.authors, year)


def _listed(text: str) -> Claim | None:
    """What commas divide: "A Title, Ann Lee, 2015, Salt Press"."""
    match = _COMMAS.match(text) if "19" in text or "20" in text else None
    authors = persons_in(match[2]) if match else ()
    if match is None or not authors:
        return None
    return Claim(clean_title(match[1]), clean_remark(match[4]), authors, int(match[3]))


def _without_brackets(text: str) -> str:
    """A title without what stands in brackets behind it: "(NeurIPS 2023)", "[notes]"."""
    text = clean_title(text)
    for _ in range(4):
        shorter = clean_title(_TRAILING.sub("", text))
        if shorter == text or not shorter:
            break
        text = shorter
    return text


def _without_labels(text: str) -> str:
    """Return a text without labels in front: "abs:", "Paper link:", "论文题目："."""
    for _ in range(3):
        head, colon, rest = text.partition("：" if "：" in text[:12] else ":")
        named = is_label(head) or (place_of(head)[0] in ("title", "url") and not head.isascii())
        if not colon or not named or rest.startswith("//") or len(head) > 40:
            break
        text = rest.lstrip()
    return text


def _divided(text: str) -> tuple[str, str]:
    """A long run of words as (title, what is said of it)."""
    words = text.split()
    if len(words) <= MAX_PLAIN - 2:
        return text, ""
    separator = re.search(r"\s[-–—|]\s", text)
    if separator and separator.start() > 8:
        return clean_title(text[: separator.start()]), text[separator.end() :]
    for i, word in enumerate(words[3:], 3):
        if (
            word in _SENTENCE_START
            and i + 1 < len(words)
            and words[i + 1].islower()
            and words[i - 1][0].isupper()
        ):
            return clean_title(" ".join(words[:i])), " ".join(words[i:])
        if word.islower() and len(word) > 4:
            break
    sentence = re.search(r"(?<=[a-z)’'\"”\d][.!?]) (?=[A-Z\d])", text)
    return (
        (clean_title(text[: sentence.start()]).rstrip("."), text[sentence.end() :])
        if sentence
        else (text, "")
    )


def leading_year(text: str) -> int | None:
    """Return the year of a date in front of a title: "[2023/05]", "(ICML 2020)", "2018 - "."""
    dated = DATE.match(text)
    short = _SHORT_YEAR.match(text) if dated is None else None
    if dated:
        return int(dated[1] or dated[2])
    return year_in(short[0]) if short else None


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
    behind = re.match(
        r" (?:on|about|of|from|with)\b [^,;:()|–—]{3,80}", "".join(p.text for p in after)
    )
    return clean_title(part.text + behind[0]) if behind and not re.search(r"\w", said) else ""


def title_in_prose(part: Piece, before: list[Piece], after: list[Piece], further: bool) -> Claim:
    """Return the title of a link in running text: never the mere end of the sentence before it."""
    said, behind = text_of(before), text_of(after)
    bare = links.is_address(part.text, part.href or "") and not _is_told(before)
    if bare and _is_running(said, further=further):
        inside = _IN_BRACKETS.match(behind)
        if inside and _names_work(inside[1]):
            return Claim(clean_title(inside[1]))
    if further and bare:
        last = _SENTENCE_END.split(said)[-1]
        found = claim([Piece(last)]) if _STARTS.match(last) else NOTHING
    else:
        found = title_around(part, before, after, further)
    goes_on = further or _WORDS_BEHIND.match(behind)
    if not (bare and goes_on and _FRAGMENT.match(found.title)):
        return found
    name, telling = links.name_of(part.href or "")
    return Claim(name) if telling else NOTHING


def _is_running(said: str, *, further: bool) -> bool:
    """True for words before a link that are no title: too many, or only "see" and the like."""
    lead = ONLY_LEAD.fullmatch(squeeze(said).lower())
    return further or len(said.split()) > MAX_SENTENCE or lead is not None


def _is_told(pieces: list[Piece]) -> bool:
    """True for words that mark or quote a title."""
    return any(piece.mark and piece.text.strip() for piece in pieces) or bool(
        QUOTED.search(text_of(pieces))
    )


def title_around(part: Piece, before: list[Piece], after: list[Piece], further: bool) -> Claim:
    """Return the title that words around a link give it, when the link itself has none."""
    found = claim(before)
    bare = links.is_address(part.text, part.href or "")
    text = squeeze(text_of(before))
    if further and found.title:
        whole = bare and len(found.title.split()) > 1 and not text.endswith("(")
        return found if whole or _is_told(before) else NOTHING
    if found.title or further:
        return found
    if bare:
        return found if text.endswith((":", "：")) and is_label(text) else _behind(after, found)
    if _is_told(after):
        return _marked(after)
    return claim(after) if not text and not re.search(r"\w", part.text) else found


def _behind(after: list[Piece], found: Claim) -> Claim:
    """Return the title behind an address: "https://… The title"."""
    behind = squeeze(text_of(after))
    if behind.startswith(("(", "[")) or len(behind.split()) > MAX_SENTENCE:
        return found
    return claim(after)


def _marked(after: list[Piece]) -> Claim:
    """The marked or quoted title behind a label: "[Video](...) of *A Title* by Ada Lovelace"."""
    start = next((i for i, p in enumerate(after) if p.mark and p.text.strip()), 0)
    return claim(after[start:])


def _names_work(text: str) -> bool:
    """False for what is said in brackets of a page rather than what it is called: "must watch", "2019", "PDF"."""
    return not is_label(text) and not all(
        word.lower() in _JUDGEMENT for word in re.findall(r"[\w'-]+", text)
    )


def stands_apart(part: Piece, said: str, prose: bool) -> bool:
    """True for a label that belongs to no work before it: "A Title and then [this post](...)"."""
    words = re.search(r"\w", said) is not None and said.rstrip()[-1:] not in ("(", "[")
    return (
        words
        and (prose or part.text.lower().startswith(("this ", "that ", "these ", "another ")))
        and (ONLY_LEAD.fullmatch(squeeze(said).lower().lstrip(" ,;.:()[]–—-")) is None)
    )
