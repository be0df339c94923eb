"""Which works a line of a list names, and which of its words are whose title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.lists import urls
from litsearch.lists.fields import (
    authors_in,
    clean_remark,
    clean_title,
    dangling,
    squeeze,
    sure_names,
    word_set,
    year_in,
)
from litsearch.lists.markdown.citations import NUMBER, Claim, by_end, trailer
from litsearch.lists.markdown.inline import Line, Piece
from litsearch.lists.markdown.titles import (
    DATE,
    LABELS,
    ONLY_LEAD,
    QUOTED,
    claim,
    in_brackets,
    in_sentence,
    is_label,
    leading_year,
    sentence_with,
    stands_apart,
    title_around,
    title_in_prose,
)

_COMMAND = re.compile(
    r"(?:git clone|pip3? install(?: -\S+)*|curl(?: -\S+)*|wget(?: -\S+)*|docker pull|npm i\w*|\$)\s+\S*$"
)
_BY = re.compile(r"(?:^|[\s(])by:?\s*$", re.IGNORECASE)
_CREATED = re.compile(
    r"(?:inspired|maintained|created|made|curated|powered|supported) by:?\s*$", re.IGNORECASE
)
_CONNECTIVE = re.compile(r"^\s*(?:,|&|and|, and)\s*$")


def judged(line: Line) -> list[Piece]:
    """The pieces of a line, with links that lead to no work turned into plain words or dropped."""
    parts: list[Piece] = []
    said, person = "", -1
    for i, piece in enumerate(line.pieces):
        part = piece if piece.href is None else _one(piece, said, i, line)
        if part is not None and part.href and said and not urls.is_address(part.text, part.href):
            follows = i - person == 2 and _CONNECTIVE.match(line.pieces[i - 1].text)
            if _BY.search(said[-10:]) or (person >= 0 and follows):
                part, person = Piece(piece.text, piece.mark), i
        if part is not None:
            parts.append(part)
            said = (said + part.text)[-200:]
    if not any(p.href for p in parts):
        parts = _credited(line, parts)
    pictures = any(p.picture for p in parts)
    real = pictures and any(p.href and not p.picture for p in parts)
    return [p for p in parts if not p.picture or (p.href and not real)] if pictures else parts


def _one(piece: Piece, said: str, i: int, line: Line) -> Piece | None:
    """A link as a work, as plain words, or as nothing."""
    url = urls.as_url(urls.true_url(piece.text, piece.href or ""))
    words = Piece(piece.text, piece.mark)
    if url is None and not piece.picture and urls.is_local(piece.href or ""):
        return piece
    if url is None:
        return None if piece.picture else words
    if said.endswith("!["):
        return None
    if not urls.is_work(url, piece.text) or (said and _COMMAND.search(said[-60:])):
        return None if piece.picture else words
    if _is_person(url, piece, i, line):
        return words
    return Piece(piece.text, piece.mark, url, piece.line, piece.picture)


def _is_person(url: str, piece: Piece, i: int, line: Line) -> bool:
    """True for a profile, unless it is what the line is about."""
    if not urls.is_profile(url, piece.text):
        return False
    return piece.text.startswith("@") or any(re.search(r"\w", p.text) for p in line.pieces[:i])


def _credited(line: Line, parts: list[Piece]) -> list[Piece]:
    """The only link of a line is the work's, also when it stands on the author: "Deep Learning by
    [X et al.](...)".
    """
    found = [
        p for p in line.pieces if p.href and urls.as_url(p.href) and urls.is_work(p.href, p.text)
    ]
    if len(found) != 1 or urls.is_profile(found[0].href or "", found[0].text):
        return parts
    i = line.pieces.index(found[0])
    said = "".join(p.text for p in line.pieces[:i])
    if not _BY.search(said[-100:]) or _CREATED.search(said[-100:]) or len(said.split()) < 3:
        return parts
    title = re.sub(r"[\s(]by:?\s*$", " ", said, flags=re.IGNORECASE)
    return [
        Piece(title, line.pieces[0].mark),
        Piece("[]", "", found[0].href, found[0].line),
        Piece(f" by {found[0].text}"),
        *parts[i + 1 :],
    ]


_VAGUE = word_set("link here this that url page more source click read it x open view see")
THANKS = re.compile(
    r"^\W*(?:special |many |big |with )?(?:thanks|thank you|credits?\b|acknowledge?ments?|inspired by|(?:originally )?"
    r"(?:created|made|maintained|curated|contributed|brought to you|written and maintained) by|follow (?:me|us)|"
    r"edit this page|improve this page|contributions? (?:are )?welcome|pull requests?|licen[cs]ed? under|this work is "
    r"licen|share (?:this|on)|back to top)",
    re.IGNORECASE,
)
# no titles behind a title that is marked as one
_ABOUT = word_set("review reviews interview excerpt summary")
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
    if _PERSONS.match(text) or (THANKS.match(text) and (prose or len(text) < 200)):
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
        # no link was cut off behind it
        drafts[-1].remark += dangling("".join(p.text for p in parts[start:]))
    return drafts


def _drafted(
    part: Piece,
    before: list[Piece],
    after: list[Piece],
    parts: list[Piece],
    drafts: list[Draft],
    prose: bool,
) -> list[Draft]:
    """The draft of one link; with it, ahead, that of a title without link before it."""
    url = part.href or ""
    draft = Draft(part.line, url, picture=bool(part.picture))
    draft.bare = urls.is_address(part.text, url)
    if "://" not in url and urls.is_local(url):
        draft.url, draft.extra = f"file:{url}", (("file", url.partition("#")[0]),)
    said = "".join(p.text for p in before)
    tail = after if drafts or prose else _tail(parts[parts.index(part) + 1 :])
    needy = draft.picture or draft.bare or is_label(part.text)
    needy = needy or (
        part.text.lower() in _ABOUT and any(p.mark and p.text.strip() for p in before)
    )
    if (
        not needy
        and not in_brackets(part, said, after, bool(drafts))
        and not in_sentence(part, said, after)
    ):
        unlinked = _unlinked_before(before, drafts, part.line)
        prefix = "" if prose else _prefix(said, after, drafts, parts)
        draft.title = clean_title(prefix + part.text) or part.text
        named = by_end(draft.title)
        found = trailer("".join(p.text for p in tail))
        draft.authors = found.authors or (sure_names(authors_in(named[2])) if named else ())
        draft.year = year_in(draft.title) or found.year or leading_year(said)
        lead = (
            ""
            if drafts or unlinked or prose or not said
            else clean_remark(DATE.sub("", NUMBER.sub("", said)))
        )
        lead = "" if not lead or is_label(lead) or ONLY_LEAD.fullmatch(lead.lower()) else lead
        draft.remark = (
            clean_remark(f"{lead} – {found.rest}") if lead and found.rest else lead or found.rest
        )
        return [*unlinked, draft]
    draft.label = "" if draft.bare else part.text
    numbered = _REFERENCE.match(said)
    draft.reference = numbered[1] if numbered else ""
    found = (
        title_in_prose(part, before, after, bool(drafts))
        if prose
        else title_around(part, before, after, bool(drafts))
    )
    sentence = sentence_with(part, said, after, parts) if draft.label and not drafts else ""
    if sentence and not (found.title and any(p.mark for p in after)):
        found, tail = Claim(sentence), []
    if found.title:
        more = trailer("".join(p.text for p in tail))
        if found.title not in said and found.title in "".join(p.text for p in after):
            more = Claim()
        draft.title, draft.authors, draft.year = (
            found.title,
            found.authors or more.authors,
            found.year or more.year,
        )
        draft.remark = clean_remark(" ".join(r for r in (found.rest, more.rest) if r))
    else:
        draft.of = (
            (drafts[-1].of or drafts[-1])
            if drafts and not stands_apart(part, said, prose)
            else None
        )
        if drafts and draft.of is None and (told := urls.name_of(url))[1]:
            draft.title = told[0]
        draft.label = _told_label(draft.label, said)
        draft.remark = clean_remark(
            " ".join(["" if drafts else found.rest, "".join(p.text for p in tail)])
        )
    return [draft]


def _tail(parts: list[Piece]) -> list[Piece]:
    """What is said behind a link: up to the next work in a row of works, without links that name no
    work.
    """
    tail: list[Piece] = []
    for part in parts:
        if (
            part.href
            and not _needy(part)
            and ONLY_LEAD.fullmatch(f"and {''.join(p.text for p in tail)}".lower())
        ):
            break
        if not part.href or not _needy(part):
            tail.append(part)
    return tail


def _needy(part: Piece) -> bool:
    """True for a link whose words are no title."""
    return bool(part.picture) or urls.is_address(part.text, part.href or "") or is_label(part.text)


def _prefix(said: str, after: list[Piece], drafts: list[Draft], parts: list[Piece]) -> str:
    """The words before a link that begin its title: "Training [Compute-Optimal ...]"."""
    match = _PREFIX.match(NUMBER.sub("", said)) if said and not drafts else None
    alone = (
        match
        and not re.search(r"\w", "".join(p.text for p in after))
        and sum(1 for p in parts if p.href) == 1
    )
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
    if (
        marked is None
        or not (marked.mark in ("em", "strong") or QUOTED.match(text))
        or len(text.split()) < 3
    ):
        return []
    found = claim(before)
    return (
        [Draft(line, None, found.title, authors=found.authors, year=found.year)]
        if found.title
        else []
    )


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
