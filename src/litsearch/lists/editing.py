"""Edit a Markdown list as its owner would: one line changed or added, all other bytes kept.

After an edit the list is read again: every other entry must be what it was, or the edit is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from litsearch.errors import ListError
from litsearch.patterns import expression
from litsearch.types import Entry

Parse = Callable[[str], Sequence[Entry]]
BY_HAND = "Edit the list by hand."
_SIGN = r"(?P<sign>[-*+]|\d{1,6}[.)])(?P<gap>[ \t]+)(?P<box>\[[ xX]\][ \t]+)?(?=\S)"
_BULLET = expression(rf"^(?P<indent>[ \t]*){_SIGN}")
_OUTER_BULLET = expression(rf"^{_SIGN}")
_HEADING = expression(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_LINK_TEXT = expression(r"\[(?:\\.|[^\[\]\\])*\]\(")
_FENCE = expression(r"^ {0,3}(```|~~~)")


def marked(
    text: str, parse: Parse, entry: Entry, *, read: bool | None = None, remark: str = ""
) -> str:
    """Return the list with a read mark set or taken away, or words added to a remark.

    entry is as the index knows it; the line is the one where it stands now. Raises ListError.
    """
    before = list(parse(text))
    place = _place(before, entry)
    lines = text.splitlines(keepends=True)
    row = before[place].line - 1
    body = lines[row].rstrip("\r\n")
    end = lines[row][len(body) :]
    if read is not None:
        body = _boxed(body, read=read)
    if remark:
        body = f"{body.rstrip()}{'; ' if before[place].remark else ' - '}{_plain(remark)}"
    lines[row] = body + end
    changed = "".join(lines)
    _check(before, list(parse(changed)), place, read, remark)
    return changed


def added(text: str, parse: Parse, words: str, section: str = "") -> str:
    """Return the list with one more entry at a section's end, in the section's style of bullets.

    A section that is not there is made, at the end. Without one, the entry goes to the end of the
    list. Raises ListError.
    """
    before = list(parse(text))
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    start, end, level = _section(lines, section)
    if start < 0:
        start = end = _begin_section(lines, f"{'#' * level} {section.strip()}")
    style = _style(lines[start:end]) or _style(lines) or "- "
    last, blank = _after(lines, start, end)
    row = last + 1 + blank
    lines[last + 1 : last + 1] = [*[""] * blank, style + _one_line(words)]
    if "".join(lines[row + 1 : row + 2]).strip():
        lines.insert(row + 1, "")

    changed = newline.join(lines) + newline
    after = list(parse(changed))
    others = [entry for entry in after if entry.line != row + 1]
    if len(after) != len(before) + 1 or _without_lines(others) != _without_lines(before):
        raise ListError("The entry would change how other lines of the list are read.", BY_HAND)
    return changed


def _begin_section(lines: list[str], heading: str) -> int:
    """Put a heading at the end, an empty line above it; returns the row behind it."""
    if lines and lines[-1].strip():
        lines.append("")
    lines.append(heading)
    return len(lines)


def _without_lines(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries without the lines that they stand on, for comparing."""
    return [replace(entry, line=0) for entry in entries]


def removed(text: str, parse: Parse, entry: Entry) -> str:
    """Return the list without an entry's line. Raises ListError when another entry would change."""
    before = list(parse(text))
    place = _place(before, entry)
    lines = text.splitlines(keepends=True)
    del lines[before[place].line - 1]
    changed = "".join(lines)
    del before[place]
    if _without_lines(parse(changed)) != _without_lines(before):
        raise ListError("Without this line other entries would be read otherwise.", BY_HAND)
    return changed


def retitled(text: str, parse: Parse, entry: Entry, title: str) -> str:
    """Return the list with another text for an entry's link. Raises ListError."""
    words = _plain(title)

    def change(line: str) -> str:
        if _LINK_TEXT.search(line) is None:
            raise ListError("Only the text of a link can be changed.", BY_HAND)
        return _LINK_TEXT.sub(lambda match: f"[{words}](", line, count=1)

    def expected(new: Entry, old: Entry) -> bool:
        return replace(new, title=old.title) == old and _letters(new.title) == _letters(title)

    return _with_line(text, parse, entry, change, expected)


def tagged(text: str, parse: Parse, entry: Entry, tags: Sequence[str]) -> str:
    """Return the list with #tags behind an entry, those that it lacks. Raises ListError."""

    def change(line: str) -> str:
        missing = [tag.lstrip("#") for tag in tags if f"#{tag.lstrip('#')}" not in line.split()]
        return " ".join([line.rstrip(), *(f"#{tag}" for tag in missing)])

    def expected(new: Entry, old: Entry) -> bool:
        return (new.title, new.url, new.read) == (old.title, old.url, old.read)

    return _with_line(text, parse, entry, change, expected)


def _with_line(
    text: str,
    parse: Parse,
    entry: Entry,
    change: Callable[[str], str],
    expected: Callable[[Entry, Entry], bool],
) -> str:
    """Return the list with an entry's line changed.

    Raises ListError unless only that entry reads otherwise.
    """
    before = list(parse(text))
    place = _place(before, entry)
    lines = text.splitlines(keepends=True)
    row = before[place].line - 1
    body = lines[row].rstrip("\r\n")
    lines[row] = change(body) + lines[row][len(body) :]
    changed = "".join(lines)
    after = list(parse(changed))
    same_length = len(after) == len(before)
    if same_length and expected(after[place], before[place]):
        before[place] = after[place]
        if before == after:
            return changed
    raise ListError("The change would alter how the list is read elsewhere.", BY_HAND)


def file_item(title: str, url: str) -> str:
    """Return an entry for a file of the library."""
    return f"[{_plain(title)}]({url})"


def item(title: str, url: str, remark: str = "") -> str:
    """Return an entry as people write it: [title](url) - remark.

    Raises ListError for what is no address of the web.
    """
    if not re.fullmatch(r"https?://[^\s<>()\[\]\\]+(?:\([^\s<>()\[\]\\]*\)[^\s<>()\[\]\\]*)*", url):
        raise ListError(
            f"{url!r} is not an address of the web.", "Give one that begins with https://."
        )
    return f"[{_plain(title)}]({url})" + (f" - {_plain(remark)}" if remark.strip() else "")


def _place(entries: Sequence[Entry], entry: Entry) -> int:
    """Return where the entry stands: on its line, else the only one of its title and address."""
    key = (entry.title, entry.url)
    same = [n for n, other in enumerate(entries) if (other.title, other.url) == key]
    here = [n for n in same if entries[n].line == entry.line]
    if len(here) != 1 and len(same) != 1:
        raise ListError(
            f"{entry.title!r} is not in the list as the index knows it.",
            "Run `litsearch build`, then try again.",
        )
    return (here or same)[0]


def _boxed(line: str, *, read: bool) -> str:
    bullet = _BULLET.match(line)
    if bullet is None:
        raise ListError("Only an item of a bulleted list can be marked.", BY_HAND)
    box = "[x] " if read else "[ ] "
    return f"{bullet['indent']}{bullet['sign']}{bullet['gap']}{box}{line[bullet.end() :]}"


def _check(
    before: list[Entry], after: list[Entry], place: int, read: bool | None, remark: str
) -> None:
    """Raise ListError unless the one entry changed as asked, and no other did."""
    if len(before) == len(after):
        old, new = before.pop(place), after.pop(place)
        is_same = replace(new, read=old.read, remark=old.remark) == old
        is_marked = read is None or bool(new.read) == read
        is_told = _letters(new.remark).endswith(_letters(remark))
        if is_same and is_marked and is_told and before == after:
            return
    raise ListError("The change would alter how the list is read elsewhere.", BY_HAND)


def _section(lines: Sequence[str], name: str) -> tuple[int, int, int]:
    """Return first and last row (exclusive) of a section, and its level; -1 when it is missing."""
    headings: list[tuple[int, int, str]] = []
    fenced = False
    for row, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading:
            headings.append((row, len(heading[1]), heading[2]))
    if not name:
        return 0, len(lines), 1
    for n, (row, level, title) in enumerate(headings):
        if title.casefold() == name.strip().casefold():
            # Its own entries, before any heading below it.
            return row + 1, headings[n + 1][0] if n + 1 < len(headings) else len(lines), level
    levels = [level for _, level, _ in headings if level > 1]
    return -1, len(lines), min(levels, default=2)


def _after(lines: Sequence[str], start: int, end: int) -> tuple[int, bool]:
    """Return the row to write behind, and whether an empty line comes between.

    It is the last item of the section, else its end.
    """
    items = [row for row in range(start, end) if _BULLET.match(lines[row])]
    if not items:
        last = max((row for row in range(end) if lines[row].strip()), default=end - 1)
        return last, last >= 0
    last = items[-1]
    while last + 1 < end and lines[last + 1].startswith((" ", "\t")) and lines[last + 1].strip():
        last += 1
    return last, False


def _style(lines: Sequence[str]) -> str:
    """Return how the last outermost bullet is written, with an empty box where most have one."""
    bullets = list(filter(None, map(_OUTER_BULLET.match, lines)))
    if not bullets:
        return ""
    last = bullets[-1]
    sign = last["sign"]
    if sign[:-1].isdigit():
        sign = f"{int(sign[:-1]) + 1}{sign[-1]}"
    boxes = [bullet["box"] for bullet in bullets if bullet["box"]]
    box = "[ ] " if 2 * len(boxes) > len(bullets) else ""
    return f"{sign}{last['gap']}{box}"


def _letters(words: str) -> str:
    return "".join(c for c in words if c.isalnum())


def _plain(words: str) -> str:
    """Return words so that Markdown reads them as they are."""
    return re.sub(r"([\\<\[\]`*_])", r"\\\1", _one_line(words))


def _one_line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
