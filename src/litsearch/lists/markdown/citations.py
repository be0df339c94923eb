"""Read who wrote a work and when: the words behind a title, and whole references in the manner of journals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litsearch.lists.fields import authors_in, clean_remark, clean_title, squeeze, word_set, year_in

_YEAR = r"(?:19|20)\d\d"
_BY_LEAD = re.compile(r"^[\s,.–—-]*\(?(?:written )?by:?\s+", re.IGNORECASE)
_NAMES_END = re.compile(
    r"\s*(?:\((?=\d{4}|[A-Z])|\s[-–—|]\s|[:;](?=\s)|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)(?<!\bProf)"
    r"\.(?=\s[A-Z]|$)|\s[-–—]|$|(?<=\w\w\w),(?=\s[a-z]))"
)
_YEAR_FIRST = re.compile(rf"^[\s,.–—-]*[(\[]{_YEAR}(?:[-/.]\d{{1,2}}){{0,2}}[)\]]")
_BY_END = re.compile(rf"^(.{{3,}}?)(?:,|\s[-–—])?\s+by\s+([^()]{{2,200}}?)\s*(?:\({_YEAR}\))?\s*$")
_ET_AL = re.compile(
    r"^\W*(?:\([^()]{0,40}\)\W*)?([^\W\d_][^()\[\]:;!?\"“”]{1,150}?),?\s+et\.? al\b\.?",
    re.IGNORECASE,
)
_NAMES_YEAR = re.compile(  # ", Ann Lee and Bob Ray, 2017.", "– Lee, Ray, Dee (1996)"
    rf"^\s*(?P<mark>,|[-–—]|by\b)\s*(?P<names>[^()\[\]:;!?\d]{{4,200}}?),?\s*(?:\((?P<in>{_YEAR})\)|(?P<end>{_YEAR})\W*$)"
)
_YEAR_END = re.compile(rf",\s*({_YEAR})\W{{0,3}}$")
_NO_PERSON = word_set(
    "conference conf symposium workshop press university institute lab labs journal review reviews news magazine "
    "times summit day days con meetup school week foundation blog group research team loop inc part chapter volume "
    "edition lecture session talk paper book great good new best free must the a an of for in on to with spring summer "
    "autumn fall winter proceedings letters nature science annual international acm ieee usenix vldb sigmod nips "
    "neurips icml iclr cvpr google microsoft facebook amazon open access software systems language programming "
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)

NUMBER = re.compile(
    r"^\W{0,3}(?:\[\^?\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)])[\s*:.]+(?=\S)|^\W{0,3}\[\^?\w{1,10}\]:?\s*$"
)
_KEY = re.compile(r"^\W{0,3}\[[^\[\]]{3,60}\]:?\s+(?=[A-Z])")  # "[Liskov & Zilles 1974]"
_APA = re.compile(  # "Liskov, B., & Zilles, S. (1974, May). Programming with abstract data types. SIGPLAN ..."
    rf"^([^\W\d_][^()\[\]]{{1,300}}?)\s*\((?:({_YEAR})[a-z]?(?:, [^()]{{2,20}})?|n\.d\.)\)[.,:]\s+"
    r"(.{8,250}?)(?:[.?!](?=\s|$)|$)(.*)$"
)
_HARVARD = re.compile(
    rf"^([A-Z][^()\[\]\"“]{{2,300}}?),?\s+({_YEAR})[a-z]?\.\s+(.{{8,250}}?)(?:[.?!](?=\s|$)|$)(.*)$"
)
_SURNAME_FIRST = re.compile(r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?),\s*((?:[A-Z]\.[ -]?)+)")
_JOURNAL = re.compile(  # "A. Turing, "Computing machinery and intelligence," Mind, vol. 59, pp. 433-460, 1950."
    r"^([^\"“]{3,300}?)[,.]\s+[\"“]([^\"”“]{3,300}?)[,.]?[\"”],?\s*(.*)$"
)
_GBT = re.compile(
    r"^([^\[\]]{2,200}?)[.．]\s*([^\[\]]{2,250}?)\s*\[(?:[A-Z]|[A-Z]{2}/OL|[A-Z]/OL)\]\s*[.．,:：]?\s*(.*)$"
)
_INITIALS_NAME = re.compile(
    r"(?:[A-Z]\.[ -]?){1,3} ?(?:van |von |de |der )*[A-Z][\w'’-]+|[A-Z][\w'’-]+,? (?:[A-Z]\.[ -]?){1,3}"
)
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)+\w")
_VENUE_YEAR = re.compile(rf"^[\w.&@/:' -]{{0,40}}?[ '’]?({_YEAR})\W{{0,3}}$")
_TITLE_YEAR = re.compile(
    rf"^(.{{3,200}}?)\s*[(\[](?:[A-Z][\w.&/+ -]{{1,30}}[ '’])?({_YEAR})[)\]],\s+(.{{3,200}})$"
)
_NAME = r"(?:[A-Z][\w.'’-]*|and|&|et al\.?|van|von|de|der)"
_NAMES_LINK = re.compile(  # words of a link that are a citation: "Lee and Ray (2019)", "Quan, 2015"
    rf"^\W?({_NAME}(?:[ ,]+{_NAME})*?),?\s*[(\[]?({_YEAR})[a-z]?[)\]]?\W?$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a run of words says when it is read as a title."""

    title: str = ""
    rest: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None


NOTHING = Claim()


def by_end(text: str) -> re.Match[str] | None:
    """Return a line "title by names (2017)" as a match of title and names."""
    return _BY_END.match(text) if " by " in text else None


def names_and_year(text: str) -> Claim:
    """Return the authors and year of a link whose words are a citation: "Lee and Ray (2019)"; else nothing."""
    match = _NAMES_LINK.match(squeeze(text)) if "19" in text or "20" in text else None
    names = authors_in(match[1].replace("&", " and ")) if match else ()
    known = not any(
        word.lower() in _NO_PERSON or word[-1].isdigit() for name in names for word in name.split()
    )
    short = all(len(name.split()) <= (1 if len(names) == 1 else 3) for name in names)
    return Claim("", "", names, int(match[2])) if match and names and known and short else NOTHING


def persons_in(text: str, *, least: int = 1) -> tuple[str, ...]:
    """Return the names of a list of at least so many persons, each of two words or more; () when one is none for sure.

    From four names on, surnames alone will do: three capital words may as well be tags or towns.
    """
    names = authors_in(text)
    known = not any(word.lower() in _NO_PERSON for name in names for word in name.split())
    whole = all(2 <= len(name.split()) <= 4 and not name.isupper() for name in names)
    return names if len(names) >= least and known and (whole or len(names) > 3) else ()


def persons_before(text: str) -> tuple[str, ...]:
    """Return the persons that a comma divides from the quoted title behind them: 'Ann Lee, "A Title"'."""
    text = text.rstrip()
    return persons_in(text[:-1]) if text.endswith(",") and len(text) < 200 else ()


# What stands behind a title.


def trailer(text: str) -> Claim:
    """Return what the words behind a title say: "by X and Y (2017) - remark"."""
    text = squeeze(text)
    if not text:
        return NOTHING
    authors: tuple[str, ...] = ()
    lead = _BY_LEAD.match(text)
    if lead:
        authors, text = _names_behind(text[lead.end() :], text)
    elif found := _named(text):
        return found
    year = year_in(text[:80])
    if year is None and (dated := _YEAR_END.search(text[:80])):
        year = int(dated[1])
    if year and (match := _YEAR_FIRST.match(text)):
        text = text[match.end() :]
    return Claim("", clean_remark(text), authors, year)


def _names_behind(rest: str, text: str) -> tuple[tuple[str, ...], str]:
    """Return the names behind "by", and what follows them."""
    for stop in _NAMES_END.finditer(rest[:300]):
        authors = authors_in(rest[: stop.start()])
        if authors:
            return authors, rest[stop.start() :]
    return (), text


def _named(text: str) -> Claim | None:
    """Return what a text says that begins with names: "Ann Lee et al.", ", Ann Lee, 2017."."""
    several = _ET_AL.match(text) if " al" in text else None
    if several and (authors := authors_in(several[1])):
        rest = text[: several.start(1)] + text[several.end() :]
        year = year_in(text[:120]) or _year_end(text[:120])
        return Claim("", clean_remark(_without_year(rest)), authors, year)
    return _dated(text) or _listed(text)


def _dated(text: str) -> Claim | None:
    dated = _NAMES_YEAR.match(text) if "19" in text or "20" in text else None
    if dated is None:
        return None
    authors = persons_in(dated["names"], least=1 if dated["mark"] == "," and dated["end"] else 2)
    year = int(dated["in"] or dated["end"])
    return Claim("", clean_remark(text[dated.end() :]), authors, year) if authors else None


def _listed(text: str) -> Claim | None:
    """Return names with initials that commas divide, and the year behind them: "(FernConf 2019), D. Poe, E. Quan"."""
    opening = _YEAR_BEFORE.match(text)
    year = year_in(opening[0]) if opening else None
    parts = _SEGMENTS.split(text[opening.end() :] if opening else text.lstrip(" ,.–—-"))
    names = _take_persons(parts)
    rest = ", ".join(part for part in parts[len(names) :] if part.strip())
    placed = _VENUE_YEAR.match(rest.strip(" .*"))
    if not any(_INITIALS_NAME.fullmatch(name) for name in names) and not (
        len(names) > 1 and placed
    ):
        return None
    year = year or year_in(rest, anywhere=True)
    return Claim("", "" if placed else clean_remark(rest), tuple(names), year)


_YEAR_BEFORE = re.compile(rf"^[\s,.–—-]*\((?:[^()]{{0,40}}[ '’,])?{_YEAR}\)[,.:]?\s*")
_SEGMENTS = re.compile(r"(?<=[^\W\d_]{2})[.](?=\s|$)\s*|,\s+(?:and |& )?|\s+(?:and|&)\s+")


def _is_person(text: str) -> bool:
    if _INITIALS_NAME.fullmatch(text):
        return True
    return bool(persons_in(text)) and len(text.split()) <= 4 and "," not in text


def _year_end(text: str) -> int | None:
    dated = _YEAR_END.search(text)
    return int(dated[1]) if dated else None


def _without_year(text: str) -> str:
    return text if (match := _YEAR_FIRST.match(text)) is None else text[match.end() :]


# Whole references.


def reference(text: str) -> Claim:
    """Return what a reference in the manner of journals says; an empty Claim for other text."""
    text = NUMBER.sub("", text)
    if text[:4].lstrip()[:1] == "[":
        text = _KEY.sub("", text)
    for style in (_numbered_style, _journal_style, _apa_style, _harvard_style):
        found = style(text)
        if found is not None:
            return found
    return NOTHING


def _numbered_style(text: str) -> Claim | None:
    """Read GB/T 7714: "李安, 雷波. 苔藓的柔软[J]. 苔藓学报, 2019", "LEE A, RAY B. Title[J]. Journal, 2019"."""
    match = _GBT.match(text) if "[" in text else None
    if match is None:
        return None
    names = [_gbt_name(name) for name in re.split(r"[,，、]\s*", match[1]) if name.strip(" .等")]
    year = year_in(match[3], anywhere=True)
    rest = re.sub(r"https?://\S+", " ", match[3])
    return Claim(
        clean_title(match[2]), clean_remark(rest), tuple(name for name in names if name), year
    )


def _gbt_name(name: str) -> str:
    """Return "LEE A" as "A Lee"; other names as they are."""
    words = name.replace("等", "").split()
    if (
        len(words) > 1
        and words[0].isupper()
        and all(len(word.strip(".")) <= 2 for word in words[1:])
    ):
        return " ".join([*words[1:], words[0].capitalize()])
    return "" if name.strip().lower().startswith("et al") else " ".join(words)


def _journal_style(text: str) -> Claim | None:
    """Read names before a quoted title: 'A. Turing, "Computing", Mind, 1950', 'Dee, Cy. "Fog."'."""
    match = _JOURNAL.match(text)
    if match is None:
        return None
    authors = _authors(match[1])
    if not authors:
        return None
    year = year_in(match[3][-400:], anywhere=True)
    return Claim(clean_title(match[2]), clean_remark(match[3]), authors, year)


def _authors(names: str) -> tuple[str, ...]:
    """Return the names before a quoted title; () when they are none for sure."""
    names = re.sub(r",?\s+et al\.?$", "", names.strip())
    turned = re.match(
        r"^([A-Z][\w'’-]+), ([A-Z][\w'’.-]*(?: [A-Z][\w.]*)?)(?:,? (?:and|&) (.+))?$", names
    )
    if turned:
        others = authors_in(turned[3]) if turned[3] else ()
        return (f"{turned[2]} {turned[1]}", *others)
    if _INITIALS.match(names):
        return authors_in(names)
    return persons_in(names)


def _apa_style(text: str) -> Claim | None:
    match = _APA.match(text)
    if match is None:
        return None
    names = tuple(f"{given.strip()} {family}" for family, given in _SURNAME_FIRST.findall(match[1]))
    if not names and match[2] is not None and "," in match[1]:
        return None
    names = names or (authors_in(match[1].rstrip(" .")) if match[2] is None else ())
    year = int(match[2]) if match[2] else None
    return (
        Claim(clean_title(match[3].strip("*_ ")), clean_remark(match[4]), names, year)
        if names
        else None
    )


def _harvard_style(text: str) -> Claim | None:
    """Read "Lee, A. and Ray, B., 2019. Title. Journal, 3(2)."."""
    match = _HARVARD.match(text)
    names = (
        [f"{given.strip()} {family}" for family, given in _SURNAME_FIRST.findall(match[1])]
        if match
        else []
    )
    if match is None or not names:
        return None
    return Claim(clean_title(match[3]), clean_remark(match[4]), tuple(names), int(match[2]))


def line_of_fields(text: str) -> Claim:
    """Return what commas or full stops divide: "Title, A. Lee, B. Ray, ICML 2020", "Ann Lee, Title, Press, 2001"."""
    text = squeeze(NUMBER.sub("", text)).rstrip(" ,;|")
    titled = _TITLE_YEAR.match(text)
    if titled and (found := _named(f", {titled[3]}")) and found.authors:
        return Claim(clean_title(titled[1]), found.rest, found.authors, int(titled[2]))
    if "19" not in text and "20" not in text and " al" not in text:
        return NOTHING
    return _title_first(text) or _names_first(text) or NOTHING


def _title_first(text: str) -> Claim | None:
    """Read "Title, names, venue year" and "Title. Names. Venue year": names with initials, or two and more."""
    for stop in re.finditer(r"(?<=\w)[,.]\s+(?=[A-Z])", text[:250]):
        rest = text[stop.end() :]
        several = _ET_AL.match(rest) if " al" in rest else None
        if several and (authors := authors_in(several[1])) and len(several[1].split()) <= 6:
            return Claim(
                clean_title(text[: stop.start()]), "", authors, year_in(rest, anywhere=True)
            )
        parts = [part for part in _SEGMENTS.split(rest) if part.strip()]
        if _is_person(text[: stop.start()]):
            return None
        names = _take_persons(parts)
        behind = ", ".join(parts[len(names) :])
        sure = len(names) > 1 or any(_INITIALS_NAME.fullmatch(name) for name in names)
        venue = _VENUE_YEAR.match(behind.strip(" .*"))
        if names and sure and venue and len(text[: stop.start()].split()) > 0:
            return Claim(clean_title(text[: stop.start()]), "", tuple(names), int(venue[1]))
    return None


def _names_first(text: str) -> Claim | None:
    """Read "Ann Lee and Bob Ray, Title, Venue, Year" and "Lee, Ann, Title, Press, Year"."""
    sentences_claim = _sentences(text)
    if sentences_claim is not None:
        return sentences_claim
    ending = re.search(rf",\s*(?:[^,]{{2,60}},\s*)?({_YEAR})\W{{0,3}}$", text)
    if ending is None:
        return None
    parts = [part.strip() for part in re.split(r",\s+", text[: ending.start()])]
    names = _take_persons(_SEGMENTS.split(parts[0]))
    if (
        names
        and len(parts) == 2
        and " and ".join(names).replace(" ", "")
        == parts[0].replace(" & ", " and ").replace(" ", "")
    ):
        return Claim(clean_title(parts[1]), "", tuple(names), int(ending[1]))
    single = (
        len(parts) == 3
        and re.fullmatch(r"[A-Z][\w'’-]+", parts[0])
        and re.fullmatch(r"[A-Z][\w.'’-]*", parts[1])
    )
    if single:
        return Claim(clean_title(parts[2]), "", (f"{parts[1]} {parts[0]}",), int(ending[1]))
    return None


def _sentences(text: str) -> Claim | None:
    """Read "Ann Lee, Bob Ray. Title. Venue 2019"."""
    sentences = re.split(r"(?<=\w\w)\.\s+", text.rstrip("."))
    if len(sentences) < 3:
        return None
    parts = _SEGMENTS.split(sentences[0])
    persons = _take_persons(parts)
    placed = _VENUE_YEAR.match(sentences[-1])
    if not persons or len(persons) < len(parts) or placed is None:
        return None
    return Claim(clean_title(sentences[1]), "", tuple(persons), int(placed[1]))


def _take_persons(parts: list[str]) -> list[str]:
    names: list[str] = []
    for part in parts:
        if not _is_person(part.strip(" .")):
            break
        names.append(part.strip())
    return names
