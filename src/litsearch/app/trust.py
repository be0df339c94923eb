"""Decide which settings of a library hold: those that reach out only once this user trusts them.

A bundle, a cloned folder, or a library that was handed on brings its own settings. What the user
trusted is remembered outside the library, by digests of those settings: one that changes has to be
trusted again. Settings of the environment, and of a library that this user made, are the user's
own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from litsearch.app.folders import paths_in
from litsearch.config import Config, place_of, read_settings, settings_file, user_folder
from litsearch.errors import ConfigError, StoreError

MADE = "made here"
FROM_BUNDLE = "from-bundle"  # a file in index/ that says where the library came from

MODELS = ("answer.nli", "embedder.model", "reranker.model")  # a name is asked for at the hub
SENDS = ("answer.base_url", "build.on", "fetch.contact", "index.cache", "index.store", *MODELS)
FOLDERS = ("lists.paths", "lists.files", "serve.vault")  # outside the library
REACHES = (
    *FOLDERS,
    "fetch.allow_private",
    "serve.host",
    "serve.build",
    "serve.write",
    "serve.origins",
    "serve.tokens_file",
)


# What a first build takes on its own, since a script that lists pages of this machine cannot be
# asked. Services, and lists elsewhere on the disk, wait for `litsearch trust`.
FIRST = ("fetch.allow_private",)
LINKS = "links"  # that lead out of the library: trusted with its settings


def withheld(library: Path) -> dict[str, Any]:
    """Return the settings of a library's file that do not hold yet, by "section.key".

    Raises ConfigError.
    """
    delicate = delicate_settings(library)
    if not delicate or _is_own(library):
        return {}
    digests = _digests(library)
    return {
        name: value for name, value in delicate.items() if digests.get(name) != _digest(name, value)
    }


def delicate_settings(library: Path) -> dict[str, Any]:
    """Return the settings of a library's file that reach out, by "section.key"."""
    table = read_settings(settings_file(library))
    delicate: dict[str, Any] = {}
    for name in (*SENDS, *REACHES):
        if _is_delicate(table, name, library):
            delicate[name] = _value(table, name)
    return delicate


def in_words(delicate: Mapping[str, Any]) -> str:
    """Return settings as a line: "answer.base_url = https://example.org/v1"."""
    return ", ".join(f"{name} = {json.dumps(value)}" for name, value in delicate.items())


def trust(library: Path, names: Collection[str] = (*SENDS, *REACHES, LINKS)) -> None:
    """Remember that the user trusts settings of a library as they are, and links that lead out of
    it. Raises StoreError.
    """
    if _is_own(library):
        return

    digests = _digests(library)
    for name, value in delicate_settings(library).items():
        if name in names:
            digests[name] = _digest(name, value)
    if LINKS in names:
        digests[LINKS] = _digest(LINKS, True)
    _remember(library, digests)


def trust_made(library: Path) -> None:
    """Remember that this user made a library: its settings are the user's own."""
    with suppress(StoreError, ConfigError):  # where nothing can be remembered, it is asked about
        _remember(library, MADE)


def trust_first(library: Path) -> dict[str, Any]:
    """Trust what is in FIRST in a library that the user names and that was never built.

    Returns these settings. Nothing is trusted in what came from elsewhere. Raises ConfigError.
    """
    if (library / "index" / "CURRENT").exists() or came_from_elsewhere(library):
        return {}

    reaching = {name: value for name, value in withheld(library).items() if name in FIRST}
    if reaching:
        with suppress(StoreError, ConfigError):
            trust(library, FIRST)
    return {name: value for name, value in reaching.items() if name not in withheld(library)}


def forget(library: Path) -> None:
    """Trust a library's settings no longer. Raises StoreError."""
    _remember(library, None)


def trusted_libraries() -> list[str]:
    """Return the folders whose settings this user has trusted."""
    return sorted(folder for folder, record in _memory().items() if record)


def came_from_elsewhere(library: Path) -> bool:
    """Tell whether a library came in a bundle or a repository, so that others may have
    written it.
    """
    if (library / "index" / FROM_BUNDLE).exists():
        return True
    folder = library.resolve()
    return any((above / ".git").exists() for above in (folder, *folder.parents))


def leads_out(path: Path, library: Path) -> bool:
    """Tell a link out of a library, which others may have written to read files that are not
    theirs: unless this user made or trusted the library, and it came in no bundle or repository.
    """
    if path.resolve().is_relative_to(library.resolve()):
        return False
    return not (_is_own(library) or _has_trusted_links(library))


def _is_delicate(table: Mapping[str, Any], name: str, library: Path) -> bool:
    """Tell whether a setting reaches out: neither the default, nor a model on this disk."""
    value = _value(table, name)
    section, key = name.split(".")
    usual = getattr(getattr(Config(), section, None), key, None)
    if value is None or value == usual:
        return False
    if name in FOLDERS:
        return not _are_within(name, value, library)
    return name not in MODELS or not _is_on_the_disk(str(value), library)


def _are_within(name: str, value: object, library: Path) -> bool:
    """Tell whether every path of a setting lies in the library, links followed."""
    paths = value if isinstance(value, list) else [value]
    if isinstance(value, str) and name.startswith("lists."):
        paths = paths_in(value)
    home = library.resolve()
    for path in paths:
        if not place_of(str(path), home).is_relative_to(home):
            return False
    return True


def _is_on_the_disk(model: str, library: Path) -> bool:
    from litsearch.models.model_folder import PACKAGED

    return model in PACKAGED or place_of(model, library).is_dir()


def _value(table: Mapping[str, Any], name: str) -> Any:
    section, key = name.split(".")
    values = table.get(section)
    if not isinstance(values, dict):
        return None
    return values.get(key)


def _is_own(library: Path) -> bool:
    """Tell whether this user made the library, and nobody else may have written it since."""
    return _memory().get(str(library.resolve())) == MADE and not came_from_elsewhere(library)


def _has_trusted_links(library: Path) -> bool:
    trusted = _digests(library).get(LINKS) == _digest(LINKS, True)
    return trusted and not came_from_elsewhere(library)


def _digests(library: Path) -> dict[str, str]:
    """Return the digests of the settings that were trusted, by "section.key"."""
    record = _memory().get(str(library.resolve()))
    return record if isinstance(record, dict) else {}


def _digest(name: str, value: object) -> str:
    return hashlib.sha256(json.dumps([name, value], default=str).encode()).hexdigest()


def _memory() -> dict[str, Any]:
    """Return what is remembered, by folder; nothing where nothing can be."""
    try:
        memory = json.loads(_file().read_bytes())
    except (OSError, ValueError, ConfigError):
        return {}
    return memory if isinstance(memory, dict) else {}


def _remember(library: Path, record: str | dict[str, str] | None) -> None:
    from litsearch.storage import replace_file, storing

    memory = _memory()
    memory.pop(str(library.resolve()), None)
    if record:
        memory[str(library.resolve())] = record

    path = _file()
    with storing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(path, json.dumps(memory, indent=1).encode())


def _file() -> Path:
    return user_folder("XDG_CONFIG_HOME", ".config") / "trusted.json"
