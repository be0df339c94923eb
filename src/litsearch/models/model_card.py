"""What the card of a model declares: the head of its README.md, which is YAML."""

from __future__ import annotations

from pathlib import Path

from litsearch.patterns import expression
from litsearch.untrusted import read_bytes

CARD_FILE = "README.md"
_HEAD = expression(r"(?s)---[ \t]*\n(.{0,20000}?)\n---")
_CODE = expression(r"[a-z]{2}(?:[-_].*)?")


def declared_languages(folder: Path) -> tuple[str, ...]:
    """Return the languages (ISO 639-1) that the card in a folder declares, sorted; () when there
    is no card, or it names none, or others than these ("multilingual").
    """
    import yaml  # type: ignore[import-untyped]  # a build needs it, a query does not

    try:
        card = read_bytes(folder / CARD_FILE).decode("utf-8")
        head = _HEAD.match(card.replace("\r\n", "\n"))
        settings = yaml.safe_load(head[1]) if head else None
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return ()
    return _codes(settings.get("language") if isinstance(settings, dict) else None)


def _codes(declared: object) -> tuple[str, ...]:
    """Return the codes of a language or of a list of them; () when one is something else."""
    rows = declared if isinstance(declared, list) else [declared]
    if not all(isinstance(row, str | bool) for row in rows):
        return ()  # lists within lists, which aliases may make as long as they like
    # YAML takes Norway's code for False.
    codes = ["no" if row is False else str(row).strip().lower() for row in rows]
    if not all(_CODE.fullmatch(code) for code in codes):
        return ()
    return tuple(sorted({code[:2] for code in codes}))
