"""Find the works that a line links, and decide which of its words are whose title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from litsearch.lists.markdown.citations import (
    NOTHING,
    NUMBER,
    Claim,
    by_end,
    line_of_fields,
    names_and_year,
    persons_in,
    trailer,
)
from litsearch.lists.markdown.inline import Line, Piece, text_of
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

THANKS = re.compile(
    r"^\W*(?:special |many |big |with )?(?:thanks to|thank you|credits?\b\s*(?:to|go|for|:|–|-)"
    r"|acknowledge?ments?\b\W"
    r"|inspired by|(?:originally )?(?:created|made|maintained|curated|contributed|brought to you"
    r"|written and maintained) by|follow (?:me|us)\b|edit this page|improve this page"
    r"|contributions? (?:are )?welcome|pull requests?"
    r"|licen[cs]ed? under|this work is licen|share (?:this|on)\b|back to top)",
    re.IGNORECASE,
)
_PERSONS = re.compile(
    r"^\W*(?:authors?|speakers?|(?:co-?)?instructors?|lecturers?|editors?|office hours"
    r"|(?:teaching )?assistants?|contact|e-?mail)\W*:",
    re.IGNORECASE,
)
MAX_THANKS = 200  # characters of an item that can be thanks

_VAGUE = word_set("link here this that url page more source click read it x open view see")
_ABOUT = word_set(
    "review reviews interview excerpt summary"
)  # no titles behind a title that is marked as one
_REFERENCE = re.compile(r"^\W{0,3}\[\^?(\w{1,12})\]\W{0,3}$")
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


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a work and what its line says around it."""

    piece: Piece
    before: list[Piece]  # since the link before it
    after: list[Piece]  # up to the next link
    tail: list[Piece]  # all that is said of it, labels' words left out
    line: list[Piece]  # all pieces of the line
    earlier: list[Draft]  # the works of the links before it
    prose: bool
    words: str  # its own
    said: str  # the words before it
    follows: str  # the words after it


def drafts_of(line: Line, *, prose: bool = False) -> list[Draft]:
    """Return the works that a line links, in order. A title that the line does not tell is left empty."""
    if not any(piece.href for piece in line.pieces) or _is_thanks(line, prose=prose):
        return []
    pieces = working_links(line)
    drafts: list[Draft] = []
    start = 0
    for i, piece in enumerate(pieces):
        if piece.href is not None:
            link = _link(pieces, start, i, drafts, prose=prose)
            drafts += _drafts(link)
            start = i + 1
    if drafts and drafts[-1].remark and pieces[start:]:
        drafts[-1].remark += dangling(text_of(pieces[start:]))  # no link was cut off behind it
    return _main_first(drafts)


def _is_thanks(line: Line, *, prose: bool) -> bool:
    """True for a line that thanks or names persons rather than works; never for one that begins with its link."""
    opening = next((piece for piece in line.pieces if piece.text.strip()), None)
    if opening is not None and opening.href is not None:
        return False
    text = line.text
    return bool(_PERSONS.match(text) or (THANKS.match(text) and (prose or len(text) < MAX_THANKS)))


def _link(pieces: list[Piece], start: int, i: int, drafts: list[Draft], *, prose: bool) -> Link:
    after = _until_link(pieces[i + 1 :])
    tail = after if drafts or prose else _tail(pieces[i + 1 :])
    before = pieces[start:i]
    said, follows = text_of(before), text_of(after)
    return Link(
        pieces[i], before, after, tail, pieces, drafts, prose, pieces[i].text, said, follows
    )


def _until_link(pieces: Sequence[Piece]) -> list[Piece]:
    end = next((i for i, piece in enumerate(pieces) if piece.href is not None), len(pieces))
    return list(pieces[:end])


def _tail(pieces: list[Piece]) -> list[Piece]:
    """Return what is said behind a link: up to the next work in a row of works, labels left out."""
    tail: list[Piece] = []
    for piece in pieces:
        if piece.href and not _is_wordless(piece):
            said = text_of(tail)
            if ONLY_LEAD.fullmatch(f"and {said}".lower()):
                break
        if not piece.href or not _is_wordless(piece):
            tail.append(piece)
    return tail


def _is_wordless(piece: Piece) -> bool:
    """True for a link whose words are no title."""
    return (
        bool(piece.picture) or urls.is_address(piece.text, piece.href or "") or is_label(piece.text)
    )


def _drafts(link: Link) -> list[Draft]:
    """Return the draft of one link; with it, ahead, that of a title without link before it."""
    draft = Draft(link.piece.line, link.piece.href, picture=bool(link.piece.picture))
    draft.bare = urls.is_address(link.words, draft.url or "")
    if "://" not in (draft.url or "") and urls.is_local(draft.url or ""):
        draft.extra = (("file", (draft.url or "").partition("#")[0]),)
        draft.url = f"file:{draft.url}"
    if _has_own_title(link):
        cited = _cited(link)
        if cited is not None:
            return [_named(draft, cited, link)]
        return _titled(draft, link)
    return [_labelled(draft, link)]


def _has_own_title(link: Link) -> bool:
    if _is_wordless(link.piece):
        return False
    if link.words.lower() in _ABOUT and any(
        piece.mark and piece.text.strip() for piece in link.before
    ):
        return False
    if in_brackets(link.piece, link.said, link.after, bool(link.earlier)):
        return False
    return not in_sentence(link.piece, link.said, link.after)


def _cited(link: Link) -> Claim | None:
    """Return the title before a link whose words are a citation: "On moss. [Lee and Ray (2019)](…)"."""
    cited = names_and_year(link.words)
    if not cited.authors or link.earlier or len(link.said.split()) < 2:
        return None
    title = claim(link.before).title
    return replace(cited, title=title.rstrip(".")) if title else None


def _named(draft: Draft, found: Claim, link: Link) -> Draft:
    draft.title, draft.authors, draft.year = found.title, found.authors, found.year
    draft.remark = clean_remark(link.follows)
    return draft


# A link whose own words are the title.


def _titled(draft: Draft, link: Link) -> list[Draft]:
    unlinked = _unlinked_before(link)
    draft.title = clean_title(_prefix(link) + link.words) or link.words
    found = trailer(text_of(link.tail))
    whole = _whole_citation(draft.title)
    named = by_end(draft.title)
    draft.authors = found.authors or (sure_names(authors_in(named[2])) if named else ())
    draft.year = year_in(draft.title) or found.year or leading_year(link.said)
    if whole.title:
        draft.title, draft.authors, draft.year = (
            whole.title,
            whole.authors,
            whole.year or draft.year,
        )
    rest = "" if ONLY_LEAD.fullmatch(found.rest.lower()) else found.rest
    if not draft.authors and (named_behind := persons_in(rest, least=2)):
        draft.authors, rest = named_behind, ""
    cited = _names_ahead(link)
    if cited.authors and not draft.authors:
        draft.authors, draft.year = cited.authors, draft.year or cited.year
    lead = "" if link.earlier or unlinked or link.prose or cited.authors else _lead(link.said)
    draft.remark = clean_remark(f"{lead} – {rest}") if lead and rest else lead or rest
    return [*unlinked, draft]


def _names_ahead(link: Link) -> Claim:
    """Return the authors before a title: "Lee & Ray (2019), [Title]", "Ann Lee, Bob Ray. [Title]"."""
    if link.earlier or not link.said:
        return NOTHING
    said = NUMBER.sub("", link.said).strip()
    cited = names_and_year(said.strip(" ,.:–-"))
    persons = persons_in(said[:-1], least=2) if said.endswith((".", ",", ":")) else ()
    return cited if cited.authors else Claim(authors=persons)


def _whole_citation(words: str) -> Claim:
    """Return what the words of a link say that are a whole reference, "Title, A. Lee, B. Ray, 2019"; else nothing."""
    return (
        line_of_fields(words)
        if len(words.split()) > 5 and re.search(r"\b(?:19|20)\d\d\b", words)
        else NOTHING
    )


def _lead(said: str) -> str:
    """Return the remark that stands before a title."""
    lead = clean_remark(DATE.sub("", NUMBER.sub("", said))) if said else ""
    return "" if not lead or is_label(lead) or ONLY_LEAD.fullmatch(lead.lower()) else lead


def _prefix(link: Link) -> str:
    """Return the words before a link that begin its title: "Training [Compute-Optimal ...]"."""
    if link.prose or link.earlier or not link.said:
        return ""
    match = _PREFIX.match(NUMBER.sub("", link.said))
    alone = not re.search(r"\w", link.follows) and sum(1 for piece in link.line if piece.href) == 1
    if match is None or not alone:
        return ""
    first = match[1].lower().split()[0]
    return "" if first in _NO_PREFIX or is_label(match[1]) else match[1] + " "


def _unlinked_before(link: Link) -> list[Draft]:
    """Return the marked or quoted title without a link that a comma divides from the first link."""
    text = squeeze(link.said)
    if link.earlier or not text.endswith(",") or len(text.split()) < 3:
        return []
    opening = next((piece for piece in link.before if piece.text.strip()), None)
    if opening is None or not (opening.mark in ("em", "strong") or QUOTED.match(text)):
        return []
    found = claim(link.before)
    if not found.title:
        return []
    return [Draft(link.piece.line, None, found.title, authors=found.authors, year=found.year)]


# A link whose words say what it is: "pdf", an address, a picture.


def _labelled(draft: Draft, link: Link) -> Draft:
    draft.label = "" if draft.bare else link.words
    numbered = _REFERENCE.match(link.said)
    draft.reference = numbered[1] if numbered else ""
    found = _title_near(link)
    sentence = (
        sentence_with(link.piece, link.said, link.after, link.line)
        if draft.label and not link.earlier
        else ""
    )
    tail = link.tail
    if sentence and not (found.title and any(piece.mark for piece in link.after)):
        found, tail = Claim(sentence), []
    told = text_of(tail)
    if found.title:
        return _with_title(draft, found, told, link)
    return _without_title(draft, found, told, link)


def _title_near(link: Link) -> Claim:
    if not link.earlier and re.search(r"\b(?:19|20)\d\d\b", link.words):
        whole = line_of_fields(link.said + link.words)  # "Title, Ann Lee, [arXiv 2019](...)"
        if whole.title:
            return whole
    find = title_in_prose if link.prose else title_around
    return find(link.piece, link.before, link.after, bool(link.earlier))


def _with_title(draft: Draft, found: Claim, told: str, link: Link) -> Draft:
    more = trailer(told)
    if found.title not in link.said and found.title in link.follows:
        more = NOTHING
    draft.title = found.title
    draft.authors, draft.year = found.authors or more.authors, found.year or more.year
    draft.remark = clean_remark(" ".join(rest for rest in (found.rest, more.rest) if rest))
    return draft


def _without_title(draft: Draft, found: Claim, told: str, link: Link) -> Draft:
    if link.earlier and not stands_apart(link.piece, link.said, link.prose):
        draft.of = link.earlier[-1].of or link.earlier[-1]
    if link.earlier and draft.of is None:
        name, telling = urls.name_of(draft.url or "")
        draft.title = name if telling else ""
    draft.label = _told_label(draft.label, link.said)
    draft.remark = clean_remark(f"{'' if link.earlier else found.rest} {told}")
    return draft


def _told_label(label: str, said: str) -> str:
    """Return the label, or the word before it when it says nothing: "slides [here](...)"."""
    label = clean_title(label).strip("[]() ")
    if label and label.lower() not in _VAGUE:
        return label
    words = re.findall(r"[\w-]+", said)[-2:]
    told = next((word for word in reversed(words) if word.lower() in LABELS - _VAGUE), "")
    return told or label


# Of several links to one work, the text is the work.

_TEXTS = word_set(
    "paper papers pdf ps abs arxiv abstract article preprint openreview doi publication book link html acl"
)
_BESIDE = word_set(
    "code github gitlab git repo repository slides slide deck video videos youtube talk recording "
    "tweet thread twitter x discussion hn comments project demo poster dataset data model models "
    "weights colab notebook notes bibtex"
)


def _main_first(drafts: list[Draft]) -> list[Draft]:
    """Let the paper stand for the work where its code or slides are linked before it."""
    for i, draft in enumerate(drafts):
        root = draft.of
        if root is None or not (_label_words(draft) & _TEXTS) or not (_label_words(root) & _BESIDE):
            continue
        if root in drafts[:i] and not _label_words(root) & _TEXTS:
            root.url, draft.url = draft.url, root.url
            root.label, draft.label = draft.label, root.label
    return drafts


def _label_words(draft: Draft) -> set[str]:
    return set(re.findall(r"\w+", draft.label.lower()))


# Which links of a line lead to works.

_COMMAND = re.compile(
    r"(?:git clone|pip3? install(?: -\S+)*|curl(?: -\S+)*|wget(?: -\S+)*|docker pull|npm i\w*|\$)\s+\S*$"
)
_BY = re.compile(r"(?:^|[\s(])by:?\s*$", re.IGNORECASE)
_CREATED = re.compile(
    r"(?:inspired|maintained|created|made|curated|powered|supported) by:?\s*$", re.IGNORECASE
)
_CONNECTIVE = re.compile(r"^\s*(?:,|&|and|, and)\s*$")
_OF_A_PROGRAM = re.compile(
    r"^(?!https?:|file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE
)  # zotero://, obsidian://


def working_links(line: Line) -> list[Piece]:
    """Return the pieces of a line, with links that lead to no work turned into plain words or dropped."""
    pieces: list[Piece] = []
    said, person = "", -1
    for i, written in enumerate(line.pieces):
        piece = written if written.href is None else _judged(written, said, i, line)
        further = person == i - 2 >= 0 and bool(_CONNECTIVE.match(line.pieces[i - 1].text))
        if piece is not None and _names_author(piece, said, further=further):
            piece, person = Piece(written.text, written.mark), i
        if piece is not None:
            pieces.append(piece)
            said = (said + piece.text)[-200:]
    if not any(piece.href for piece in pieces):
        pieces = _credited(line, pieces)
    return _without_pictures(pieces)


def _names_author(piece: Piece, said: str, *, further: bool) -> bool:
    """True for a link on a person's name: behind "by", and behind such a one and a comma."""
    if not piece.href or not said or urls.is_address(piece.text, piece.href):
        return False
    return further or _BY.search(said[-10:]) is not None


def _without_pictures(pieces: list[Piece]) -> list[Piece]:
    if not any(piece.picture for piece in pieces):
        return pieces
    real = any(piece.href and not piece.picture for piece in pieces)
    return [piece for piece in pieces if not piece.picture or (piece.href and not real)]


def _judged(piece: Piece, said: str, i: int, line: Line) -> Piece | None:
    """Return a link as a work, as plain words, or as nothing."""
    target = piece.href or ""
    if _OF_A_PROGRAM.match(target):
        return (
            None
            if is_label(piece.text) or len(piece.text.split()) == 1
            else Piece(piece.text, piece.mark)
        )
    url = urls.as_url(urls.true_url(piece.text, target))
    if url is None and not piece.picture and urls.is_local(target):
        return piece
    words = None if piece.picture else Piece(piece.text, piece.mark)
    if url is None:
        return words
    if said.endswith("!["):
        return None
    if not urls.is_work(url, piece.text) or (said and _COMMAND.search(said[-60:])):
        return words
    if _is_person(url, piece, i, line):
        return Piece(piece.text, piece.mark)
    return Piece(piece.text, piece.mark, url, piece.line, piece.picture)


def _is_person(url: str, piece: Piece, i: int, line: Line) -> bool:
    """True for a profile, unless it is what the line is about."""
    if not urls.is_profile(url, piece.text):
        return False
    return piece.text.startswith("@") or any(
        re.search(r"\w", other.text) for other in line.pieces[:i]
    )


def _credited(line: Line, pieces: list[Piece]) -> list[Piece]:
    """The only link of a line is the work's, also when it stands on the author: "Deep Learning by [X et al.](...)"."""
    works = [
        piece
        for piece in line.pieces
        if piece.href and urls.as_url(piece.href) and urls.is_work(piece.href, piece.text)
    ]
    if len(works) != 1 or urls.is_profile(works[0].href or "", works[0].text):
        return pieces
    i = line.pieces.index(works[0])
    said = text_of(line.pieces[:i])
    if not _BY.search(said[-100:]) or _CREATED.search(said[-100:]) or len(said.split()) < 3:
        return pieces
    title = re.sub(r"[\s(]by:?\s*$", " ", said, flags=re.IGNORECASE)
    return [
        Piece(title, line.pieces[0].mark),
        Piece("[]", "", works[0].href, works[0].line),
        Piece(f" by {works[0].text}"),
        *pieces[i + 1 :],
    ]
