"""Which works a line of a list names, and which of its words are whose title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.lists.reading import links
from litsearch.lists.reading.claims import DATE, LABELS, ONLY_LEAD, QUOTED, claim, is_label, leading_year
from litsearch.lists.reading.inline import Line, Piece
from litsearch.lists.reading.judging import judged
from litsearch.lists.reading.references import NUMBER, reference
from litsearch.lists.reading.text import (
    authors_in,
    clean_remark,
    clean_title,
    dangling,
    squeeze,
    sure_names,
    word_set,
    year_in,
)
from litsearch.lists.reading.trailer import Claim, by_end, trailer

MAX_LEAD = 3  # words before a quoted title without link
MAX_SENTENCE = 20  # words of a sentence that may serve as title
_VAGUE = word_set("link here this that url page more source click read it x open view see")
_THANKS = re.compile(
    r"^\W*(?:special |many |big |with )?(?:thanks|thank you|credits?\b|acknowledge?ments?|inspired by|(?:originally )?"
    r"(?:created|made|maintained|curated|contributed|brought to you|written and maintained) by|follow (?:me|us)|"
    r"edit this page|improve this page|contributions? (?:are )?welcome|pull requests?|licen[cs]ed? under|this work is "
    r"licen|share (?:this|on)|back to top)",
    re.IGNORECASE,
)
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
_ABOUT = word_set("review reviews interview excerpt summary")  # no titles behind a title that is marked as one
_REFERENCE = re.compile(r"^\W{0,3}\[\^?(\w{1,12})\]\W{0,3}$")
_PERSONS = re.compile(
    r"^\W*(?:authors?|speakers?|(?:co-?)?instructors?|lecturers?|editors?|office hours"
    r"|(?:teaching )?assistants?|contact|e-?mail)\W*:",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^\W{0,2}([A-Z][\w'’-]*(?: [\w'’-]+){0,2}) $")
_NO_PREFIX = word_set(
    "see read watch check based inspired from via by also and or with for in on at to my our your join visit try "
    "follow use using download install source credits original official then now link new this here"
)


@dataclass(slots=True, eq=False)
class Draft:
    """An entry in the making."""

    line: int
    url: str | None = None
    title: str = ""  # "": not known from the line itself
    label: str = ""  # the words of a link that name no work: "pdf", "slides"
    of: Draft | None = None  # the work that a label belongs to
    bare: bool = False
    picture: bool = False  # the link shows an image, no words
    reference: str = ""  # "1" for an address that stands behind [1]
    remark: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    read: bool | None = None
    topic: str = ""
    extra: tuple[tuple[str, str], ...] = ()


def drafts_of(line: Line, *, prose: bool = False) -> list[Draft]:
    """The works that a line links, in order. A title that the line does not tell is left empty."""
    if not any(piece.href for piece in line.pieces):
        return []
    text = line.text
    if _PERSONS.match(text) or (_THANKS.match(text) and (prose or len(text) < 200)):
        return []
    parts = judged(line)
    drafts: list[Draft] = []
    start = 0
    for i, part in enumerate(parts):
        if part.href is None:
            continue
        before = parts[start:i]
        after = _until_link(parts[i + 1 :])
        drafts.extend(_drafted(part, before, after, parts, drafts, prose))
        start = i + 1
    if drafts and drafts[-1].remark and parts[start:]:
        drafts[-1].remark += dangling("".join(p.text for p in parts[start:]))  # no link was cut off behind it
    return drafts


def _drafted(
    part: Piece, before: list[Piece], after: list[Piece], parts: list[Piece], drafts: list[Draft], prose: bool
) -> list[Draft]:
    """The draft of one link; with it, ahead, that of a title without link before it."""
    url = part.href or ""
    draft = Draft(part.line, url, picture=bool(part.picture))
    draft.bare = links.is_address(part.text, url)
    if "://" not in url and links.is_local(url):
        draft.url, draft.extra = f"file:{url}", (("file", url.partition("#")[0]),)
    said = "".join(p.text for p in before)
    tail = after if drafts or prose else _tail(parts[parts.index(part) + 1 :])
    needy = draft.picture or draft.bare or is_label(part.text)
    needy = needy or (part.text.lower() in _ABOUT and any(p.mark and p.text.strip() for p in before))
    if not needy and not _in_brackets(part, said, after, drafts) and not _in_sentence(part, said, after):
        unlinked = _unlinked_before(before, drafts, part.line)
        prefix = "" if prose else _prefix(said, after, drafts, parts)
        draft.title = clean_title(prefix + part.text) or part.text
        named = by_end(draft.title)
        found = trailer("".join(p.text for p in tail))
        draft.authors = found.authors or (sure_names(authors_in(named[2])) if named else ())
        draft.year = year_in(draft.title) or found.year or leading_year(said)
        lead = "" if drafts or unlinked or prose or not said else clean_remark(DATE.sub("", NUMBER.sub("", said)))
        lead = "" if not lead or is_label(lead) or ONLY_LEAD.fullmatch(lead.lower()) else lead
        draft.remark = clean_remark(f"{lead} – {found.rest}") if lead and found.rest else lead or found.rest
        return [*unlinked, draft]
    draft.label = "" if draft.bare else part.text
    numbered = _REFERENCE.match(said)
    draft.reference = numbered[1] if numbered else ""
    found = _in_prose(part, before, after, drafts) if prose else _claimed(part, before, after, drafts)
    sentence = _sentence(part, said, after, parts) if draft.label and not drafts else ""
    if sentence and not (found.title and any(p.mark for p in after)):
        found, tail = Claim(sentence), []
    if found.title:
        more = trailer("".join(p.text for p in tail))
        if found.title not in said and found.title in "".join(p.text for p in after):
            more = Claim()
        draft.title, draft.authors, draft.year = found.title, found.authors or more.authors, found.year or more.year
        draft.remark = clean_remark(" ".join(r for r in (found.rest, more.rest) if r))
    else:
        draft.of = (drafts[-1].of or drafts[-1]) if drafts and not _apart(part, said, prose) else None
        if drafts and draft.of is None and (told := links.name_of(url))[1]:
            draft.title = told[0]
        draft.label = _told_label(draft.label, said)
        draft.remark = clean_remark(" ".join(["" if drafts else found.rest, "".join(p.text for p in tail)]))
    return [draft]


def _tail(parts: list[Piece]) -> list[Piece]:
    """What is said behind a link: up to the next work in a row of works, without links that name no work."""
    tail: list[Piece] = []
    for part in parts:
        if part.href and not _needy(part) and ONLY_LEAD.fullmatch(f"and {''.join(p.text for p in tail)}".lower()):
            break
        if not part.href or not _needy(part):
            tail.append(part)
    return tail


def _sentence(part: Piece, said: str, after: list[Piece], parts: list[Piece]) -> str:
    """The words around a label that make a title with it: "Ada [says](...) that ...", "[Slides](...) of the talk"."""
    if _in_sentence(part, said, after):
        return clean_title(" ".join(squeeze("".join(p.text for p in parts)).split()[:MAX_SENTENCE]))
    behind = re.match(r" (?:on|about|of|from|with)\b [^,;:()|–—]{3,80}", "".join(p.text for p in after))
    return clean_title(part.text + behind[0]) if behind and not re.search(r"\w", said) else ""


def _claimed(part: Piece, before: list[Piece], after: list[Piece], drafts: list[Draft]) -> Claim:
    """The title that the words around a link give it, when the link itself has none."""
    found = claim(before)
    text = squeeze("".join(p.text for p in before))
    if drafts and found.title:
        told = any(p.mark and p.text.strip() for p in before) or QUOTED.search(text)
        bare = links.is_address(part.text, part.href or "") and len(found.title.split()) > 1 and not text.endswith("(")
        return found if told or bare else Claim()
    if found.title or drafts:
        return found
    if not links.is_address(part.text, part.href or ""):
        told = any(p.mark and p.text.strip() for p in after) or QUOTED.search("".join(p.text for p in after))
        return _marked(after) if told else found
    behind = squeeze("".join(p.text for p in after))
    if behind.startswith(("(", "[")) or len(behind.split()) > MAX_SENTENCE:
        return found
    return claim(after)


def _in_prose(part: Piece, before: list[Piece], after: list[Piece], drafts: list[Draft]) -> Claim:
    """The title of a link in running text: never the mere end of the sentence before it."""
    said, behind = ("".join(p.text for p in pieces) for pieces in (before, after))
    told = any(p.mark and p.text.strip() for p in before) or QUOTED.search(said)
    bare = links.is_address(part.text, part.href or "")
    running = drafts or len(said.split()) > MAX_SENTENCE or ONLY_LEAD.fullmatch(squeeze(said).lower())
    in_brackets = _IN_BRACKETS.match(behind) if bare and running and not told else None
    if in_brackets and _names_work(in_brackets[1]):
        return Claim(clean_title(in_brackets[1]))
    if drafts and bare and not told:
        last = _SENTENCE_END.split(said)[-1]
        found = claim([Piece(last)]) if _STARTS.match(last) else Claim()
    else:
        found = _claimed(part, before, after, drafts)
    if not (bare and not told and (drafts or _WORDS_BEHIND.match(behind)) and _FRAGMENT.match(found.title)):
        return found
    name, telling = links.name_of(part.href or "")
    return Claim(name) if telling else Claim()


def _names_work(text: str) -> bool:
    """False for what is said in brackets of a page rather than what it is called: "must watch", "2019", "PDF"."""
    return not is_label(text) and not all(word.lower() in _JUDGEMENT for word in re.findall(r"[\w'-]+", text))


def _apart(part: Piece, said: str, prose: bool) -> bool:
    """True for a label that belongs to no work before it: "A Title and then [this post](...)"."""
    words = re.search(r"\w", said) is not None and said.rstrip()[-1:] not in ("(", "[")
    return (
        words
        and (prose or part.text.lower().startswith(("this ", "that ", "these ", "another ")))
        and (ONLY_LEAD.fullmatch(squeeze(said).lower().lstrip(" ,;.:()[]–—-")) is None)
    )


def _marked(after: list[Piece]) -> Claim:
    """The marked or quoted title behind a label: "[Video](...) of *A Title* by Ada Lovelace"."""
    start = next((i for i, p in enumerate(after) if p.mark and p.text.strip()), 0)
    return claim(after[start:])


def _needy(part: Piece) -> bool:
    """True for a link whose words are no title."""
    return bool(part.picture) or links.is_address(part.text, part.href or "") or is_label(part.text)


def _in_brackets(part: Piece, said: str, after: list[Piece], drafts: list[Draft]) -> bool:
    """True for a short link in brackets behind words: "A Title ([Nature](...))"."""
    if drafts or not said:
        return False
    closed = "".join(p.text for p in after)[:1] in (")", "]") and said.rstrip()[-1:] in ("(", "[")
    inside = part.text.startswith("[") and part.text.endswith("]")
    return (closed or inside) and len(part.text.split()) <= 3 and len(clean_title(said).split()) > 1


def _in_sentence(part: Piece, said: str, after: list[Piece]) -> bool:
    """True for a lower-case word in the middle of a sentence."""
    if not said or not (part.text.isalpha() and part.text.islower()):
        return False
    behind = "".join(p.text for p in after)
    return said[-2:-1].isalnum() and said.endswith(" ") and bool(re.match(r" [a-z]+\b", behind))


def _prefix(said: str, after: list[Piece], drafts: list[Draft], parts: list[Piece]) -> str:
    """The words before a link that begin its title: "Training [Compute-Optimal ...]"."""
    match = _PREFIX.match(NUMBER.sub("", said)) if said and not drafts else None
    alone = match and not re.search(r"\w", "".join(p.text for p in after)) and sum(1 for p in parts if p.href) == 1
    if match is None or not alone:
        return ""
    words = match[1].lower().split()
    return "" if words[0] in _NO_PREFIX or is_label(match[1]) else match[1] + " "


def _unlinked_before(before: list[Piece], drafts: list[Draft], line: int) -> list[Draft]:
    """The marked or quoted title without a link that a comma divides from the first link."""
    if drafts or not before:
        return []
    text = squeeze("".join(p.text for p in before))
    if not text.endswith(","):
        return []
    marked = next((p for p in before if p.text.strip()), None)
    if marked is None or not (marked.mark in ("em", "strong") or QUOTED.match(text)) or len(text.split()) < 3:
        return []
    found = claim(before)
    return [Draft(line, None, found.title, authors=found.authors, year=found.year)] if found.title else []


def _told_label(label: str, said: str) -> str:
    """The label, or the word before it when it says nothing: "slides [here](...)"."""
    label = clean_title(label).strip("[]() ")
    if label and label.lower() not in _VAGUE:
        return label
    words = re.findall(r"[\w-]+", said)[-2:]
    told = next((w for w in reversed(words) if w.lower() in LABELS - _VAGUE), "")
    return told or label


def _until_link(parts: Sequence[Piece]) -> list[Piece]:
    end = next((i for i, p in enumerate(parts) if p.href is not None), len(parts))
    return list(parts[:end])


def _quoted(text: str) -> re.Match[str] | None:
    """The quoted title that a line begins with, or has behind a few words: 'and of course "A Title"'."""
    match = QUOTED.search(text)
    return match if match is not None and len(text[: match.start()].split()) <= MAX_LEAD else None


def unlinked(line: Line, *, item: bool, task: bool = False) -> Draft | None:
    """The work that a line names without a link: “Title” by Author (Year), or the text of a task."""
    pieces = [p for p in line.pieces if p.text.strip()]
    text = NUMBER.sub("", squeeze(line.text))
    if not pieces or _THANKS.match(text):
        return None
    quoted = _quoted(text.lstrip("*_ "))
    marked = pieces[0].mark in ("strong", "em") and item and len(pieces[0].text.split()) > 1
    behind = text[quoted.end() :] if quoted else "".join(p.text for p in pieces[1:])
    found = reference(text)
    if found.title:
        return Draft(line.number, None, found.title, remark=found.rest, authors=found.authors, year=found.year)
    found = trailer(behind)
    if (quoted or marked) and (found.authors or (quoted and found.year)):
        title = clean_title(quoted[1] if quoted else pieces[0].text)
        return Draft(line.number, None, title, remark=found.rest, authors=found.authors, year=found.year)
    plain = by_end(re.sub(r"\s*\((?:19|20)\d\d\)\W*$", "", text))
    authors = sure_names(authors_in(plain[2])) if plain else ()
    if plain and (item or year_in(text)) and authors and all(" " in a for a in authors) and len(plain[1].split()) <= 20:
        return Draft(line.number, None, clean_title(plain[1]), authors=authors, year=year_in(text))
    if task and not re.match(r"(?i)(?:tbd|todo|tba|wip|n/?a|\W*)\W*$", text) and (found := claim(line.pieces)).title:
        return Draft(line.number, None, found.title, remark=found.rest, authors=found.authors, year=found.year)
    return None
