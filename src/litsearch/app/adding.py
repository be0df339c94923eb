"""Take in what a person has: addresses, documents, list files, and folders of documents."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from litsearch.app import adapters, editing
from litsearch.app.editing import Edit
from litsearch.app.folders import DOCUMENTS, files_below
from litsearch.config import Config
from litsearch.errors import ConfigError, ListError, LitsearchError, QueryError

_PATHS = re.compile(r"^(paths[ \t]*=[ \t]*)\[([^\]\n]*)\]", re.MULTILINE)
_TABLE = re.compile(r"^\[lists\][ \t]*$", re.MULTILINE)


def add_url(
    library: Path, config: Config, url: str, list_name: str, section: str, title: str, remark: str
) -> Edit:
    """Write an address into a list, under the page's own title when none is given.

    Raises ListError, ConfigError, QueryError when the page has no title.
    """
    editing.check_address(url)
    if not title:
        _, page = next(adapters.extract_all(library, config, [url]))
        if isinstance(page, LitsearchError) or not page.title:
            message = f"The title of {url} could not be found out."
            raise QueryError(message, "Give it with --title.")
        title = page.title
    return editing.add_link(library, url, title, remark, list_name, section)


def add_file(library: Path, path: Path, list_name: str, section: str) -> Edit:
    """Copy a document or a list into the library. Raises ListError, ConfigError."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ListError(f"{path} cannot be read: {error.strerror}.", "Correct the path.") from None
    return editing.add_file(library, path.name, body, list_name, section)


def add_folder(library: Path, folder: Path) -> int:
    """Name a folder in the settings, so that its documents are works; returns how many it has.

    Raises ListError for one without documents, ConfigError when the settings cannot be changed.
    """
    documents = [path for path in files_below(folder) if path.suffix.lower() in DOCUMENTS]
    if not documents:
        raise ListError(f"The folder {folder} holds no document.", "Name files or another folder.")
    settings = library / "config" / "litsearch.toml"
    text = settings.read_text("utf-8") if settings.exists() else ""
    changed = _with_path(text, str(folder.resolve()))
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(changed, "utf-8")
    return len(documents)


def _with_path(text: str, path: str) -> str:
    """Return settings that name one more path under [lists]. Raises ConfigError."""
    lists = tomllib.loads(text.removeprefix("\ufeff")).get("lists", {})
    known = lists.get("paths", [])
    if path in ([known] if isinstance(known, str) else known):
        return text
    if "paths" in lists:
        added = _PATHS.sub(lambda match: _longer(match, path), text, count=1)
    elif _TABLE.search(text):
        added = _TABLE.sub(lambda match: f"{match[0]}\npaths = [{json.dumps(path)}]", text, count=1)
    else:
        gap = "" if not text or text.endswith("\n\n") else "\n" * (2 - text.endswith("\n"))
        added = f"{text}{gap}[lists]\npaths = [{json.dumps(path)}]\n"
    now = tomllib.loads(added.removeprefix("\ufeff")).get("lists", {}).get("paths", [])
    if path not in now:
        raise ConfigError("[lists] paths could not be changed.", f"Add {path} to it by hand.")
    return added


def _longer(match: re.Match[str], path: str) -> str:
    inside = match[2].rstrip().rstrip(",")
    return f"{match[1]}[{inside}{', ' if inside.strip() else ''}{json.dumps(path)}]"
