"""Which settings of a library hold: those that reach out, only where this user has trusted them.

A bundle, a cloned folder, or a library that lies above the working folder brings its own settings.
What the user trusted is remembered outside the library, with a digest of those settings: when they
change, trust has to be given again. Settings of the environment are the user's own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from litsearch.config import Config, read_settings, settings_file, user_folder
from litsearch.errors import ConfigError

FROM_BUNDLE = "from-bundle"  # a file in index/ that says where the library came from

MODELS = ("answer.nli", "embedder.model", "reranker.model")  # a name is asked for at the hub
SENDS = ("answer.base_url", "fetch.contact", *MODELS)
FOLDERS = ("lists.paths", "lists.files")  # outside the library
REACHES = (
    *FOLDERS,
    "fetch.allow_private",
    "serve.host",
    "serve.build",
    "serve.write",
    "serve.origins",
)


def withheld(library: Path, *, named: bool) -> dict[str, Any]:
    """Return the settings of a library's file that do not hold yet, by "section.key".

    named: whether the user named this folder. Then what widens reach holds unasked, unless the
    library came from elsewhere; what sends data away never does. Raises ConfigError.
    """
    delicate = delicate_settings(library)
    if not delicate or is_trusted(library, delicate):
        return {}
    if named and not came_from_elsewhere(library):
        return {name: value for name, value in delicate.items() if name in SENDS}
    return delicate


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


def is_trusted(library: Path, delicate: Mapping[str, Any]) -> bool:
    """Tell whether this user has trusted the library with these very settings."""
    return _trusted().get(str(library.resolve())) == _digest(delicate)


def trust(library: Path) -> None:
    """Remember that the user trusts a library's settings as they are. Raises StoreError."""
    _remember(library, _digest(delicate_settings(library)))


def forget(library: Path) -> None:
    """Trust a library's settings no longer. Raises StoreError."""
    _remember(library, None)


def trusted_libraries() -> list[str]:
    """Return the folders whose settings this user has trusted."""
    return sorted(_trusted())


def came_from_elsewhere(library: Path) -> bool:
    """Tell whether a library is out of a bundle or a repository: others may have written it."""
    if (library / "index" / FROM_BUNDLE).exists():
        return True
    folder = library.resolve()
    return any((above / ".git").exists() for above in (folder, *folder.parents))


def _is_delicate(table: Mapping[str, Any], name: str, library: Path) -> bool:
    """Tell whether a setting is set, not to what is usual, nor to a model on the disk."""
    value = _value(table, name)
    section, key = name.split(".")
    usual = getattr(getattr(Config(), section, None), key, None)
    if value is None or value == usual:
        return False
    if name in FOLDERS:
        return not _are_within(value, library)
    return name not in MODELS or not _is_on_the_disk(str(value), library)


def _are_within(value: object, library: Path) -> bool:
    """Tell whether every path lies in the library, links followed."""
    paths = value if isinstance(value, list) else [value]
    home = library.resolve()
    for path in paths:
        if not (home / Path(str(path)).expanduser()).resolve().is_relative_to(home):
            return False
    return bool(paths)


def _is_on_the_disk(model: str, library: Path) -> bool:
    from litsearch.models.model_folder import PACKAGED

    return model in PACKAGED or (library / Path(model).expanduser()).is_dir()


def _value(table: Mapping[str, Any], name: str) -> Any:
    section, key = name.split(".")
    values = table.get(section)
    if not isinstance(values, dict):
        return None
    return values.get(key)


def _digest(delicate: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(delicate, sort_keys=True, default=str).encode()).hexdigest()


def _trusted() -> dict[str, str]:
    """Return the digests that were trusted, by folder; none where nothing can be remembered."""
    try:
        digests = json.loads(_file().read_bytes())
    except (OSError, ValueError, ConfigError):
        return {}
    return digests if isinstance(digests, dict) else {}


def _remember(library: Path, digest: str | None) -> None:
    from litsearch.storage import replace_file, storing

    digests = _trusted()
    digests.pop(str(library.resolve()), None)
    if digest is not None:
        digests[str(library.resolve())] = digest

    path = _file()
    with storing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(path, json.dumps(digests, indent=1).encode())


def _file() -> Path:
    return user_folder("XDG_CONFIG_HOME", ".config") / "trusted.json"
